"""JSON and protobuf say the same, field by field: whatever a record of the table holds."""

from random import Random

import pytest

from tests.wire.sending import ARRIVAL, CLEAN, FORMS, accepted, border, envelope, flaws, reasons
from tests.wire.table_records import random_record

ROUNDS = 60


@pytest.mark.parametrize("name", CLEAN)
def test_any_record_has_one_outcome_in_every_form(name: str) -> None:
    readers = {form: border(name) for form in FORMS}
    for seed in range(ROUNDS):
        rng = Random(f"{name} {seed}")
        records = [random_record(name, rng) for _ in range(rng.randint(1, 4))]

        outcomes = [readers[form].read(FORMS[form](name, records), ARRIVAL) for form in FORMS]

        assert outcomes[0] == outcomes[1] == outcomes[2], (seed, records)
        assert len(outcomes[0]) == len(records)


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_made_up_is_now_clean_now_flawed_now_refused(name: str) -> None:
    """The test above would be worth nothing if all its records had the same fate."""
    ours = border(name)
    made = [random_record(name, Random(f"{name} {seed}")) for seed in range(300)]
    outcomes = ours.read(envelope(name, made), ARRIVAL)

    fates = reasons(outcomes)
    flawless = [outcome for outcome, fate in zip(outcomes, fates, strict=True) if fate is None]
    assert any(flaws(outcome) for outcome in flawless)
    assert not all(flaws(outcome) for outcome in flawless)
    assert len({accepted(outcome).digest for outcome in flawless}) > (0 if name.startswith("pos") else 50)
