"""When a stop is not waited for any longer."""

import pytest

from streams.faust.terms import Terms
from streams.faust.worker import in_vain

TERMS = Terms(session_timeout=10.0, stop_within=45.0)


@pytest.mark.parametrize(
    ("taken", "silence", "why"),
    [
        pytest.param(0.5, float("inf"), None, id="whoever never joined has time to close"),
        pytest.param(9.0, 60.0, None, id="nobody has answered for long, and the stop has only begun"),
        pytest.param(44.0, 0.8, None, id="the group goes on to answer, and the run in hand may be finished"),
        pytest.param(10.5, 12.0, "answered for the consumer group", id="nothing can be committed any more"),
        pytest.param(46.0, 0.8, "46 s", id="it takes too long"),
    ],
)
def test_a_stop_is_waited_for_while_something_can_come_of_it(
    taken: float, silence: float, why: str | None
) -> None:
    said = in_vain(TERMS, taken=taken, silence=silence)

    assert (said is None) == (why is None)
    assert (why or "") in (said or "")
