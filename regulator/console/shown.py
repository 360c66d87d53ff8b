"""What the templates are given: every text ready in one language, nothing left to decide."""

from collections.abc import Sequence

import msgspec


class PlateShown(msgspec.Struct, frozen=True):
    """A plate as it looks on the road: ``colour`` is blue, green or none."""

    text: str
    colour: str


class Chip(msgspec.Struct, frozen=True):
    """One kind of violation on a card, and how often it was found."""

    text: str
    count: int


class LicenceShown(msgspec.Struct, frozen=True, kw_only=True):
    """One licence of the pair. ``mark`` is held, failed or none."""

    title: str
    short: str
    mark: str
    verdict: str
    date_label: str = ""
    date: str = ""
    certificate: str = ""
    as_of: str = ""


class DisputeShown(msgspec.Struct, frozen=True, kw_only=True):
    """Both of a platform's words beside each other, and what was decided; ``ruling`` is blank before that.

    Of each report stage and time, car, and driver.

    ``outdated``: the finding has changed since.
    """

    accused: Sequence[Sequence[str]]
    otherwise: Sequence[Sequence[str]]
    ruling: str
    ruled: str
    outdated: bool


class FindingShown(msgspec.Struct, frozen=True, kw_only=True):
    """One finding in the card's file. ``why``: where it is explained."""

    id: str
    rule: str
    reason: str
    disputed: bool
    at: str
    stages: str
    case: str
    company: str
    legal_basis: Sequence[str]
    origins: Sequence[str]
    why: str
    dispute: DisputeShown | None = None


class CardShown(msgspec.Struct, frozen=True, kw_only=True):
    """A card. ``plan`` says in which list it stands where, and from which millisecond on."""

    id: str
    change: int
    list: str
    order: str
    plan: str
    vehicle: str
    plate: PlateShown
    phase: str
    phase_text: str
    arrival: int | None
    arrival_text: str
    newest_text: str
    opened_text: str
    company: str
    company_id: str
    driver: str
    district: str
    district_name: str
    destination: str
    target: str
    licences: Sequence[LicenceShown]
    complete_to: str
    chips: Sequence[Chip]
    disputed: bool
    claimed_by: str
    claimed_text: str


class ListsShown(msgspec.Struct, frozen=True, kw_only=True):
    """Both lists, and how many cards there are where not all are shown."""

    road: Sequence[CardShown]
    desk: Sequence[CardShown]
    road_total: int
    desk_total: int


class PositionShown(msgspec.Struct, frozen=True, kw_only=True):
    """Where a car was last."""

    at: str
    place: str
    district: str
    speed: str
    status: str
    company: str


class PeriodShown(msgspec.Struct, frozen=True, kw_only=True):
    """One period of a statement; ``now`` tells whether it holds this moment."""

    text: str
    code: str
    state: str
    now: bool


class StatementShown(msgspec.Struct, frozen=True, kw_only=True):
    """What one source states now about one certificate."""

    certificate: str
    source: str
    vehicle: str
    periods: Sequence[PeriodShown]


class LicenceFile(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says of one licence now: the answer, and the statements that it rests on."""

    title: str
    mark: str
    verdict: str
    statements: Sequence[StatementShown]


class PlateFile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a look-up found about one plate."""

    plate: PlateShown
    cards: Sequence[CardShown]
    position: PositionShown | None
    licences: Sequence[LicenceFile]
    findings: Sequence[FindingShown]
