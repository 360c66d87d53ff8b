"""Who is who (contract §3), by the letter of the page."""

import hashlib
import hmac
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
FILLERS = frozenset({"0", "1234", "-", "无", "NULL"})
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ORDINARY = rf"[{_PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{5}}"
_SUFFIXED = rf"[{_PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4}}[学警港澳挂使领]"
_SMALL_ENERGY = rf"[{_PROVINCES}][A-HJ-NP-Z][A-HJK][A-HJ-NP-Z0-9][0-9]{{4}}"
_LARGE_ENERGY = rf"[{_PROVINCES}][A-HJ-NP-Z][0-9]{{5}}[A-HJK]"
_PLATE = re.compile("|".join((_ORDINARY, _SUFFIXED, _SMALL_ENERGY, _LARGE_ENERGY)))
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def plate(text: str | None) -> str:
    """NFKC, upper case, separators and spaces removed; empty for nothing."""
    return re.sub(r"[·•.\-\s]", "", unicodedata.normalize("NFKC", text or "").upper())


def is_plate(text: str) -> bool:
    """Whether the normalised text has the form of a plate."""
    return _PLATE.fullmatch(text) is not None


def driver(text: str | None) -> str:
    """NFKC, upper case, spaces removed; empty for nothing."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or "").upper())


def is_driver(text: str) -> bool:
    """Whether the normalised text is neither blank nor a known filler."""
    return bool(text) and text not in FILLERS


def certificate(text: str) -> str:
    """Opaque text: NFKC, upper case, spaces and brackets removed."""
    return re.sub(r"[\s()\[\]{}〔〕【】「」]", "", unicodedata.normalize("NFKC", text).upper())


def pseudonym(key: str, text: str) -> str:
    """First 32 hex digits of HMAC-SHA256 over the normalised driver."""
    return hmac.new(key.encode(), driver(text).encode(), hashlib.sha256).hexdigest()[:32]


def failed_check_digit(text: str) -> bool:
    """Whether a number of the identity card's form fails its check digit."""
    if not _ID_NUMBER.fullmatch(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] != text[17]


def digits14(at: datetime) -> str:
    """The ministry's 14 digits of an instant, in Shanghai."""
    return at.astimezone(SHANGHAI).strftime("%Y%m%d%H%M%S")


def instant(text: str) -> datetime:
    """RFC 3339 with offset, in UTC so that equal instants are equal texts."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"no offset: {text}")
    return at.astimezone(UTC)
