"""Bytes to domain values and back: the only place where a ministry's or city's field name appears."""
