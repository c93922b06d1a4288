"""A machine that has lost, damaged, filled or locked what the office needs: one true sentence, at once."""

import os
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


def unprivileged() -> tuple[str, ...]:
    """Even root is bound by permissions without these."""
    return ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--") if os.getuid() == 0 else ()


@pytest.fixture
def read_only(home):
    """The home with a ``var`` nobody may write to."""
    every = [home / "var", *(home / "var").rglob("*")]
    before = {path: path.stat().st_mode for path in every}
    for path in every:
        path.chmod(before[path] & ~0o222)
    yield home
    for path, mode in before.items():
        path.chmod(mode)


@pytest.mark.parametrize("words", EVERY_VERB, ids=lambda words: words[0])
def test_a_var_nobody_may_write_to_is_told_at_once(read_only, words):
    code, said = say(read_only, *words, wrapped=unprivileged())
    assert code == 2
    assert is_one_chinese_line(said), said
    assert re.search(r"只读|权限", said), said
    assert str(read_only / "var") in said


@pytest.mark.parametrize("words", EVERY_VERB, ids=lambda words: words[0])
def test_a_damaged_ledger_is_told_at_once_with_the_way_back(home, words):
    file = home / "var" / "ledger.sqlite3"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    code, said = say(home, *words)
    assert code == 2
    assert is_one_chinese_line(said), said
    assert "已损坏" in said
    assert "restore" in said


def test_doctor_speaks_chinese_of_a_var_nobody_may_write_to(read_only):
    done = subprocess.run(
        [*unprivileged(), sys.executable, "-m", "flows", "--home", str(read_only), "doctor"],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == ""
    assert not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", done.stdout), done.stdout
