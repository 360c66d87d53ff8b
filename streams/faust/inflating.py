"""Compressed batches, unpacked within bounds.

The broker's bound on a batch is on its compressed bytes, and aiokafka unpacks whatever comes: a
kilobyte of zstd can stand for 30 megabytes, a megabyte for 30 gigabytes. Its decoders are replaced by
ones that stop at a bound.
"""

import sys
import zlib
from collections.abc import Callable
from io import BytesIO

import aiokafka.codec
import lz4.frame
import zstandard
from aiokafka.record.default_records import DefaultRecordBatch

MOST_BYTES = 32 * 1024 * 1024
"""That a batch may inflate to. A megabyte, the broker's bound, of compressed JSON has half of it at most."""

_GZIP_RATIO = 1032
_LZ4_RATIO = 255
_ZSTD_RATIO = 32_768
"""More than this no format can make of a byte."""

Decoder = Callable[[bytes], bytes]


class InflatesTooFar(Exception):
    """What a batch inflates to is more than a worker unpacks."""


def bound_decoders() -> None:
    """Make aiokafka's batches raise InflatesTooFar at the bound.

    Snappy stays as it is: it makes 21 bytes of one at most.
    """
    records = sys.modules[DefaultRecordBatch.__module__]
    for name, decoder in _BOUNDED.items():
        setattr(records, name, decoder)


def _bounded(whole: Decoder, ratio: int, first: Callable[[bytes, int], bytes]) -> Decoder:
    def inflate(payload: bytes) -> bytes:
        if len(payload) * ratio <= MOST_BYTES:
            return whole(payload)
        content = first(payload, MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InflatesTooFar
        return content

    return inflate


def _gzip(payload: bytes, size: int) -> bytes:
    content = b""
    while payload and len(content) < size:
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        content += member.decompress(payload, size - len(content))
        payload = member.unused_data
    return content


def _lz4(payload: bytes, size: int) -> bytes:
    content: bytes = lz4.frame.LZ4FrameFile(BytesIO(payload)).read(size)
    return content


def _zstd(payload: bytes, size: int) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(payload, read_across_frames=True).read(size)


_BOUNDED: dict[str, Decoder] = {
    "gzip_decode": _bounded(aiokafka.codec.gzip_decode, _GZIP_RATIO, _gzip),
    "lz4_decode": _bounded(aiokafka.codec.lz4_decode, _LZ4_RATIO, _lz4),
    "zstd_decode": _bounded(aiokafka.codec.zstd_decode, _ZSTD_RATIO, _zstd),
}
