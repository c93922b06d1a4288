"""Header text, file names and the sender, from raw header bytes."""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote_to_bytes

from tasks.mail.addresses import without_unsafe
from tasks.mail.charset import GB18030, codec_for, decode_text

WORD = re.compile(rb"=\?([!->@-~]{1,60}?)(?:\*[\w-]*)?\?([BbQq])\?(.{0,8000}?)\?=", re.DOTALL)
MAX_HEADER = 16 * 1024
MAX_SENDER = 4 * 1024
LONGEST_NAME = 180
SUFFIX = re.compile(r"\.\w{1,8}$")
PERCENT = re.compile(rb"(?:%[0-9A-Fa-f]{2}){2}")
CONTINUED = re.compile(r"\*(\d{1,3})(\*?)")
QUOTED = re.compile(rb'"(?:\\["\\]|[^"])*+"')
COMMENT = re.compile(rb"\([^()]*\)")
ANGLED = re.compile(rb"<\s*([^<>\s@]{1,64}@[^<>\s@]{1,255})\s*>")
IN_ANGLES = re.compile(r"<\s*([^<>\s]+)\s*>")
BARE = re.compile(rb"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
ENCODED_NAME = re.compile(r"(?:=\?[\w-]{2,20}\?[BbQq]\?[^?\s]{1,500}\?=\s*)+")
DOUBTFUL = re.compile(r"\ufffd|=\?|\?\?|^_+\.|^\s*$")
"""A name that was not decoded, or that another program could not encode."""


def header_text(value: bytes) -> str:
    """A header as people read it: neighbouring encoded words of one charset are joined as bytes first."""
    value = value[:MAX_HEADER]
    if b"=?" not in value:
        return _shown(decode_text(value))
    pieces: list[str] = []
    run: list[re.Match[bytes]] = []
    position = 0
    for word in WORD.finditer(value):
        between = value[position : word.start()]
        if run and (between.strip() or not _same_charset(run[-1], word)):
            pieces.append(_run_text(run))
            run = []
        if between.strip() or not position:
            pieces.append(decode_text(between))
        run.append(word)
        position = word.end()
    if run:
        pieces.append(_run_text(run))
    pieces.append(decode_text(value[position:]))
    return _shown("".join(pieces))


def _shown(text: str) -> str:
    return re.sub(r"\s+", " ", without_unsafe(text)).strip()


def _same_charset(one: re.Match[bytes], other: re.Match[bytes]) -> bool:
    return one[1].lower() == other[1].lower() or _codec(one) == _codec(other) is not None


def _codec(word: re.Match[bytes]) -> str | None:
    return codec_for(word[1].decode("ascii", "replace"))


def _run_text(run: list[re.Match[bytes]]) -> str:
    label = run[0][1].decode("ascii", "replace")
    return decode_text(_run_bytes(run), label)


def _run_bytes(run: list[re.Match[bytes]]) -> bytes:
    """The run's octets. A base64 stream that was cut anywhere is put together before it is decoded."""
    data = bytearray()
    pending = b""
    for word in run:
        text = word[3]
        if word[2] in b"Qq":
            data += _base64(pending) + a2b_qp(text.replace(b"\r", b"").replace(b"\n", b""), header=True)
            pending = b""
            continue
        pending += re.sub(rb"[^A-Za-z0-9+/=]", b"", text)
        if pending.endswith(b"=") or len(pending) % 4 == 0:
            data += _base64(pending)
            pending = b""
    return bytes(data + _base64(pending))


def _base64(text: bytes) -> bytes:
    text = text.rstrip(b"=")
    text = text[:-1] if len(text) % 4 == 1 else text
    try:
        return a2b_base64(text + b"=" * (-len(text) % 4))
    except Base64Error:
        return b""


def file_name(disposition: dict[str, bytes], content_type: dict[str, bytes]) -> str:
    """The name a part's file was given, in whichever of its forms decodes cleanly; empty when it has none."""
    doubtful = ""
    for given in _names_given(disposition, content_type):
        name = clean_name(_once_more(given))
        if name and not DOUBTFUL.search(name):
            return name
        doubtful = doubtful or name
    return doubtful


def _names_given(disposition: dict[str, bytes], content_type: dict[str, bytes]) -> Iterator[str]:
    """The forms of a file's name; the later ones are decoded only where the earlier do not decode cleanly."""
    for parameters, key in ((disposition, "filename"), (content_type, "name")):
        yield _extended(parameters, key)
        yield _plain(parameters.get(key, b""))


def _once_more(name: str) -> str:
    """A name a gateway encoded again though it was encoded already."""
    return header_text(name.encode()) if ENCODED_NAME.fullmatch(name) else name


def clean_name(text: str) -> str:
    """A file's name without folders, control and direction characters, at most 180 characters."""
    name = without_unsafe(re.split(r"[/\\]", text)[-1]).strip(" .\t") if text else ""
    if len(name) <= LONGEST_NAME:
        return name
    suffix = SUFFIX.search(name)
    end = suffix[0] if suffix else ""
    return name[: LONGEST_NAME - len(end)] + end


def _plain(value: bytes) -> str:
    """``filename=``: plain, encoded words against RFC 2047, raw 8-bit, percent or HTML escapes."""
    if not value:
        return ""
    if b"=?" not in value and PERCENT.search(value):
        escaped = unquote_to_bytes(value)
        if not escaped.isascii() and "\ufffd" not in decode_text(escaped):
            return decode_text(escaped)
    text = header_text(value)
    return unescape(text) if "&#" in text else text


def _extended(parameters: dict[str, bytes], key: str) -> str:
    """RFC 2231: ``key*=charset''…`` or its numbered pieces, joined as bytes before decoding."""
    pieces: dict[int, tuple[bytes, bool]] = {}
    for name, value in parameters.items():
        if name == f"{key}*":
            pieces = {0: (value, True)}
            break
        if name.startswith(key) and (found := CONTINUED.fullmatch(name[len(key) :])):
            pieces[int(found[1])] = (value, bool(found[2]))
    if not pieces:
        return ""
    label, data = b"", b""
    for number, index in enumerate(sorted(pieces)):
        value, escaped = pieces[index]
        if number == 0 and escaped and value.count(b"'") >= 2:  # noqa: PLR2004
            label, _, value = value.split(b"'", 2)
        data += unquote_to_bytes(value) if escaped else value
    if not label and b"=?" in data:
        return header_text(data)
    return decode_text(data, label.decode("ascii", "replace"))


def sender_of(values: list[bytes]) -> tuple[str, str, bool]:
    """Name and address in From, and whether the header is plain about who sends.

    The address is looked for in the raw header, outside quoted and encoded names: a display name may contain
    anyone's address.
    """
    raw = values[0][:MAX_SENDER] if values else b""
    addresses = _addresses(raw)
    decoded = header_text(raw)
    if not addresses:  # some programs encode name and address together
        addresses = _addresses(decoded.encode())
    address = addresses[0] if addresses else ""
    name = _display_name(decoded, address) or _comment(raw)
    others = {a.lower() for a in _addresses_anywhere(name)} - {address}
    plain = len(values) <= 1 and len(set(addresses)) <= 1 and not others
    return name, address, plain


def _addresses(raw: bytes) -> list[str]:
    visible = COMMENT.sub(b" ", QUOTED.sub(b" ", WORD.sub(b" ", raw)))
    found = ANGLED.findall(visible) or BARE.findall(visible)
    return [a.decode(GB18030, "replace").strip("'\"").lower() for a in found]


def _addresses_anywhere(text: str) -> list[str]:
    return [a.decode("ascii") for a in BARE.findall(text.encode("ascii", "replace"))]


def _display_name(decoded: str, address: str) -> str:
    """What stands beside the address in angle brackets."""
    name = IN_ANGLES.sub(lambda found: " " if found[1].lower() == address else found[0], decoded)
    return _shown(name.replace('\\"', '"')).strip("\"' ,;") if address and name != decoded else ""


def _comment(raw: bytes) -> str:
    """A name in the old style: ``address (name)``."""
    found = COMMENT.search(QUOTED.sub(b" ", raw))
    return header_text(found[0][1:-1]) if found else ""
