"""Whatever judges let go of, whenever, and whatever is on its way: the answer at rest is the same."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from regulator.domain.licences import LicenceKind, SourceName
from regulator.domain.limits import Limits
from regulator.domain.orders import Stage
from regulator.domain.register import Heartbeat
from regulator.judging.announcing import Occasion
from regulator.store import Store, open_store
from tests.builders.archive import standing
from tests.builders.law import (
    LI,
    OTHER_CAR,
    PENALISED,
    SUNNY,
    WANG,
    Sitting,
    a_report,
    a_statement,
    an_episode,
    an_episode_withdrawal,
    licensed,
    minutes,
    period,
)
from tests.properties.long_ago import LongAgo

REPORTS = {
    "match": (a_report(Stage.MATCH, 0), "order-1"),
    "rematch": (a_report(Stage.MATCH, 1, vehicle=OTHER_CAR), "order-1"),
    "depart": (a_report(Stage.DEPART, 2, driver=WANG), "order-1"),
    "pay": (a_report(Stage.PAY, 2), "order-1"),
    "another": (a_report(Stage.MATCH, 3), "order-2"),
}
WORDS = {
    "permit": lambda n: a_statement(period(), certificate="v", sequence=n),
    "late permit": lambda n: a_statement(period(1), certificate="v", sequence=n),
    "no permit": lambda n: a_statement(certificate="v", sequence=n),
    "no certificate": lambda n: a_statement(
        kind=LicenceKind.DRIVER_CERTIFICATE, subject=LI, certificate="d", sequence=n
    ),
    "old car": lambda n: a_statement(
        period(), certificate="v", sequence=n, first_registered=date(2019, 3, 1)
    ),
    "platform": lambda n: a_statement(
        period(end=1), kind=LicenceKind.PLATFORM_PERMIT, subject=SUNNY, certificate="p", sequence=n
    ),
    "episode": lambda n: an_episode((PENALISED, -5), vehicle=OTHER_CAR, driver=LI, sequence=n),
    "no episode": an_episode_withdrawal,
    "complete": lambda n: Heartbeat(source=SourceName("city"), complete_to=minutes(n)),
}
FIRST_DAY, NEXT_DAY = date(2016, 11, 1), date(2026, 3, 3)
LIMITS = {
    "shorter lives": [(FIRST_DAY, 6.0)],
    "longer lives": [(FIRST_DAY, 8.0)],
    "shorter lives tomorrow": [(FIRST_DAY, 8.0), (NEXT_DAY, 6.0)],
}
MOVES = ["hear", "let_go", "project", "look", "keep", "send"]
LEFT = ["complete", "hear", "hear", "hear", "match", "let_go"]
TAKEN_UP = ["project", "project", "look", "keep", "look", "keep"]
acts = st.lists(st.sampled_from([*REPORTS, *WORDS, *LIMITS, *MOVES, *MOVES]), max_size=25)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('long-ago') / 'regulator.db'}")
    yield opened
    opened.close()


@settings(
    max_examples=max(10, settings.default.max_examples // 2),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=acts)
@example(acts=[*LEFT, *TAKEN_UP, "permit", "look", "depart", "project", "keep", "no permit"])
@example(acts=[*LEFT, "permit", *TAKEN_UP])
@example(acts=[*LEFT, *TAKEN_UP, "permit", "look", "no permit", "keep"])
@example(acts=["old car", *LEFT, *TAKEN_UP, "shorter lives", "look", "longer lives", "keep", "shorter lives"])
@example(acts=["old car", "shorter lives", *LEFT, *TAKEN_UP, "shorter lives tomorrow"])
def test_at_rest_it_is_as_if_nothing_had_ever_been_let_go(store: Store, acts: list[str]) -> None:
    limits = {"retirement_years": LIMITS["longer lives"]}
    forgetful = LongAgo(store, limits=Limits(limits))
    faithful = Sitting(vouched=None, limits=Limits(limits))
    said = []
    for word in licensed()[::2]:
        forgetful.state(word)
        faithful.say(word)
    for number, act in enumerate(acts, 2):
        if act in REPORTS:
            report, order = REPORTS[act]
            forgetful.report(report, order)
            faithful.report(report, order)
        elif act in WORDS:
            forgetful.state(WORDS[act](number))
            faithful.say(WORDS[act](number))
        elif act in LIMITS:
            forgetful.change_limits(Limits({"retirement_years": LIMITS[act]}))
            faithful.law.limits.renew(Limits({"retirement_years": LIMITS[act]}))
            faithful.book.reconsider([one.key for one in faithful.book], Occasion(minutes(0)))
        else:
            getattr(forgetful, act)()
        said += faithful.events()

    forgetful.settle()

    assert standing(forgetful.queue) == standing(said)
