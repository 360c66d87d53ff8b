"""The door for platforms: off unless asked for, never without passwords, TLS where there is a certificate."""

import datetime
import ipaddress
from contextlib import closing
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaTimeoutError

from regulator.clock import now
from regulator.domain.errors import Misconfigured
from regulator.domain.instants import SECOND
from regulator.settings import load_settings
from streams.broker.broker import Broker
from streams.broker.command import gate_of
from streams.broker.gate import Gate, listeners
from streams.broker.heap import Heap
from tests.broker.platforms import IMPATIENT, Operator, writes


def test_there_is_none_unless_asked_for() -> None:
    assert gate_of(load_settings(environment={})) is None
    asked = gate_of(load_settings(environment={"REGULATOR_KAFKA_PLATFORM_PORT": "9095"}))
    assert asked is not None
    assert asked.port == 9095


def test_without_one_the_broker_listens_on_the_loopback_interface_only() -> None:
    assert listeners(None, client="127.0.0.1:1", controller="127.0.0.1:2", port=0) == (
        "listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2"
    )


def test_without_a_certificate_no_password_leaves_this_machine() -> None:
    lines = listeners(Gate(), client="127.0.0.1:1", controller="127.0.0.1:2", port=3).splitlines()

    assert lines[0].endswith("PLATFORMS://127.0.0.1:3")
    assert "PLATFORMS:SASL_PLAINTEXT" in lines[2]


@pytest.mark.parametrize(
    "environment",
    [
        {"REGULATOR_KAFKA_PLATFORM_PORT": "much"},
        {"REGULATOR_KAFKA_PLATFORM_PORT": "9095", "REGULATOR_KAFKA_PLATFORM_ADDRESS": "kafka.example"},
        {"REGULATOR_KAFKA_PLATFORM_PORT": "9095", "REGULATOR_KAFKA_PLATFORM_PEM": "/no/such/file"},
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="REGULATOR_KAFKA_PLATFORM_"):
        gate_of(load_settings(environment=environment))


@pytest.mark.kafka
def test_nobody_comes_in_without_a_password(kafka_kit, tmp_path):
    with Broker(tmp_path / "kafka", kit=kafka_kit, heap=Heap.TEST, gate=Gate()) as broker:
        assert broker.platform_bootstrap != broker.bootstrap
        for insistence in (
            {},
            {
                "security_protocol": "SASL_PLAINTEXT",
                "sasl_mechanism": "SCRAM-SHA-512",
                "sasl_plain_username": "admin",
                "sasl_plain_password": "admin",
            },
        ):
            with pytest.raises(KafkaTimeoutError):
                KafkaAdminClient(bootstrap_servers=broker.platform_bootstrap, **insistence, **IMPATIENT)


@pytest.mark.kafka
def test_with_a_certificate_it_speaks_tls_and_keeps_its_port(kafka_kit, tmp_path):
    pem, certificate = a_certificate(tmp_path)
    gate = Gate(pem=pem)
    with Broker(tmp_path / "kafka", kit=kafka_kit, heap=Heap.TEST, gate=gate) as broker:
        sunny = Operator(broker, tmp_path).lets_in("sunny")
        sunny |= {"security_protocol": "SASL_SSL", "ssl_cafile": str(certificate)}
        writes(broker, sunny, "feed.sunny.orders")
        before = broker.platform_bootstrap

        broker.stop()
        broker.start()

        assert broker.platform_bootstrap == before
        with closing(KafkaProducer(bootstrap_servers=before, **sunny)) as producer:
            producer.send("feed.sunny.orders", b"{}").get(timeout=60)


def a_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a key with its certificate, and the certificate alone; return both files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.fromtimestamp(now() / SECOND, datetime.UTC)
    host = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([host]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    both, alone = folder / "platforms.pem", folder / "certificate.pem"
    both.write_bytes(private + public)
    alone.write_bytes(public)
    return both, alone
