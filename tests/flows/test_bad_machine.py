"""A machine that has lost, damaged, filled or locked what the office needs: one true sentence, at once."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.line import office

ROOT = Path(__file__).resolve().parents[2]
AT = ("--as-of", "2023-05-30T10:00")
AT_ONCE = 30
"""Seconds: Prefect, which takes longer to start, was not waited for. The machine may be busy."""

WAIVE = ("waive", "drill", "--unit", "A01", "--obligation", "summary", "--who", "甲", "--why", "撤并")
EVERY_VERB = [
    ("check", "drill", *AT),
    ("chase", "drill", *AT),
    ("compile", "drill", *AT),
    ("status", "drill"),
    WAIVE,
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that has worked: a unit was waived, and a check has left its pulse."""
    made = office.make_home(tmp_path)
    assert say(made.root, *WAIVE)[0] == 0
    made.pulses.mkdir()
    (made.pulses / "drill").touch()
    return made.root


def say(home: Path, *words: str, wrapped: tuple[str, ...] = ()) -> tuple[int, str]:
    """Exit code and what is said on the terminal, by a process of its own."""
    begun = time.monotonic()
    done = subprocess.run(
        [*wrapped, sys.executable, "-m", "flows", "--home", str(home), *words],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=200, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert time.monotonic() - begun < AT_ONCE, words
    return done.returncode, done.stderr


def is_one_chinese_line(text: str) -> bool:
    return text.count("\n") == 1 and bool(re.search(r"[\u4e00-\u9fff]", text)) and "Traceback" not in text


@pytest.mark.parametrize("words", EVERY_VERB, ids=lambda words: words[0])
@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_a_lost_ledger_is_never_begun_anew(home, words, left):
    for name in ("ledger.sqlite3", "ledger.sqlite3-wal", "ledger.sqlite3-shm"):
        (home / "var" / name).unlink(missing_ok=True)
    if left == "an empty file":
        (home / "var" / "ledger.sqlite3").touch()
    code, said = say(home, *words)
    assert code == 2
    assert is_one_chinese_line(said), said
    assert "restore" in said
    assert "重新" in said or "从头开始" in said
