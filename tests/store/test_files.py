import hashlib
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import tasks.store.files
from tasks.store.files import Store


def contents(store):
    return sorted(p for p in store.root.rglob("*") if p.is_file())


@pytest.fixture
def synced(monkeypatch):
    """Every path that was synced, in order."""
    paths = []
    real = os.fsync

    def watch(handle):
        paths.append(Path(f"/proc/self/fd/{handle}").readlink())
        real(handle)

    monkeypatch.setattr(tasks.store.files.os, "fsync", watch)
    return paths


@pytest.mark.parametrize("data", [b"", b"\x00\xff", "活动总结".encode(), b"x" * 3_000_000], ids=len)
def test_what_was_put_comes_back_byte_for_byte(store, data):
    digest = store.put(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert store.read(digest) == data
    assert store.path(digest) == store.root / digest[:2] / digest[2:]


def test_the_same_bytes_are_kept_once(store):
    assert store.put(b"a") == store.put(b"a")
    assert len(contents(store)) == 1


def test_what_is_there_is_not_written_again(store):
    path = store.path(store.put(b"a"))
    before = path.stat()
    store.put(b"a")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_the_store_does_not_hold_is_not_found(store):
    with pytest.raises(FileNotFoundError):
        store.read("0" * 64)


def test_workers_putting_the_same_and_other_bytes_at_once_lose_none(store):
    with ThreadPoolExecutor(8) as pool:
        digests = list(pool.map(lambda n: store.put(str(n % 10).encode()), range(80)))
    assert sorted({store.read(d) for d in digests}) == [str(n).encode() for n in range(10)]
    assert len(contents(store)) == 10


def test_a_write_that_fails_leaves_nothing_behind(store, monkeypatch):
    def full(handle):
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(tasks.store.files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"a")
    assert contents(store) == []


def test_a_rename_that_fails_leaves_nothing_behind(store, monkeypatch):
    def denied(*_):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(tasks.store.files.os, "rename", denied)
    with pytest.raises(OSError, match="Permission"):
        store.put(b"a")
    assert contents(store) == []


def test_the_first_original_and_every_folder_above_it_survive_a_power_cut(tmp_path, synced):
    store = Store(tmp_path / "var" / "store")
    digest = store.put(b"a")
    file = next(p for p in synced if p.name.startswith("."))
    folders = [store.path(digest).parent, store.root, store.root.parent, tmp_path]
    assert file.parent == folders[0]
    assert set(folders) <= set(synced)
    assert synced.index(file) < synced.index(folders[0])


def test_a_second_put_vouches_for_a_folder_another_worker_may_not_have_synced(store, synced):
    digest = store.put(b"a")
    synced.clear()
    store.put(b"a")
    assert {store.path(digest).parent, store.root} <= set(synced)


def test_a_writer_killed_midway_leaves_nothing_under_the_originals_name(store):
    program = (
        "import os, signal, sys; from pathlib import Path; import tasks.store.files as files\n"
        "files.os.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.Store(Path(sys.argv[1])).put(b'a')"
    )
    killed = subprocess.run([sys.executable, "-c", program, store.root], check=False)
    assert killed.returncode == -9
    digest = hashlib.sha256(b"a").hexdigest()
    assert not store.path(digest).exists()
    store.put(b"a")
    assert store.read(digest) == b"a"


def test_of_many_at_once_each_is_synced_then_named_then_its_folder_is_synced(store, monkeypatch):
    done = []
    sync, rename = os.fsync, os.rename
    monkeypatch.setattr(
        tasks.store.files.os, "fsync",
        lambda handle: (sync(handle), done.append(str(Path(f"/proc/self/fd/{handle}").readlink())))[0],
    )  # fmt: skip
    monkeypatch.setattr(
        tasks.store.files.os,
        "rename",
        lambda old, new: (done.append((str(old), str(new))), rename(old, new))[1],
    )
    store.put_all(str(n).encode() for n in range(100))
    names = [each for each in done if isinstance(each, tuple)]
    assert len(names) == 100
    for old, new in names:
        folder = str(Path(new).parent)
        assert done.index(old) < done.index((old, new)) < len(done) - 1 - done[::-1].index(folder)
    assert done[-1] == str(store.root)


def test_of_many_at_once_one_that_fails_is_heard_of_and_no_part_of_it_is_left(store, monkeypatch):
    rename = os.rename
    bad = hashlib.sha256(b"50").hexdigest()

    def full(old, new):
        if Path(new).name == bad[2:]:
            raise OSError(28, "No space left on device")
        rename(old, new)

    monkeypatch.setattr(tasks.store.files.os, "rename", full)
    with pytest.raises(OSError, match="No space"):
        store.put_all(str(n).encode() for n in range(100))
    assert not store.has(bad)
    assert not [p for p in contents(store) if p.name.startswith(".")]
    assert all(hashlib.sha256(p.read_bytes()).hexdigest() == p.parent.name + p.name for p in contents(store))


def test_several_are_kept_at_once_and_each_folder_is_synced_once(tmp_path, synced):
    store = Store(tmp_path / "originals")
    store.put(b"first")
    synced.clear()
    many = [str(n).encode() for n in range(300)]
    digests = store.put_all(many)
    assert [store.read(d) for d in digests] == many
    below = [folder for folder in synced if folder.parent == store.root]
    assert len(below) == len(set(below)) == len({d[:2] for d in digests})
    assert synced[-1] == store.root
    assert store.put_all([]) == []
