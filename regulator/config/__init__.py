"""What an operator may edit: the files of a configuration folder, read and checked (contract, section 7)."""

from regulator.config.installation import Config, load_config
from regulator.config.platforms import Platform

__all__ = ["Config", "Platform", "load_config"]
