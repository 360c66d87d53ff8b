"""A file so long that processes of their own read it comes to the same as a short one."""

from contextlib import closing

from regulator.domain.drivers import driver_number, pseudonym
from regulator.domain.instants import Instant
from regulator.domain.licences import LicenceKind
from regulator.secrets import load_secrets
from regulator.settings import load_settings
from regulator.store import open_store
from regulator.store.driver_numbers import DriverNumbers
from tests.store.office import HEADER

ROWS = 26_000
"""More than are read where the file is: six batches."""


def a_row(number: int) -> str:
    person = f"3199990000{number:08d}"
    return f"driver_certificate,{person},{person},1,,,2024-03-01,,valid\n"


def test_every_row_arrives_and_a_bad_one_is_told_by_its_number(office):
    rows = [a_row(number) for number in range(ROWS)]
    rows[-1] = rows[-1].replace("valid", "vallid")

    done = office.bring(HEADER + "".join(rows))

    assert done.exit_code == 3, done.output
    assert f"{ROWS - 1} statements taken ({ROWS - 1} added" in done.output
    assert f"row {ROWS + 1}, state: 'vallid'; expected one of valid" in done.output


def test_drivers_numbers_are_sealed_and_the_same_file_again_changes_nothing(office):
    text = HEADER + "".join(map(a_row, range(ROWS)))
    office.bring(text)

    done = office.bring(text)

    assert f"0 statements taken (0 added, 0 changed, 0 ended), {ROWS} were known" in done.output
    settings = load_settings()
    secrets = load_secrets(settings.home)
    last = driver_number(f"3199990000{ROWS - 1:08d}")
    driver = pseudonym(last, secrets.pseudonym_key)
    with closing(open_store(settings.database)) as store, store.writing() as connection:
        numbers = DriverNumbers(connection, secrets.encryption_key)
        assert numbers.reveal(driver, who="a test", at=Instant(0)) == last
    assert len(office.statements(LicenceKind.DRIVER_CERTIFICATE, driver)) == 1
