"""An order as it stands, to and from the bytes of ``orders.<platform>``: the judge's state."""

import msgspec

from regulator.joins.orders import Order

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Order)


def encode_order(order: Order) -> bytes:
    """Write an order as JSON; instants are whole microseconds."""
    return _encoder.encode(order)


def decode_order(payload: bytes) -> Order:
    """Read an order that ``encode_order`` wrote."""
    return _decoder.decode(payload)
