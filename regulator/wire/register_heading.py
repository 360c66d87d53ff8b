"""The row of heads: which column of a file means what, and whether the file can be a register at all."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from regulator.domain.licences import LicenceKind
from regulator.domain.register import Source
from regulator.wire.register_cells import Cell, text_of
from regulator.wire.register_dialect import Dialect, spelt_head

_OF_KIND = {
    LicenceKind.PLATFORM_PERMIT: "company",
    LicenceKind.VEHICLE_PERMIT: "vehicle",
    LicenceKind.DRIVER_CERTIFICATE: "driver",
}
_DAYS_OF_EVENTS = ("penalised", "removed", "lifted")
_LICENCE_KINDS = frozenset(LicenceKind)


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """Where each column is. ``heads``: its text in the file; ``unused``: heads that mean nothing to us."""

    places: Mapping[str, int]
    heads: Mapping[str, str]
    unused: tuple[str, ...]
    width: int

    @property
    def watch_list(self) -> bool:
        """Tell whether the file holds episodes."""
        return "episode" in self.places

    def head(self, column: str) -> str:
        """Return how the file calls a column of ours."""
        return self.heads.get(column, column)


def read_heading(cells: Sequence[Cell], dialect: Dialect) -> Heading:
    """Read a row as if it were that of the heads."""
    texts = [text_of(cell) for cell in cells]
    by_head: dict[str, int] = {}
    for place, text in enumerate(texts):
        by_head.setdefault(spelt_head(text), place)
    places = {}
    for column, heads in dialect.heads.items():
        found = next((by_head[head] for head in heads if head in by_head), None)
        if found is not None:
            places[column] = found
    used = set(places.values())
    return Heading(
        places=places,
        heads={column: texts[place] for column, place in places.items()},
        unused=tuple(text for place, text in enumerate(texts) if text and place not in used),
        width=len(texts),
    )


def missing(heading: Heading, dialect: Dialect, source: Source) -> list[str]:
    """Name what a file must say and this one does not, in its columns or always."""
    said = heading.places.keys() | dialect.always.keys()
    return _missing_of_episodes(said) if heading.watch_list else _missing_of_licences(said, source)


def subject_column(heading: Heading, kind: LicenceKind) -> str:
    """Return the column that says whom a licence of a kind is for."""
    return "subject" if "subject" in heading.places else _OF_KIND[kind]


def only_kind(source: Source) -> LicenceKind | None:
    """Return the one kind of licence that a source may state; None where there are more, or none."""
    kinds = source.kinds & _LICENCE_KINDS
    return LicenceKind(next(iter(kinds))) if len(kinds) == 1 else None


def _missing_of_licences(said: Collection[str], source: Source) -> list[str]:
    lacking = [column for column in ("certificate", "from", "state") if column not in said]
    if "kind" not in said and only_kind(source) is None:
        lacking.append("kind")
    if "subject" not in said and not any(column in said for column in _OF_KIND.values()):
        lacking.append("subject (or vehicle, driver, company)")
    return lacking


def _missing_of_episodes(said: Collection[str]) -> list[str]:
    lacking = []
    if "vehicle" not in said and "driver" not in said:
        lacking.append("vehicle or driver")
    if not any(column in said for column in _DAYS_OF_EVENTS) and not {"event", "at"} <= set(said):
        lacking.append("event and at (or penalised, removed, lifted)")
    return lacking
