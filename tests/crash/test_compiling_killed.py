"""kill -9 at the N-th sync, write and rename of a compile, by strace: building, entering, handing up.

Each point is killed once, then compiled again without a tracer. ``BAOSONG_POINTS`` is how many points of each
system call are taken (default 1, drawn by ``BAOSONG_KILL_SEED``); ``all`` takes every one.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tasks.dispatch.hand_up import stuck
from tasks.package.bagged.verify import verify
from tests.dispatch.bureau import AT, Bureau, bureau
from tests.line import office

ROOT = Path(__file__).parents[2]
POINTS = os.environ.get("BAOSONG_POINTS", "1")
SEED = int(os.environ.get("BAOSONG_KILL_SEED", "20230404"))
CALLS = ("fsync", "fdatasync", "write", "pwrite64", "rename", "unlink", "mkdir")
KILLED = -9
LATER = "2023-06-02T19:00"
"""When a letter whose sender died is known to be nobody's any more."""
TRACED = re.compile(r"^(?:\[pid +\d+\] )?(\w+)\(", re.MULTILINE)


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Bureau:
    """A bureau with everything taken in, so that a compile builds, enters and hands up."""
    made = bureau(tmp_path_factory.mktemp("ready"))
    for code in list(office.UNITS)[:2]:
        made.report(code, "2023-06-01T09:00")
    made.take_in()
    return made


class Compiler:
    """The process that forks a compile for each point."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdin
        assert process.stdout
        self._to, self._from = process.stdin, process.stdout

    def compile(self, of: Bureau, at: str, tracer: Sequence[str] = ()) -> tuple[int, str]:
        """Compile there under the tracer; the exit code, negative for a signal, and what was traced."""
        self._to.write(f"{of.home.root} {at}\n")
        self._to.flush()
        child = self._from.readline().strip()
        if not tracer:
            self._go()
            return int(self._from.readline()), ""
        command = ["strace", "-f", "-p", child, *tracer]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as watching:
            assert watching.stderr
            assert "attached" in watching.stderr.readline()
            self._go()
            traced = watching.stderr.read()
        return int(self._from.readline()), traced

    def _go(self) -> None:
        self._to.write("\n")
        self._to.flush()


@pytest.fixture(scope="module")
def compiler() -> Iterator[Compiler]:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.crash.compiler"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Compiler(process)
        assert process.stdin
        process.stdin.close()


@contextmanager
def place(ready: Bureau, tmp_path: Path, name: str) -> Iterator[Bureau]:
    """The bureau's home again, for one point."""
    folder = tmp_path / name
    shutil.copytree(ready.home.root, folder, symlinks=True)
    yield Bureau(type(ready.home).at(folder))
    shutil.rmtree(folder)


def points(most: dict[str, int]) -> Iterator[tuple[str, int]]:
    chooser = random.Random(SEED)
    for call, count in most.items():
        every = range(1, count + 1)
        chosen = every if POINTS == "all" else chooser.sample(every, min(int(POINTS), count))
        yield from ((call, n) for n in sorted(chosen))


def sound(of: Bureau) -> None:
    """Whatever lies under a final name is whole."""
    for path in of.home.packages.glob("drill-*"):
        assert verify(path) == [], path


def test_a_kill_at_any_system_call_leaves_no_half_package_and_sends_nothing_twice(ready, compiler, tmp_path):
    with place(ready, tmp_path, "counted") as counted:
        code, traced = compiler.compile(counted, AT, ["-e", f"trace={','.join(CALLS)}"])
        assert code == 0
        (package,) = counted.packages()
        assert package.dispatched_at
    found = TRACED.findall(traced)
    most = {call: found.count(call) for call in CALLS if call in found}
    assert {"fsync", "write", "rename"} <= set(most)
    killed, unknown = 0, 0
    for call, n in points(most):
        with place(ready, tmp_path, f"{call}-{n}") as struck:
            inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={n}"]
            killed += compiler.compile(struck, AT, inject)[0] == KILLED
            sound(struck)
            assert compiler.compile(struck, AT)[0] == 0, (call, n)
            if not struck.packages()[0].dispatched_at:
                assert compiler.compile(struck, LATER)[0] == 0, (call, n)
            sound(struck)
            (again,) = struck.packages()
            assert again.digest == package.digest, (call, n)
            assert not list(struck.home.packages.glob(".building-*"))
            assert len(struck.letters("dispatch")) <= 1, (call, n)
            in_doubt = bool(stuck(struck.desk(LATER)))
            assert bool(again.dispatched_at) is not in_doubt, (call, n)  # sent, or a person is told
            unknown += in_doubt
    summary = f"{killed} kills, {unknown} left a letter in doubt; calls of a whole compile: {most}"
    sys.stderr.write(f"{summary}\n")
    assert killed
