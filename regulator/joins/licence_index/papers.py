"""Certificates' numbers in twenty bytes each: they are asked for only when something is to be shown.

Three forms: a text of up to twenty bytes as it is; a driver's masked number (``…``, four characters,
``·``, a pseudonym: see ``wire.register_subjects``) as four bytes and sixteen; of a longer text its
hash, and where it is kept among all texts. These only grow: a certificate that changes keeps its
place, and one that comes back under another subject is too rare to be tidied up after.
"""

import re
from binascii import Error, unhexlify
from collections.abc import Sequence
from struct import Struct
from typing import TypeVar

import numpy as np

from regulator.domain.licences import Certificate
from regulator.joins.licence_index.rows import Column

BYTES = 20
MASKED, KEPT = 254, 255
"""Forms; any lower one is the length of a short text."""

_MASKED = re.compile(r"…([ -~]{4})·([0-9a-f]{32})")
_LETTERS, _LETTER_BYTES = 38, 41
"""Of a masked number: ``…`` is three bytes, ``·`` two."""
_DOTS, _DOT = list("…".encode()), list("·".encode())
_PLACE = Struct("<qQI")  # hash, where it begins among the texts, bytes
_NAMING = 8

_Value = TypeVar("_Value")


class Papers:
    """Writes and reads certificates' numbers."""

    def __init__(self) -> None:
        self._texts = bytearray()

    def write(self, certificate: str) -> tuple[int, bytes]:
        """Return form and bytes; those of a long text name it, but it is kept nowhere yet."""
        masked = _MASKED.fullmatch(certificate)
        if masked:
            return MASKED, masked[1].encode() + bytes.fromhex(masked[2])
        text = certificate.encode()
        if len(text) <= BYTES:
            return len(text), text.ljust(BYTES, b"\0")
        return KEPT, _PLACE.pack(hash(certificate), 0, 0)

    def keep(self, form: int, paper: bytes, certificate: str) -> bytes:
        """Return the bytes from which a certificate can be read again."""
        if form != KEPT:
            return paper
        place, text = len(self._texts), certificate.encode()
        self._texts += text
        return _PLACE.pack(hash(certificate), place, len(text))

    def read(self, form: int, paper: bytes) -> Certificate:
        """Return the number that was written."""
        if form <= BYTES:
            return Certificate(paper[:form].decode())
        if form == MASKED:
            return Certificate(f"…{paper[:4].decode()}·{paper[4:].hex()}")
        _, place, length = _PLACE.unpack(paper)
        return Certificate(self._texts[place : place + length].decode())

    def write_all(self, certificates: Sequence[str]) -> tuple[Column, Column]:
        """Return the forms of many numbers, and five words each from which they can be read again."""
        count = len(certificates)
        forms, papers = np.empty(count, "u1"), np.zeros((count, BYTES), "u1")
        places = np.fromiter(map(len, certificates), np.intp, count) == _LETTERS
        masked = _mask(_choose(certificates, np.flatnonzero(places)))
        if masked is None:  # some of them are something else
            places = np.array([_MASKED.fullmatch(one) is not None for one in certificates])
            masked = _mask(_choose(certificates, np.flatnonzero(places)))
        forms[places], papers[places] = MASKED, masked
        others = np.flatnonzero(~places)
        if len(others):
            forms[others], papers[others] = self._spell(_choose(certificates, others))
        return forms, papers.view("<u4")

    def _spell(self, certificates: Sequence[str]) -> tuple[Column, Column]:
        """Write texts, short and long."""
        texts = [certificate.encode() for certificate in certificates]
        lengths = np.fromiter(map(len, texts), np.intp, len(texts))
        is_long = lengths > BYTES
        papers = np.empty((len(texts), BYTES), "u1")
        short, long = np.flatnonzero(~is_long), np.flatnonzero(is_long)
        if len(short):
            papers[short] = np.array(_choose(texts, short), f"S{BYTES}").view("u1").reshape(-1, BYTES)
        if len(long):
            papers[long] = self._keep_all(_choose(texts, long), _choose(certificates, long), lengths[long])
        return np.where(is_long, KEPT, lengths), papers

    def _keep_all(self, texts: Sequence[bytes], certificates: Sequence[str], lengths: Column) -> Column:
        kept = np.empty(len(texts), [("hash", "<i8"), ("place", "<u8"), ("length", "<u4")])
        kept["hash"] = np.fromiter(map(hash, certificates), np.int64, len(texts))
        kept["place"] = len(self._texts) + np.cumsum(lengths) - lengths
        kept["length"] = lengths
        self._texts += b"".join(texts)
        return kept.view("u1").reshape(-1, BYTES)


def naming(form: int, paper: bytes) -> tuple[int, bytes]:
    """Return the part of form and bytes by which a certificate is recognised."""
    return form, paper[:_NAMING] if form == KEPT else paper


def _mask(certificates: Sequence[str]) -> Column | None:
    """Write texts of 38 letters as masked numbers; None unless all of them are."""
    text = "".join(certificates).encode()
    if len(text) != _LETTER_BYTES * len(certificates):
        return None
    letters = np.frombuffer(text, "u1").reshape(-1, _LETTER_BYTES)
    last4, digits = letters[:, 3:7], letters[:, 9:].tobytes()
    papers = np.empty((len(certificates), BYTES), "u1")
    try:
        papers[:, 4:] = np.frombuffer(unhexlify(digits), "u1").reshape(-1, BYTES - 4)
    except Error:
        return None
    papers[:, :4] = last4
    printable = (last4 >= ord(" ")) & (last4 <= ord("~"))
    around = (letters[:, :3] == _DOTS).all() and (letters[:, 7:9] == _DOT).all()
    return papers if around and printable.all() and digits == digits.lower() else None


def _choose(values: Sequence[_Value], places: Column) -> Sequence[_Value]:
    """Return the values in some places: very often all of them, and then it costs nothing."""
    return values if len(places) == len(values) else [values[place] for place in places.tolist()]
