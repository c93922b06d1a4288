"""Compile a bureau's package in a process of its own that a tracer may kill at any system call.

One line of input names a home folder and a moment; a fork of this process tells its number, waits for a
byte and compiles there. Everything is imported once, before the fork: no point costs a start of Python.
"""

import os
import sys
from pathlib import Path

from tasks.package import make
from tasks.package.documents import preview
from tasks.settings import Home
from tests.dispatch.bureau import Bureau


def main() -> None:
    make.pdf_preview = lambda _: preview.ABSENT
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            folder, at = line.rsplit(maxsplit=1)
            _compile(Path(folder), at)
        _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _compile(folder: Path, at: str) -> None:
    _say(os.getpid())
    os.read(0, 1)  # the tracer is there now
    try:
        Bureau(Home.at(folder)).compile(at)
    except BaseException as fault:  # noqa: BLE001  the parent counts exit codes
        sys.stderr.write(f"{fault!r}\n")
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
