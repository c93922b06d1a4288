"""A mail cut into its parts, on raw bytes and within bounds.

The standard library's parser decodes raw 8-bit headers away, recurses as deep as a sender likes and returns
base64 as text when it is cut short; this one only cuts, and says what was wrong.
"""

import binascii
import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_letters, digits

from tasks.mail.whole import ends_whole

MAX_DEPTH = 10
MAX_PARTS = 200
MAX_HEADER_BYTES = 512 * 1024
MAX_HEADER_LINES = 4000
MAX_PARAMETER_BYTES = 16 * 1024

HEAD_END = re.compile(rb"\r?\n\r?\n")
LINE_END = re.compile(rb"\r?\n|\r")
FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
MBOX_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:>?From [^\r\n]*\r?\n)?")
AFTER_MARK = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r|\Z)")
PARAMETER = re.compile(rb';\s*+([^\s=;"]{1,60})\s*+=\s*+("(?:\\["\\]|[^"])*+"|[^;]*)')
MEDIA_TYPE = re.compile(rb"\s*([\w.+-]+)/([\w.+-]+)")
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]")
BASE64 = f"{ascii_letters}{digits}+/".encode()
WHITE = b" \t\r\n\v\f\0"


@dataclass(slots=True)
class Bounds:
    """What one mail may still cost, over all its nested parts."""

    parts: int = MAX_PARTS
    too_many: bool = False
    too_deep: bool = False


@dataclass(slots=True)
class Part:
    """One part: its headers raw and unfolded by lower-case name, its body as transferred, its children.

    Attributes:
        closed: a multipart's last boundary was there; the mail did not break off inside it.
    """

    headers: dict[str, list[bytes]]
    body: bytes
    type: str = "text/plain"
    parameters: dict[str, bytes] = field(default_factory=dict)
    children: tuple["Part", ...] = ()
    closed: bool = True

    def header(self, name: str) -> bytes:
        """The first header of that name, or nothing."""
        return self.headers.get(name, [b""])[0]

    def parts(self) -> Iterator["Part"]:
        """This part and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.parts()

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline`` or nothing."""
        return (
            self.header("content-disposition").partition(b";")[0].strip().lower().decode("ascii", "replace")
        )


def cut(raw: bytes, bounds: Bounds, depth: int = 0) -> Part:
    """The tree of parts of a mail, or of one part's bytes."""
    if depth == 0:
        raw = _without_utf16(raw)
        raw = raw[_start(raw) :]
        if b"\n" not in raw[:MAX_HEADER_BYTES]:
            raw = raw.replace(b"\r", b"\n")
    headers, body = _head_and_body(raw)
    bounds.too_many |= not body and len(raw) > MAX_HEADER_BYTES
    value = headers.get("content-type", [b""])[0]
    part = Part(headers, body, media_type(value), parameters(value))
    if part.type.startswith("multipart/"):
        _cut_children(part, bounds, depth)
    return part


def _without_utf16(raw: bytes) -> bytes:
    """A mail that an editor saved again in UTF-16."""
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw
    return raw.decode("utf-16", "replace").encode("utf-8", "replace")


def _start(raw: bytes) -> int:
    found = MBOX_LINE.match(raw[:MAX_HEADER_BYTES])
    return found.end() if found else 0


def _head_and_body(raw: bytes) -> tuple[dict[str, list[bytes]], bytes]:
    if raw[:1] in {b"\n", b"\r"}:
        return {}, LINE_END.sub(b"", raw[:2], count=1) + raw[2:]
    end = HEAD_END.search(raw, 0, MAX_HEADER_BYTES)
    head = raw[: end.start()] if end else raw[:MAX_HEADER_BYTES]
    lines = LINE_END.split(head, maxsplit=MAX_HEADER_LINES)
    if not FIELD.match(lines[0]):
        return {}, raw
    return _fields(lines), raw[end.end() :] if end else b""


def _fields(lines: list[bytes]) -> dict[str, list[bytes]]:
    """Header values by name; a line that is neither a field nor its continuation is passed over."""
    found: dict[str, list[bytes]] = {}
    pieces: list[bytes] = []
    name = ""
    for line in [*lines, b"end:"]:
        if line[:1] in {b" ", b"\t"}:
            pieces.append(line)
        elif match := FIELD.match(line):
            if name:
                found.setdefault(name, []).append(b"".join(pieces).strip())
            name, pieces = match[1].lower().decode("ascii"), [match[2]]
    return found


def _cut_children(part: Part, bounds: Bounds, depth: int) -> None:
    boundary = part.parameters.get("boundary", b"").strip()
    if not boundary:
        return
    if depth >= MAX_DEPTH:
        bounds.too_deep = True
        return
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    children = []
    for piece in _pieces(part, boundary):
        bounds.parts -= 1
        if bounds.parts < 0:
            bounds.too_many = True
            break
        child = cut(piece, bounds, depth + 1)
        if "content-type" not in child.headers:
            child.type = default
        children.append(child)
    part.children = tuple(children)


def _pieces(part: Part, boundary: bytes) -> Iterator[bytes]:
    begin = None
    part.closed = False
    for start, end, last in _boundaries(part.body, b"--" + boundary):
        if begin is not None:
            yield part.body[begin : max(start, begin)]
        if last:
            part.closed = True
            return
        begin = end
    if begin is not None:
        yield part.body[begin:]


def _boundaries(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each boundary line begins (with the line end before it) and ends, and whether it is the last."""
    at = body.find(mark)
    while at >= 0:
        rest = AFTER_MARK.match(body, at + len(mark))
        if rest and (at == 0 or body[at - 1 : at] in {b"\n", b"\r"}):
            start = at - (2 if body[at - 2 : at] == b"\r\n" else 1)
            yield start, rest.end(), bool(rest[1])
        at = body.find(mark, at + len(mark))


def media_type(value: bytes) -> str:
    """The type a Content-Type header names; text/plain when it names none."""
    found = MEDIA_TYPE.match(value)
    if not found:
        return "text/plain"
    return f"{found[1].decode('ascii', 'replace')}/{found[2].decode('ascii', 'replace')}".lower()


def parameters(value: bytes) -> dict[str, bytes]:
    """The parameters of a header, raw, by lower-case name; the first of each name counts."""
    found: dict[str, bytes] = {}
    for name, text in PARAMETER.findall(value[:MAX_PARAMETER_BYTES]):
        found.setdefault(name.lower().decode("ascii", "replace"), _unquoted(text))
    return found


def _unquoted(text: bytes) -> bytes:
    text = text.strip()
    if len(text) > 1 and text[:1] == text[-1:] == b'"':
        return re.sub(rb'\\(["\\])', rb"\1", text[1:-1])
    return text.strip(b'"')


def content(part: Part) -> tuple[bytes, bool]:
    """A part's content and whether all of it is there: base64 may be cut short or spoilt."""
    encoding = part.header("content-transfer-encoding").partition(b";")[0].strip().lower()
    if encoding == b"base64":
        return _from_base64(part.body)
    if encoding == b"quoted-printable":
        return binascii.a2b_qp(part.body), True
    if encoding in {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}:
        return _from_uu(part.body)
    return part.body, True


def _from_base64(body: bytes) -> tuple[bytes, bool]:
    packed = body.translate(None, WHITE)
    if packed.translate(None, BASE64 + b"="):
        packed = _without_strays(body)
    end = packed.find(b"=")
    usable, rest = (packed, b"") if end < 0 else (packed[:end], packed[end:])
    clean = not usable.translate(None, BASE64)
    whole = clean and (len(usable) + min(rest.count(b"="), 2)) % 4 == 0
    if not clean:
        usable = NOT_BASE64.split(usable, maxsplit=1)[0]
    usable = usable[: len(usable) - 1] if len(usable) % 4 == 1 else usable
    data = binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))
    # Some programs leave the padding away: then only the content itself can show that all of it is there.
    return data, whole or (clean and not rest and ends_whole(data))


def _without_strays(body: bytes) -> bytes:
    """The lines without characters that do not belong, where these were put in and nothing was lost.

    A line that is as long as its neighbours once they are out lost nothing; words below the data, and a line
    in which a character was replaced, stay as they are and show that it is spoilt.
    """
    lines = [line.translate(None, WHITE) for line in LINE_END.split(body)]
    cleaned = [NOT_BASE64.sub(b"", line) for line in lines]
    full = max(map(len, cleaned), default=0)
    return b"".join(
        c if len(c) in {full, len(line)} or _last(cleaned, n) else line
        for n, (line, c) in enumerate(zip(lines, cleaned, strict=True))
    )


def _last(lines: Sequence[bytes], number: int) -> bool:
    """Whether it is the last line of the data, shorter than the others, padded as it must be."""
    return not any(lines[number + 1 :]) and lines[number].endswith(b"=") and len(lines[number]) % 4 == 0


def _from_uu(body: bytes) -> tuple[bytes, bool]:
    lines = iter(LINE_END.split(body))
    data = bytearray()
    if not any(line.startswith(b"begin ") for line in lines):
        return b"", False
    for line in lines:
        if line.strip() in {b"end", b"`"}:
            return bytes(data), True
        try:
            data += binascii.a2b_uu(line)
        except binascii.Error:
            return bytes(data), False
    return bytes(data), False
