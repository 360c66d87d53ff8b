"""The law in force in an installation, and the rules that it tries."""

from regulator.law.in_force import LawOver, law_in_force, law_over

__all__ = ["LawOver", "law_in_force", "law_over"]
