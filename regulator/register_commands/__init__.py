"""``regulator register …``: what a clerk does with the licence register."""

import click

from regulator.register_commands.conflicts import conflicts_command
from regulator.register_commands.episodes import episodes_command
from regulator.register_commands.importing import SOME_ROWS_ARE_BAD, import_command
from regulator.register_commands.imports import imports_command, take_back_command

__all__ = ["SOME_ROWS_ARE_BAD", "register_commands"]


@click.group("register")
def register_commands() -> None:
    """The licence register."""


for _command in (import_command, imports_command, take_back_command, conflicts_command, episodes_command):
    register_commands.add_command(_command)
