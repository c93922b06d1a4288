"""A backup is everything that cannot be made again, proven byte by byte when it comes back."""

import tarfile
from pathlib import Path

import pytest

from tasks.backup import backup, restore
from tasks.desk import open_desk
from tasks.ledger import schema
from tasks.ledger.copy import copy
from tasks.ledger.session import Ledger
from tasks.settings import Home
from tasks.status.acts import extend, waive
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.errors import Misconfigured
from tests.line import office, papers

NOW = times.parse("2023-05-31T10:00")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = office.make_home(tmp_path / "office")
    desk = open_desk("drill", NOW, made)
    desk.store.put(papers.narrative("东山镇"))
    extend(desk, "A01", "summary", times.parse("2023-06-05T17:00"), who="甲", why="来电")
    waive(desk, "A02", "summary", who="乙", why="撤并")
    return made


def state(home: Home) -> dict:
    return look(open_desk("drill", NOW, home)).as_json()


def contents(home: Home) -> dict[str, bytes]:
    roots = [home.config, home.store, home.packages]
    files = [p for root in roots for p in root.rglob("*") if p.is_file()]
    return {p.relative_to(home.root).as_posix(): p.read_bytes() for p in files}


def test_what_was_backed_up_comes_back_whole(home, tmp_path):
    backup(home, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "again")
    again = Home.at(tmp_path / "again")
    assert contents(again) == contents(home)
    assert state(again) == state(home)


def test_the_restored_office_goes_on(home, tmp_path):
    backup(home, tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "again")
    again = Home.at(tmp_path / "again")
    desk = open_desk("drill", NOW, again)
    assert waive(desk, "A03", "summary", who="甲", why="撤并")
    assert not waive(desk, "A02", "summary", who="乙", why="撤并")


def test_a_backup_is_for_this_user_alone_and_overwrites_nothing(home, tmp_path):
    backup(home, tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    with pytest.raises(Misconfigured, match="已存在"):
        backup(home, tmp_path / "b.tar")


def test_one_changed_byte_anywhere_is_found_and_nothing_is_restored(home, tmp_path):
    backup(home, tmp_path / "b.tar")
    whole = (tmp_path / "b.tar").read_bytes()
    with tarfile.open(tmp_path / "b.tar") as archive:
        places = [(m.name, m.offset_data) for m in archive.getmembers() if m.size]
    assert len(places) > 4
    for number, (name, offset) in enumerate(places):
        broken = bytearray(whole)
        broken[offset] ^= 1
        (tmp_path / "broken.tar").write_bytes(broken)
        target = tmp_path / f"t{number}"
        with pytest.raises(Misconfigured, match=r"备份|损坏"):
            restore(tmp_path / "broken.tar", target)
        assert not (target / "config").exists(), name


@pytest.mark.parametrize("cut", [0, 100, 5000])
def test_a_file_cut_short_is_refused(home, tmp_path, cut):
    backup(home, tmp_path / "b.tar")
    (tmp_path / "cut.tar").write_bytes((tmp_path / "b.tar").read_bytes()[:cut])
    with pytest.raises(Misconfigured, match=r"备份|损坏"):
        restore(tmp_path / "cut.tar", tmp_path / "again")


def test_a_home_in_use_is_never_overwritten(home, tmp_path):
    backup(home, tmp_path / "b.tar")
    with pytest.raises(Misconfigured, match="空的主目录"):
        restore(tmp_path / "b.tar", home.root)


def test_a_file_that_names_a_place_outside_is_refused(home, tmp_path):
    (tmp_path / "x").write_bytes(b"x")
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "x", "../../outside.txt")
    with pytest.raises(Misconfigured, match="不是完整的备份"):
        restore(tmp_path / "evil.tar", tmp_path / "deep" / "again")
    assert not (tmp_path / "outside.txt").exists()


def test_a_ledger_moves_between_databases_and_counts_on(home, ledger_url):
    source, target = Ledger(home.ledger_url), Ledger(ledger_url)
    copied = copy(source, target)
    with source.read() as old, target.read() as new:
        for table in schema.metadata.sorted_tables:
            assert old.execute(table.select()).all() == new.execute(table.select()).all()
        rows = sum(len(old.execute(t.select()).all()) for t in schema.metadata.sorted_tables)
    assert copied == rows > 1
    with target.write() as connection:  # a row of the new ledger's own gets a number of its own
        connection.execute(
            schema.act.insert().values(
                campaign="c", kind="call", who="a", why="b", at=NOW, unit="", obligation="", detail={},
                key="k", previous="p", hash="h",
            )
        )  # fmt: skip
    with pytest.raises(Misconfigured, match="不是空的"):
        copy(source, target)
    target.close()
