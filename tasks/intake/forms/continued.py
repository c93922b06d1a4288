"""A table that goes on over the page under the words 续表: one table, put together again. Pure.

Clerks break a long table by hand, repeat its head and write 续表 above. The words alone say that it is one
table; tables with the same head and nothing above them may be copies or other offices' and stay apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.intake.forms.grid import is_numberish
from tasks.intake.forms.units import PAGED, loose_lines
from tasks.terms.readings import Content, Sheet
from tasks.terms.text import fold

_NUMBER = r"[0-9一二三四五六七八九十]{0,2}"
_GOES_ON = re.compile(
    rf"^\(?(?:续(?:上?表|上页)?|接(?:上表|上页))\)?{_NUMBER}\)?$|^\(?附?表{_NUMBER}\(?续表?\)?\)?$|.表?\(续表?\)$|.表续表$"
)


def put_together(content: Content) -> Content:
    """The document with its tables joined, where as many 续表 stand in it as tables go on.

    Rows of the joined sheet count through; a head repeated is left out. A table goes on that has the head
    of the first: where a 续表 more or less stands there, nobody can tell of which table it speaks.
    """
    tables = [s for s in content.sheets if s.rows]
    if content.format not in PAGED or len(tables) < 2:  # noqa: PLR2004  nothing to join
        return content
    marks = sum(_GOES_ON.search(fold(line)) is not None for line in loose_lines(content))
    going_on = [(table, head) for table in tables[1:] if (head := _head(tables[0], table))]
    if not marks or marks != len(going_on):
        return content
    rest = [t for t in tables[1:] if not any(t is table for table, _ in going_on)]
    return replace(content, sheets=(_joined(tables[0], going_on), *rest))


def _head(first: Sheet, table: Sheet) -> int:
    """How many rows of words without a figure a table begins with that the first begins with, too."""
    same = 0
    for one, other in zip(first.rows, table.rows, strict=False):
        words = _words(one)
        if words != _words(other) or any(w and is_numberish(w) for w in words):
            break
        same += 1
    return same if any(map(any, first.rows[:same])) else 0


def _words(row: Sequence[object]) -> list[str]:
    return [fold(str(cell)) if cell is not None else "" for cell in row]


def _joined(first: Sheet, going_on: Sequence[tuple[Sheet, int]]) -> Sheet:
    rows, merged = list(first.rows), list(first.merged)
    for table, head in going_on:
        down = len(rows) - head
        merged += [(t + down, left, b + down, right) for t, left, b, right in table.merged if t >= head]
        rows += table.rows[head:]
    return replace(first, name=f"{first.name}及续表", rows=tuple(rows), merged=tuple(merged))
