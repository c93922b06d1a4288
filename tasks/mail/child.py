"""The bounded child that takes mails, archives and registers apart: ``python -m tasks.mail.child``."""

import json
from typing import Any

from tasks.bounded.child import run
from tasks.mail import wire
from tasks.mail.contents import inside
from tasks.mail.parse import head_only, parse_mail
from tasks.terms.mails import as_file


def _answer(question: bytes, data: bytes) -> list[bytes]:
    asked = json.loads(question)
    return _WORK[asked["do"]](asked, data)


def _mail(asked: dict[str, Any], data: bytes) -> list[bytes]:
    known = {name: frozenset(asked[name]) for name in ("own_addresses", "receivers")}
    return wire.encode_mail(parse_mail(data, **known))


def _head(_: dict[str, Any], data: bytes) -> list[bytes]:
    return wire.encode_mail(head_only(data))


def _inside(asked: dict[str, Any], data: bytes) -> list[bytes]:
    return wire.encode_inside(inside(as_file(asked["name"], data)))


def _register(asked: dict[str, Any], data: bytes) -> list[bytes]:
    from tasks.mail.table import read_table  # noqa: PLC0415  mails never need the reader of workbooks

    return [json.dumps(read_table(asked["name"], data), ensure_ascii=False).encode("utf-8", "replace")]


_WORK = {"mail": _mail, "head": _head, "inside": _inside, "register": _register}

if __name__ == "__main__":
    run(_answer)
