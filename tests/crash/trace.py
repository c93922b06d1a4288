"""A worker traced by strace: its write points counted, and a kill or a fault put at any one of them."""

import collections
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
POINTS = ("fsync", "fdatasync", "rename", "write", "pwrite64", "sendto", "mkdir", "unlink", "ftruncate")
"""The calls by which the product changes anything outside its memory."""

CALL = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)


class Worker:
    """A process that has everything imported and forks a child for each run."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(
        self, phase: str, home: Path, *options: str, meanwhile: Callable[[], object] = lambda: None
    ) -> int:
        """One run to its end, traced with these options of strace if there are any; its exit code."""
        self._say(f"{phase} {home}")
        number = self._hear()
        with _traced(number, options):
            self._say("go")
            meanwhile()
            return int(self._hear())

    def points(self, phase: str, home: Path) -> list[tuple[str, int]]:
        """Every write point of a run: the call, and the how manyth of its kind."""
        with tempfile.NamedTemporaryFile("r", prefix="strace-") as log:
            code = self.run(phase, home, "-o", log.name, "-e", f"trace={','.join(POINTS)}")
            assert code == 0, f"{phase} fails by itself"
            counted = collections.Counter(CALL.findall(log.read()))
        return [(call, n) for call in POINTS for n in range(1, counted[call] + 1)]

    def _say(self, line: str) -> None:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _hear(self) -> str:
        return self.process.stdout.readline().strip()


@contextmanager
def running_worker() -> Iterator[Worker]:
    command = [sys.executable, "-m", "tests.crash.worker"]
    with subprocess.Popen(command, cwd=ROOT, stdin=-1, stdout=-1, stderr=-3, text=True) as process:
        try:
            process.stdout.readline()
            yield Worker(process)
        finally:
            process.stdin.close()
            process.wait(60)


@contextmanager
def _traced(number: str, options: tuple[str, ...]) -> Iterator[None]:
    if not options:
        yield
        return
    program = shutil.which("strace")
    if program is None:
        raise RuntimeError("strace is not installed: run deployments/setup/rigs.sh")
    with subprocess.Popen([program, "-qq", "-p", number, *options], stderr=-3) as tracer:
        _until_traced(number)
        yield
        tracer.wait(60)


def _until_traced(number: str) -> None:
    end = time.monotonic() + 20
    while "TracerPid:\t0" in Path(f"/proc/{number}/status").read_text():
        if time.monotonic() > end:
            raise RuntimeError("strace does not attach")
        time.sleep(0.005)


def inject(call: str, when: str, what: str) -> tuple[str, ...]:
    """strace's options to put ``what`` at the ``when``th of these calls, and print nothing."""
    return ("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}")
