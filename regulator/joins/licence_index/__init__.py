"""Ten million licences in memory: what each source states of them, and what was in force.

Kept in bytes, not in objects (``rows``): a licence costs some ninety bytes, and none of them is the
garbage collector's business. The law's reading is ``domain.licences.in_force``; a property test
holds the two together.
"""

from regulator.joins.licence_index.briefs import BRIEF, KINDS, STATES
from regulator.joins.licence_index.index import LicenceIndex
from regulator.joins.licence_index.portion import Portion
from regulator.joins.licence_index.rows import Column

__all__ = ["BRIEF", "KINDS", "STATES", "Column", "LicenceIndex", "Portion"]
