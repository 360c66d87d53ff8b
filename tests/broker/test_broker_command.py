"""`python -m streams.broker` as an operator meets it."""

import signal
import socket
import subprocess

import pytest

from streams.broker.broker import Broker
from streams.broker.errors import ReadTheLog, StopTheOther
from streams.broker.ports import free_port
from streams.broker.ready import answers
from tests.fixtures.waiting import gone, until

pytestmark = pytest.mark.kafka


@pytest.fixture
def command(tmp_path, kafka_kit, started):
    """Starts the command on a home of the test's own."""

    def start(port: int) -> subprocess.Popen[str]:
        own = {"REGULATOR_HOME": str(tmp_path), "REGULATOR_KAFKA_PORT": str(port)}
        return started.python("-m", "streams.broker", more=own, orphaned=signal.SIGTERM)

    return start


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_asked_to_stop(command, asked):
    port = free_port()
    process = command(port)
    while process.stdout.readline() != f"Apache Kafka: ready at 127.0.0.1:{port}.\n":
        assert process.poll() is None
    assert answers(port)

    process.send_signal(asked)

    assert process.wait(120) == 0
    assert not answers(port)


def test_a_killed_command_takes_the_broker_with_it(command, tmp_path):
    port = free_port()
    process = command(port)
    until(lambda: answers(port))
    argument = str(tmp_path / "kafka" / "server.properties")
    assert not gone(argument)

    process.kill()

    until(lambda: gone(argument))


def test_a_taken_port_is_told_with_what_to_do(command):
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        said, _ = command(port).communicate(timeout=120)

    assert f"Port {port} is taken by another program" in said


def test_a_second_broker_on_the_same_data_is_refused_and_the_first_unharmed(fresh_kafka, kafka_kit, tmp_path):
    with pytest.raises(StopTheOther):
        Broker(tmp_path / "kafka", kit=kafka_kit).start()

    assert answers(fresh_kafka.port)


def test_a_broken_setting_is_shown_with_the_last_lines_of_the_log(kafka_kit, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "server.properties").write_text("num.network.threads=none\n")

    with pytest.raises(ReadTheLog, match=r"num\.network\.threads"):
        Broker(tmp_path / "kafka", kit=kafka_kit, config=tmp_path / "config").start()
