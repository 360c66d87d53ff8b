"""A short campaign of hostile messages; ``make fuzz`` sends a million."""

from random import Random

import pytest

from tests.fuzz.campaign import MOST_GROWTH, Campaign
from tests.fuzz.messages import message


@pytest.mark.parametrize("seed", [1, 2])
def test_a_few_thousand_hostile_messages_have_one_fate_a_record(seed: int) -> None:
    """How long a message may take is for ``make fuzz`` to say: here other tests want the processor."""
    found = Campaign(seed).run(2_000)

    assert found.messages == 2_000
    assert found.records > found.messages
    assert found.grown < MOST_GROWTH


def test_a_message_depends_on_seed_and_number_alone() -> None:
    assert message(Random("1 7")) == message(Random("1 7")) == Campaign(1).message(7)
    assert Campaign(1).message(7) != Campaign(2).message(7)
