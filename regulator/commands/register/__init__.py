"""``regulator register …``: what a clerk does with the licence register."""

import click

from regulator.commands.register.conflicts import conflicts_command
from regulator.commands.register.episodes import episodes_command
from regulator.commands.register.importing import SOME_ROWS_ARE_BAD, import_command
from regulator.commands.register.imports import imports_command, take_back_command

__all__ = ["SOME_ROWS_ARE_BAD", "register_commands"]


@click.group("register")
def register_commands() -> None:
    """The licence register."""


for _command in (import_command, imports_command, take_back_command, conflicts_command, episodes_command):
    register_commands.add_command(_command)
