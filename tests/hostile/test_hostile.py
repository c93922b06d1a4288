"""Two thousand hostile pieces by seed; ``BAOSONG_HOSTILE`` gives more, ``BAOSONG_HOSTILE_SEED`` others."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.hostile.__main__ import COUNT, SEED
from tests.hostile.ordeal import Ordeal, writes_seen

ROOT = Path(__file__).resolve().parents[2]
PIECES = int(os.environ.get("BAOSONG_HOSTILE", str(COUNT)))


def in_a_process_of_its_own(count: int, seed: int) -> dict[str, Any]:
    """What the ordeal tells; in this process the largest child may be another test's."""
    command = [sys.executable, "-m", "tests.hostile", str(count), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return json.loads(done.stdout)


def test_no_piece_raises_writes_outside_or_costs_too_much():
    told = in_a_process_of_its_own(PIECES, int(os.environ.get("BAOSONG_HOSTILE_SEED", str(SEED))))
    assert sum(told["given"].values()) == PIECES
    assert told["broken"] == []
    assert told["outside_writes"] == []
    assert told["largest_child_mb"] <= told["most_megabytes"]


def test_the_ordeal_sees_what_raises(tmp_path, monkeypatch):
    def reader(*_given):
        raise ZeroDivisionError

    monkeypatch.setattr("tests.hostile.ordeal.ArrivedMail", reader)
    given = Ordeal(tmp_path)
    given.run(10, 1)
    mails = given.done["grammar mail"] + given.done["mutated mail"]
    assert sum("ZeroDivisionError" in each for each in given.broken) == mails > 0


def test_the_ordeal_sees_a_file_written_elsewhere(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    with writes_seen(inside) as seen:
        (inside / "a").write_text("a")
        outside.write_text("a")
        Path(outside).unlink()
        (inside / "a").read_text()
    assert seen == [f"open {str(outside)!r}", f"os.remove {str(outside)!r}"]


def test_the_ordeal_sees_what_is_slow(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.hostile.ordeal.SECONDS", 0.0)
    given = Ordeal(tmp_path)
    given.run(3, 1)
    assert given.broken
