"""A ``Mail`` as the bounded child sends it: JSON, then the files' bytes one after the other; never pickle."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, get_args

from tasks.bounded.frames import LENGTH
from tasks.terms.mails import Bounce, File, Inside, Kind, Mail, as_file
from tasks.terms.readings import CODES, Finding

_FILES = ("attachments", "inline_images", "unpacked")
_TIMES = ("sent_at", "received_at")
_TEXTS = ("opened", "broken", "flags", "reasons", "authors")


def encode_mail(mail: Mail) -> list[bytes]:
    """A mail in pieces: length of the JSON, the JSON, every file's bytes."""
    plain = {f.name: getattr(mail, f.name) for f in fields(mail)}
    plain |= {name: [(f.filename, f.size) for f in plain[name]] for name in _FILES}
    plain |= {name: plain[name] and plain[name].isoformat() for name in _TIMES}
    if mail.bounced is not None:
        plain["bounced"] = {f.name: getattr(mail.bounced, f.name) for f in fields(mail.bounced)}
    files = [f for name in _FILES for f in getattr(mail, name)]
    return _framed(plain, files)


def encode_inside(inside: Inside) -> list[bytes]:
    """What is inside a file, in pieces."""
    plain = {
        "files": [(f.filename, f.size) for f in inside.files],
        "opened": inside.opened,
        "findings": [(f.code, f.text) for f in inside.findings],
    }
    return _framed(plain, inside.files)


def _framed(plain: Any, files: Sequence[File]) -> list[bytes]:
    head = json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")
    return [LENGTH.pack(len(head)), head, *(f.data for f in files)]


def decode_mail(answer: bytes | bytearray) -> Mail:
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


def decode_inside(answer: bytes | bytearray) -> Inside:
    """What a child found inside a file.

    Raises:
        ValueError, KeyError, TypeError: the child sent something else.
    """
    plain, rest = _head(answer)
    if not {code for code, _ in plain["findings"]} <= set(CODES):
        raise ValueError("no code of a finding")
    return Inside(
        tuple(_cut(rest, [(str(name), int(size)) for name, size in plain["files"]])),
        tuple(map(str, plain["opened"])),
        tuple(Finding(code, str(text)) for code, text in plain["findings"]),
    )


def decode_table(answer: bytes | bytearray) -> list[list[Any]] | str:
    """The table a child read, or its word for what is wrong.

    Raises:
        ValueError, KeyError, TypeError: the child sent something else.
    """
    plain = json.loads(answer)
    return plain if isinstance(plain, str) else [[_cell(cell) for cell in row] for row in plain]


def _cell(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["at"]) if "at" in value else date.fromisoformat(value["on"])


def _head(answer: bytes | bytearray) -> tuple[Any, memoryview]:
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
        yield as_file(name, data)
