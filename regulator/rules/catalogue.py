"""The rules in force, in the order in which an officer reads them. To add a rule, add a line."""

from regulator.rules import (
    driver_certificate,
    not_identifiable,
    out_of_area,
    pair_mismatch,
    platform_permit,
    re_offence,
    vehicle_permit,
    vehicle_retired,
)
from regulator.rules.rule import Rule

IN_FORCE: tuple[Rule, ...] = (
    re_offence.RULE,
    platform_permit.RULE,
    vehicle_permit.RULE,
    driver_certificate.RULE,
    not_identifiable.RULE,
    pair_mismatch.RULE,
    out_of_area.RULE,
    vehicle_retired.RULE,
)
