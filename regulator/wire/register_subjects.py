"""Whom and what a register message names: subjects in their one spelling, drivers as pseudonyms.

A driver's number goes no further than here, and neither does a driver's certificate number, which
is usually the same.
"""

import re
import unicodedata

from regulator.domain.drivers import Driver, driver_number, last4, pseudonym
from regulator.domain.licences import Certificate, LicenceKind, Subject
from regulator.domain.plates import Plate, plate
from regulator.wire.register_fields import Fields

_BRACKETS = re.compile(r"[\s()\[\]{}<>〔〕【】〈〉《》「」『』〖〗]")


def spelt_certificate(text: str) -> Certificate:
    """Spell a certificate's number the one way: NFKC, upper case, no spaces and brackets."""
    return Certificate(_BRACKETS.sub("", unicodedata.normalize("NFKC", text).upper()))


def masked_certificate(certificate: Certificate, key: bytes) -> Certificate:
    """Return what stands for a driver's certificate number: its last four characters and a pseudonym."""
    number = driver_number(certificate)
    return Certificate(f"…{last4(number)}·{pseudonym(number, key)}")


def read_certificate(fields: Fields, kind: LicenceKind, key: bytes) -> Certificate:
    """Return the certificate that a message is about."""
    certificate = spelt_certificate(fields.text("certificate"))
    if not certificate:
        raise fields.bad("certificate", "a certificate's number")
    masked = kind is LicenceKind.DRIVER_CERTIFICATE
    return masked_certificate(certificate, key) if masked else certificate


def read_subject(fields: Fields, kind: LicenceKind, key: bytes) -> Subject:
    """Return whom a licence is for."""
    match kind:
        case LicenceKind.PLATFORM_PERMIT:
            return Subject(fields.text("subject").strip())
        case LicenceKind.VEHICLE_PERMIT:
            return Subject(read_car(fields, "subject"))
        case LicenceKind.DRIVER_CERTIFICATE:
            return Subject(read_driver(fields, "subject", key))


def read_car(fields: Fields, field: str) -> Plate:
    """Return a plate that must be there."""
    spelt = plate(fields.text(field))
    if not spelt:
        raise fields.bad(field, "a plate")
    return spelt


def read_driver(fields: Fields, field: str, key: bytes) -> Driver:
    """Return the pseudonym of a driving-licence number that must be there."""
    return pseudonym(driver_number(fields.text(field)), key)
