"""Drivers' numbers while a file is on its way into the register: encrypted with a key that only memory holds.

To seal a number for good costs six times as much, and most of a register's are kept already.
"""

from os import urandom

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from regulator.domain.drivers import DriverNumber

_NONCE = 12
_BITS = 256


class Enclosing:
    """Encloses numbers and opens them again, in any process that was given the key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def enclose(self, number: DriverNumber) -> bytes:
        """Encrypt a number."""
        nonce = urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, number.encode(), None)

    def open(self, enclosed: bytes) -> DriverNumber:
        """Return a number that was enclosed."""
        return DriverNumber(self._cipher.decrypt(enclosed[:_NONCE], enclosed[_NONCE:], None).decode())


def new_key() -> bytes:
    """Return a key for one file."""
    return AESGCM.generate_key(_BITS)
