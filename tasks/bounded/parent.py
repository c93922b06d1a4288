"""The parent's side: a child process asked piece after piece, put down and replaced when one kills it."""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar

import tasks
from tasks.bounded import frames

WALL_SECONDS = 8.0
START_SECONDS = 30.0
PIECES_PER_CHILD = 500
"""A child is replaced after this many pieces: what the parsers leak stays small."""
_CHUNK = 1 << 20
T = TypeVar("T")


class _Died(Exception):
    """The child is gone, or had to be put down."""


class Child:
    """One child process of a module at a time; started when first needed. Safe to share between threads."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0
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

    def answer(self, question: bytes, data: bytes, decode: Callable[[bytes], T]) -> T | None:
        """What the child makes of the data, or None when the data kills it.

        A child worn out by earlier pieces is no fault of this one, so it is tried afresh. An answer that
        ``decode`` refuses (ValueError, KeyError, TypeError) is as good as none: the child was tampered with.

        Raises:
            RuntimeError: the child cannot be started at all (a broken installation).
        """
        with self._lock:
            if self._served >= PIECES_PER_CHILD:
                self._restart()
            for _ in range(1 if self._served == 0 else 2):
                try:
                    return decode(self._ask(question, data))
                except (_Died, ValueError, KeyError, TypeError):
                    self._restart()
            return None

    def _restart(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # bytes the dead child never took
                    _open(pipe).close()
        self._process, self._served = None, 0

    def _ask(self, question: bytes, data: bytes) -> bytes:
        process = self._process or self._start()
        self._served += 1
        deadline = time.monotonic() + WALL_SECONDS
        try:
            sink = _open(process.stdin)
            sink.write(frames.HEAD.pack(len(question), len(data)) + question)
            sink.write(data)
            sink.flush()
        except OSError as error:
            raise _Died from error
        source = _open(process.stdout)
        (length,) = frames.LENGTH.unpack(_exactly(source, frames.LENGTH.size, deadline))
        if length > frames.MAX_ANSWER:
            raise _Died
        return _exactly(source, length, deadline)

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603  the module is one of our own
            [sys.executable, "-P", "-B", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(Path(tasks.__file__).parents[1]), "LANG": "C.UTF-8"},
            cwd="/",
        )
        try:
            _exactly(_open(self._process.stdout), len(frames.READY), time.monotonic() + START_SECONDS)
        except _Died as error:
            self._restart()
            raise RuntimeError("读取文件的子进程无法启动，请运行 baosong doctor 检查安装") from error
        return self._process


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _exactly(source: IO[bytes], length: int, deadline: float) -> bytes:
    """That many bytes before the deadline, or _Died."""
    parts: list[bytes] = []
    while length:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            raise _Died
        part = os.read(source.fileno(), min(length, _CHUNK))
        if not part:
            raise _Died
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
