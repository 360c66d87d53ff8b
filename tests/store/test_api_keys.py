"""Keys: shown once, known again, ended at once."""

import pytest
from sqlalchemy import select

from regulator.domain.instants import DAY, SECOND, Instant
from regulator.store.api_keys import ApiKeyStore, Role
from regulator.store.audit import AuditStore
from regulator.store.schema import api_keys
from tests.builders.queue import EIGHT


def issue(store, **facts):
    settings = {"platform": "sunny", "expires_at": Instant(EIGHT + DAY), "who": "operator li", "at": EIGHT}
    with store.writing() as connection:
        return ApiKeyStore(connection).issue("Sunny's dispatch", **settings | facts)


def recognise(store, token):
    with store.reading() as connection:
        return ApiKeyStore(connection).recognise(token)


def test_a_key_is_known_by_its_token(store):
    key, token = issue(store)

    assert recognise(store, token) == key
    assert (key.role, key.platform) == (Role.PLATFORM, "sunny")


def test_a_key_of_no_platform_is_an_authoritys(store):
    key, _ = issue(store, platform=None)

    assert key.role is Role.AUTHORITY


def test_a_token_is_nowhere_in_the_database(store):
    _, token = issue(store)

    with store.reading() as connection:
        row = connection.execute(select(api_keys)).mappings().one()
        told = [entry.subject for entry in AuditStore(connection).newest(9)]
    assert token.rpartition("_")[2] not in f"{dict(row)}{told}"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token.replace("rgk_", "rgk-", 1),
        lambda token: token.replace("rgk_", "rgx_", 1),
        lambda token: "rgk_000000000000_" + token.split("_", 2)[2],
        lambda token: "",
        lambda token: "rgk_",
    ],
)
def test_anything_else_is_no_key(store, spoil):
    _, token = issue(store)

    assert recognise(store, spoil(token)) is None


def test_two_keys_share_nothing(store):
    one, first = issue(store)
    other, second = issue(store)

    assert one.id != other.id
    assert not set(first.split("_", 2)[1:]) & set(second.split("_", 2)[1:])


def test_a_key_ends_when_its_time_is_over(store):
    key, _ = issue(store, expires_at=Instant(EIGHT + DAY))

    assert not key.expired(Instant(EIGHT + DAY - 1))
    assert key.expired(Instant(EIGHT + DAY))


def test_a_revoked_key_stays_revoked_since_the_first_time(store):
    key, token = issue(store)
    for hour in (1, 2):
        with store.writing() as connection:
            ApiKeyStore(connection).revoke(key.id, who="operator li", at=Instant(EIGHT + hour))

    assert recognise(store, token).revoked_at == EIGHT + 1
    with store.reading() as connection:
        told = [(entry.who, entry.what) for entry in AuditStore(connection).newest(9)]
    assert told == [("operator li", "revoke API key"), ("operator li", "add API key")]


def test_a_key_that_never_was_cannot_be_revoked(store):
    with store.writing() as connection:
        assert ApiKeyStore(connection).revoke("000000000000", who="operator li", at=EIGHT) is None


def test_last_use_is_kept_to_the_minute(store):
    _, token = issue(store)
    for second in (0, 59, 60):
        key = recognise(store, token)
        with store.writing() as connection:
            ApiKeyStore(connection).used(key, at=Instant(EIGHT + second * SECOND))
        last = recognise(store, token).last_used_at
        assert last == EIGHT + (60 if second == 60 else 0) * SECOND


def test_every_key_ever_given_is_listed_the_oldest_first(store):
    younger, _ = issue(store, at=Instant(EIGHT + 1))
    older, _ = issue(store)

    with store.reading() as connection:
        assert ApiKeyStore(connection).all() == [older, younger]
