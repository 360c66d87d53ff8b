"""What can go wrong with the broker, named by what the reader should do."""

from regulator.domain.errors import RegulatorError


class BrokerError(RegulatorError):
    """The broker cannot run; the message says what to do."""


class InstallJava(BrokerError):
    """No Java of 17 or newer was found, and none could be installed."""


class FetchAgain(BrokerError):
    """The broker's jars could not be fetched, or are not the ones we know."""


class ChooseAnotherPort(BrokerError):
    """Somebody else listens where the broker should."""


class StopTheOther(BrokerError):
    """Another broker runs on the same data."""


class UseNewerKafka(BrokerError):
    """The data were written by a newer Apache Kafka than this one."""


class ReadTheLog(BrokerError):
    """The broker ended or hung for a reason only its log knows; its last lines are in the message."""
