"""``--history``: what the queue would have been told, each event with the arrival that caused it."""

import json

from regulator.domain.instants import to_rfc3339
from regulator.replay import history_line
from tests.builders.law import Sitting, a_report, a_statement, licensed, minutes, period


def test_a_withdrawal_names_the_arrival_that_caused_it_and_when_the_finding_was_raised() -> None:
    company, _, driver = licensed()
    sitting = Sitting(company, driver)
    sitting.report(a_report(), arrival=1)
    events = sitting.events()
    sitting.say(a_statement(period(), certificate="v"), at=7)
    events += sitting.events()

    told = [json.loads(history_line(event)) for event in events]

    assert [(one["event"], one["arrival"]) for one in told] == [
        ("raised", to_rfc3339(minutes(1))),
        ("withdrawn", to_rfc3339(minutes(7))),
    ]
    assert {one["raised_at"] for one in told} == {to_rfc3339(minutes(1))}
