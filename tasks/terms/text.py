"""Text as it is compared: full-width letters, digits and punctuation as plain ones, no space of any kind.

Marks nobody sees (soft hyphens, joiners, left-to-right marks) go, too; those that turn the order of what is
seen round stay, so that no figure is read in another order than people see it.
Only this much is folded. Compatibility folding would turn “3²” into 32 and “①” into 1.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_SPACES = "\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff \t\r\n\v\f"
_UNSEEN = "\u00ad\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\u2066\u2068\u2069"
_TABLE: dict[int, int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= dict(zip(map(ord, "︵︶﹙﹚"), map(ord, "()()"), strict=True))  # of words written downwards
_TABLE |= dict.fromkeys(map(ord, _SPACES + _UNSEEN))


SHORT = 100
"""What is made of texts up to here is remembered: labels, names and titles come again in file after file."""
MEMORY = 8192

Made = TypeVar("Made")


def remembered(made: Callable[[str], Made]) -> Callable[[str], Made]:
    """The same function of one text; what it made of the latest short ones is kept."""
    known = lru_cache(MEMORY)(made)

    @wraps(made)
    def of(text: str) -> Made:
        return known(text) if len(text) <= SHORT else made(text)

    return of


@remembered
def fold(text: str) -> str:
    """The text folded for comparison; never shown to anyone."""
    return text.translate(_TABLE)


def columns(text: str) -> int:
    """How many columns of a terminal or a printed line a text takes: two for a Chinese character or sign."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def legible(name: str) -> str:
    """A file name as its sender wrote it: archives packed on Windows leave names in GB 18030 here.

    Names decide whose report a file is. Bytes that are text in neither encoding are left as they are.
    """
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character of some other origin
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
