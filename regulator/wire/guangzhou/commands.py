"""One row of Guangzhou's interface: a command, its fields, and what they mean in the ministry's."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Group(StrEnum):
    """The interface's TYPE: the second part of its files' names."""

    BASIC = "BASIC"
    ORDER = "ORDER"
    OPERATION = "OPERATION"
    GPS = "GPS"
    EVALUATE = "EVALUATE"
    RELATIONSHIP = "RELATIONSHIP"


class Command(msgspec.Struct, frozen=True):
    """A command (DDCG, YYCF, …).

    ``same_as`` is the ministry's type that says the same, blank where there is none. ``written`` are
    the fields in their order, separated by spaces; one that ends in # is an Integer, all others are
    Strings, numbers among them. A field means the ministry's field of the same letters, or what
    ``means`` says. ``free`` may be left out although the ministry demands them. ``spare`` holds the
    driver's ID number, which stands in where the driving-licence number is left out.
    ``names_order``: without a counterpart, and about an order all the same.
    """

    name: str
    group: Group
    same_as: str
    written: str
    means: Mapping[str, str] = {}
    free: tuple[str, ...] = ()
    spare: str = ""
    names_order: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all fields, in the interface's order."""
        return tuple(name.rstrip("#") for name in self.written.split())

    @property
    def integers(self) -> frozenset[str]:
        """The names of the fields that are sent as JSON numbers."""
        return frozenset(name.rstrip("#") for name in self.written.split() if name.endswith("#"))

    @property
    def is_position(self) -> bool:
        """Whether it belongs on a platform's topic of positions."""
        return self.group is Group.GPS
