"""Opening a home's ledger: a new office starts by itself, an old one never starts over by itself."""

import sqlite3
from pathlib import Path

import pytest

from tasks.home_ledger import ledger_of
from tasks.ledger.session import Ledger
from tasks.settings import Home
from tasks.terms.errors import Misconfigured
from tests.line import office


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return office.make_home(tmp_path)


def checked_once(home: Home) -> None:
    home.pulses.mkdir(parents=True)
    (home.pulses / "drill").touch()


def keeps_an_original(home: Home) -> None:
    (home.store / "ab").mkdir(parents=True)
    (home.store / "ab" / "cd").write_bytes(b"report")


def built_a_package(home: Home) -> None:
    (home.packages / "drill" / "1").mkdir(parents=True)


def test_a_new_home_begins_its_ledger_without_a_word(home):
    with ledger_of(home).read():
        assert (home.var / "ledger.sqlite3").stat().st_size


def test_a_start_that_was_killed_before_anything_else_happened_is_begun_again(home):
    home.var.mkdir(exist_ok=True)
    (home.var / "ledger.sqlite3").touch()
    with ledger_of(home).read():
        pass


@pytest.mark.parametrize("worked", [checked_once, keeps_an_original, built_a_package])
@pytest.mark.parametrize("left", ["nothing", "an empty file", "a database without a table"])
def test_a_home_that_has_worked_does_not_begin_an_empty_ledger(home, worked, left):
    worked(home)
    file = home.var / "ledger.sqlite3"
    if left == "an empty file":
        file.touch()
    elif left == "a database without a table":
        emptied(file)
    before = file.read_bytes() if file.exists() else None
    with pytest.raises(Misconfigured, match=r"ledger\.sqlite3.*restore.*改名"):
        ledger_of(home)
    assert (file.read_bytes() if file.exists() else None) == before


def emptied(file: Path) -> None:
    made = sqlite3.connect(file)
    made.execute("PRAGMA journal_mode=WAL")
    made.close()


def test_what_a_lost_ledger_left_beside_it_is_not_swept_away(home):
    checked_once(home)
    log = home.var / "ledger.sqlite3-wal"
    log.write_bytes(b"the last facts of a ledger whose file was moved")
    with pytest.raises(Misconfigured):
        ledger_of(home)
    assert log.read_bytes() == b"the last facts of a ledger whose file was moved"


def test_an_empty_database_of_a_server_is_refused_to_an_office_that_has_worked(home, postgresql, monkeypatch):
    monkeypatch.setenv("BAOSONG_LEDGER_URL", postgresql.new_database())
    checked_once(home)
    with pytest.raises(Misconfigured, match="BAOSONG_LEDGER_URL"):
        ledger_of(home)


def test_a_second_machine_of_an_office_opens_the_ledger_the_first_began(home, postgresql, monkeypatch):
    url = postgresql.new_database()
    Ledger(url).close()
    monkeypatch.setenv("BAOSONG_LEDGER_URL", url)
    checked_once(home)
    with ledger_of(home).read():
        pass
