"""Whom the bridge asks, and how patiently."""

from dataclasses import dataclass

import msgspec

from regulator.domain.errors import Misconfigured


class Account(msgspec.Struct, frozen=True):
    """The city's account at the ministry's dispatch."""

    url: str
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Account({self.url}, {self.user}, …)"

    def check(self) -> None:
        """Raise Misconfigured where nobody could be asked."""
        if not self.url.startswith(("http://", "https://")):
            raise Misconfigured(
                f"REGULATOR_MINISTRY_URL must be http://host or https://host, not {self.url!r}"
            )
        if not self.user.isalnum():
            raise Misconfigured(f"REGULATOR_MINISTRY_USER must be the city's six digits, not {self.user!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Bounds and patience; seconds and bytes."""

    ping_seconds: float = 10.0
    silent_seconds: float = 35.0
    """So long a line may say nothing, not even that it was pinged."""
    answer_seconds: float = 15.0
    first_pause: float = 1.0
    """Before the first new attempt; doubled by each further one."""
    longest_pause: float = 60.0
    largest_frame: int = 64 * 1024 * 1024
    held_bytes: int = 16 * 1024 * 1024
    """What may wait for the broker; then nothing more is read from the line."""
    held_frames: int = 1_000
