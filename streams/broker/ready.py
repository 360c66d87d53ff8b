"""Whether a broker answers."""

import socket
import struct

# ApiVersions, version 0, correlation 1, no client name: the one request every broker answers.
_REQUEST = struct.pack(">hhih", 18, 0, 1, -1)


def answers(port: int, *, host: str = "127.0.0.1", seconds: float = 1.0) -> bool:
    """Ask a broker for the versions it speaks; say whether a broker answered without error."""
    try:
        with socket.create_connection((host, port), timeout=seconds) as line:
            line.sendall(struct.pack(">i", len(_REQUEST)) + _REQUEST)
            reply = line.recv(10)
    except OSError:
        return False
    if len(reply) < 10:
        return False
    _, correlation, error = struct.unpack(">iih", reply)
    return bool(correlation == 1 and error == 0)
