"""Judging recorded input without Kafka: the live judge's code, and no clock but the log's own."""

from regulator.replay.engine import Replay
from regulator.replay.rows import Row, history_line
from regulator.replay.running import ReplayResult, replay

__all__ = ["Replay", "ReplayResult", "Row", "history_line", "replay"]
