"""Under which names the console may be asked for.

A page of another site may make its own name point at this machine ("DNS rebinding") and would then
read the console as its own. It cannot do so with an address in figures, or with ``localhost``.
"""

from collections.abc import Set
from ipaddress import ip_address
from urllib.parse import urlsplit


def is_ours(host: str, names: Set[str]) -> bool:
    """Tell whether a ``Host`` header names this console: an address, localhost, or a name it was given."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name in names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
