"""A row of a file says what the same message would: the two ways into the register have one meaning."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from regulator.commands.register.columns import load_dialect
from regulator.domain.instants import from_rfc3339
from regulator.domain.licences import LicenceKind, SourceName
from regulator.wire.register import RegisterRefused, read_register
from regulator.wire.register_cells import CellRefused
from regulator.wire.register_heading import read_heading
from regulator.wire.register_pieces import Thing, word_of
from regulator.wire.register_rows import LicenceRows
from tests.builders.register import KEY, NUMBER, source

ARRIVAL = from_rfc3339("2026-03-02T08:00:00+08:00")
CITY = source(kinds=frozenset({LicenceKind.VEHICLE_PERMIT, LicenceKind.DRIVER_CERTIFICATE}))
COLUMNS = ("kind", "certificate", "subject", "sequence", "area", "first_registered", "recorded_at")
PERIOD = ("from", "to", "state")
VEHICLE = ("brand", "colour")

days = st.dates().map(str) | st.sampled_from(["2024-03-01", "2024-02-30", "2024-02-29", "9999-12-31", "soon"])
moments = st.sampled_from(
    ["2024-03-01T08:00:00+08:00", "2024-03-01T00:00:00Z", "2025-01-01T12:30:00.5+08:00"]
)
numbers = st.sampled_from(
    ["沪交运管许可（310115）002863", "ｘ-1 号", "【】", NUMBER, NUMBER.lower(), "1E5", "x" * 201]
)
rows = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*LicenceKind] * 2 + ["permit"]),
        "certificate": numbers,
        "subject": st.sampled_from(["沪a·d12345", "沪ＡＤ12345", NUMBER, " 无 ", "·"]),
        "sequence": st.sampled_from(["7", "0", "8812", str(2**63 - 1), str(2**63), "-1", "twelve"]),
        "from": days | moments,
        "state": st.sampled_from(["valid", "suspended", "revoked", "cancelled"] * 2 + ["vallid"]),
    },
    optional={
        "to": days | moments,
        "area": st.sampled_from(["310000", "31000", "３１００００"]),
        "first_registered": days,
        "recorded_at": moments,
        "brand": st.sampled_from(["丰田", "x" * 201]),
        "colour": st.sampled_from(["白", "绿"]),
    },
)


def by_message(row: dict[str, str]) -> Any:
    sequence = row["sequence"]
    message = {
        "type": "licence",
        **{name: row[name] for name in COLUMNS if name in row},
        "sequence": int(sequence) if sequence.isdecimal() else sequence,
        "periods": [{name: row[name] for name in PERIOD if name in row}],
        "vehicle": {name: row[name] for name in VEHICLE if name in row} or None,
    }
    payload = json.dumps(message).encode()
    try:
        return read_register(payload, source=CITY, arrival=ARRIVAL, pseudonym_key=KEY, particular=True)
    except RegisterRefused:
        return None


def by_file(row: dict[str, str]) -> Any:
    dialect = load_dialect(SourceName("city"))
    heading = read_heading([*COLUMNS, *PERIOD, *VEHICLE], dialect)
    reader = LicenceRows(heading, dialect, source=CITY, arrival=ARRIVAL, pseudonym_key=KEY)
    cells = [row.get(name, "").strip() for name in (*COLUMNS, *PERIOD, *VEHICLE)]
    try:
        read = reader.read([*cells, None])
    except CellRefused:
        return None
    assert reader.about([*cells, None]) == (read.kind, read.name)
    word, is_numbered = word_of(Thing(read.kind, read.name, 2, read.head, (read.pieces,)), CITY.name)
    assert is_numbered
    return word


@given(rows)
def test_a_row_says_what_the_message_says(row: dict[str, str]) -> None:
    assert by_file(row) == by_message(row)
