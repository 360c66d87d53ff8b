"""How the process is that serves the console."""

import msgspec


class Health(msgspec.Struct, frozen=True):
    """``ok`` False: restart it. ``reasons``: what is wrong in words; an outage elsewhere is waited out."""

    ok: bool = True
    reasons: tuple[str, ...] = ()
