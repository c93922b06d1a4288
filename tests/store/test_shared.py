"""Originals in a bucket: a real S3 server, kept in an order that loses nothing, held to their digests."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.store.bucket import KEY, SECRET, Bucket, Objects
from tasks.store.shared import SharedStore
from tasks.terms.errors import Misconfigured, Transient
from tests.rig import s3 as rig
from tests.rig.postgresql import free_port

DATA = "活动总结".encode() * 1000
DIGEST = hashlib.sha256(DATA).hexdigest()
NAME = f"{DIGEST[:2]}/{DIGEST[2:]}"


@pytest.fixture
def s3(s3_server: rig.S3, monkeypatch) -> rig.S3:
    monkeypatch.setenv(KEY, rig.KEY)
    monkeypatch.setenv(SECRET, rig.SECRET)
    for name in s3_server.objects():
        s3_server.lose(name)
    return s3_server


def machine(s3: rig.S3, folder: Path, **other: str) -> SharedStore:
    where = {"endpoint": s3.endpoint, "bucket": s3.bucket} | other
    return SharedStore(folder, Objects(Bucket(**where)))


def away(folder: Path) -> SharedStore:
    return machine(rig.S3(f"http://127.0.0.1:{free_port()}"), folder)


def test_what_one_machine_put_another_reads(s3, tmp_path):
    assert machine(s3, tmp_path / "a").put(DATA) == DIGEST
    assert s3.objects() == {NAME: DATA}
    other = machine(s3, tmp_path / "b")
    assert other.has(DIGEST)
    assert other.read(DIGEST) == DATA
    assert other.path(DIGEST).read_bytes() == DATA
    assert list(other.digests()) == [DIGEST]


def test_the_folder_of_a_machine_may_be_deleted_at_any_time(s3, tmp_path):
    store = machine(s3, tmp_path / "a")
    store.put(DATA)
    store.path(DIGEST).unlink()
    assert store.read(DIGEST) == DATA


def test_what_nobody_put_is_not_found(s3, tmp_path):
    store = machine(s3, tmp_path / "a")
    assert not store.has(DIGEST)
    assert not store.path(DIGEST).exists()
    with pytest.raises(FileNotFoundError):
        store.read(DIGEST)


def test_a_bucket_that_is_away_takes_nothing_and_says_so_in_one_sentence(s3, tmp_path):
    store = away(tmp_path / "a")
    with pytest.raises(Transient, match=r"^共用原件库 .*暂时用不了（[^\n]*）$"):
        store.put(DATA)
    with pytest.raises(Transient):
        store.put(DATA)  # that it lies in the cache since the first time is not enough
    with pytest.raises(Transient):
        away(tmp_path / "b").read(DIGEST)
    assert s3.objects() == {}


def test_after_an_upload_that_failed_the_next_put_completes_it(s3, tmp_path):
    with pytest.raises(Transient):
        away(tmp_path / "a").put(DATA)
    machine(s3, tmp_path / "a").put(DATA)
    assert s3.objects() == {NAME: DATA}


def test_a_writer_killed_between_disk_and_bucket_loses_nothing(s3, tmp_path):
    program = (
        "import os, signal, sys; from pathlib import Path; from tasks.store import bucket, shared\n"
        "objects = bucket.Objects(bucket.Bucket(endpoint=sys.argv[2], bucket=sys.argv[3]))\n"
        "objects.upload = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "shared.SharedStore(Path(sys.argv[1]), objects).put('活动总结'.encode() * 1000)"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "a"), s3.endpoint, s3.bucket]
    assert subprocess.run(words, check=False).returncode == -9
    assert s3.objects() == {}
    assert machine(s3, tmp_path / "a").put(DATA) == DIGEST
    assert machine(s3, tmp_path / "b").read(DIGEST) == DATA


def test_an_upload_the_server_did_not_keep_whole_is_no_put(s3, tmp_path, monkeypatch):
    store = machine(s3, tmp_path / "a")
    monkeypatch.setattr(store._objects, "size", lambda _digest: 3)
    with pytest.raises(Transient, match="没有确认收到"):
        store.put(DATA)


def test_what_was_changed_in_the_bucket_is_refused_and_leaves_nothing_here(s3, tmp_path):
    machine(s3, tmp_path / "a").put(DATA)
    s3.replace(NAME, DATA[::-1])
    other = machine(s3, tmp_path / "b")
    with pytest.raises(Misconfigured, match="与它的校验值不符"):
        other.read(DIGEST)
    assert [p for p in (tmp_path / "b").rglob("*") if p.is_file()] == []


def test_a_copy_hurt_on_this_machines_disk_is_fetched_anew(s3, tmp_path):
    store = machine(s3, tmp_path / "a")
    store.put(DATA)
    store.path(DIGEST).write_bytes(b"x")
    assert store.read(DIGEST) == DATA


def test_what_is_in_the_bucket_is_not_sent_again(s3, tmp_path, monkeypatch):
    store = machine(s3, tmp_path / "a")
    store.put(DATA)
    monkeypatch.setattr(store._objects, "upload", lambda *_: pytest.fail("sent again"))
    assert store.put(DATA) == DIGEST


def test_what_is_removed_is_gone_everywhere_but_in_other_machines_caches_and_those_say_so(s3, tmp_path):
    one, two = machine(s3, tmp_path / "a"), machine(s3, tmp_path / "b")
    one.put(DATA)
    two.read(DIGEST)
    one.remove(DIGEST)
    one.remove(DIGEST)
    assert s3.objects() == {}
    assert (one.stale(), two.stale()) == ([], [DIGEST])


def test_a_package_made_here_is_shared_as_it_lies(s3, tmp_path):
    (tmp_path / "p.zip").write_bytes(DATA)
    machine(s3, tmp_path / "a").share(DIGEST, tmp_path / "p.zip")
    assert machine(s3, tmp_path / "b").read(DIGEST) == DATA


def test_offices_that_share_a_bucket_do_not_see_one_another(s3, tmp_path):
    machine(s3, tmp_path / "a", prefix="jia").put(DATA)
    other = machine(s3, tmp_path / "b", prefix="yi")
    assert (other.has(DIGEST), list(other.digests())) == (False, [])
    assert list(machine(s3, tmp_path / "a", prefix="jia").digests()) == [DIGEST]


def test_a_bucket_that_does_not_exist_is_the_operators_business(s3, tmp_path):
    with pytest.raises(Misconfigured, match="不存在：请先建这个存储桶"):
        machine(s3, tmp_path / "a", bucket="elsewhere").put(DATA)


def test_credentials_come_from_the_environment_or_from_systemd(s3, tmp_path, monkeypatch):
    monkeypatch.delenv(SECRET)
    with pytest.raises(Misconfigured, match=f"请设环境变量 {SECRET}"):
        machine(s3, tmp_path / "a")
    (tmp_path / SECRET.lower()).write_text(rig.SECRET + "\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    machine(s3, tmp_path / "a").put(DATA)


def test_without_its_component_the_setting_is_refused_in_one_sentence(s3, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(Misconfigured, match=r"请运行 make \.venv/\.shared"):
        machine(s3, tmp_path / "a")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "s3.office.example"),
        ("endpoint", "ftp://s3.office.example"),
        ("endpoint", "https://s3.office.example/originals"),
        ("bucket", "报送"),
        ("bucket", "a"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named(field, value):
    sound = {"endpoint": "https://s3.office.example", "bucket": "originals"}
    assert list(Bucket(**sound).faults()) == []
    assert [name for name, _ in Bucket(**(sound | {field: value})).faults()] == [field]
