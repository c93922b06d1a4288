"""The bounded child: ``python -m tasks.documents.child`` reads files it is handed over a pipe.

It has little memory, little CPU, no disk to write to, no second process and, where the kernel allows it,
no network. When a file kills it, the parent notes that one file and starts another child.
"""

import contextlib
import ctypes
import os
import resource
import sys
from typing import BinaryIO

from tasks.documents import wire
from tasks.documents.parse import parse
from tasks.terms.readings import Content, Finding

MEMORY = 512 << 20
CPU_SECONDS = 6
OPEN_FILES = 64
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000

OUT_OF_MEMORY = Finding("HOSTILE", "文件解开后占用内存过大，未予打开，请重新制作后报送")


def confine() -> None:
    """Give up what reading a file never needs. What the kernel does not permit is left as it is."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK):
        libc.unshare(_NEW_USER | _NEW_NETWORK)  # refused in some containers; the other limits stand
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the parent closes the pipe."""
    answers.write(wire.READY)
    answers.flush()
    while head := requests.read(wire.HEAD.size):
        name_length, data_length = wire.HEAD.unpack(head)
        name = requests.read(name_length).decode("utf-8", "replace")
        allow_cpu()
        answer = wire.encode(_read(name, requests.read(data_length)))
        answers.write(wire.LENGTH.pack(len(answer)) + answer)
        answers.flush()


def allow_cpu() -> None:
    """Let the next file use its own share of CPU time: the limit counts the whole process."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(spent.ru_utime + spent.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _read(name: str, data: bytes) -> Content:
    try:
        return parse(name, data)
    except MemoryError:
        return Content("unknown", findings=(OUT_OF_MEMORY,))


def main() -> None:
    """Serve on standard input and output; nothing else may write there."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    confine()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
