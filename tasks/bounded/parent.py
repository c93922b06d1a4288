"""The parent's side: a child process asked piece after piece, put down and replaced when one kills it."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar

import tasks
from tasks.bounded import frames
from tasks.bounded.patience import Died, Patience, cpu_seconds

CPU_SECONDS = 3.0
"""CPU time for one piece; twenty times what the largest honest ones need."""
WALL_SECONDS = 5.0
LEAST_SECONDS = 0.5
START_SECONDS = 30.0
PIECES_PER_CHILD = 2000
"""A child is replaced after this many pieces: what the parsers leak stays small. Starting one costs 0.1 s."""
ROOM = 1 << 20
"""Bytes a question may have to be handed over before its turn: what a pipe takes without anybody reading."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Piece(Generic[T]):
    """What a child is asked, and how its answer is understood.

    Attributes:
        question: what is to be done.
        data: what it is to be done with.
        decode: from the answer to what it says; refuses nonsense by ValueError, KeyError or TypeError.
        seconds: CPU time the child may use.
    """

    question: bytes
    data: bytes
    decode: Callable[[bytearray], T]
    seconds: float = CPU_SECONDS

    @property
    def head(self) -> bytes:
        """What goes before the data."""
        return frames.HEAD.pack(len(self.question), len(self.data), self.seconds) + self.question


class Child:
    """One child process of a module at a time; started when first needed. Safe to share between threads."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._ahead: Piece[Any] | None = None  # asked already; its answer is still to be fetched
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the present process, if any; the next piece starts another."""
        with self._lock:
            self._restart()

    def cpu_seconds(self) -> float:
        """CPU time the present process has used."""
        process = self._process
        return cpu_seconds(process.pid) if process is not None else 0.0

    def answer(self, piece: Piece[T]) -> T | None:
        """What the child makes of a piece, or None when the data kills it.

        A child worn out by earlier pieces is no fault of this one: where it broke down by itself, the piece
        is tried afresh in the time that is left. An answer that ``decode`` refuses (ValueError, KeyError,
        TypeError) is as good as none: the child was tampered with.

        Raises:
            RuntimeError: the child cannot be started at all (a broken installation).
            OSError: this machine fails; nothing is said of the data.
        """
        with self._lock:
            try:
                return self._answer(piece)
            except OSError:
                self._restart()
                raise

    def answers(self, pieces: Iterable[Piece[T] | None]) -> Generator[T | None]:
        """The answers in order; while the caller is at one, the child is at the next.

        Where there is None instead of a piece, there is None instead of an answer. Raises as ``answer``.
        """
        waiting = iter(pieces)
        end = object()
        piece: Any = next(waiting, end)
        try:
            while piece is not end:
                told = self.answer(piece) if piece is not None else None
                piece = next(waiting, end)
                if isinstance(piece, Piece):
                    self._ask_ahead(piece)
                yield told
        finally:
            self._forget(piece)

    def _ask_ahead(self, piece: Piece[Any]) -> None:
        """Hand a piece over that the pipe takes whole. Where that fails it is asked in its turn."""
        with self._lock:
            process = self._process
            if process is None or self._ahead is not None or self._is_worn_out():
                return
            sink = _open(process.stdin).fileno()
            if len(piece.data) + len(piece.head) > fcntl.fcntl(sink, fcntl.F_GETPIPE_SZ):
                return
            try:
                self._hand_over(process, piece, Patience(process.pid, WALL_SECONDS))
            except (OSError, Died):
                self._restart()
            else:
                self._ahead = piece

    def _forget(self, piece: Any) -> None:
        """Nobody will fetch the answer of a piece: the child must not give it to the next one who asks."""
        with self._lock:
            if self._ahead is not None and self._ahead is piece:
                self._restart()

    def _answer(self, piece: Piece[T]) -> T | None:
        if self._ahead is not piece and (self._ahead is not None or self._is_worn_out()):
            self._restart()
        begun, used = time.monotonic(), self._served > 0
        try:
            return piece.decode(self._ask(piece))
        except (Died, ValueError, KeyError, TypeError) as fault:
            own_fault = self._restart() or (isinstance(fault, Died) and fault.own_fault)
        left = piece.seconds - (time.monotonic() - begun)
        if own_fault or not used or left < LEAST_SECONDS:
            return None
        try:
            return piece.decode(self._ask(replace(piece, seconds=left)))
        except (Died, ValueError, KeyError, TypeError):
            self._restart()
        return None

    def _is_worn_out(self) -> bool:
        return self._served >= PIECES_PER_CHILD or self._is_gone()

    def _is_gone(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _restart(self) -> bool:
        """Put the process down. True when it had used up the CPU time of its piece."""
        process, self._process, self._served, self._ahead = self._process, None, 0, None
        if process is None:
            return False
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                _open(pipe).close()
        return process.returncode == -signal.SIGPROF

    def _ask(self, piece: Piece[Any]) -> bytearray:
        process = self._process or self._start()
        self._served += 1
        waiting = Patience(process.pid, WALL_SECONDS)
        if self._ahead is piece:
            self._ahead = None
        else:
            self._hand_over(process, piece, waiting)
        source = _open(process.stdout).fileno()
        (length,) = frames.LENGTH.unpack(waiting.read(source, frames.LENGTH.size))
        if length > frames.MAX_ANSWER:
            raise Died(own_fault=True)
        return waiting.read(source, length)

    @staticmethod
    def _hand_over(process: subprocess.Popen[bytes], piece: Piece[Any], waiting: Patience) -> None:
        sink = _open(process.stdin).fileno()
        waiting.write(sink, piece.head)
        waiting.write(sink, piece.data)

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603  the module is one of our own
            [sys.executable, "-P", "-B", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(Path(tasks.__file__).parents[1]), "LANG": "C.UTF-8"},
            cwd="/",
            bufsize=0,
        )
        sink = _open(self._process.stdin).fileno()
        os.set_blocking(sink, False)
        with suppress(OSError):  # a user may have only so many large pipes
            fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, ROOM)
        try:
            Patience(self._process.pid, START_SECONDS).read(
                _open(self._process.stdout).fileno(), len(frames.READY)
            )
        except Died as error:
            self._restart()
            raise RuntimeError("读取文件的子进程无法启动，请运行 baosong doctor 检查安装") from error
        return self._process


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
