"""Tallies, to and from the bytes of ``quality.<platform>``: one message a run, no personal data."""

import msgspec

from regulator.quality.tally import Tally

encode_tally = msgspec.json.Encoder().encode
"""Write a tally as JSON."""

decode_tally = msgspec.json.Decoder(Tally).decode
"""Read a tally; raises ``msgspec.DecodeError``."""
