"""The rules in force, in the order in which an officer reads them. To add a rule, add a line."""

from regulator.rules import driver_certificate, not_identifiable, platform_permit, vehicle_permit
from regulator.rules.rule import Rule

IN_FORCE: tuple[Rule, ...] = (
    platform_permit.RULE,
    vehicle_permit.RULE,
    driver_certificate.RULE,
    not_identifiable.RULE,
)
