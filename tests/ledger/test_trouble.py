"""A ledger that cannot be had: which sentence is said, and who must act."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from tasks.ledger import schema, session
from tasks.ledger.session import Ledger
from tasks.terms.errors import LedgerOut, Misconfigured
from tests.rig.postgresql import free_port, running_postgresql

PAGE = 4096


def url_of(path: Path) -> str:
    return f"sqlite:///{path / 'ledger.sqlite3'}"


def test_a_damaged_page_is_told_with_the_way_back(tmp_path):
    file = tmp_path / "ledger.sqlite3"
    opened = Ledger(url_of(tmp_path))
    opened.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:PAGE] + b"\xff" * (len(whole) - PAGE))
    with pytest.raises(Misconfigured, match=r"ledger\.sqlite3 已损坏.*restore"):
        Ledger(url_of(tmp_path))


def test_a_page_that_goes_bad_while_it_is_open_is_told(sqlite_ledger, tmp_path):
    with sqlite_ledger.write() as connection:
        connection.execute(schema.cursor.insert().values(source="a", value="1"))
    sqlite_ledger.close()
    file = tmp_path / "ledger.sqlite3"
    whole = file.read_bytes()
    file.write_bytes(whole[:PAGE] + b"\xff" * (len(whole) - PAGE))
    with pytest.raises(Misconfigured, match="已损坏"), sqlite_ledger.read() as connection:
        connection.execute(schema.cursor.select()).all()


def test_a_ledger_another_program_holds_is_told_after_its_patience(tmp_path, monkeypatch):
    monkeypatch.setattr(session, "PATIENCE_S", 0.2)
    opened = Ledger(url_of(tmp_path))
    other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerOut, match=r"被别的程序占用.*关掉后再运行"), opened.write():
        pass
    with pytest.raises(LedgerOut, match="被别的程序占用"), opened.steps() as steps, steps:
        pass
    other.close()
    with opened.write():
        pass
    opened.close()


def test_a_full_disk_is_told_and_nothing_of_the_transaction_stays(sqlite_ledger):
    def write_much() -> None:
        with sqlite_ledger.write() as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))
            connection.execute(schema.cursor.insert().values(source="a", value="x" * 1_000_000))

    with pytest.raises(LedgerOut, match="磁盘已满；请腾出空间"):
        write_much()
    with sqlite_ledger.read() as connection:
        assert connection.execute(schema.cursor.select().where(schema.cursor.c.source == "a")).all() == []


def test_a_folder_in_the_ledgers_place_is_told(tmp_path):
    (tmp_path / "ledger.sqlite3").mkdir()
    with pytest.raises(Misconfigured, match="打不开"):
        Ledger(url_of(tmp_path))


def test_a_wrong_statement_is_a_bug_and_stays_one(ledger):
    with pytest.raises(Exception, match="no_such_table"), ledger.read() as connection:
        connection.execute(text("SELECT * FROM no_such_table"))


def test_a_database_server_out_of_reach_is_told_without_its_password():
    with pytest.raises(LedgerOut, match="连接不上台账数据库") as caught:
        Ledger(f"postgresql://baosong:secret@127.0.0.1:{free_port()}/ledger")
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_is_told(postgresql):
    with pytest.raises(LedgerOut, match="库名"):
        Ledger(postgresql.url("nobody_made_it"))


def test_a_database_server_that_restarts_in_the_middle_is_told_and_then_found_again(tmp_path):
    with running_postgresql(tmp_path / "server") as server:
        opened = Ledger(server.new_database())
        with pytest.raises(LedgerOut, match="连接中断"), opened.write() as connection:  # noqa: PT012
            connection.execute(schema.cursor.insert().values(source="a", value="1"))
            server.kill()
            connection.execute(schema.cursor.insert().values(source="b", value="1"))
        server.start()
        with opened.write() as connection:
            own = schema.cursor.select().where(schema.cursor.c.source.in_(["a", "b"]))
            assert connection.execute(own).all() == []
        opened.close()


def test_a_standby_is_told(postgresql):
    url = postgresql.new_database()
    opened = Ledger(url)
    with psycopg.connect(url, autocommit=True) as other:
        name = other.info.dbname
        other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    opened.close()
    with pytest.raises(Misconfigured, match="只读"), opened.write() as connection:
        connection.execute(schema.cursor.insert().values(source="a", value="1"))
    opened.close()
