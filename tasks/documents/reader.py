"""Files into contents, read where they can do no harm: in a bounded child process.

A hostile workbook can abort the interpreter that reads it, and no ``except`` catches that. So a small
interpreter beside this one, kept warm, reads file after file; when one kills it, that file gets a finding
and the next child goes on with the rest.
"""

import threading
from collections.abc import Sequence

from tasks.bounded.parent import CPU_SECONDS, Child, Piece
from tasks.documents import wire
from tasks.terms.readings import Content, Finding

_CHILD = Child("tasks.documents.child")
_TURN = threading.Lock()
"""What the child spends is counted against one arrival's files at a time."""

_KILLED = Finding("HOSTILE", "文件在读取时耗尽了内存或时间，疑似恶意或异常文件，未予采用，请重新制作后报送")


BUDGET = 2.5
BUDGET_PER_FILE = 0.1
LEAST = 0.5
GRACE = 2.5
"""CPU seconds for the files that came together: many slow ones must not cost many times the most.

Beside the ones that use it up, every other is still given the least, until the grace is spent, too.
"""
_TOO_LONG = Finding(
    "HOSTILE", "同一来件中的文件读取用时过长，疑似恶意或异常文件，这份没有读取，请人工查看或请分开重新报送"
)


def read_contents(files: Sequence[tuple[str, bytes]]) -> list[Content]:
    """Read (file name, bytes) pairs in order, one content each. Never raises for what a file holds.

    The name only helps to tell .csv from .txt; it is never used as a path.

    Raises:
        RuntimeError: the child cannot be started at all (a broken installation).
    """
    with _TURN:
        return _within_budget(_CHILD, files)


def close() -> None:
    """End the child: what it holds is given back. The next file starts another."""
    _CHILD.close()


def _within_budget(child: Child, files: Sequence[tuple[str, bytes]]) -> list[Content]:
    left = BUDGET + BUDGET_PER_FILE * len(files)
    found = []
    for name, data in files:
        if left <= -GRACE:
            found.append(Content("unknown", findings=(_TOO_LONG,)))
            continue
        before = child.cpu_seconds()
        allowed = max(min(left, CPU_SECONDS), LEAST)
        content = child.answer(Piece(name.encode("utf-8", "replace"), data, wire.decode, allowed))
        found.append(content or Content("unknown", findings=(_KILLED,)))
        left -= max(child.cpu_seconds() - before, 0) if content else allowed
    return found
