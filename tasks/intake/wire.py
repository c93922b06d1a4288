"""What the bounded child says of one arrival: the contents of its documents, then the mail or the file."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from tasks.bounded.frames import LENGTH
from tasks.documents import wire
from tasks.terms.mails import File
from tasks.terms.readings import Content

T = TypeVar("T")


def encode(whole: Sequence[bytes], read: Iterable[tuple[File, Content]]) -> list[bytes]:
    """In pieces: length of the contents, the contents by digest, the whole as its own module sends it."""
    told = [json.dumps(file.digest).encode() + b":" + wire.encode(content) for file, content in read]
    contents = b"{" + b",".join(told) + b"}"
    return [LENGTH.pack(len(contents)), contents, *whole]


def decode(answer: bytearray, whole: Callable[[bytearray], T]) -> tuple[T, dict[str, Content]]:
    """The whole, and what each file says, by the digest of its bytes.

    Raises:
        ValueError, KeyError, TypeError: the child sent something else.
    """
    if len(answer) < LENGTH.size:
        raise ValueError("no answer")
    (length,) = LENGTH.unpack_from(answer)
    end = LENGTH.size + length
    told = json.loads(answer[LENGTH.size : end])
    if not isinstance(told, dict):
        raise TypeError("no contents by digest")
    return whole(answer[end:]), {digest: wire.content(raw) for digest, raw in told.items()}
