"""Files into contents, read where they can do no harm: in a bounded child process.

A hostile workbook can abort the interpreter that reads it, and no ``except`` catches that. So a small
fresh interpreter reads file after file; when one kills it, that file gets a finding and the next child
goes on with the rest.
"""

from collections.abc import Sequence

from tasks.bounded.parent import Child
from tasks.documents import wire
from tasks.terms.readings import Content, Finding

_KILLED = Finding("HOSTILE", "文件在读取时耗尽了内存或时间，疑似恶意或异常文件，未予采用，请重新制作后报送")


def read_contents(files: Sequence[tuple[str, bytes]]) -> list[Content]:
    """Read (file name, bytes) pairs in order, one content each. Never raises for what a file holds.

    The name only helps to tell .csv from .txt; it is never used as a path.

    Raises:
        RuntimeError: the child cannot be started at all (a broken installation).
    """
    with Child("tasks.documents.child") as child:
        return [
            child.answer(name.encode("utf-8", "replace"), data, wire.decode)
            or Content("unknown", findings=(_KILLED,))
            for name, data in files
        ]
