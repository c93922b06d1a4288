"""The bounded child that takes one arrival apart and reads what is in it: ``python -m tasks.intake.child``.

What it cannot do in one go kills it, want of memory included; the parent then asks piece by piece. It keeps
nothing from one arrival to the next.
"""

import json
from collections.abc import Sequence
from typing import Any

from tasks.bounded.child import run
from tasks.documents.parse import parse
from tasks.intake import wire
from tasks.intake.reportable import reportable, without_wrapping
from tasks.mail.contents import inside, may_hold_files
from tasks.mail.parse import parse_mail
from tasks.mail.wire import encode_inside, encode_mail
from tasks.terms.mails import File, Inside, as_file
from tasks.terms.readings import Content


def _answer(question: bytes, data: bytes) -> list[bytes]:
    asked = json.loads(question)
    return _WORK[asked["do"]](asked, data)


def _mail(asked: dict[str, Any], data: bytes) -> list[bytes]:
    known = {name: frozenset(asked[name]) for name in ("own_addresses", "receivers")}
    mail = parse_mail(data, **known)
    return wire.encode(encode_mail(mail), _read(reportable(mail)))


def _file(asked: dict[str, Any], data: bytes) -> list[bytes]:
    file = as_file(asked["name"], data)
    within = inside(file) if may_hold_files(file) else Inside()
    files = without_wrapping((file, *within.files), within.opened)
    return wire.encode(encode_inside(within), _read(files))


def _read(files: Sequence[File]) -> list[tuple[File, Content]]:
    return [(file, parse(file.filename, file.data)) for file in files]


_WORK = {"mail": _mail, "file": _file}

if __name__ == "__main__":
    run(_answer)
