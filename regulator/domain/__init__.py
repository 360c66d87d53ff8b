"""Values of the trade: no clock, no I/O, no framework.

Values are frozen ``msgspec.Struct``s, not dataclasses: building one costs a fifth and they are
written to JSON as they are, which is what an order message's budget of a few microseconds needs
(docs/decisions/0002-values-are-structs.md).
"""
