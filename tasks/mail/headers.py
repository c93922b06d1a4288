"""Writing header lines: encoded words (RFC 2047) and long parameters (RFC 2231), folded as they must be."""

import re
from base64 import b64encode
from string import ascii_letters, digits

LINE = 76  # RFC 2047 2: a header line that carries an encoded word
FRAME = len("=?UTF-8?B??=")
LONGEST_LINE = 990  # RFC 5322 2.1.1 allows 998
FOLD = "\r\n "
SEGMENT = 54  # a parameter line of RFC 2231 stays below 78

UTF8_INSIDE = range(0x80, 0xC0)
"""Octets that go on a character."""
PLAIN = frozenset(f"{ascii_letters}{digits}-._".encode())

ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")


def encoded_words(text: str, used: int) -> str:
    """The text as encoded words of at most 75 octets, cut between characters.

    ``used`` is the number of octets the first line already holds.
    """
    data = text.encode()
    words = []
    start = 0
    while start < len(data):
        end = start + (LINE - used - FRAME) // 4 * 3
        while end < len(data) and data[end] in UTF8_INSIDE:
            end -= 1
        words.append(f"=?UTF-8?B?{b64encode(data[start:end]).decode()}?=")
        start, used = end, 1
    return FOLD.join(words)


def text_header(name: str, text: str) -> str:
    """A header line with text a person reads."""
    used = len(name) + 2
    if text.isascii() and "=?" not in text and used + len(text) <= LINE and text == text.strip():
        return f"{name}: {text}\r\n"
    return f"{name}: {encoded_words(text, used)}\r\n"


def address_header(name: str, display: str, address: str) -> str:
    """A From or To line: the name encoded or quoted, the address always plain."""
    if not display:
        return f"{name}: {address}\r\n"
    if not display.isascii() or "=?" in display or len(display) > LINE // 2:
        shown = encoded_words(display, len(name) + 2)
    elif ATOM.fullmatch(display):
        shown = display
    else:
        shown = '"' + re.sub(r'(["\\])', r"\\\1", display) + '"'
    return f"{name}: {shown}{FOLD}<{address}>\r\n"


def percent(text: str) -> list[str]:
    """The text as pieces an RFC 2231 value may be cut between."""
    return [chr(octet) if octet in PLAIN else f"%{octet:02X}" for octet in text.encode()]


def long_parameter(key: str, text: str) -> list[str]:
    """The parameter in RFC 2231's form, cut into numbered pieces where one line does not hold it."""
    pieces: list[str] = []
    current = "UTF-8''"
    for each in percent(text):
        if len(current) + len(each) > SEGMENT:
            pieces.append(current)
            current = ""
        current += each
    pieces.append(current)
    if len(pieces) == 1:
        return [f"{key}*={pieces[0]}"]
    return [f"{key}*{n}*={piece}" for n, piece in enumerate(pieces)]
