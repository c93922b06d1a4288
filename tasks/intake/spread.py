"""Batches worked on in several processes at once: a thread pool, each thread speaking to its own process.

Processes, for a third of a batch's time is our own judging, which one interpreter does one after the other.
Fresh ones and not the standard process pool's: that imports the caller's main module again, Prefect with it,
and leaves its processes behind when the caller is killed; these end with the pipe they read. One that dies
costs its batch's time, never the batch: it is done here instead.
"""

import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import tasks
from tasks.terms.errors import BaosongError

T = TypeVar("T")
R = TypeVar("R")


def spread(work: Callable[[T], R], pieces: Sequence[T], readers: int) -> Iterator[R]:
    """What ``work`` makes of each piece, in order; in so many processes when there is enough for two."""
    count = min(readers, len(pieces))
    if count <= 1:
        yield from map(work, pieces)
        return
    idle: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
    readers_made = [_Reader(work) for _ in range(count)]
    for each in readers_made:
        idle.put(each)

    def done(piece: T) -> R:
        reader = idle.get()
        try:
            return cast("R", reader.ask(piece))
        except (EOFError, OSError, pickle.UnpicklingError):
            return work(piece)
        finally:
            idle.put(reader)

    pool = ThreadPoolExecutor(count)
    try:
        yield from pool.map(done, pieces)
    finally:
        for each in readers_made:
            each.close()
        pool.shutdown(cancel_futures=True)


class _Reader:
    """One process, told its work once and asked piece after piece."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(tasks.__file__).parents[1])},
        )
        self._work: Callable[[Any], Any] | None = work

    def ask(self, piece: Any) -> Any:
        """What the work makes of the piece.

        Raises:
            EOFError: the process is gone.
            OSError: it went while it was asked.
        """
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        if self._work is not None:
            pickle.dump(self._work, asked)
            self._work = None
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
