"""Paragraphs of a text whose lines may have been cut at the page's width, as in a PDF or an old .txt."""

import unicodedata
from collections.abc import Iterator

_WIDEST = 130
"""Columns; a longer line was never cut to a width."""
_NARROWEST = 40
_FULL = 0.85
_ENDS = tuple("。！？；：.!?;:")


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs; a full line without an end goes on in the next."""
    lines = [line.strip() for line in text.splitlines()]
    widest = max(map(_width, lines), default=0)
    cut = _NARROWEST <= widest <= _WIDEST
    open_: list[str] = []
    for line in lines:
        open_.append(line)
        if not (cut and _width(line) >= _FULL * widest and not line.endswith(_ENDS)):
            yield "".join(open_)
            open_ = []
    if open_:
        yield "".join(open_)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)
