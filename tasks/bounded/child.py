"""The bounded child's side: what it gives up, and how it answers over its pipes.

It has little memory, little CPU, no disk to write to, no second process and, where the kernel allows it,
no network. When some bytes kill it, the parent notes that one piece and starts another child.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from tasks.bounded import frames

MEMORY = 512 << 20
WORN = MEMORY // 2
"""A child that still holds so much after a piece ends: no piece is refused room that earlier ones took."""
OPEN_FILES = 64
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000

Handler = Callable[[bytes, bytes], Sequence[bytes]]
"""From question and data to the answer, in pieces that are not joined in memory."""


def run(handler: Handler) -> None:
    """Serve on standard input and output; nothing else may write there."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    confine()
    _serve(handler, sys.stdin.buffer, answers)


def confine() -> None:
    """Give up what reading never needs. What the kernel does not permit is left as it is."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK):
        libc.unshare(_NEW_USER | _NEW_NETWORK)  # refused in some containers; the other limits stand
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def allow_cpu(seconds: float) -> None:
    """Let the next piece use its own share of CPU time; the signal at its end is not caught."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _serve(handler: Handler, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the parent closes the pipe, or until this process is worn out."""
    answers.write(frames.READY)
    answers.flush()
    while head := requests.read(frames.HEAD.size):
        question_length, data_length, seconds = frames.HEAD.unpack(head)
        question = requests.read(question_length)
        allow_cpu(seconds)
        pieces = handler(question, requests.read(data_length))
        answers.write(frames.LENGTH.pack(sum(map(len, pieces))))
        answers.writelines(pieces)
        answers.flush()
        allow_cpu(0)
        del pieces
        if _held() > WORN:
            return


def _held() -> int:
    """Bytes of address space in use, as the limit counts them."""
    pages = Path("/proc/self/statm").read_text("ascii").partition(" ")[0]
    return int(pages) * resource.getpagesize()
