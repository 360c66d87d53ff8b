"""Who sits at the page: a name and badge that the officer gives once a shift, in a signed cookie.

It says whom an act is recorded under; it does not prove who somebody is. Roles and log-in come with
their own issue and will put their answer into ``Officer``.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec

from regulator.domain.instants import HOUR, Instant

COOKIE = "officer"
SHIFT = 12 * HOUR
_LONGEST = 40


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer as he named himself, and until when that is kept."""

    name: str
    badge: str
    until: Instant

    @property
    def label(self) -> str:
        """The one line under which acts are recorded and shown."""
        return f"{self.name} {self.badge}"


def introduced(name: str, badge: str, *, at: Instant) -> Officer | None:
    """Return the officer that a form names; None where it names none."""
    name, badge = " ".join(name.split()), " ".join(badge.split())
    if not (name and badge and len(name) <= _LONGEST and len(badge) <= _LONGEST):
        return None
    return Officer(name=name, badge=badge, until=Instant(at + SHIFT))


def sealed(officer: Officer, key: bytes) -> str:
    """Return the cookie that says who the officer is."""
    body = urlsafe_b64encode(msgspec.json.encode(officer)).decode()
    return f"{body}.{_seal(body, key)}"


def unsealed(cookie: str | None, key: bytes, *, at: Instant) -> Officer | None:
    """Return the officer of a cookie that we sealed and whose shift is not over."""
    body, _, seal = (cookie or "").partition(".")
    if not body or not hmac.compare_digest(seal.encode(), _seal(body, key).encode()):
        return None
    officer = msgspec.json.decode(urlsafe_b64decode(body), type=Officer)
    return officer if at < officer.until else None


def _seal(body: str, key: bytes) -> str:
    return hmac.digest(key, b"officer\x1f" + body.encode(), "sha256").hex()
