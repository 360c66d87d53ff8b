"""A platform's password: made here, shown once, kept by nobody but the broker, which keeps a hash."""

import secrets

from kafka.admin import (
    KafkaAdminClient,
    ScramMechanism,
    UserScramCredentialDeletion,
    UserScramCredentialUpsertion,
)

from regulator.domain.errors import Unavailable
from streams.onboarding.identity import user_of

_BYTES = 32
_ROUNDS = 8192


class Password:
    """The SCRAM-SHA-512 credential of one platform."""

    def __init__(self, admin: KafkaAdminClient, slug: str) -> None:
        self._admin = admin
        self._user = user_of(slug)

    def exists(self) -> bool:
        """Ask the broker whether there is one."""
        # By name, the broker reports one that is missing as an error.
        known = self._admin.describe_user_scram_credentials().get(self._user, {"credential_infos": []})
        return any(one["mechanism"] == ScramMechanism.SCRAM_SHA_512 for one in known["credential_infos"])

    def renew(self) -> str:
        """Set a new one and return it: it exists nowhere else. An old one no longer opens a connection."""
        made = secrets.token_urlsafe(_BYTES)
        self._alter(
            UserScramCredentialUpsertion(self._user, ScramMechanism.SCRAM_SHA_512, made, iterations=_ROUNDS)
        )
        return made

    def forget(self) -> None:
        """Delete it."""
        self._alter(UserScramCredentialDeletion(self._user, ScramMechanism.SCRAM_SHA_512))

    def _alter(self, alteration: object) -> None:
        wrong = self._admin.alter_user_scram_credentials([alteration])[self._user]
        if wrong is not None:
            raise Unavailable(f"the broker did not change the password of {self._user}: {wrong}")
