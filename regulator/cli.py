"""The commands that need no Kafka. ``streams.cli`` adds those that do."""

from regulator.commands.api_keys import api_key_commands
from regulator.commands.audit import audit_command
from regulator.commands.contract import contract_commands
from regulator.commands.explain import explain_command
from regulator.commands.pending import pending_command
from regulator.commands.register import register_commands
from regulator.commands.replay import replay_command

COMMANDS = (
    replay_command,
    register_commands,
    pending_command,
    contract_commands,
    explain_command,
    api_key_commands,
    audit_command,
)
