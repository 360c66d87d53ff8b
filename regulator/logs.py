"""How a process logs: one line an event to standard error, which its supervisor keeps."""

import logging
import sys


def configure_logs(process: str, level: int = logging.INFO) -> None:
    """Log with time, process and level. Called once, by a command."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        logging.Formatter(f"%(asctime)s {process} %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("aiokafka", "kafka", "faust", "mode", "alembic", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
