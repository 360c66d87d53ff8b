"""What an operator is told when the broker ends by itself."""

import pytest

from streams.broker.autopsy import explain
from streams.broker.errors import ChooseAnotherPort, ReadTheLog, UseNewerKafka

OLD = "java.net.BindException: Address already in use\n"


@pytest.mark.parametrize(
    ("line", "error", "advice"),
    [
        ("java.net.BindException: Address already in use", ChooseAnotherPort, "REGULATOR_KAFKA_PORT"),
        # As 4.3.1 says it on data of 4.4.0.
        (
            "java.lang.IllegalArgumentException: Unsupported metadata version - if you are currently "
            "upgrading your cluster, please ensure the metadata version is set to 3.3-IV3 (or higher)",
            UseNewerKafka,
            "Update the project",
        ),
        ("ERROR No space left on device", ReadTheLog, "No space left on device"),
    ],
)
def test_the_log_is_read_for_the_reader(tmp_path, line, error, advice):
    (tmp_path / "kafka.log").write_text(f"INFO starting\n{line}\n")

    found = explain("Apache Kafka ended", tmp_path, since=0)

    assert type(found) is error
    assert advice in str(found)


def test_the_trouble_of_an_earlier_start_is_not_told_again(tmp_path):
    (tmp_path / "kafka.log").write_text(OLD + "ERROR the disk is full\n")

    found = explain("Apache Kafka ended", tmp_path, since=len(OLD))

    assert type(found) is ReadTheLog
    assert "the disk is full" in str(found)
    assert "Address" not in str(found)


def test_a_log_that_was_rolled_meanwhile_is_read_whole(tmp_path):
    (tmp_path / "kafka.log").write_text("ERROR the disk is full\n")

    assert "the disk is full" in str(explain("Apache Kafka ended", tmp_path, since=10_000_000))
