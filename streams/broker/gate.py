"""The broker's second door, for platforms: a password for everybody, and only what is allowed them.

The first door stays on the loopback interface and knows no passwords: what comes through it is ours
(`User:ANONYMOUS` is a super user), so nobody else may be able to reach it.
"""

from dataclasses import dataclass
from pathlib import Path

from regulator.domain.errors import Misconfigured

_LISTENER = "PLATFORMS"
_OLD_PASSWORD_MS = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Where platforms connect. Without a certificate only programs on this machine can."""

    port: int = 0
    """0: a free one, the same after each restart."""
    address: str | None = None
    """`host:port` as platforms reach it, when that differs: a proxy's, or this machine's name."""
    pem: Path | None = None
    """Private key and certificate chain in one PEM file: TLS, on all interfaces."""

    def reached_at(self, port: int) -> str:
        """Return where platforms are told to connect; `port` is the one that was settled on."""
        return self.address or f"127.0.0.1:{port}"

    def check(self) -> None:
        """Raise Misconfigured for what a broker would only fail on later."""
        if self.address is not None and not _is_address(self.address):
            raise Misconfigured(f"REGULATOR_KAFKA_PLATFORM_ADDRESS must be host:port, not {self.address!r}")
        if self.pem is not None and not self.pem.is_file():
            raise Misconfigured(f"REGULATOR_KAFKA_PLATFORM_PEM: there is no file {self.pem}")


def listeners(gate: Gate | None, *, client: str, controller: str, port: int) -> str:
    """Return the lines of `server.properties` that say who may come in where."""
    ours = f"PLAINTEXT://{client}"
    if gate is None:
        return f"listeners={ours},CONTROLLER://{controller}"
    interface = "127.0.0.1" if gate.pem is None else "0.0.0.0"  # noqa: S104 - with TLS and passwords
    protocol = "SASL_PLAINTEXT" if gate.pem is None else "SASL_SSL"
    mine = f"listener.name.{_LISTENER.lower()}"
    return f"""listeners={ours},CONTROLLER://{controller},{_LISTENER}://{interface}:{port}
advertised.listeners={ours},{_LISTENER}://{gate.reached_at(port)}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,{_LISTENER}:{protocol}
{mine}.sasl.enabled.mechanisms=SCRAM-SHA-512
{mine}.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
{mine}.scram-sha-512.connections.max.reauth.ms={_OLD_PASSWORD_MS}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS{_certificate(gate, mine)}"""


def _certificate(gate: Gate, mine: str) -> str:
    if gate.pem is None:
        return ""
    return f"\n{mine}.ssl.keystore.type=PEM\n{mine}.ssl.keystore.location={gate.pem}"


def _is_address(text: str) -> bool:
    host, colon, port = text.rpartition(":")
    return bool(host and colon) and port.isdecimal() and 0 < int(port) < 65_536
