"""Mails, archives and registers taken apart where they can do no harm: in a bounded child kept warm.

The child lives as long as this process and is shared by its threads; it ends with it, for its pipe closes.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tasks.bounded.parent import Child, Piece
from tasks.mail import wire
from tasks.mail.contents import may_hold_files
from tasks.mail.parse import HEAD_OF_A_LARGE_ONE, LARGEST_MAIL, unopened
from tasks.terms.mails import File, Inside, Mail
from tasks.terms.readings import Finding

T = TypeVar("T")

_CHILD = Child("tasks.mail.child")
_KILLED = "邮件在拆开时耗尽了内存或时间，疑似恶意或异常邮件，没有拆开，请人工查看原件"


def read_mail(
    raw: bytes, *, own_addresses: frozenset[str] = frozenset(), receivers: frozenset[str] = frozenset()
) -> Mail:
    """A mail taken apart, as ``parse_mail`` says. Never raises for what a mail holds.

    One that kills the child is of kind ``needs_person`` with the flag HOSTILE.
    """
    if len(raw) > LARGEST_MAIL:
        found = _asked("head", raw[:HEAD_OF_A_LARGE_ONE], wire.decode_mail)
    else:
        known = {"own_addresses": sorted(own_addresses), "receivers": sorted(receivers)}
        found = _asked("mail", raw, wire.decode_mail, **known)
    return found or unopened(b"", ("HOSTILE",), _KILLED)


def opened(file: File) -> Inside:
    """What is inside a file that is an archive, a mail or a winmail.dat; nothing for any other file.

    One that kills the child has a finding HOSTILE, and nothing came out of it.
    """
    if not may_hold_files(file):
        return Inside()
    return _asked("inside", file.data, wire.decode_inside, name=file.filename) or _shut(file)


def read_table(name: str, data: bytes) -> Sequence[Sequence[Any]] | str:
    """The cells of a table, or the name of what is wrong with it."""
    return _asked("register", data, wire.decode_table, name=name) or "耗尽内存或时间"


def _asked(do: str, data: bytes, decode: Callable[[bytearray], T], **known: Any) -> T | None:
    question = json.dumps({"do": do} | known).encode("utf-8", "replace")
    return _CHILD.answer(Piece(question, data, decode))


def _shut(file: File) -> Inside:
    text = f"“{file.filename}”在拆开时耗尽了内存或时间，疑似恶意或异常文件，没有拆开，请人工查看原件"
    return Inside(findings=(Finding("HOSTILE", text),))
