"""A small city: two platforms with keys, an authority, cars and drivers with and without licences."""

from datetime import date

import httpx

from regulator.domain.drivers import driver_number, pseudonym
from regulator.domain.instants import DAY, HOUR, Instant
from regulator.domain.licences import LicenceKind, Period, PeriodState
from regulator.domain.orders import CompanyId
from regulator.store import Store
from regulator.store.api_keys import ApiKeyStore
from regulator.store.reported import Member, Reported, ReportedStore
from tests.console.city import valid, write_freshness, write_licence
from tests.console.running import EVENING, PSEUDONYM_KEY

QINGHE = CompanyId("3101YPZCYS01")
YUNQIAO = CompanyId("3101YPZCYS02")
HELD, EXPIRED, SUSPENDED, UNKNOWN = "沪AD12345", "沪AD00001", "沪AD00002", "沪AD00003"
FOREIGN = "沪AD00009"
NUMBER = "11010519491231002X"
DRIVER = pseudonym(driver_number(NUMBER), PSEUDONYM_KEY)
PAST = Instant(EVENING - 30 * DAY)


def write_city(store: Store) -> None:
    """Fill the register, and say whose the cars are."""
    thirties = [valid(date(2024, 3, 1), date(2027, 2, 28))]
    _permit(store, HELD, thirties)
    _permit(store, FOREIGN, thirties)
    _permit(store, EXPIRED, [valid(date(2023, 3, 1), date(2026, 2, 28))])
    still = Period(Instant(EVENING - DAY), Instant(EVENING + DAY), PeriodState.SUSPENDED)
    _permit(store, SUSPENDED, [*thirties, still])
    write_licence(
        store,
        kind=LicenceKind.DRIVER_CERTIFICATE,
        subject=DRIVER,
        certificate=f"…002X·{DRIVER}",
        periods=thirties,
        at=PAST,
    )
    write_licence(
        store,
        kind=LicenceKind.PLATFORM_PERMIT,
        subject=QINGHE,
        certificate="沪交经营许可0001",
        periods=thirties,
        at=PAST,
    )
    write_freshness(store, feed=EVENING, register=Instant(EVENING - HOUR))
    report(store, QINGHE, HELD, EXPIRED, SUSPENDED, UNKNOWN, DRIVER)
    report(store, YUNQIAO, FOREIGN)


def report(store: Store, company: CompanyId, *subjects: str) -> None:
    """Say in base records whose cars and drivers they are."""
    with store.writing() as connection:
        ReportedStore(connection).add(
            [
                Reported(
                    company=company,
                    kind=Member.DRIVER if one == DRIVER else Member.VEHICLE,
                    subject=one,
                    at=PAST,
                )
                for one in subjects
            ]
        )


def key(
    store: Store, platform: str | None = "qinghe", *, expires_at: Instant | None = None, name: str = "运营"
) -> str:
    """Return the token of a new key; without a platform it is the authority's."""
    with store.writing() as connection:
        _, token = ApiKeyStore(connection).issue(
            name, platform=platform, expires_at=expires_at, who="operator li", at=PAST
        )
    return token


def client(address: str, token: str = "") -> httpx.Client:
    """Return a program that asks, with a key or as the public."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=f"{address}api/v1/licences/", headers=headers, trust_env=False)


def _permit(store: Store, vehicle: str, periods: list[Period]) -> None:
    write_licence(
        store,
        kind=LicenceKind.VEHICLE_PERMIT,
        subject=vehicle,
        certificate=f"沪交运管许可{vehicle[-5:]}",
        periods=periods,
        at=PAST,
    )
