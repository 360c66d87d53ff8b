"""A word that was drafted far from the database is kept and published as the word itself would be."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet

from regulator.domain.drivers import last4
from regulator.domain.licences import LicenceKind, Subject
from regulator.domain.register import EpisodeStated, EpisodeWithdrawn, Stated, Withdrawn
from regulator.store.drafting import Drafting, DraftingTask, decode_drafts, encode_groups
from regulator.store.drafts import Change, draft_of
from regulator.store.enclosing import Enclosing, new_key
from regulator.store.stage import Group
from regulator.wire.register import decode_change
from regulator.wire.register_pieces import LicenceHead, Thing, encode_part
from tests.builders.register import CITY, LI, NUMBER, PAPER, episode, no_episode, statement, valid, withdrawal

BEFORE = (Subject("沪AD54321"),)


@pytest.mark.parametrize("former", [(), BEFORE], ids=["named nobody else before", "named another before"])
def test_judges_are_told_what_was_said(former):
    words = [statement(7), statement(7, periods=(), vehicle=None), episode(3), withdrawal(8), no_episode(4)]

    told = [Change(draft_of(word), former).told() for word in words]

    about = {"source": CITY, "former": former}
    licence = {"kind": LicenceKind.VEHICLE_PERMIT, "certificate": PAPER, **about}
    assert told == [
        *(Stated(statement=word, former=former) for word in words[:2]),
        EpisodeStated(episode=words[2], former=former),
        Withdrawn(sequence=8, **licence),
        EpisodeWithdrawn(number=words[2].number, sequence=4, **about),
    ]
    assert [decode_change(Change(draft_of(word), former).letter) for word in words] == told


def test_a_number_that_is_enclosed_is_opened_by_its_key_alone():
    key = new_key()
    enclosed = Enclosing(key).enclose(NUMBER)

    assert Enclosing(key).open(enclosed) == NUMBER
    assert NUMBER.encode() not in enclosed
    assert enclosed != Enclosing(key).enclose(NUMBER)
    with pytest.raises(InvalidTag):
        Enclosing(new_key()).open(enclosed)


@pytest.mark.parametrize("sequence", [5, None], ids=["numbered", "not numbered"])
def test_a_file_s_thing_comes_back_as_a_draft_and_its_driver_s_number_sealed(sequence):
    key, sealing_key = new_key(), Fernet.generate_key()
    head = LicenceHead(Subject(LI), sequence, "310000", None, None, None)
    pieces = (encode_part((valid(),)),)
    group = Group(
        Thing("driver_certificate", PAPER, 2, encode_part(head), pieces), Enclosing(key).enclose(NUMBER)
    )
    drafting = Drafting(DraftingTask(source=CITY, enclosing_key=key, sealing_key=sealing_key))

    (one,) = decode_drafts(drafting(encode_groups([group])))

    said = statement(
        sequence or 1,
        kind=LicenceKind.DRIVER_CERTIFICATE,
        subject=LI,
        first_registered=None,
        vehicle=None,
        recorded_at=None,
    )
    assert (one.draft, one.numbered) == (draft_of(said), sequence is not None)
    assert (one.sealed.driver, one.sealed.last4) == (LI, last4(NUMBER))
    assert Fernet(sealing_key).decrypt(one.sealed.number).decode() == NUMBER
