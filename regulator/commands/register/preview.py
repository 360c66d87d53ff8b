"""What a clerk is shown: bad rows, what a file would change, and what it changed."""

from collections.abc import Mapping, Sequence

import click

from regulator.commands.register.spelling import spell_told
from regulator.store.register_comparison import Comparison, Example
from regulator.store.register_file import RegisterFile
from regulator.store.stage import Fate, Stage

_MEANINGS = {
    Fate.ADDED: "not in the register yet",
    Fate.CHANGED: "said otherwise than the register has it",
    Fate.ENDED: "in force now, and by the file no longer",
    Fate.LOST: "in the register, and not in the file: only --whole ends them",
    Fate.OLDER: "of a lower sequence than the register has: kept as history",
    Fate.SAME: "as the register has it",
}
_LOST_OF_A_WHOLE = "in the register, and not in the file, which is whole: they end now"
_NAMED = (Fate.ADDED, Fate.CHANGED, Fate.ENDED, Fate.LOST)


def list_bad_rows(stage: Stage, read: RegisterFile, claims: Sequence[str]) -> None:
    """List what is wrong with rows, on standard output. ``claims``: what no file with bad rows may make."""
    for wrong in stage.wrong():
        click.echo(f"row {wrong.row}, {wrong.column}: {wrong.value!r}; expected {wrong.expected}")
    if read.unused:
        click.echo(f"columns not used: {', '.join(read.unused)}", err=True)
    bad = stage.count_wrong()
    if bad:
        left_out = stage.count_left_out()
        click.echo(f"{bad} bad rows; {left_out} good ones of the same certificates stay out", err=True)
        for claim in claims:
            click.echo(f"{claim} is not taken: what stayed out would count as not licensed", err=True)


def show_preview(compared: Comparison, examples: Mapping[Fate, Sequence[Example]], *, whole: bool) -> None:
    """Show how many things have which fate, and some of each that is not as before."""
    for fate, meaning in _MEANINGS.items():
        explained = _LOST_OF_A_WHOLE if whole and fate is Fate.LOST else meaning
        click.echo(f"{fate:>8} {compared.counts[fate]:>9,}  {explained}")
        if fate in _NAMED:
            for one in examples[fate]:
                where = f" (row {one.row})" if one.row else ""
                click.echo(f"{'':>20}{one.kind} {one.name}{where}{_difference(one, fate)}")
            if compared.counts[fate] > len(examples[fate]) > 0:
                click.echo(f"{'':>20}… and {compared.counts[fate] - len(examples[fate]):,} more: --show N")


def _difference(one: Example, fate: Fate) -> str:
    if fate not in (Fate.CHANGED, Fate.ENDED) or one.before is None or one.after is None:
        return ""
    if one.before == one.after:
        return ": in something else than its time"
    return f": {spell_told(one.before)} → {spell_told(one.after)}"


def tell_result(read: RegisterFile, compared: Comparison, *, number: int, changed: int) -> None:
    """Say what an import came to."""
    counts = compared.counts
    click.echo(
        f"import {number}: {read.rows} rows: {changed} statements taken"
        f" ({counts[Fate.ADDED]} added, {counts[Fate.CHANGED]} changed, {counts[Fate.ENDED]} ended),"
        f" {counts[Fate.SAME]} were known already",
        err=True,
    )
    if counts[Fate.LOST]:
        click.echo(f"{counts[Fate.LOST]} certificates are in the register and not in the file", err=True)
