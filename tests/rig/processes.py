"""Processes as /proc shows them: who belongs to whom, and what they hold."""

import os
import resource
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Weight:
    """Resident memory in octets and open handles of one process."""

    memory: int
    handles: int


def weight(number: int) -> Weight:
    pages = int((PROC / str(number) / "statm").read_text("ascii").split()[1])
    return Weight(pages * resource.getpagesize(), len(list((PROC / str(number) / "fd").iterdir())))


def family(number: int) -> list[int]:
    """A process and all below it, the eldest first."""
    found = [number]
    for each in found:
        with suppress(OSError):
            found += map(int, (PROC / str(each) / "task" / str(each) / "children").read_text().split())
    return found


def kill(numbers: Iterable[int]) -> None:
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def running(*words: str) -> list[int]:
    """Processes in whose command line all these words stand."""
    wanted, found = {word.encode() for word in words}, []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if wanted <= set((folder / "cmdline").read_bytes().split(b"\0")):
                    found.append(int(folder.name))
    return found
