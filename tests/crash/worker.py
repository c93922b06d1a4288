"""One phase of the product in a child that waits to be traced: ``python -m tests.crash.worker``.

Reads a line ``PHASE HOME PORT``, answers with the number of the child, which stops itself before it begins;
then answers with the child's exit code. What a child does is what the flow's steps do, without Prefect.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

import tasks.package.make
import tasks.store.together
from tasks.chase import outbox
from tasks.chase.answer import answer_all
from tasks.chase.deliver import deliver_waiting
from tasks.chase.steps import letters_due
from tasks.desk import Desk, open_desk
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.package.make import make
from tasks.settings import Home
from tasks.terms import times
from tests.crash.oracle import LEDGER_URL


def take_in(desk: Desk) -> None:
    for inbox in inboxes(desk):
        collect(desk.ledger, desk.store, inbox, desk.now)
    own = desk.own_addresses
    settle_new(desk.ledger, desk.store, rules_of(desk), source_names(desk), desk.now, own_addresses=own)


def answer(desk: Desk) -> None:
    answer_all(desk)


def chase(desk: Desk) -> None:
    outbox.enqueue(desk.ledger, desk.store, letters_due(desk), desk.now)
    deliver_waiting(desk)


def compile_package(desk: Desk) -> None:
    make(desk)


class OneAfterAnother:
    """In place of threads: a tracer that holds the process sees its first thread only."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, work: Callable[[Path], None], paths: Iterable[Path]) -> Iterator[None]:
        return map(work, paths)


PHASES: dict[str, tuple[str, Callable[[Desk], None]]] = {
    "intake": ("2023-06-01T10:00", take_in),
    "answer": ("2023-06-01T10:05", answer),
    "chase": ("2023-06-01T10:10", chase),
    "compile": ("2023-06-02T18:00", compile_package),
}


def child(phase: str, home: Path) -> int:
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        at, work = PHASES[phase]
        if (home / LEDGER_URL).exists():
            os.environ["BAOSONG_LEDGER_URL"] = (home / LEDGER_URL).read_text()
        desk = open_desk("drill", times.parse(at), Home.at(home))
        os.kill(os.getpid(), signal.SIGSTOP)
        work(desk)
        code = 0
    except BaseException:  # noqa: BLE001  the parent must never run on as a child
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _as_traced() -> None:
    """Only in this process: tests that import the phases have threads and LibreOffice as ever."""
    tasks.store.together.ThreadPoolExecutor = OneAfterAnother
    tasks.package.make.pdf_preview = lambda _path: (
        ""
    )  # LibreOffice's own writes are not ours, and take seconds


def main() -> None:
    _as_traced()
    for line in sys.stdin:
        phase, home = line.split()
        number = child(phase, Path(home))
        os.waitpid(number, os.WUNTRACED)
        _tell(number)
        sys.stdin.readline()  # traced now
        os.kill(number, signal.SIGCONT)
        _tell(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]))


if __name__ == "__main__":
    _tell("ready")
    main()
