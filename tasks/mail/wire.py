"""A ``Mail`` as the bounded child sends it: JSON, then the files' bytes one after the other; never pickle."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from hashlib import sha256
from typing import Any, get_args

from tasks.bounded.frames import LENGTH
from tasks.terms.mails import Bounce, File, Kind, Mail

_FILES = ("attachments", "inline_images", "unpacked")
_TIMES = ("sent_at", "received_at")
_TEXTS = ("flags", "reasons")


def encode_mail(mail: Mail) -> list[bytes]:
    """A mail in pieces: length of the JSON, the JSON, every file's bytes."""
    plain = {f.name: getattr(mail, f.name) for f in fields(mail)}
    plain |= {name: [(f.filename, f.size) for f in plain[name]] for name in _FILES}
    plain |= {name: plain[name] and plain[name].isoformat() for name in _TIMES}
    if mail.bounced is not None:
        plain["bounced"] = {f.name: getattr(mail.bounced, f.name) for f in fields(mail.bounced)}
    files = [f for name in _FILES for f in getattr(mail, name)]
    return _framed(plain, files)


def encode_files(files: Sequence[File]) -> list[bytes]:
    """Files in pieces."""
    return _framed([(f.filename, f.size) for f in files], files)


def _framed(plain: Any, files: Sequence[File]) -> list[bytes]:
    head = json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")
    return [LENGTH.pack(len(head)), head, *(f.data for f in files)]


def decode_mail(answer: bytes) -> Mail:
    """The mail a child sent; digests and sizes are computed here, not believed.

    Raises:
        ValueError, KeyError, TypeError: the child sent something else.
    """
    plain, rest = _head(answer)
    named = [(name, str(filename), int(size)) for name in _FILES for filename, size in plain[name]]
    files = list(_cut(rest, [(filename, size) for _, filename, size in named]))
    for name in _FILES:
        plain[name] = tuple(f for f, (of, _, _) in zip(files, named, strict=True) if of == name)
    for name in _TIMES:
        plain[name] = plain[name] and datetime.fromisoformat(plain[name])
    for name in _TEXTS:
        plain[name] = tuple(map(str, plain[name]))
    if plain["kind"] not in get_args(Kind):
        raise ValueError("no kind of mail")
    plain["bounced"] = plain["bounced"] and Bounce(**plain["bounced"])
    return Mail(**plain)


def decode_files(answer: bytes) -> tuple[File, ...]:
    """The files a child sent.

    Raises:
        ValueError, KeyError, TypeError: the child sent something else.
    """
    plain, rest = _head(answer)
    return tuple(_cut(rest, [(str(name), int(size)) for name, size in plain]))


def _head(answer: bytes) -> tuple[Any, memoryview]:
    if len(answer) < LENGTH.size:
        raise ValueError("no answer")
    (length,) = LENGTH.unpack_from(answer)
    start = LENGTH.size + length
    return json.loads(answer[LENGTH.size : start]), memoryview(answer)[start:]


def _cut(rest: memoryview, named: Sequence[tuple[str, int]]) -> Iterator[File]:
    at = 0
    for name, size in named:
        if size < 0 or at + size > len(rest):
            raise ValueError("a file is cut short")
        data = bytes(rest[at : at + size])
        at += size
        yield File(name, sha256(data).hexdigest(), size, data)
