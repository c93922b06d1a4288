"""What the hand-written mails share: the sender, the report, and how each says what must come of it."""

from base64 import b64encode, encodebytes
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

TOWN, CLERK = "东山镇", "a01@district.example"
OTHER, OTHER_CLERK = "西山镇", "a02@district.example"
OFFICE = "bureau@district.example"


@dataclass(frozen=True)
class Quirk:
    """One mail and what it must come to; None is not asked about.

    Attributes:
        kinds: any of these; outcome: in a real check.
        files, inside, inline: names, of what hangs on it, of what was in those, of pictures in its text.
        units: names ``explain`` gives.
        said: words that must stand among the reasons.
    """

    about: str
    raw: bytes
    kinds: tuple[str, ...]
    outcome: str | None
    subject: str | None = None
    sender: str = CLERK
    files: tuple[str, ...] | None = None
    inside: tuple[str, ...] | None = None
    inline: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    said: str = ""


QUIRKS: list[Quirk] = []
Made = bytes
SUBMISSION, PERSON = ("submission",), ("needs_person",)


def quirk(
    about: str, *kinds: str, outcome: str | None, **wanted: object
) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """Enter the mail a function writes."""

    def enter(write: Callable[[], Made]) -> Callable[[], Made]:
        QUIRKS.append(Quirk(about, write(), kinds, outcome, **wanted))  # type: ignore[arg-type]
        return write

    return enter


def story(unit: str = TOWN, more: str = "") -> bytes:
    """A report, as text; no two mails carry the same."""
    words = f"{unit}按照区里统一部署，于2023年5月组织开展防汛演练，群众广泛参与，检验了预案，锻炼了队伍。"
    words += f"{more}（编号 q{len(QUIRKS)}）"
    return f"{unit}防汛演练总结\r\n{words}\r\n{unit}\r\n".encode()


def word(text: str | bytes, label: str = "utf-8", codec: str = "") -> bytes:
    data = text if isinstance(text, bytes) else text.encode(codec or label)
    return b"=?" + label.encode() + b"?B?" + b64encode(data) + b"?="


def head(
    subject: bytes | str = "防汛演练总结", sender: bytes | str = "", *more: bytes | str, date: str | None = ""
) -> bytes:
    """From, To, Subject, Date, a Message-ID of its own; text is encoded, octets stand as they are."""
    shown = sender or word(f"{TOWN}应急办") + b" <" + CLERK.encode() + b">"
    lines = [
        b"From: " + (shown.encode() if isinstance(shown, str) else shown),
        b"To: <" + OFFICE.encode() + b">",
        b"Subject: " + (word(subject) if isinstance(subject, str) else subject),
    ]
    if date is not None:
        lines.append(b"Date: " + (date or "Thu, 1 Jun 2023 09:30:00 +0800").encode())
    lines.append(b"Message-ID: <q%d@district.example>" % len(QUIRKS))
    lines += [m.encode() if isinstance(m, str) else m for m in more]
    return b"".join(line + b"\r\n" for line in lines) + b"MIME-Version: 1.0\r\n"


def part(kind: bytes | str, body: bytes, *more: bytes | str) -> bytes:
    lines = [b"Content-Type: " + (kind if isinstance(kind, bytes) else kind.encode())]
    lines += [m.encode() if isinstance(m, str) else m for m in more]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def file(name: str, data: bytes | None = None, kind: str = "application/octet-stream") -> bytes:
    """A file as RFC 2231 names it."""
    disposition = f"Content-Disposition: attachment; filename*=UTF-8''{quote(name)}"
    body = encodebytes(story() if data is None else data)
    return part(kind, body, disposition, "Content-Transfer-Encoding: base64")


def words(text: str, charset: str = "utf-8") -> bytes:
    return part(f"text/plain; charset={charset}", text.encode(charset), "Content-Transfer-Encoding: 8bit")


def page(source: str) -> bytes:
    return part("text/html; charset=utf-8", source.encode())


def mixed(
    *parts: bytes, top: bytes | None = None, kind: str = "mixed", mark: str = "=_Q", end: bool = True
) -> bytes:
    body = b"".join(b"--" + mark.encode() + b"\r\n" + p + b"\r\n" for p in parts)
    tail = b"--" + mark.encode() + b"--\r\n" if end else b""
    top = head() if top is None else top
    return top + f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'.encode() + body + tail


def plain(text: str, top: bytes | None = None, charset: str = "utf-8") -> bytes:
    return (head() if top is None else top) + words(text, charset)
