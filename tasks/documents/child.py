"""The bounded child that reads documents: ``python -m tasks.documents.child``."""

from tasks.bounded.child import run
from tasks.documents import wire
from tasks.documents.parse import parse
from tasks.terms.readings import Content, Finding

OUT_OF_MEMORY = Finding("HOSTILE", "文件解开后占用内存过大，未予打开，请重新制作后报送")


def _read(name: bytes, data: bytes) -> list[bytes]:
    try:
        content = parse(name.decode("utf-8", "replace"), data)
    except MemoryError:
        content = Content("unknown", findings=(OUT_OF_MEMORY,))
    return [wire.encode(content)]


if __name__ == "__main__":
    run(_read)
