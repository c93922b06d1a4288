"""The power fails at every write point: what the product had let go of or called done is on the disk.

``BAOSONG_POINTS`` is how many moments of each phase are looked at (default 3; ``all`` for every one).
"""

import copy
import hashlib
import random
import re
import sqlite3
import tempfile
from pathlib import Path

import pytest

from tests.crash import drill, oracle, power
from tests.crash.sink import delivered, running_sink
from tests.crash.test_write_points import POINTS, SEED
from tests.crash.trace import running_worker

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)
WAITING = "SELECT message_id FROM letter WHERE state IN ('queued', 'retry')"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The office before and after each phase, and the trace of it."""
    folder = tmp_path_factory.mktemp("power").resolve()
    traces = {}
    with running_sink(folder / "boxes", SEED) as sink, running_worker() as worker:
        originals = drill.make(folder / "home", sink.port)
        for phase in ("intake", "answer", "compile"):
            disk = power.Disk()
            disk.load(folder / "home")
            with tempfile.NamedTemporaryFile("r", prefix="strace-") as log:
                assert worker.run(phase, folder / "home", "-o", log.name, *power.OPTIONS) == 0
                traces[phase] = disk, list(power.calls(log.read(), folder / "home"))
        yield folder / "home", originals, traces, delivered({p.name: p for p in sink.root.glob("*")})


def moments(count: int, phase: str) -> set[int]:
    """After which calls the power fails; always also after the last."""
    dice = random.Random(f"{SEED}/{phase}")
    return {*(dice.sample(range(count), min(POINTS, count)) if POINTS else range(count)), count - 1}


@pytest.mark.parametrize("phase", ["intake", "answer", "compile"])
def test_what_was_called_done_survives_the_power(office, phase, tmp_path):
    home, originals, traces, _ = office
    disk, calls = copy.deepcopy(traces[phase])
    assert len(calls) > 50
    let_go: list[str] = []
    for number, call in enumerate(calls):
        name = disk.apply(*call)
        if call[0] == "rename" and ("/mail/inbox/new/" in name or "/drop/" in name):
            let_go.append(Path(name).name)
        if number in moments(len(calls), phase):
            image = disk.image(home, tmp_path / str(number))
            survived(image, {n: originals[n] for n in let_go if n in originals})
    ended(tmp_path / str(len(calls) - 1), phase, office)


def survived(image: Path, let_go: dict[str, str]) -> None:
    """The ledger opens whole, all it names is there, and what a source has let go of is in it."""
    ledger = image / "var" / "ledger.sqlite3"
    if ledger.exists() and _has_tables(ledger):
        oracle.sound(image)
        known = {digest for (digest,) in oracle.rows(image, "SELECT digest FROM arrival")}
        assert set(let_go.values()) <= known
    else:
        assert not let_go
    oracle.never_half(image)


def _has_tables(path: Path) -> bool:
    with sqlite3.connect(path) as connection:
        return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'letter'").fetchall())


def ended(image: Path, phase: str, office) -> None:
    """After the phase everything it came to is there, without one more sync."""
    _, originals, _, boxes = office
    if phase == "intake":
        digests = {d for (d,) in oracle.rows(image, "SELECT digest FROM arrival")}
        assert digests == set(originals.values())
        assert oracle.rows(image, "SELECT count(*) FROM submission") == [(drill.REPORTS,)]
        assert oracle.figures(image) == drill.FIGURES
    if phase == "answer":
        sent = {i for (i,) in oracle.rows(image, "SELECT message_id FROM letter WHERE state = 'sent'")}
        assert sent == {identity for _, identity in boxes}
    if phase == "compile":
        oracle.packaged_once(image)


def test_a_letter_whose_first_octet_went_out_never_waits_again_when_the_power_is_back(office, tmp_path):
    home, _, traces, boxes = office
    disk, calls = copy.deepcopy(traces["answer"])
    gone: set[str] = set()
    for number, (call, arguments, result) in enumerate(calls):
        disk.apply(call, arguments, result)
        if call != "sendto" or not (found := MESSAGE_ID.search(power.sent(arguments))):
            continue
        gone.add(found[1].decode())
        image = disk.image(home, tmp_path / str(number))
        waiting = {
            i
            for (i,) in oracle.rows(image, "SELECT message_id FROM letter WHERE state IN ('queued', 'retry')")
        }
        assert not waiting & gone
    assert gone == {identity for _, identity in boxes}


def test_the_disk_forgets_what_was_not_synced(tmp_path):
    root = tmp_path / "home"
    disk = power.Disk(folders={str(root)}, kept_folders={str(root)})
    where = lambda name: "".join(f"\\x{b:02x}" for b in str(root / name).encode())  # noqa: E731
    disk.apply("openat", f'"{where("a")}", O_WRONLY|O_CREAT', "3")
    disk.apply("write", f'3<{where("a")}>, "\\x61\\x62", 2', "2")
    assert list(disk.image(root, tmp_path / "1").rglob("*")) == []
    disk.apply("fsync", f"3<{where('a')}>", "0")
    assert list(disk.image(root, tmp_path / "2").rglob("*")) == []
    disk.apply("fsync", f"4<{where('')}>", "0")
    (path,) = disk.image(root, tmp_path / "3").rglob("*")
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(b"ab").digest()
    disk.apply("rename", f'"{where("a")}", "{where("b")}"', "0")
    assert [p.name for p in disk.image(root, tmp_path / "4").rglob("*")] == ["a"]
