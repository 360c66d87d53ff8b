"""Rule files, as short as a test wants them."""

from pathlib import Path

_RULE = """
from regulator.domain.findings import RuleId
from regulator.domain.orders import Stage
from regulator.rules.rule import COMPLIANT, DOES_NOT_APPLY, Outcome, Rule, Verdict, the_case, the_vehicle


def judge(facts, subject):
    {body}


RULE = Rule(
    id=RuleId("{name}"),
    title="A rule that is tried",
    title_zh="试用规则",
    stages=frozenset({{Stage.MATCH}}),
    legal_basis=(),
    subjects=the_case,
    judge=judge,
)
"""

VIOLATED = 'return Verdict(Outcome.VIOLATION, "tried")'
FAILING = 'raise ZeroDivisionError("a slip of the rule\'s author")'


def rule_file(folder: Path, name: str, body: str = VIOLATED) -> Path:
    """Write a rule that answers as ``body`` says; return the file."""
    path = folder / f"{name}.py"
    path.write_text(_RULE.format(name=name, body=body), "utf-8")
    return path
