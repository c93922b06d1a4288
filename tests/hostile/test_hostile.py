"""Two thousand hostile pieces by seed; ``BAOSONG_HOSTILE`` gives more, ``BAOSONG_HOSTILE_SEED`` others."""

import os
from pathlib import Path

from tests.hostile.__main__ import COUNT, SEED, ordeal
from tests.hostile.ordeal import Ordeal, writes_seen

PIECES = int(os.environ.get("BAOSONG_HOSTILE", str(COUNT)))


def test_no_piece_raises_writes_outside_or_costs_too_much():
    told = ordeal(PIECES, int(os.environ.get("BAOSONG_HOSTILE_SEED", str(SEED))))
    assert sum(told["given"].values()) == PIECES
    assert told["broken"] == []
    assert told["outside_writes"] == []
    assert told["largest_child_mb"] <= told["most_megabytes"]


def test_the_ordeal_sees_what_raises(tmp_path, monkeypatch):
    def reader(_raw, **_known):
        raise ZeroDivisionError

    monkeypatch.setattr("tests.hostile.ordeal.read_mail", reader)
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
