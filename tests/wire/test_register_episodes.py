"""Episodes of the watch list are read whole, or refused by the field that is wrong."""

import json
from typing import Any

import pytest

from regulator.domain.episodes import Episode, EpisodeEvent, EpisodeNumber, EpisodeStep
from regulator.domain.instants import Instant, from_rfc3339
from regulator.domain.licences import SourceName
from regulator.domain.plates import Plate
from regulator.domain.register import EpisodeWithdrawal, Source
from regulator.wire.register import RegisterRefused, read_register

KEY = b"heldout-oracle"
PSEUDONYM = "3b19c912c058ebba1d0aba5754b1473a"
DISTRICT = Source(
    name=SourceName("district"), kinds=frozenset({"episode"}), precedence=1, required=False, grace=0
)
MESSAGE: dict[str, Any] = {
    "type": "episode",
    "episode": "2026-0312",
    "sequence": 2,
    "vehicle": "沪a·d12345",
    "driver": "11010519491231002x",
    "authority": "310000",
    "document": "第310号",
    "events": [
        {"event": "penalised", "at": "2026-01-20T00:00:00+08:00"},
        {"event": "removed", "at": "2026-02-01T00:00:00+08:00"},
        {"event": "lifted", "at": "2026-03-01T00:00:00+08:00"},
    ],
}


def read(**changes: Any) -> object:
    message = {field: value for field, value in {**MESSAGE, **changes}.items() if value is not ...}
    return read_register(json.dumps(message).encode(), source=DISTRICT, arrival=Instant(0), pseudonym_key=KEY)


def test_an_episode_is_read_with_a_plate_in_one_spelling_and_a_pseudonym() -> None:
    assert read() == Episode(
        source=SourceName("district"),
        number=EpisodeNumber("2026-0312"),
        sequence=2,
        vehicle=Plate("沪AD12345"),
        driver=PSEUDONYM,  # type: ignore[arg-type]  # a pseudonym is a string
        authority="310000",
        document="第310号",
        events=(
            EpisodeEvent(EpisodeStep.PENALISED, from_rfc3339("2026-01-20T00:00:00+08:00")),
            EpisodeEvent(EpisodeStep.REMOVED, from_rfc3339("2026-02-01T00:00:00+08:00")),
            EpisodeEvent(EpisodeStep.LIFTED, from_rfc3339("2026-03-01T00:00:00+08:00")),
        ),
    )


@pytest.mark.parametrize("filling", [None, "", "无", "0"])
@pytest.mark.parametrize("other", ["vehicle", "driver"])
def test_one_half_is_enough_and_a_filler_is_nobody(other: str, filling: str | None) -> None:
    episode = read(**{other: filling})

    assert isinstance(episode, Episode)
    assert len(episode.subjects) == 1


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"vehicle": None, "driver": ""}, "missing_field: vehicle, driver"),
        ({"episode": ...}, "missing_field: episode"),
        ({"sequence": "2"}, "bad_field: sequence"),
        ({"events": ...}, "missing_field: events"),
        ({"events": [{"event": "seized", "at": "2026-01-20T00:00:00+08:00"}]}, "bad_field: events[0].event"),
        ({"events": [{"event": "removed", "at": "2026-01-20"}]}, "bad_field: events[0].at"),
        ({"events": [{"event": "removed"}]}, "missing_field: events[0].at"),
    ],
)
def test_what_cannot_be_used_is_refused_by_the_field(changes: dict[str, Any], detail: str) -> None:
    with pytest.raises(RegisterRefused) as refused:
        read(**changes)

    assert str(refused.value).startswith(detail)


def test_a_word_beside_the_point_does_not_take_an_episode_off_the_list() -> None:
    episode = read(authority=310000, document=["x"])

    assert isinstance(episode, Episode)
    assert (episode.authority, episode.document) == ("", "")


def test_an_episode_can_be_taken_back() -> None:
    message = {"type": "withdrawn", "of": "episode", "episode": "2026-0312", "sequence": 9}

    said = read_register(json.dumps(message).encode(), source=DISTRICT, arrival=Instant(0), pseudonym_key=KEY)

    assert said == EpisodeWithdrawal(
        source=SourceName("district"), number=EpisodeNumber("2026-0312"), sequence=9
    )
