"""Rules that are not in the catalogue: loaded from a file or a module, to be tried before they are in force.

A file is like those of ``regulator/rules``: it defines ``RULE``. Whoever may write one may run code
here, as whoever may edit the catalogue: rule files are the operator's own, never a platform's.
"""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from regulator.domain.errors import Misconfigured
from regulator.rules.rule import Rule

_NAME = "RULE"


def load_rules(specs: Iterable[str], *, beside: Path | None = None) -> list[Rule]:
    """Load rules, each ``FILE.py`` or ``module``, with ``:NAME`` where it is not called RULE.

    A relative file is looked for in ``beside`` (the present folder by default). One that cannot be
    loaded, or defines no rule, raises Misconfigured with the reason.
    """
    rules = [_load(spec.strip(), beside or Path()) for spec in specs if spec.strip()]
    twice = sorted({str(one.id) for one in rules if [rule.id for rule in rules].count(one.id) > 1})
    if twice:
        raise Misconfigured(f"two rules are called {', '.join(twice)}: each needs a name of its own")
    return rules


def tried(in_force: Sequence[Rule], more: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules in force with more: one of the same name takes its place, others come last."""
    by_id = {rule.id: rule for rule in more}
    kept = [by_id.pop(rule.id, rule) for rule in in_force]
    return (*kept, *by_id.values())


def _load(spec: str, beside: Path) -> Rule:
    place, colon, name = spec.rpartition(":")
    if not colon or name.endswith(".py"):
        place, name = spec, _NAME
    try:
        module = _from_file(beside / place) if place.endswith(".py") else import_module(place)
    except Exception as why:  # whatever a rule's author slipped on is for the author to read
        raise Misconfigured(f"{spec}: cannot be loaded: {type(why).__name__}: {why}") from why
    rule = getattr(module, name, None)
    if not isinstance(rule, Rule):
        raise Misconfigured(f"{spec}: defines no {name} that is a regulator.rules.rule.Rule")
    return rule


def _from_file(path: Path) -> ModuleType:
    spec = spec_from_file_location(f"rule_file_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
