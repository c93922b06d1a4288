"""How long the parent waits for one piece, and what it has spent on it."""

import os
import select
import time
from pathlib import Path

STARVED_SECONDS = 30.0
"""On a machine with no time for the child, the child is waited for; one that only sleeps is not."""
_CHUNK = 1 << 20
_TICKS = os.sysconf("SC_CLK_TCK")
_STATE, _USER, _SYSTEM = 0, 11, 12
"""Fields of /proc/PID/stat, counted behind the command's name."""


class Died(Exception):
    """The child is gone.

    Attributes:
        own_fault: it was put down because of the piece: it used up the time.
    """

    def __init__(self, *, own_fault: bool = False) -> None:
        self.own_fault = own_fault
        super().__init__()


class Patience:
    """The deadline of one piece; time in which the machine was busy with others does not count."""

    def __init__(self, pid: int, seconds: float) -> None:
        self._pid = pid
        self._begun = time.monotonic()
        self._deadline = self._begun + seconds

    def read(self, source: int, length: int) -> bytearray:
        """That many bytes in time.

        Raises:
            Died: they do not come.
        """
        found = bytearray(length)
        at = 0
        while at < length:
            self._wait([source], [])
            count = os.readv(source, [memoryview(found)[at : at + _CHUNK]])
            if not count:
                raise Died
            at += count
        return found

    def write(self, sink: int, data: bytes) -> None:
        """Hand over all the bytes in time; the sink does not block.

        Raises:
            Died: nobody takes them.
            OSError: this machine fails, which is no word on what was to be handed over.
        """
        at = 0
        while at < len(data):
            self._wait([], [sink])
            try:
                at += os.write(sink, memoryview(data)[at : at + _CHUNK])
            except BlockingIOError:  # the pipe has room, but not for so much
                continue
            except BrokenPipeError as error:
                raise Died from error

    def _wait(self, sources: list[int], sinks: list[int]) -> None:
        while True:
            left = self._deadline - time.monotonic()
            if any(select.select(sources, sinks, [], max(left, 0))[:2]):
                return
            if time.monotonic() - self._begun > STARVED_SECONDS or not _wants_to_run(self._pid):
                raise Died(own_fault=True)
            self._deadline = time.monotonic() + 1


def _wants_to_run(pid: int) -> bool:
    """Whether it is the machine that keeps the process waiting. Its CPU time has a limit of its own."""
    found = _stat(pid)
    return bool(found) and found[_STATE] in {"R", "D"}


def cpu_seconds(pid: int) -> float:
    """CPU time a process has used so far; 0 when that cannot be told."""
    found = _stat(pid)
    return (int(found[_USER]) + int(found[_SYSTEM])) / _TICKS if found else 0.0


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return []
