"""File names made from what senders wrote: data becomes a name here, and never a path."""

import re
import unicodedata
from collections.abc import Iterable

from tasks.package.words import clean

_FORBIDDEN = re.compile(r'[/\\:*?"<>|%\u2044\u2215\u29f8\ufe68\uff0f\uff3c]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]|desktop\.ini|thumbs\.db)(?=\.|$)", re.IGNORECASE
)
_HEAD, _END = re.compile(r"^[\s.~-]+"), re.compile(r"[\s.]+$")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}$")
MOST_CHARACTERS = 60
"""Longest name: with the folders above it the path stays below the 260 characters Windows opens."""
_MOST_BYTES = 180  # of the 255 a file system allows, leaving room for a number in brackets


def safe_name(text: str, *, otherwise: str = "未命名") -> str:
    """One path component that every file system takes and no program acts on.

    No separators, control or bidirectional characters, no leading or trailing dots, no device names of
    Windows, NFC, at most 60 characters; the suffix is kept.
    """
    name = _FORBIDDEN.sub("_", clean(text))
    name = _trim(name)
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shorten(name) or otherwise


def _trim(name: str) -> str:
    return _HEAD.sub("", _END.sub("", name))


def _shorten(name: str) -> str:
    suffix = _SUFFIX.search(name)
    tail = suffix.group() if suffix and suffix.start() else ""
    stem = name[: len(name) - len(tail)][: MOST_CHARACTERS - len(tail)]
    while len((stem + tail).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    # A cut may leave a combining mark's base or a trailing dot behind.
    return unicodedata.normalize("NFC", _END.sub("", stem) + tail)


def without_collisions(names: Iterable[str]) -> list[str]:
    """The same names in the same order, later equals numbered (2), (3) …; upper and lower case are equal."""
    wanted = list(names)
    taken: set[str] = set()
    firsts = {_key(n) for n in wanted}
    found = []
    for name in wanted:
        free = name if _key(name) not in taken else _numbered(name, taken | firsts)
        taken.add(_key(free))
        found.append(free)
    return found


def _numbered(name: str, taken: set[str]) -> str:
    suffix = _SUFFIX.search(name)
    tail = suffix.group() if suffix and suffix.start() else ""
    stem = name[: len(name) - len(tail)]
    count = 2
    while _key(f"{stem}({count}){tail}") in taken:
        count += 1
    return f"{stem}({count}){tail}"


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
