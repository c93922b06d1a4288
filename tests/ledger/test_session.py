import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tasks.ledger import schema
from tasks.ledger.session import HEAD, Ledger
from tasks.terms.errors import Misconfigured


def test_the_migrations_lead_to_exactly_the_schema_of_today(ledger):
    with ledger.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD


def test_a_committed_fact_of_sqlite_survives_a_power_cut_by_its_settings(sqlite_ledger):
    with sqlite_ledger.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_a_transaction_that_fails_leaves_nothing(ledger):
    def fail_midway():
        with ledger.write() as connection:
            connection.execute(schema.cursor.insert().values(source="a", value="1"))
            raise KeyError

    with pytest.raises(KeyError):
        fail_midway()
    with ledger.read() as connection:
        own = schema.cursor.select().where(schema.cursor.c.source == "a")
        assert connection.execute(own).all() == []


def test_two_programs_may_open_a_new_ledger_at_once(ledger_url):
    with ThreadPoolExecutor(4) as pool:
        ledgers = list(pool.map(lambda _: Ledger(ledger_url), range(4)))
    for each in ledgers:
        with each.read() as connection:
            assert connection.execute(schema.arrival.select()).all() == []
        each.close()


def test_a_program_just_writing_to_a_new_file_does_not_stop_the_next_from_opening_it(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    first = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    first.execute("CREATE TABLE first (value)")
    first.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, first.rollback).start()
    opened = Ledger(f"sqlite:///{path}")
    with opened.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    opened.close()
    first.close()


def test_writers_take_turns_and_none_is_lost(ledger):
    with ledger.write() as connection:
        connection.execute(schema.cursor.insert().values(source="n", value="0"))

    def add_one(_: int) -> None:
        with ledger.write() as connection:
            value = int(connection.execute(text("SELECT value FROM cursor WHERE source = 'n'")).scalar())
            own = schema.cursor.update().where(schema.cursor.c.source == "n")
            connection.execute(own.values(value=str(value + 1)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(40)))
    with ledger.read() as connection:
        assert connection.execute(text("SELECT value FROM cursor WHERE source = 'n'")).scalar() == "40"


def test_a_database_of_another_kind_is_refused_in_one_line():
    with pytest.raises(Misconfigured, match="只支持 sqlite 与 postgresql"):
        Ledger("mysql://localhost/ledger")


def test_a_ledger_of_a_newer_version_is_not_touched(ledger_url):
    opened = Ledger(ledger_url)
    with opened.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured, match="更新版本"):
        Ledger(ledger_url)
    with opened.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    opened.close()


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    (tmp_path / "ledger.sqlite3").write_bytes(b"something else entirely" * 400)
    with pytest.raises(Misconfigured, match="从备份恢复"):
        Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
