"""A broker keeps its ports, gives way to strangers, and says what stands in its way."""

import os
import socket

import pytest

from streams.broker.errors import ChooseAnotherPort, StopTheOther, UseNewerKafka
from streams.broker.jars import KAFKA_VERSION
from streams.broker.ports import free_port, is_free
from streams.broker.residence import Memo, Residence, settle_ports
from streams.supervisor.progress import silent


@pytest.fixture
def residence(tmp_path):
    return Residence(tmp_path / "kafka")


@pytest.fixture
def stranger():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_ports_of_the_first_start_are_kept(residence):
    first = settle_ports(residence, exact=None, prefer=None, say=silent)

    assert settle_ports(residence, exact=None, prefer=free_port(), say=silent) == first
    assert first.port != first.controller_port


def test_a_preferred_port_is_taken_when_it_is_free(residence):
    port = free_port()

    assert settle_ports(residence, exact=None, prefer=port, say=silent).port == port


def test_another_port_is_chosen_and_told_when_a_stranger_has_the_preferred_one(residence, stranger):
    told = []

    memo = settle_ports(residence, exact=None, prefer=stranger, say=told.append)

    assert memo.port != stranger
    assert is_free(memo.port)
    assert told == [
        f"Apache Kafka: port {stranger} is taken by another program; using {memo.port}.",
    ]


def test_a_port_that_the_operator_insists_on_is_not_exchanged(residence, stranger):
    with pytest.raises(ChooseAnotherPort, match="REGULATOR_KAFKA_PORT"):
        settle_ports(residence, exact=stranger, prefer=None, say=silent)


@pytest.mark.parametrize(
    ("version", "opens"), [("3.9.2", True), (KAFKA_VERSION, True), ("4.3.10", False), ("4.4.0", False)]
)
def test_data_of_a_newer_kafka_are_refused_in_plain_words(residence, version, opens):
    residence.folder.mkdir()
    residence.remember(Memo(kafka=version, port=free_port(), controller_port=free_port()))

    if opens:
        settle_ports(residence, exact=None, prefer=None, say=silent)
        return
    with pytest.raises(UseNewerKafka, match=version):
        settle_ports(residence, exact=None, prefer=None, say=silent)


def test_a_folder_has_one_broker_at_a_time(residence):
    held = residence.lock(patience_seconds=0)

    with pytest.raises(StopTheOther):
        residence.lock(patience_seconds=0.2)
    os.close(held)
    os.close(residence.lock(patience_seconds=0))
