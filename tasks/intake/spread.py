"""Batches worked on in several processes at once: a thread each, one for this process, the others' to speak.

Processes, for half of a batch's time is our own judging, which one interpreter does one after the other.
Fresh ones and not the standard process pool's: that imports the caller's main module again, Prefect with it,
and leaves its processes behind when the caller is killed; these end with the pipe they read. One that dies
costs its batch's time, never the batch: it is done here instead.
"""

import os
import pickle
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Generic, Self, TypeVar, cast

import tasks
from tasks.terms.errors import BaosongError

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2
"""Pieces for each process that are begun, waiting or done before their turn."""


class Readers(Generic[T, R]):
    """So many processes that do a work, this one among them; the others are started when there is enough."""

    def __init__(self, work: Callable[[T], R], count: int) -> None:
        self._work = work
        self._count = count
        self._started: list[_Reader] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._started:
            each.close()

    def done(self, pieces: Iterable[T]) -> Generator[R]:
        """What the work makes of each piece, in order; closed early, no further piece is begun.

        A piece is asked for when a process is about to be free for it; none waits for a slower one's answer.
        """
        coming = iter(pieces)
        first = list(islice(coming, self._count))
        if len(first) <= 1:
            yield from map(self._work, chain(first, coming))
            return
        self._start(len(first) - 1)
        idle: queue.SimpleQueue[_Reader | None] = queue.SimpleQueue()
        for each in (*self._started, None):
            idle.put(each)
        pool, begun = ThreadPoolExecutor(len(first)), deque[Future[R]]()
        try:
            for piece in chain(first, coming):
                begun.append(pool.submit(self._one, piece, idle))
                if len(begun) > AHEAD * len(first):
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _start(self, others: int) -> None:
        """Have so many other processes; what is there is kept."""
        if len(self._started) < others:
            # Written down before any thread is at work: what a work remembers grows while it is done.
            told = pickle.dumps(self._work)
            self._started += [_Reader(told) for _ in range(others - len(self._started))]

    def _one(self, piece: T, idle: "queue.SimpleQueue[_Reader | None]") -> R:
        reader = idle.get()
        try:
            return self._work(piece) if reader is None else cast("R", reader.ask(piece))
        except (EOFError, OSError, pickle.UnpicklingError):
            if reader is None:
                raise
            return self._work(piece)
        finally:
            idle.put(reader)


class _Reader:
    """One process, told its work once and asked piece after piece."""

    def __init__(self, work: bytes) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(tasks.__file__).parents[1])},
        )
        self._work = work

    def ask(self, piece: Any) -> Any:
        """What the work makes of the piece.

        Raises:
            EOFError: the process is gone.
            OSError: it went while it was asked.
        """
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(self._work)
        self._work = b""
        pickle.dump(piece, asked)
        asked.flush()
        fault, result = pickle.load(answers)  # noqa: S301  from our own process
        if fault is not None:
            raise fault
        return result

    def close(self) -> None:
        """End the process; a piece it is at is not waited for."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """The process: the work first, then a piece and its answer, until the pipe ends."""
    work = pickle.load(asked)  # noqa: S301  from the process that started this one
    while True:
        try:
            piece = pickle.load(asked)  # noqa: S301
        except EOFError:
            return
        try:
            told: tuple[BaosongError | None, Any] = (None, work(piece))
        except BaosongError as fault:
            told = (fault, None)
        pickle.dump(told, answers)
        answers.flush()


if __name__ == "__main__":
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anybody prints must not come between
    serve(sys.stdin.buffer, out)
