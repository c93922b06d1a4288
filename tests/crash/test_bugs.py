"""The bugs the crash harness is tried with can still be planted (``python -m tests.crash.planted``)."""

import ast
from pathlib import Path

import pytest

from tests.crash.bugs import BUGS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_can_be_planted(name):
    bug = BUGS[name]
    source = (ROOT / bug.file).read_text("utf-8")
    assert source.count(bug.right) == 1, f"{bug.file} has changed: plant this bug anew"
    ast.parse(source.replace(bug.right, bug.wrong))
    assert len(bug.right) != len(bug.wrong)
