"""Mails and archives taken apart where they can do no harm: in a bounded child process kept warm.

The child lives as long as this process and is shared by its threads; it ends with it, for its pipe closes.
"""

import json

from tasks.bounded.parent import Child
from tasks.mail import wire
from tasks.mail.contents import may_hold_files
from tasks.mail.parse import LARGEST_MAIL, parse_mail, unopened
from tasks.terms.mails import File, Mail

_CHILD = Child("tasks.mail.child")
_KILLED = "邮件在拆开时耗尽了内存或时间，疑似恶意或异常邮件，没有拆开，请人工查看原件"


def read_mail(
    raw: bytes, *, own_addresses: frozenset[str] = frozenset(), receivers: frozenset[str] = frozenset()
) -> Mail:
    """A mail taken apart, as ``parse_mail`` says. Never raises for what a mail holds.

    One that kills the child is of kind ``needs_person`` with the flag HOSTILE.
    """
    if len(raw) > LARGEST_MAIL:  # only its first headers are looked at
        return parse_mail(raw, own_addresses=own_addresses, receivers=receivers)
    question = {"own_addresses": sorted(own_addresses), "receivers": sorted(receivers)}
    found = _CHILD.answer(json.dumps(question).encode(), raw, wire.decode_mail)
    return found or unopened(b"", ("HOSTILE",), _KILLED)


def unpacked(file: File) -> tuple[File, ...]:
    """What is inside a file that is an archive, a mail or a winmail.dat; nothing for any other file."""
    if not may_hold_files(file):
        return ()
    question = json.dumps({"unpack": file.filename}).encode("utf-8", "replace")
    return _CHILD.answer(question, file.data, wire.decode_files) or ()
