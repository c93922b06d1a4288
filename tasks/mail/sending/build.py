"""Letters as bytes: the same letter is the same bytes, every time.

yagmail's own message building is not used: it writes unfolded subjects, ``None/None`` types for .et and .ofd
and file names that older mail programs cannot read (docs/decisions/0003).
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256

from tasks.mail.addresses import check_address, check_text
from tasks.mail.headers import (
    FOLD,
    LONGEST_LINE,
    SEGMENT,
    address_header,
    encoded_words,
    long_parameter,
    text_header,
)

OOXML = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": f"{OOXML}.wordprocessingml.document",
    "dps": "application/wps-office.dps",
    "et": "application/wps-office.et",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "ofd": "application/ofd",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{OOXML}.presentationml.presentation",
    "txt": "text/plain",
    "wps": "application/wps-office.wps",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OOXML}.spreadsheetml.sheet",
    "zip": "application/zip",
}
LINE_OF_BASE64 = 76
SUPPRESSED = "DR, RN, NRN, OOF, AutoReply"
"""What Exchange is not to answer with. ``All`` would keep back the bounces, too, and those we wait for."""
UNKNOWN_TYPE = "application/octet-stream"

MESSAGE_ID = re.compile(r"<[A-Za-z0-9._%+=$#-]+@[A-Za-z0-9.-]+>")
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
OURS = frozenset(
    {"from", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references", "mime-version"}
    | {"auto-submitted", "x-auto-response-suppress"}
    | {"content-type", "content-transfer-encoding", "content-disposition"}
)
NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|]')


def message_id(*parts: str, domain: str) -> str:
    """The Message-ID of a letter: the same parts give the same id.

    Raises:
        ValueError: the domain cannot stand in a Message-ID.
    """
    digest = sha256("\0".join(parts).encode()).hexdigest()[:40]
    return _check_id(f"<{digest}@{domain}>")


def build_mail(
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    recipient_name: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    date: datetime,
    files: Sequence[tuple[str, bytes]] = (),
    pictures: Sequence[tuple[str, bytes]] = (),
    in_reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    auto: bool = True,
) -> bytes:
    """A letter to one recipient, ready for the wire (CRLF, ASCII only, no line above 998 octets).

    ``html`` may be empty: the letter then has a plain part only. ``date`` carries its time zone and is
    written as given. ``files`` are (file name, content), attached in this order; ``pictures``
    are (Content-ID, PNG), shown where the HTML names ``cid:`` and the id. ``headers`` are further ones
    with ASCII values, for our own machines. ``auto`` marks the letter as automatic (RFC 3834), so that no
    vacation program answers it.

    Raises:
        ValueError: an address, a name, a date or a header cannot be used.
    """
    seed = sha256(_check_id(message_id).encode()).hexdigest()[:24]
    lines = [
        address_header("From", check_text(sender_name, "发件人名称"), check_address(sender)),
        address_header("To", check_text(recipient_name, "收件人名称"), check_address(recipient)),
        text_header("Subject", check_text(subject, "主题")),
        f"Date: {_date(date)}\r\nMessage-ID: {message_id}\r\n",
    ]
    if in_reply_to:
        lines.append(f"In-Reply-To: {_check_id(in_reply_to)}\r\nReferences: {in_reply_to}\r\n")
    if auto:
        lines.append(f"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: {SUPPRESSED}\r\n")
    lines += [_own_header(name, value) for name, value in (headers or {}).items()]
    lines.append("MIME-Version: 1.0\r\n")
    body = _body(text, html, pictures, seed)
    if files:
        parts = [body, *(_attachment(name, data) for name, data in files)]
        body = _multipart("mixed", f"=_{seed}_m", parts)
    return "".join([*lines, body]).encode("ascii")


def _check_id(text: str) -> str:
    if not MESSAGE_ID.fullmatch(text):
        raise ValueError(f"Message-ID 无法使用：{text!r}")
    return text


def _date(date: datetime) -> str:
    if date.tzinfo is None:
        raise ValueError("发信时刻没有时区")
    return format_datetime(date)


def _own_header(name: str, value: str) -> str:
    if not HEADER_NAME.fullmatch(name) or name.lower() in OURS:
        raise ValueError(f"邮件头不能另设：{name!r}")
    line = f"{name}: {check_text(value, name)}\r\n"
    if not line.isascii() or len(line) > LONGEST_LINE:
        raise ValueError(f"邮件头 {name} 的值不能使用：{value!r}")
    return line


def _body(text: str, html: str, pictures: Sequence[tuple[str, bytes]], seed: str) -> str:
    plain = _text_part("plain", text)
    if not html:
        return plain
    shown = _text_part("html", html)
    if pictures:
        shown = _multipart("related", f"=_{seed}_r", [shown, *(_picture(*each) for each in pictures)])
    return _multipart("alternative", f"=_{seed}_a", [plain, shown])


def _picture(identity: str, data: bytes) -> str:
    """A picture within the letter; without a file name, so that no program lists it as an attachment."""
    return (
        f"Content-Type: image/png\r\nContent-ID: {_check_id(f'<{identity}>')}\r\n"
        f"Content-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\n{_base64(data)}"
    )


def _text_part(subtype: str, text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_base64(lines.encode())}"
    )


def _multipart(subtype: str, boundary: str, parts: Sequence[str]) -> str:
    # Every part is base64, which cannot contain "=_": no boundary can occur inside.
    inside = "".join(f"--{boundary}\r\n{part}" for part in parts)
    return f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n{inside}--{boundary}--\r\n'


def _attachment(name: str, data: bytes) -> str:
    """One attached file, named in both forms: QQ, Foxmail, Outlook read ``name``, others ``filename``."""
    if not check_text(name, "文件名").strip() or NOT_IN_A_NAME.search(name):
        raise ValueError(f"文件名无法使用：{name!r}")
    kind = TYPES.get(name.rpartition(".")[2].lower(), UNKNOWN_TYPE)
    if name.isascii() and len(name) <= SEGMENT and "=?" not in name:
        word, filename = name, f'filename="{name}"'
    else:
        word = encoded_words(name, len(' name="') + 1)
        filename = f";{FOLD}".join(long_parameter("filename", name))
    return (
        f'Content-Type: {kind};{FOLD}name="{word}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;{FOLD}{filename}\r\n\r\n{_base64(data)}"
    )


def _base64(data: bytes) -> str:
    text = b64encode(data).decode("ascii")
    return (
        "".join([f"{text[at : at + LINE_OF_BASE64]}\r\n" for at in range(0, len(text), LINE_OF_BASE64)])
        or "\r\n"
    )
