"""How a source writes its files: the heads of its columns and the words in them.

Configuration gives it (``config/register-columns.toml``); what is compared is spelt here.
"""

import re
import unicodedata
from collections.abc import Mapping

import msgspec

from regulator.domain.episodes import EpisodeStep
from regulator.domain.licences import LicenceKind, PeriodState

EXPIRED = "expired"
"""What a department may write instead of a state: held until its end, which is past."""

OF_LICENCES = (
    *("kind", "certificate", "subject", "vehicle", "driver", "company", "sequence", "area"),
    *("first_registered", "recorded_at", "from", "to", "state"),
    *("brand", "model", "colour", "plate_colour"),
)
OF_EPISODES = (
    *("episode", "vehicle", "driver", "sequence", "authority", "document"),
    *("event", "at", "penalised", "removed", "lifted"),
)
COLUMNS = tuple(dict.fromkeys((*OF_LICENCES, *OF_EPISODES)))
"""What a column of a file can mean."""

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_BESIDE = re.compile(r"[\s*:_]+")


class Dialect(msgspec.Struct, frozen=True, kw_only=True):
    """One source's ways. ``heads``: of each column, those it may have, first the one that counts most.

    Words are spelt; ``always`` is what files leave unsaid.
    """

    heads: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, LicenceKind]
    states: Mapping[str, str]
    events: Mapping[str, EpisodeStep]
    endless: frozenset[str] = frozenset()
    always: Mapping[str, str] = {}


PLAIN = Dialect(
    heads={column: (column.replace("_", ""),) for column in COLUMNS},
    kinds={kind.value: kind for kind in LicenceKind},
    states={state.value: state.value for state in PeriodState},
    events={step.value: step for step in EpisodeStep},
)
"""Our own words, which every dialect understands."""


def spelt_head(text: str) -> str:
    """Spell a head the one way: without remarks in brackets, spaces, underscores, asterisks and capitals.

    >>> spelt_head("有效期起（YYYY-MM-DD） *")
    '有效期起'
    """
    return _BESIDE.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", text))).casefold()


def spelt_word(text: str) -> str:
    """Spell a word in a cell the one way: without spaces and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
