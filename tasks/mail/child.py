"""The bounded child that takes mails and archives apart: ``python -m tasks.mail.child``."""

import json

from tasks.bounded.child import run
from tasks.mail import wire
from tasks.mail.contents import as_file, unpacked
from tasks.mail.parse import parse_mail


def _answer(question: bytes, data: bytes) -> list[bytes]:
    asked = json.loads(question)
    if "unpack" in asked:
        return wire.encode_files(unpacked(as_file(asked["unpack"], data)))
    known = {name: frozenset(asked[name]) for name in ("own_addresses", "receivers")}
    return wire.encode_mail(parse_mail(data, **known))


if __name__ == "__main__":
    run(_answer)
