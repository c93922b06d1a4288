"""Paragraphs of a text whose lines may have been cut at the page's width, as in a PDF or an old .txt."""

import re
from collections.abc import Iterator

from tasks.terms.text import columns

_WIDEST = 130
"""Columns; a longer line was never cut to a width."""
_NARROWEST = 40
_FULL = 0.85
_IN_A_SENTENCE = re.compile(r"[，、,]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})、")
_BEGINS = re.compile(
    r"^(?:$|[一二三四五六七八九十]{1,3}[、是]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[、.．])"
)
_ENDS = tuple("。！？；：.!?;:")


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs; a line that is full, or in the middle of a sentence, goes on in the next."""
    lines = [line.strip() for line in text.splitlines()]
    widest = max(map(columns, lines), default=0)
    cut = _NARROWEST <= widest <= _WIDEST
    open_: list[str] = []
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        open_.append(line)
        full = cut and columns(line) >= _FULL * widest
        goes_on = (full or _IN_A_SENTENCE.search(_NUMBERING.sub("", line))) and not line.endswith(_ENDS)
        if not goes_on or _BEGINS.match(following):
            yield "".join(open_)
            open_ = []
    if open_:
        yield "".join(open_)
