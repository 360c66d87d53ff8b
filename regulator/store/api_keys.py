"""Keys for the licence query API: shown once, kept as a hash, told apart in constant time."""

import hmac
from enum import StrEnum
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from regulator.domain.instants import MINUTE, Instant
from regulator.secrets import random_key
from regulator.store.audit import AuditStore
from regulator.store.schema import api_keys

_PREFIX = "rgk"
"""What a token begins with, so that scanners for leaked secrets can know it."""

_NOBODY = bytes(32)
"""Compared with where no key has the id: an unknown id takes as long as a wrong secret."""


class Role(StrEnum):
    """What a key may ask about."""

    PLATFORM = "platform"  # the fleet that the platform itself reported
    AUTHORITY = "authority"  # everybody


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key without its secret. ``platform``: the slug of the feed whose companies it speaks for."""

    id: str
    name: str
    role: Role
    platform: str | None
    created_at: Instant
    expires_at: Instant | None = None
    revoked_at: Instant | None = None
    last_used_at: Instant | None = None

    def expired(self, at: Instant) -> bool:
        """Tell whether the key's time is over."""
        return self.expires_at is not None and at >= self.expires_at

    @property
    def label(self) -> str:
        """The one line under which its look-ups are recorded."""
        return f"key {self.id} {self.platform or self.role} ({self.name})"


class ApiKeyStore:
    """Issues, recognises and revokes keys."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issue(
        self, name: str, *, platform: str | None, expires_at: Instant | None, who: str, at: Instant
    ) -> tuple[ApiKey, str]:
        """Make a key; return it with its token, which nobody can read again. No platform: the authority's."""
        id, secret = random_key()
        role = Role.PLATFORM if platform else Role.AUTHORITY
        key = ApiKey(id=id, name=name, role=role, platform=platform, created_at=at, expires_at=expires_at)
        token = f"{_PREFIX}_{id}_{secret}"
        row = msgspec.structs.asdict(key) | {"digest": _digest(token)}
        self._connection.execute(insert(api_keys).values(row))
        AuditStore(self._connection).write(who, "add API key", subject=key.label, at=at)
        return key, token

    def recognise(self, token: str) -> ApiKey | None:
        """Return the key of a token, be it expired or revoked; None for a token that we never issued."""
        prefix, _, rest = token.partition("_")
        query = select(api_keys).where(api_keys.c.id == rest.partition("_")[0])
        row = self._connection.execute(query).mappings().one_or_none()
        fits = hmac.compare_digest(row["digest"] if row is not None else _NOBODY, _digest(token))
        return _key(row) if row is not None and fits and prefix == _PREFIX else None

    def used(self, key: ApiKey, *, at: Instant) -> None:
        """Remember when a key was used last, to the minute."""
        if key.last_used_at is None or at - key.last_used_at >= MINUTE:
            self._set(key.id, last_used_at=at)

    def revoke(self, id: str, *, who: str, at: Instant) -> ApiKey | None:
        """End a key at once; None where there is none. One that is revoked already stays as it is."""
        row = self._connection.execute(select(api_keys).where(api_keys.c.id == id)).mappings().one_or_none()
        if row is None:
            return None
        key = _key(row)
        if key.revoked_at is not None:
            return key
        self._set(id, revoked_at=at)
        AuditStore(self._connection).write(who, "revoke API key", subject=key.label, at=at)
        return msgspec.structs.replace(key, revoked_at=at)

    def all(self) -> list[ApiKey]:
        """Return every key that was ever issued, the oldest first."""
        rows = self._connection.execute(select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id))
        return [_key(row) for row in rows.mappings()]

    def _set(self, id: str, **values: Instant) -> None:
        self._connection.execute(update(api_keys).where(api_keys.c.id == id).values(values))


def _digest(token: str) -> bytes:
    """A token is 256 random bits: nothing slower than SHA-256 makes it harder to guess."""
    return sha256(token.encode()).digest()


def _key(row: RowMapping) -> ApiKey:
    return msgspec.convert({name: row[name] for name in ApiKey.__struct_fields__}, ApiKey)
