"""An arrival taken apart and its documents read, by one question to a bounded child kept warm.

One question and not one for the mail and one for each file: for a form of a few cells the way there and back
costs more than the reading. What is not answered in one go (a file kills the child, all of them together are
too slow or too large) is asked piece by piece, so that only the piece at fault is lost. Contents come by the
digest of the bytes they were read from: an answer about other bytes than these is no answer. And a file is
damaged or hostile only when the child that reads nothing but documents, one at a time, says so too.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from tasks.bounded.parent import Child
from tasks.documents import reader as documents
from tasks.intake import wire
from tasks.intake.reportable import reportable, without_wrapping
from tasks.mail.reader import opened, read_mail
from tasks.mail.wire import decode_inside, decode_mail
from tasks.terms.mails import File, Inside, Mail
from tasks.terms.readings import Content

T = TypeVar("T")

AT_ONCE = 8 << 20
"""A larger mail is taken apart by itself: mail and documents have the room of a child each."""

SECONDS = 1.0
"""CPU time for all of one arrival: less than its documents have when they are asked for by themselves."""

ASKED_TWICE = frozenset({"DAMAGED", "HOSTILE"})

_CHILD = Child("tasks.intake.child")


def mail_read(
    raw: bytes, own_addresses: frozenset[str], receivers: frozenset[str]
) -> tuple[Mail, tuple[File, ...], list[Content]]:
    """A mail, those of its files that may be reports, and their contents. Never raises."""
    known = {"own_addresses": sorted(own_addresses), "receivers": sorted(receivers)}
    found = _asked("mail", raw, decode_mail, **known)
    mail = found[0] if found else read_mail(raw, own_addresses=own_addresses, receivers=receivers)
    files = reportable(mail)
    return mail, files, _contents(files, found[1] if found else {})


def file_read(file: File) -> tuple[Inside, tuple[File, ...], list[Content]]:
    """What is inside a file, it or the files out of it, and their contents. Never raises."""
    found = _asked("file", file.data, decode_inside, name=file.filename)
    inside = found[0] if found else opened(file)
    files = without_wrapping((file, *inside.files), inside.opened)
    return inside, files, _contents(files, found[1] if found else {})


def close() -> None:
    """End the children: what they hold is given back. The next arrival starts others."""
    _CHILD.close()
    documents.close()


def _asked(
    do: str, data: bytes, decode: Callable[[bytearray], T], **known: Any
) -> tuple[T, dict[str, Content]] | None:
    if len(data) > AT_ONCE:
        return None
    question = json.dumps({"do": do} | known).encode()
    return _CHILD.answer(question, data, lambda answer: wire.decode(answer, decode), SECONDS)


def _contents(files: tuple[File, ...], told: dict[str, Content]) -> list[Content]:
    sure = {digest: c for digest, c in told.items() if ASKED_TWICE.isdisjoint(f.code for f in c.findings)}
    left = [file for file in files if file.digest not in sure]
    read = documents.read_contents([(file.filename, file.data) for file in left])
    found = sure | {file.digest: content for file, content in zip(left, read, strict=True)}
    return [found[file.digest] for file in files]
