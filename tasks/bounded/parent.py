"""The parent's side: a child process asked piece after piece, put down and replaced when one kills it."""

import os
import signal
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
from tasks.bounded.patience import Died, Patience, cpu_seconds

CPU_SECONDS = 3.0
"""CPU time for one piece; twenty times what the largest honest ones need."""
WALL_SECONDS = 5.0
LEAST_SECONDS = 0.5
START_SECONDS = 30.0
PIECES_PER_CHILD = 2000
"""A child is replaced after this many pieces: what the parsers leak stays small. Starting one costs 0.1 s."""
T = TypeVar("T")


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

    def cpu_seconds(self) -> float:
        """CPU time the present process has used."""
        process = self._process
        return cpu_seconds(process.pid) if process is not None else 0.0

    def answer(
        self, question: bytes, data: bytes, decode: Callable[[bytearray], T], seconds: float = CPU_SECONDS
    ) -> T | None:
        """What the child makes of the data, or None when the data kills it.

        A child worn out by earlier pieces is no fault of this one: where it broke down by itself, the piece
        is tried afresh in the time that is left. An answer that ``decode`` refuses (ValueError, KeyError,
        TypeError) is as good as none: the child was tampered with.

        Raises:
            RuntimeError: the child cannot be started at all (a broken installation).
            OSError: this machine fails; nothing is said of the data.
        """
        with self._lock:
            try:
                return self._answer(question, data, decode, seconds)
            except OSError:
                self._restart()
                raise

    def _answer(
        self, question: bytes, data: bytes, decode: Callable[[bytearray], T], seconds: float
    ) -> T | None:
        if self._served >= PIECES_PER_CHILD or self._is_gone():
            self._restart()
        begun, used = time.monotonic(), self._served > 0
        try:
            return decode(self._ask(question, data, seconds))
        except (Died, ValueError, KeyError, TypeError) as fault:
            own_fault = self._restart() or (isinstance(fault, Died) and fault.own_fault)
        left = seconds - (time.monotonic() - begun)
        if own_fault or not used or left < LEAST_SECONDS:
            return None
        try:
            return decode(self._ask(question, data, left))
        except (Died, ValueError, KeyError, TypeError):
            self._restart()
        return None

    def _is_gone(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _restart(self) -> bool:
        """Put the process down. True when it had used up the CPU time of its piece."""
        process, self._process, self._served = self._process, None, 0
        if process is None:
            return False
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                _open(pipe).close()
        return process.returncode == -signal.SIGPROF

    def _ask(self, question: bytes, data: bytes, seconds: float) -> bytearray:
        process = self._process or self._start()
        self._served += 1
        waiting = Patience(process.pid, WALL_SECONDS)
        sink, source = _open(process.stdin).fileno(), _open(process.stdout).fileno()
        waiting.write(sink, frames.HEAD.pack(len(question), len(data), seconds) + question)
        waiting.write(sink, data)
        (length,) = frames.LENGTH.unpack(waiting.read(source, frames.LENGTH.size))
        if length > frames.MAX_ANSWER:
            raise Died(own_fault=True)
        return waiting.read(source, length)

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
        os.set_blocking(_open(self._process.stdin).fileno(), False)
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
