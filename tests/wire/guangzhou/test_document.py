"""The message that platforms are shown is read without a flaw, and names who drove what."""

import re
from pathlib import Path

from regulator.domain.drivers import FILLERS
from regulator.domain.feed import FeedKind
from regulator.domain.limits import Limits
from regulator.domain.orders import Report
from regulator.wire.guangzhou import Border
from tests.wire.sending import ARRIVAL, KEY, PSEUDONYM, accepted, flaws

DOCUMENT = Path(__file__).parents[3] / "docs" / "platforms.md"


def test_the_documents_message_is_clean() -> None:
    (shown,) = re.findall(r"```json\n(\{\"company\".*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    border = Border(
        companies={"4401YPZC0001"},
        kind=FeedKind.ORDERS,
        pseudonym_key=KEY,
        fillers=FILLERS,
        limits=Limits(),
    )

    (outcome,) = border.read(shown.encode(), ARRIVAL)

    fact = accepted(outcome).fact
    assert flaws(outcome) == []
    assert isinstance(fact, Report)
    assert (fact.vehicle, fact.driver) == ("粤AD12345", PSEUDONYM)
