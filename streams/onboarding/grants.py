"""What a platform may do at the broker: one line a permission."""

from collections.abc import Iterable
from typing import NamedTuple

from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    KafkaAdminClient,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
)
from kafka.errors import KafkaError, NoError, SecurityDisabledError

from regulator.domain.errors import Misconfigured, Unavailable
from streams import topics
from streams.onboarding.identity import groups_of, principal_of

_EVERYTHING = "*"


class Grant(NamedTuple):
    """One permission, or the opposite of one."""

    resource: ResourceType
    name: str
    operation: ACLOperation
    pattern: ACLResourcePatternType = ACLResourcePatternType.LITERAL
    permission: ACLPermissionType = ACLPermissionType.ALLOW

    def __str__(self) -> str:
        may = "may" if self.permission == ACLPermissionType.ALLOW else "may not"
        beginning = "…" if self.pattern == ACLResourcePatternType.PREFIXED else ""
        deed = "touch any" if self.operation == ACLOperation.ALL else self.operation.name.lower()
        name = "" if self.name == _EVERYTHING else f" {self.name}{beginning}"
        return f"{may} {deed} {self.resource.name.lower()}{name}"


def granted(slug: str) -> tuple[Grant, ...]:
    """Return what a platform may do: nothing beside this."""
    return (
        Grant(ResourceType.TOPIC, topics.feed_orders(slug), ACLOperation.WRITE),
        Grant(ResourceType.TOPIC, topics.feed_positions(slug), ACLOperation.WRITE),
        Grant(ResourceType.TOPIC, topics.answers(slug), ACLOperation.WRITE),
        Grant(ResourceType.TOPIC, topics.receipts(slug), ACLOperation.READ),
        Grant(ResourceType.TOPIC, topics.notices(slug), ACLOperation.READ),
        Grant(
            ResourceType.GROUP, groups_of(slug), ACLOperation.READ, pattern=ACLResourcePatternType.PREFIXED
        ),
    )


BARRED = tuple(
    Grant(resource, _EVERYTHING, ACLOperation.ALL, permission=ACLPermissionType.DENY)
    for resource in (ResourceType.TOPIC, ResourceType.GROUP)
)
"""What a suspended platform is told: a denial goes before every permission, also on open connections."""


class Grants:
    """The permissions of one platform, as the broker has them."""

    def __init__(self, admin: KafkaAdminClient, slug: str) -> None:
        self._admin = admin
        self._principal = principal_of(slug)

    def present(self) -> frozenset[Grant]:
        """Ask the broker. Raises Misconfigured where it lets everybody do everything."""
        try:
            found, _ = self._admin.describe_acls(self._all())
        except SecurityDisabledError as why:
            raise Misconfigured(
                "this broker checks nobody's permissions: start it with REGULATOR_KAFKA_PLATFORM_PORT, or"
                " give your own Kafka an authorizer (docs/onboarding.md)"
            ) from why
        return frozenset(
            Grant(
                acl.resource_pattern.resource_type,
                acl.resource_pattern.resource_name,
                acl.operation,
                acl.resource_pattern.pattern_type,
                acl.permission_type,
            )
            for acl in found
        )

    def create(self, grants: Iterable[Grant]) -> None:
        """Add permissions; raises Unavailable when the broker did not take one."""
        wanted = list(grants)
        answer = self._admin.create_acls([self._acl(grant) for grant in wanted])
        if answer["failed"]:  # it raises nothing
            raise Unavailable(f"the broker did not take every permission: {answer['failed']}: try again")

    def remove(self, grants: Iterable[Grant]) -> None:
        """Take permissions away; of open connections too, at once."""
        self._delete([self._exactly(grant) for grant in grants])

    def remove_all(self) -> None:
        """Take away every permission and every denial that names the platform."""
        self._delete([self._all()])

    def _delete(self, filters: list[ACLFilter]) -> None:
        for _, _, error in self._admin.delete_acls(filters):
            if error is not NoError:
                raise Unavailable(f"the broker did not remove a permission ({_text(error)}): try again")

    def _all(self) -> ACLFilter:
        anything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY)
        return ACLFilter(self._principal, None, ACLOperation.ANY, ACLPermissionType.ANY, anything)

    def _exactly(self, grant: Grant) -> ACLFilter:
        pattern = ResourcePatternFilter(grant.resource, grant.name, grant.pattern)
        return ACLFilter(self._principal, None, grant.operation, grant.permission, pattern)

    def _acl(self, grant: Grant) -> ACL:
        pattern = ResourcePattern(grant.resource, grant.name, grant.pattern)
        return ACL(self._principal, _EVERYTHING, grant.operation, grant.permission, pattern)


def _text(error: type[KafkaError]) -> str:
    return str(error.__name__)
