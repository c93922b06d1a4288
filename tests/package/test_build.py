import io
import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from tasks.package import build
from tasks.package.bagged import durable, zipping
from tasks.package.bagged.carry import OriginalChanged
from tasks.package.bagged.verify import verify
from tasks.package.build import PackageConflict, build_package
from tasks.package.dossier import Original
from tasks.package.figures import figures
from tasks.package.originals import placed
from tasks.terms.standings import State
from tests.package import factory

ROOT = Path(__file__).parents[2]


@pytest.fixture
def haikou():
    return factory.haikou()


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_package_is_a_bag_an_independent_library_accepts(haikou, tmp_path):
    dossier, store = haikou
    built = build_package(dossier, store.read, tmp_path)
    bagit.Bag(str(built.path)).validate()
    assert verify(built.path) == verify(built.zip_path) == []


def test_it_holds_the_documents_the_figures_and_every_original(haikou, tmp_path):
    dossier, store = haikou
    built = build_package(dossier, store.read, tmp_path)
    assert built.name == built.path.name == "haikou-2023-第01号"
    assert built.zip_path.name == "haikou-2023-第01号.zip"
    found = contents(built.path)
    assert tuple(sorted(found, key=str.encode)) == built.files
    for name in (
        "汇总表.xlsx",
        "总结报告.docx",
        "缺报说明.docx",
        "呈报函.docx",
        "数据/summary.json",
        "数据/units.csv",
    ):
        assert f"data/{name}" in found
    assert found["data/原件/460105_秀英区民政局/总结材料.doc"] == store.read(dossier.files[0][0].digest)
    assert json.loads(found["data/数据/summary.json"]) == built.summary
    assert found["data/数据/units.csv"].startswith(b"\xef\xbb\xbf")


def test_the_zip_holds_the_folder_stored_sorted_and_at_one_time(haikou, tmp_path):
    dossier, store = haikou
    built = build_package(dossier, store.read, tmp_path)
    with zipfile.ZipFile(built.zip_path) as archive:
        assert archive.namelist() == [f"{built.name}/{name}" for name in built.files]
        assert {(i.compress_type, i.date_time) for i in archive.infolist()} == {(0, (1980, 1, 1, 0, 0, 0))}
        assert {n: archive.read(f"{built.name}/{n}") for n in built.files} == contents(built.path)


def test_reports_not_accepted_leave_their_originals_behind(haikou, tmp_path):
    dossier, store = haikou
    states = (State.RETURNED, State.RECEIVED, State.ACCEPTED, State.ACCEPTED, State.MISSING)
    standings = tuple(replace(s, state=st) for s, st in zip(dossier.standings, states, strict=True))
    due = {t.obligation: t.due for t in dossier.tallies}
    tallies = factory.tallies(dossier.campaign, standings, due)
    built = build_package(replace(dossier, standings=standings, tallies=tallies), store.read, tmp_path)
    assert [p.name for p in sorted((built.path / "data/原件").iterdir())] == [
        "460107_琼山区民政局",
        "460108_美兰区民政局",
    ]


def test_a_town_that_reports_for_its_villages_hands_its_files_in_once(tmp_path):
    dossier, store = factory.nanchuan(towns=2, organisations=0, studios=6)
    built = build_package(dossier, store.read, tmp_path)
    originals = [f for f in built.files if f.startswith("data/原件/")]
    assert len(originals) == len(set(originals)) == 4


def test_hostile_names_stay_inside_and_lose_nothing(haikou, tmp_path):
    dossier, store = haikou
    names = [
        "../../../evil.doc",
        "a.doc",
        "A.doc",
        "con",
        "e\u0301\u202e.doc",
        "..",
        "x" * 300 + ".doc",
        "50%\n.doc",
        "a.doc",
    ]
    files = {0: tuple(store.add(name, f"{n}".encode()) for n, name in enumerate(names))}
    built = build_package(replace(dossier, files=files), store.read, tmp_path / "out")
    bagit.Bag(str(built.path)).validate()
    found = contents(built.path / "data/原件/460105_秀英区民政局")
    assert sorted(found.values()) == [str(n).encode() for n in range(len(names))]
    assert all(unicodedata.is_normalized("NFC", f) and "/" not in f for f in found)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_no_cell_of_the_csv_is_live(haikou, tmp_path):
    dossier, store = haikou
    units = tuple(replace(u, name=f"{mark}1+1") for u, mark in zip(dossier.roster, "=+-@\t", strict=True))
    built = build_package(replace(dossier, roster=type(dossier.roster)(units)), store.read, tmp_path)
    rows = (built.path / "data/数据/units.csv").read_text("utf-8-sig").splitlines()[1:]
    assert all(row.split(",")[1].startswith(("'", "1")) for row in rows)


def test_the_same_dossier_is_the_same_package_and_is_left_alone(haikou, tmp_path):
    dossier, store = haikou
    built = build_package(dossier, store.read, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.name != ".lock"}
    assert build_package(dossier, store.read, tmp_path) == built
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.name != ".lock"} == before


def test_another_package_of_the_same_number_is_never_overwritten(haikou, tmp_path):
    dossier, store = haikou
    before = contents(build_package(dossier, store.read, tmp_path).path)
    with pytest.raises(PackageConflict, match="已存在且内容不同"):
        build_package(replace(dossier, queue=7), store.read, tmp_path)
    assert contents(tmp_path / dossier.name) == before


@pytest.mark.parametrize("archive", [False, True])
def test_a_damaged_package_is_neither_returned_nor_repaired_in_silence(haikou, tmp_path, archive):
    dossier, store = haikou
    built = build_package(dossier, store.read, tmp_path)
    target = built.zip_path if archive else built.path / "data/总结报告.docx"
    data = bytearray(target.read_bytes())
    data[len(data) // 3] ^= 1
    target.write_bytes(data)
    with pytest.raises(PackageConflict, match="校验不符"):
        build_package(dossier, store.read, tmp_path)


@pytest.mark.parametrize("as_path", [False, True])
def test_an_original_that_changed_in_the_store_stops_the_package(haikou, tmp_path, as_path):
    dossier, _ = haikou
    wrong = tmp_path / "wrong"
    wrong.write_bytes(b"changed")
    with pytest.raises(OriginalChanged, match="与台账记录不符"):
        build_package(dossier, lambda _: wrong if as_path else b"changed", tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == [".lock"]


def test_an_original_that_is_gone_from_the_store_stops_the_package_and_is_named(haikou, tmp_path):
    dossier, _ = haikou
    with pytest.raises(OriginalChanged, match="不在原件库"):
        build_package(dossier, lambda _: tmp_path / "nowhere", tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == [".lock"]


def test_an_original_of_another_size_than_recorded_stops_the_package(haikou, tmp_path):
    dossier, store = haikou
    first = dossier.files[0][0]
    for wrong in (1, -1):
        files = {0: (replace(first, size=first.size + wrong),)}
        with pytest.raises(OriginalChanged, match="与台账记录不符"):
            build_package(replace(dossier, files=files), store.read, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [".lock"]


def test_a_package_too_large_to_be_laid_out_beforehand_is_the_same_zip(haikou, tmp_path, monkeypatch):
    dossier, store = haikou
    wanted = build_package(dossier, store.read, tmp_path / "laid out")
    monkeypatch.setattr(zipping, "_LARGEST", 1)
    built = build_package(dossier, store.read, tmp_path / "one after another")
    assert (built.digest, built.zip_digest) == (wanted.digest, wanted.zip_digest)


@pytest.mark.parametrize("lost", ["folder", "zip"])
def test_of_folder_and_zip_only_the_lost_one_is_made_again(haikou, tmp_path, lost):
    dossier, store = haikou
    built = build_package(dossier, store.read, tmp_path)
    kept, gone = (built.zip_path, built.path) if lost == "folder" else (built.path, built.zip_path)
    gone.rename(tmp_path / "before")
    before = kept.stat().st_ino
    assert build_package(dossier, store.read, tmp_path) == built
    assert kept.stat().st_ino == before
    assert verify(gone) == []


def test_originals_may_come_as_files(haikou, tmp_path):
    dossier, store = haikou

    def as_file(digest):
        path = tmp_path / digest
        path.write_bytes(store.read(digest))
        return path

    by_file = build_package(dossier, as_file, tmp_path / "a")
    assert by_file.digest == build_package(dossier, store.read, tmp_path / "b").digest


BUILD = """
import sys, pathlib, hashlib
from tests.package import factory
from tasks.package.build import build_package
for make in (factory.nanchuan, factory.haikou):
    dossier, store = make()
    built = build_package(dossier, store.read, pathlib.Path(sys.argv[1]))
    print(built.digest, built.zip_digest)
"""


def test_hash_seed_time_zone_and_hour_leave_no_trace_in_the_bytes(tmp_path):
    def digests(name, seed, zone):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", BUILD, str(tmp_path / name)]
        return subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert digests("a", "1", "Asia/Shanghai") == digests("b", "20231", "America/Los_Angeles") != ""


CALLS = ("fsync", "rename", "mkdir", "replace", "link")


class Dying:
    """Dies at its n-th step on the disk; in the middle of a write half of the bytes are left behind."""

    def __init__(self, point):
        self.left = point

    def step(self):
        self.left -= 1
        return not self.left

    def call(self, real):
        def dying(*args, **kwargs):
            if self.step():
                os._exit(9)
            return real(*args, **kwargs)

        return dying

    def pwrite(self, file, data, at):
        if self.step():
            PWRITE(file, bytes(data)[: len(data) // 2], at)
            os._exit(9)
        return PWRITE(file, data, at)

    def open(self, path, mode="r", *args, **kwargs):
        if mode != "xb":
            return OPEN(path, mode, *args, **kwargs)
        dying = self

        class Torn(io.FileIO):
            def write(self, data):
                if dying.step():
                    super().write(bytes(data)[: len(data) // 2])
                    os._exit(9)
                return super().write(data)

        return io.BufferedWriter(Torn(path, "x"), 1 << 16)


OPEN, PWRITE = io.open, os.pwrite


def killed_at(point, dossier, store, folder):
    """Build in a child that dies at its n-th change of the disk; True when it lived to the end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    dying = Dying(point)
    for name in CALLS:
        setattr(os, name, dying.call(getattr(os, name)))
    io.open, os.pwrite = dying.open, dying.pwrite
    build_package(dossier, store.read, folder)
    os._exit(0)


def test_a_kill_at_any_sync_write_or_rename_leaves_no_half_package_and_the_next_build_completes(
    haikou, tmp_path, monkeypatch
):
    dossier, store = haikou
    dossier = replace(dossier, files={0: dossier.files[0]})
    wanted = build_package(dossier, store.read, tmp_path / "wanted")
    # The documents are the same each time; composing them anew for every point would take minutes.
    made = build._made(dossier, figures(dossier), placed(dossier), [], None)
    monkeypatch.setattr(build, "_made", lambda *_: made)
    point = 1
    while not killed_at(point, dossier, store, tmp_path / f"{point}"):
        folder = tmp_path / f"{point}"
        for final in (folder / dossier.name, folder / f"{dossier.name}.zip"):
            assert not final.exists() or verify(final) == []
        again = build_package(dossier, store.read, folder)
        assert (again.digest, again.zip_digest) == (wanted.digest, wanted.zip_digest)
        assert not list(folder.glob(".building-*"))
        point += 1
    assert point > 60


def test_every_file_and_folder_is_synced_before_it_gets_its_final_name(haikou, tmp_path, monkeypatch):
    dossier, store = haikou
    events = []
    real_sync, real_rename = os.fsync, Path.rename

    def sync(handle):
        events.append(Path(f"/proc/self/fd/{handle}").readlink())
        real_sync(handle)

    def rename(old, new):
        made = [old, *old.rglob("*")]
        assert set(made) <= set(events), "renamed before it was safe on disk"
        events.append(new)
        return real_rename(old, new)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    build_package(dossier, store.read, tmp_path)
    assert [e for e in events if e.parent == tmp_path and not e.name.startswith(".")] == [
        tmp_path / dossier.name, tmp_path / f"{dossier.name}.zip",
    ]  # fmt: skip
    assert events[-1] == tmp_path


def test_two_builders_of_one_package_take_turns(haikou, tmp_path):
    dossier, store = haikou
    children = []
    for _ in range(3):
        child = os.fork()
        if not child:
            build_package(dossier, store.read, tmp_path)
            os._exit(0)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(c, 0)[1]) for c in children] == [0, 0, 0]
    assert verify(tmp_path / dossier.name) == []


def test_a_full_disk_leaves_nothing_behind(haikou, tmp_path, monkeypatch):
    dossier, store = haikou

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "sync", full)
    with pytest.raises(OSError, match="No space"):
        build_package(dossier, store.read, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [".lock"]


def test_an_original_of_no_bytes_is_an_original_too(haikou, tmp_path):
    dossier, store = haikou
    files = {0: (store.add("空.txt", b""),)}
    built = build_package(replace(dossier, files=files), store.read, tmp_path)
    assert "data/原件/460105_秀英区民政局/空.txt" in built.files
    assert isinstance(files[0][0], Original)
