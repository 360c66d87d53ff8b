"""Re-offence in the independent judge, against cases worked out by hand."""

from typing import Any

import pytest

from tests.oracle import identity, register
from tests.oracle.builders import (
    ALL,
    BOTH,
    CAR,
    PAIRS,
    PERSON,
    VALID,
    T,
    answer,
    at,
    config,
    depart,
    digits,
    heartbeat,
    licence,
    line,
    match,
    of,
    record,
    run,
    sent,
)


def episode(*events: tuple[str, str], **more: Any) -> str:
    source, when = more.pop("source", "alpha"), more.pop("when", T)
    rows = [{"event": event, "at": moment} for event, moment in events]
    value = {"type": "episode", "episode": "e1", "sequence": 1, "vehicle": CAR, "events": rows} | more
    return line(f"feed.register.{source}", {name: v for name, v in value.items() if v is not ...}, when)


REMOVED = ("removed", "2026-02-01T00:00:00+08:00")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([REMOVED], "removed"),
        ([("penalised", at("08:10:00"))], "penalised"),  # open from that instant
        ([("penalised", at("08:10:01"))], None),
        ([("penalised", "2026-01-01T00:00:00Z"), REMOVED], "removed"),
        ([REMOVED, ("penalised", "2026-02-02T00:00:00Z")], "penalised"),
        ([("penalised", "2026-01-01T00:00:00Z"), ("removed", at("09:00:00"))], "penalised"),
        ([REMOVED, ("lifted", at("08:10:00"))], None),
        ([REMOVED, ("lifted", at("08:10:01"))], "removed"),
        ([REMOVED, ("lifted", at("08:00:00")), ("penalised", at("08:05:00"))], None),  # lifted for good
        ([("lifted", "2026-01-01T00:00:00Z"), REMOVED], "removed"),
        ([("lifted", "2026-01-01T00:00:00Z")], None),
        ([], None),
    ],
)
def test_when_an_episode_is_open(events: list[tuple[str, str]], expected: str | None) -> None:
    found = answer("re_offence", run(episode(*events), match(), heartbeat(T)))
    assert found == (None if expected is None else ("violation", expected, ["match"], False))


@pytest.mark.parametrize(
    ("named", "pair", "offends"),
    [
        ({}, "a1", True),
        ({}, "a2", True),
        ({}, "b1", False),
        ({"vehicle": ..., "driver": PERSON}, "b1", True),
        ({"driver": PERSON}, "b1", True),
        ({"driver": PERSON}, "b2", False),
        ({}, "a0", True),
        ({}, "01", False),
        ({"vehicle": "无", "driver": "0"}, "a0", False),
    ],
)
def test_whom_an_episode_names(named: dict[str, Any], pair: str, offends: bool) -> None:
    judgement = run(episode(REMOVED, **named), match(**PAIRS[pair]), heartbeat(T))
    assert [row["subject"] for row in of("re_offence", judgement)] == (["e1"] if offends else [])


@pytest.mark.parametrize(
    ("driver", "papers", "status"),
    [
        (..., [], "violation"),  # nothing held, and the register is complete
        (..., BOTH[:1], None),  # the car holds again: the episode is closed
        (..., BOTH[1:], "violation"),
        (PERSON, BOTH[:1], "violation"),
        (PERSON, BOTH, None),
        (..., [licence("vehicle_permit", CAR, ("2026-02-10", "2026-02-10", "valid"))], None),  # was closed
        (..., [licence("vehicle_permit", CAR, ("2026-01-10", "2026-01-31", "valid"))], "violation"),
        (
            PERSON,
            [
                licence("vehicle_permit", CAR, ("2026-02-10", "2026-02-20", "valid")),
                licence("driver_certificate", PERSON, ("2026-02-21", None, "valid")),
            ],
            "violation",  # never both at once
        ),
        (
            PERSON,
            [
                licence("vehicle_permit", CAR, ("2026-02-10", "2026-02-20", "valid")),
                licence("driver_certificate", PERSON, ("2026-02-20", None, "valid")),
            ],
            None,
        ),
        (..., [licence("vehicle_permit", CAR, ("2026-01-10", at("08:20:00"), "suspended"))], "violation"),
    ],
)
def test_an_episode_ends_with_all_its_licences(driver: Any, papers: list[str], status: str | None) -> None:
    found = answer("re_offence", run(episode(REMOVED, driver=driver), *papers, match(), heartbeat(T)))
    assert (found and found[0]) == status


def test_a_suspension_that_ends_is_an_instant_from_which_a_permit_is_held() -> None:
    paper = licence("vehicle_permit", CAR, VALID, ("2026-02-01", at("08:05:00"), "suspended"))
    lines = [episode(REMOVED), paper, match(), depart(DepTime=digits("08:04:59")), heartbeat(T)]
    assert answer("re_offence", run(*lines)) == ("violation", "removed", ["depart"], False)


@pytest.mark.parametrize(
    ("papers", "complete", "status"),
    [
        ([], "07:00:00", "undetermined"),
        (BOTH[1:], "07:00:00", "undetermined"),
        (BOTH[1:], "08:10:00", "violation"),
        ([licence("driver_certificate", PERSON, ("2026-01-01", None, "revoked"))], "07:00:00", "violation"),
    ],
)
def test_not_held_is_three_valued(papers: list[str], complete: str, status: str) -> None:
    lines = [episode(REMOVED), *papers, match(), heartbeat(at(complete))]
    (row,) = of("re_offence", run(*lines))
    assert (row["status"], row["reason"]) == (status, "removed" if status == "violation" else None)


def test_an_unidentifiable_half_counts_as_not_held() -> None:
    lines = [episode(REMOVED), match(LicenseId="0"), heartbeat(at("07:00:00"))]
    assert answer("re_offence", run(*lines)) == ("violation", "removed", ["match"], False)


def test_each_episode_has_a_finding_of_its_own_and_logins_too() -> None:
    lines = [
        episode(REMOVED),
        episode(("penalised", REMOVED[1]), episode="e2", vehicle=..., driver=PERSON),
        sent("operateLogin", record("operateLogin")),
        match(),
        heartbeat(T),
    ]
    rows = [(row["order"], row["subject"], row["reason"]) for row in of("re_offence", run(*lines))]
    assert rows == [
        ("1", "e1", "removed"),
        ("1", "e2", "penalised"),
        (None, "e1", "removed"),
        (None, "e2", "penalised"),
    ]


@pytest.mark.parametrize(
    ("other", "disputed"),
    [
        (match(**PAIRS["b2"]), True),  # a pair that nobody watches
        (match(**PAIRS["a2"]), False),
        (match(**PAIRS["01"]), True),
        (match(VehicleNo="0", LicenseId="0"), False),
        (match(DistributeTime=20260131235959), True),  # before
        (depart(**PAIRS["b2"]), False),
    ],
)
def test_a_re_offence_disputed(other: str, disputed: bool) -> None:
    found = answer("re_offence", run(episode(REMOVED), match(), other, heartbeat(T)))
    assert found == ("violation", "removed", ["match"], disputed)


@pytest.mark.parametrize(("sequence", "stands"), [(0, True), (1, False), (2, False)])
def test_an_episode_is_replaced_and_withdrawn_like_a_licence(sequence: int, stands: bool) -> None:
    later = episode(sequence=sequence)
    gone = line(
        "feed.register.alpha", {"type": "withdrawn", "of": "episode", "episode": "e1", "sequence": sequence}
    )
    for each in (later, gone):
        assert bool(of("re_offence", run(episode(REMOVED), each, match(), heartbeat(T)))) == stands


def test_an_episode_is_its_sources_and_only_of_one_that_may_state_it() -> None:
    sources = {
        "alpha": register.Source((*ALL, "episode"), 1, True, identity.SHANGHAI.utcoffset(None) * 0),
        "beta": register.Source(("episode",), 2, False, identity.SHANGHAI.utcoffset(None) * 0),
        "gamma": register.Source((), 3, False, identity.SHANGHAI.utcoffset(None) * 0),
    }
    settings = config(sources=sources)
    gone = {"type": "withdrawn", "of": "episode", "episode": "e1", "sequence": 9}
    lines = [episode(REMOVED), line("feed.register.beta", gone), match(), heartbeat(T)]
    assert len(of("re_offence", run(*lines, settings=settings))) == 1
    judgement = run(episode(REMOVED, source="gamma"), match(), heartbeat(T), settings=settings)
    assert (of("re_offence", judgement), judgement.register.refused) == ([], 1)


@pytest.mark.parametrize(
    "bad",
    [
        {"vehicle": ...}, {"vehicle": " "}, {"events": None}, {"events": [{"event": "fined", "at": T}]},
        {"episode": ""},
        {"events": [{"event": "removed", "at": "2026-02-01"}]}, {"sequence": "1"},
        {"events": [{"event": "removed"}]},
    ],
)  # fmt: skip
def test_an_episode_that_cannot_be_read_is_refused(bad: dict[str, Any]) -> None:
    judgement = run(episode(REMOVED), episode(**{"sequence": 2} | bad), match(), heartbeat(T))
    assert (judgement.register.refused, len(of("re_offence", judgement))) == (1, 1)


@pytest.mark.parametrize(("papers", "offends"), [(BOTH[1:], False), (BOTH[:1], True)])
def test_a_half_that_nobody_can_identify_does_not_keep_an_episode_open(
    papers: list[str], offends: bool
) -> None:
    named = episode(REMOVED, vehicle="0", driver=PERSON)
    assert bool(of("re_offence", run(named, *papers, match(), heartbeat(T)))) == offends
