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

import numpy as np

from regulator.domain.licences import Certificate
from regulator.joins.licence_index.rows import Column

BYTES = 20
MASKED, KEPT = 254, 255
"""Forms; any lower one is the length of a short text."""

_MASKED = re.compile(r"…([ -~]{4})·([0-9a-f]{32})")
_LETTERS = 41
"""A masked number in bytes: ``…`` is three, ``·`` two."""
_DOTS, _DOT = list("…".encode()), list("·".encode())
_PLACE = Struct("<qQI")  # hash, where it begins among the texts, bytes
_NAMING = 8


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
        return KEPT, _PLACE.pack(hash(text), 0, 0)

    def keep(self, form: int, paper: bytes, certificate: str) -> bytes:
        """Return the bytes from which a certificate can be read again."""
        if form != KEPT:
            return paper
        place, text = len(self._texts), certificate.encode()
        self._texts += text
        return _PLACE.pack(hash(text), place, len(text))

    def read(self, form: int, paper: bytes) -> Certificate:
        """Return the number that was written."""
        if form <= BYTES:
            return Certificate(paper[:form].decode())
        if form == MASKED:
            return Certificate(f"…{paper[:4].decode()}·{paper[4:].hex()}")
        _, place, length = _PLACE.unpack(paper)
        return Certificate(self._texts[place : place + length].decode())

    def write_each(self, certificates: Sequence[str]) -> tuple[Column, Column]:
        """Return the forms of some numbers, and five words each from which they can be read again."""
        written = [self.write(certificate) for certificate in certificates]
        kept = [self.keep(*one, certificate) for one, certificate in zip(written, certificates, strict=True)]
        return np.array([form for form, _ in written], "u1"), _words(np.frombuffer(b"".join(kept), "u1"))

    def write_texts(self, certificates: Column) -> tuple[Column, Column]:
        """Do the same for very many, given as bytes filled up with zeros."""
        letters = np.ascontiguousarray(certificates).view("u1").reshape(len(certificates), -1)
        dotted = (letters[:, : len(_DOTS)] == _DOTS).all(axis=1)
        if dotted.all():
            masked = _mask(letters)
            if masked is not None:
                return np.full(len(letters), MASKED, "u1"), _words(masked)
        forms, papers = np.empty(len(letters), "u1"), np.empty((len(letters), 5), "<u4")
        texts, doubtful = certificates[~dotted].tolist(), certificates[dotted].tolist()
        if texts:
            forms[~dotted], papers[~dotted] = self._spell(texts)
        if doubtful:
            forms[dotted], papers[dotted] = self.write_each([text.decode() for text in doubtful])
        return forms, papers

    def _spell(self, texts: Sequence[bytes]) -> tuple[Column, Column]:
        """Write texts that are no masked numbers, short and long."""
        lengths = np.fromiter(map(len, texts), np.intp, len(texts))
        long = lengths > BYTES
        papers = np.array(texts, f"S{BYTES}").view("u1").reshape(-1, BYTES)
        if long.any():
            papers[long] = self._keep_all(texts if long.all() else [one for one in texts if len(one) > BYTES])
        return np.where(long, KEPT, lengths), _words(papers)

    def _keep_all(self, texts: Sequence[bytes]) -> Column:
        lengths = np.fromiter(map(len, texts), np.intp, len(texts))
        kept = np.empty(len(texts), [("hash", "<i8"), ("place", "<u8"), ("length", "<u4")])
        kept["hash"] = np.fromiter(map(hash, texts), np.int64, len(texts))
        kept["place"] = len(self._texts) + np.cumsum(lengths) - lengths
        kept["length"] = lengths
        self._texts += b"".join(texts)
        return kept.view("u1").reshape(-1, BYTES)


def naming(form: int, paper: bytes) -> tuple[int, bytes]:
    """Return the part of form and bytes by which a certificate is recognised."""
    return form, paper[:_NAMING] if form == KEPT else paper


def _mask(letters: Column) -> Column | None:
    """Write numbers that begin as masked ones do; None unless all of them are."""
    last4, digits = letters[:, 3:7], letters[:, 9:_LETTERS].tobytes()
    papers = np.empty((len(letters), BYTES), "u1")
    try:
        papers[:, 4:] = np.frombuffer(unhexlify(digits), "u1").reshape(-1, BYTES - 4)
    except Error:
        return None
    papers[:, :4] = last4
    ends = (letters[:, 7:9] == _DOT).all() and not letters[:, _LETTERS:].any()
    printable = ((last4 >= ord(" ")) & (last4 <= ord("~"))).all()
    return papers if ends and printable and digits == digits.lower() else None


def _words(papers: Column) -> Column:
    return papers.view("<u4").reshape(-1, BYTES // 4)
