"""The tests are tried too: each feared bug is planted in a copy, and the test named for it must fail."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.planted.bugs import BUGS

ROOT = Path(__file__).parents[2]
ONE_TEST_FAILED = 1
PARTS = ("tasks", "tests", "templates", "config")
PARALLEL_AND_CACHES = ("no:xdist", "no:cacheprovider")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project once more; one copy serves every bug, so that it is compiled once."""
    return copied(tmp_path_factory.mktemp("copy"))


def copied(folder):
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(folder, *tests):
    options = [option for name in PARALLEL_AND_CACHES for option in ("-p", name)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--tb=line", *options, *tests],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@contextmanager
def planted(folder, bug):
    path = folder / bug.file
    source = path.read_text("utf-8")
    assert source.count(bug.right) == 1, f"{bug.file} has changed: plant this bug anew"
    path.write_text(source.replace(bug.right, bug.wrong), "utf-8")
    try:
        yield
    finally:
        path.write_text(source, "utf-8")


def test_without_the_bugs_every_test_named_passes(copy):
    tests = sorted({bug.caught_by for bug in BUGS.values()})
    ended = run(copy, *tests)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"{len(tests)} passed" in ended.stdout


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught_by_the_test_named_for_it(name, copy):
    with planted(copy, BUGS[name]):
        ended = run(copy, BUGS[name].caught_by)
    assert ended.returncode == ONE_TEST_FAILED, ended.stdout + ended.stderr
    assert "1 failed" in ended.stdout, ended.stdout


def test_a_bug_and_what_it_replaces_differ_in_length():
    """Python tells a changed source by its second and its size: equal sizes might run the bug's old code."""
    assert all(len(bug.right.encode()) != len(bug.wrong.encode()) for bug in BUGS.values())
