"""`python -m streams.broker`: the broker in the foreground."""

from regulator.settings import load_settings
from streams.broker.command import run_broker

if __name__ == "__main__":
    raise SystemExit(run_broker(load_settings()))
