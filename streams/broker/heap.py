"""How much of the machine a broker may take, by what it is for."""

from enum import Enum


class Heap(Enum):
    """Flags of the Java machine for one use."""

    TEST = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
    CITY = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
    LOAD = ("-Xmx1g", "-XX:+UseParallelGC")
    """Every optimisation, for measuring; slower to start."""
