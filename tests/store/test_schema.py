"""The steps make the schema that the code uses, for whoever comes first."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from regulator.domain.errors import Misconfigured, Unavailable
from regulator.store import Store, open_store
from regulator.store.schema import metadata


def test_the_steps_lead_to_the_tables_of_the_code(store):
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_several_may_open_a_new_database_at_once(url):
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(open_store(url))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 4
    for one in opened:
        one.ping()
        one.close()


def test_a_database_of_a_newer_release_is_left_alone(store, url):
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Misconfigured, match="9999"):
        open_store(url)


def test_work_that_fails_leaves_nothing(store):
    def fail_midway() -> None:
        with store.writing() as connection:
            connection.execute(text("UPDATE counters SET value = 7"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_midway()

    with store.reading() as connection:
        assert set(connection.execute(text("SELECT value FROM counters")).scalars()) == {0}


@pytest.mark.parametrize("wrong", ["sqlite://", "mysql://localhost/x", "nonsense"])
def test_an_address_that_cannot_serve_is_named(wrong):
    with pytest.raises(Misconfigured):
        open_store(wrong)


def test_a_server_that_is_away_is_unavailable():
    with pytest.raises(Unavailable):
        open_store("postgresql://nobody@127.0.0.1:1/none")


def test_a_damaged_file_is_said_to_be_damaged(tmp_path):
    (tmp_path / "regulator.db").write_bytes(b"no database at all" * 100)

    with pytest.raises(Misconfigured, match="not a database"):
        open_store(f"sqlite:///{tmp_path / 'regulator.db'}")


def test_who_reads_sees_one_state_whatever_is_written_meanwhile(store):
    with store.reading() as reader:
        seen = [reader.execute(text("SELECT sum(value) FROM counters")).scalar_one()]
        with store.writing() as writer:
            writer.execute(text("UPDATE counters SET value = 7"))
        seen.append(reader.execute(text("SELECT sum(value) FROM counters")).scalar_one())

    assert seen == [0, 0]
