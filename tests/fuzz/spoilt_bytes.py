"""What goes wrong with bytes of any kind: cut, flipped, doubled, repeated, mixed up."""

from random import Random

MOST = 1 << 20


def spoil_bytes(payload: bytes, rng: Random) -> bytes:
    """Return the bytes with a few faults."""
    for _ in range(rng.randint(1, 4)):
        payload = rng.choice(_FAULTS)(payload, rng)
    return payload


def _place(payload: bytes, rng: Random) -> int:
    return rng.randrange(len(payload) + 1)


def _flipped(payload: bytes, rng: Random) -> bytes:
    place = _place(payload, rng)
    return payload[:place] + rng.randbytes(1) + payload[place + 1 :]


def _cut(payload: bytes, rng: Random) -> bytes:
    return payload[: _place(payload, rng)]


def _headless(payload: bytes, rng: Random) -> bytes:
    return payload[_place(payload, rng) :]


def _inserted(payload: bytes, rng: Random) -> bytes:
    place = _place(payload, rng)
    return payload[:place] + rng.choice(_FRAGMENTS) + payload[place:]


def _removed(payload: bytes, rng: Random) -> bytes:
    place = _place(payload, rng)
    return payload[:place] + payload[place + rng.randint(1, 20) :]


def _repeated(payload: bytes, rng: Random) -> bytes:
    """Repeat a piece: what a compressed bomb unpacks to, seldom up to the size limit and beyond."""
    start = _place(payload, rng)
    piece = payload[start : start + rng.randint(1, 400)]
    greatest = rng.choice([2_000] * 30 + [MOST + 100])
    times = greatest // max(len(piece), 1)
    return payload[:start] + piece * rng.randint(1, max(times, 1)) + payload[start:]


_FAULTS = (_flipped, _cut, _headless, _inserted, _removed, _repeated)
_FRAGMENTS = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xef\xbb\xbf", b"{", b"}", b"[", b"]", b'"', b"\\",
    b",", b":", b"\x0a\x00", b"\x0a\x7f", b"\x0a\xff\xff\xff\xff\x0f", b"\x80" * 11, b"\x0b" * 200,
)  # fmt: skip
