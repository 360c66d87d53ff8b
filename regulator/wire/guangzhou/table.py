"""All commands of the interface that are known, by name."""

from collections.abc import Mapping

from regulator.wire.guangzhou import base_commands, ride_commands
from regulator.wire.guangzhou.commands import Command

COMMANDS: Mapping[str, Command] = {
    command.name: command
    for command in (
        *base_commands.BASIC,
        *ride_commands.ORDER,
        *ride_commands.OPERATION,
        *ride_commands.GPS,
        *base_commands.EVALUATE,
        *base_commands.RELATIONSHIP,
    )
}
