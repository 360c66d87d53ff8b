"""What becomes of records in Guangzhou's dialect: by the same contract as the ministry's."""

from typing import Any

import msgspec
import pytest

from regulator.domain.feed import FeedKind, Refused
from regulator.wire.guangzhou.table import COMMANDS
from tests.wire.guangzhou import telling
from tests.wire.guangzhou.telling import border, clean, message
from tests.wire.sending import ARRIVAL, COMPANY, DRIVER, PLATE, accepted, flaws, reasons

MATCH = clean("orderMatch")


def only(kind: str, /, *, without: tuple[str, ...] = (), **changes: Any) -> list[tuple[str, str]]:
    """Return the flaws of one changed record between two clean ones, which must stay clean."""
    before, changed, after = telling.read(
        kind, clean(kind), clean(kind, without=without, **changes), clean(kind)
    )
    assert flaws(before) == flaws(after) == []
    return flaws(changed)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "unreadable"),
        (b"\x0a\x0b", "unreadable"),
        (b"[]", "unreadable"),
        (message("DDCG", "x"), "unreadable"),
        (message("DDCG", [MATCH], company="x" * 2_000_000), "unreadable"),
        (message("DDCG", [{}] * 5_001), "unreadable"),
        (message("YYZF", [{"orderId": "1"}] * 4_000), "unreadable"),  # more than a receipt holds
        (b"{}", "unknown_type"),
        (message("XXXX", [MATCH]), "unknown_type"),
        (message("DDCG", None), "unknown_type"),
        (message("DDCG", [MATCH], command=["DDCG"]), "unknown_type"),
    ],
)
def test_a_message_that_cannot_be_taken_apart_is_one_refusal(payload: bytes, reason: str) -> None:
    assert reasons(border().read(payload, ARRIVAL)) == [reason]


@pytest.mark.parametrize("company", ["4401YPZC9999", "", None, 7, ["x"]])
def test_a_file_of_another_company_is_refused(company: Any) -> None:
    assert reasons(telling.read("orderMatch", MATCH, company=company)) == ["foreign"]


def test_each_command_is_refused_on_the_other_topic() -> None:
    for command in COMMANDS.values():
        other = FeedKind.ORDERS if command.is_position else FeedKind.POSITIONS

        outcomes = border(other).read(message(command.name, [{}]), ARRIVAL)

        assert reasons(outcomes) == ["wrong_topic"], command.name


def test_only_what_cannot_be_attributed_is_refused_and_hurts_no_neighbour() -> None:
    nobody = clean("orderMatch", without=("orderId",))

    outcomes = telling.read("orderMatch", MATCH, nobody, None, 7, MATCH)

    assert reasons(outcomes) == [None, "unattributable", "unattributable", "unattributable", None]
    assert reasons(telling.read("operateLogin", clean("operateLogin", licenseId="", vehicleNo=""))) == [
        "unattributable"
    ]


def test_a_refusal_names_company_order_and_never_more() -> None:
    (outcome,) = border(FeedKind.POSITIONS).read(message("DDCG", [MATCH]), ARRIVAL)

    assert outcome == Refused(
        index=0, type="orderMatch", company=COMPANY, order="SU0001", reason=outcome.reason
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"distributeTime": 20260302081530}, [("distributeTime", "repaired")]),
        ({"longitude": 121_473_700}, [("longitude", "repaired")]),
        ({"orderId": 12}, [("orderId", "repaired")]),
        ({"distributeTime": "20260230081530"}, [("distributeTime", "bad_field")]),
        ({"distributeTime": "19700101080000"}, [("distributeTime", "bad_field")]),
        ({"distributeTime": "20260302060000"}, [("distributeTime", "untimely")]),
        ({"longitude": "1"}, [("longitude", "bad_field")]),
        ({"encrypt": "9"}, [("encrypt", "bad_field")]),
        ({"carCertNo": {}}, [("carCertNo", "bad_field")]),
        ({"licenseId": "110105194912310021"}, [("licenseId", "bad_field")]),
        ({"licenseId": None, "licenseld": DRIVER}, [("licenseId", "repaired")]),
        ({"vehicleNo": " "}, [("vehicleNo", "missing_field")]),
        ({"psgTel": "13900000000"}, [("psgTel", "personal_data")]),
        ({"carCertNo": "沪交运管许可310115002863", "driCertNo": "3101042023001", "resTime": "12"}, []),
    ],
)
def test_whatever_else_is_wrong_is_a_flaw_by_the_platforms_own_name(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert only("orderMatch", **changes) == expected


def test_a_pay_that_ends_before_it_departs_contradicts_itself() -> None:
    assert only("operatePay", depTime="20260302081531") == [("destTime", "contradiction")]


def test_an_integer_that_comes_as_a_text_is_repaired() -> None:
    assert only("positionDriver", validity="1") == [("validity", "repaired")]


@pytest.mark.parametrize(("type_", "kind"), [(None, "missing_field"), ("GPS", "bad_field")])
def test_the_command_counts_where_the_type_says_otherwise(type_: str | None, kind: str) -> None:
    (outcome,) = telling.read("orderMatch", MATCH, type=type_)

    assert flaws(outcome) == [("type", kind)]


def test_a_repetition_is_known_whatever_the_order_of_keys_and_the_spelling_of_numbers() -> None:
    turned = dict(reversed(MATCH.items()))

    one, two, three, other = telling.read(
        "orderMatch", MATCH, turned, {**MATCH, "encrypt": 1}, {**MATCH, "carCertNo": "沪交运管许可1"}
    )

    digests = [accepted(outcome).digest for outcome in (one, two, three, other)]
    assert digests[0] == digests[1] == digests[2] != digests[3]
    assert 0 not in digests


def test_commands_that_say_nothing_of_use_are_handled_all_the_same() -> None:
    for command in COMMANDS.values():
        if command.same_as or command.name in ("JSYSB", "JSYXB"):
            continue
        kind = FeedKind.POSITIONS if command.is_position else FeedKind.ORDERS
        sent = {name: "1" for name in command.fields if name not in command.integers}

        (outcome,) = border(kind).read(message(command.name, [sent], type=command.group), ARRIVAL)

        assert (accepted(outcome).fact, flaws(outcome)) == (None, []), command.name
        assert accepted(outcome).order == ("1" if command.names_order else None)


def test_no_number_of_a_person_and_no_certificate_of_an_order_passes() -> None:
    secret = {"driver": "110105194912310011", "phone": "13911112222", "certificate": "440100202300017"}
    for command in COMMANDS.values():
        kind = FeedKind.POSITIONS if command.is_position else FeedKind.ORDERS
        sent: dict[str, Any] = {"orderId": "SU0001", "vehicleNo": PLATE}
        for name in command.fields:
            letters = name.lower()
            if "idcard" in letters or letters in ("licenseid", "idno", "driverid", "legalid", "invidcode"):
                sent[name] = secret["driver"]
            elif "phone" in letters or letters.endswith(("tel", "way")):
                sent[name] = secret["phone"]
            elif "cert" in letters and command.name not in ("CLJB", "CPTJYXK"):  # of a car, of a company
                sent[name] = secret["certificate"]

        outcomes = border(kind).read(message(command.name, [sent], type=command.group), ARRIVAL)

        passed = msgspec.json.encode(outcomes).decode()
        assert not [what for what, number in secret.items() if number in passed], command.name
