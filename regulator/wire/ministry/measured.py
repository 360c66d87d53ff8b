"""What the interface's table says to whoever measures: required fields, and the field that tells the time."""

from regulator.quality.measures import Shape
from regulator.wire.ministry.table import TYPES

MEASURED = {one.name: Shape(sum(field.required for field in one.fields), one.timely_by) for one in TYPES}
"""By message type."""
