"""Files into contents, read where they can do no harm: in a bounded child process.

A hostile workbook can abort the interpreter that reads it, and no ``except`` catches that. So a small
fresh interpreter reads file after file; when one kills it, that file gets a finding and the next child
goes on with the rest.
"""

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import tasks
from tasks.documents import wire
from tasks.terms.readings import Content, Finding

WALL_SECONDS = 8.0
START_SECONDS = 30.0
FILES_PER_CHILD = 500
"""A child is replaced after this many files: what the parsers leak stays small."""

_KILLED = Finding("HOSTILE", "文件在读取时耗尽了内存或时间，疑似恶意或异常文件，未予采用，请重新制作后报送")
_CHUNK = 1 << 20


class _Died(Exception):
    """The child is gone, or had to be put down."""


def read_contents(files: Sequence[tuple[str, bytes]]) -> list[Content]:
    """Read (file name, bytes) pairs in order, one content each. Never raises for what a file holds.

    The name only helps to tell .csv from .txt; it is never used as a path.

    Raises:
        RuntimeError: the child cannot be started at all (a broken installation).
    """
    found: list[Content] = []
    with _Child() as child:
        for name, data in files:
            if child.served >= FILES_PER_CHILD:
                child.restart()
            found.append(_read_one(child, name, data))
    return found


def _read_one(child: "_Child", name: str, data: bytes) -> Content:
    """Read one file; a child worn out by earlier files is no fault of this one, so it is tried afresh."""
    fresh = child.served == 0
    try:
        return child.ask(name, data)
    except _Died:
        child.restart()
    if fresh:
        return Content("unknown", findings=(_KILLED,))
    try:
        return child.ask(name, data)
    except _Died:
        child.restart()
        return Content("unknown", findings=(_KILLED,))


class _Child:
    """One child process at a time; started when first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.restart()

    def restart(self) -> None:
        """End the present process, if any; the next file starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # bytes the dead child never took
                    _open(pipe).close()
        self._process, self.served = None, 0

    def ask(self, name: str, data: bytes) -> Content:
        """Have one file read.

        Raises:
            _Died: no answer within the wall clock, or none at all.
        """
        process = self._process or self._start()
        self.served += 1
        deadline = time.monotonic() + WALL_SECONDS
        raw_name = name.encode("utf-8", "replace")
        try:
            sink = _open(process.stdin)
            sink.write(wire.HEAD.pack(len(raw_name), len(data)) + raw_name)
            sink.write(data)
            sink.flush()
        except OSError as error:
            raise _Died from error
        source = _open(process.stdout)
        (length,) = wire.LENGTH.unpack(_exactly(source, wire.LENGTH.size, deadline))
        if length > wire.MAX_ANSWER:
            raise _Died
        return _decoded(_exactly(source, length, deadline))

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-B", "-m", "tasks.documents.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(Path(tasks.__file__).parents[1]), "LANG": "C.UTF-8"},
            cwd="/",
        )
        try:
            _exactly(_open(self._process.stdout), len(wire.READY), time.monotonic() + START_SECONDS)
        except _Died as error:
            self.restart()
            raise RuntimeError("读取文件的子进程无法启动，请运行 baosong doctor 检查安装") from error
        return self._process


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _decoded(answer: bytes) -> Content:
    try:
        return wire.decode(answer)
    except (ValueError, KeyError, TypeError) as error:
        raise _Died from error  # a child that talks nonsense has been tampered with


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
