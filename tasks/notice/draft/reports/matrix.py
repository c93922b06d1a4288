"""Tables of units against things, a day in every cell: “单位 | 总结 | 统计表” over “各镇 | 22日前 | 25日前”.

Read only where the words above say that it is about reporting, every head but the first names a thing that
can be handed in, and every other cell is a day or nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.reports.dated import dated
from tasks.notice.draft.reports.grid import cells_of, may_be_row
from tasks.notice.draft.words.days import Frame
from tasks.notice.draft.words.handing import Hand
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import NOUN_END, tidy
from tasks.notice.draft.words.phrases import phrases
from tasks.notice.draft.words.places import Place

_UNITS = re.compile(r"(?:报送|责任|填报)?(?:单位|部门|对象|主体)(?:类别|类型|名称)?|类别")
_REPORTING = re.compile(r"报送|上报|填报|提交|时限")
_EMPTY = frozenset({"", "-", "—", "——", "/", "／", "无", "不报"})
_FEWEST = 2


def is_matrix(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these cells are such a table."""
    if len(rows) < _FEWEST or len(rows[0]) < _FEWEST:
        return False
    head, *below = rows
    if not _UNITS.fullmatch(head[0].strip()) or not all(NOUN_END.search(_bare(text)) for text in head[1:]):
        return False
    cells = [cell.strip() for row in below for cell in row[1:]]
    full = all(len(row) == len(head) and row[0].strip() for row in below)
    return full and any(map(_is_day, cells)) and all(_is_day(cell) or cell in _EMPTY for cell in cells)


def _bare(text: str) -> str:
    return re.sub(r"（[^（）]*）$", "", text.strip())


def _is_day(cell: str) -> bool:
    found = list(phrases(cell.replace(" ", "")))
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(cell.replace(" ", ""))


def matrices(layout: Layout, frame: Frame) -> dict[int, list[Obligation]]:
    """By where a line of such a table begins: what its row owes; nothing for its head."""
    found: dict[int, list[Obligation]] = {}
    body = layout.body
    for n, line in enumerate(body):
        if line.start in found or not n or not _REPORTING.search(body[n - 1].text[-40:]):
            continue
        rows = list(takewhile(lambda each: may_be_row(layout.page, each), body[n:]))
        cells = _cells(layout, rows) if len(rows) >= _FEWEST else []
        if not is_matrix([[cell.text for cell in row] for row in cells]):
            continue
        found[line.start] = []
        for row, said in zip(rows[1:], cells[1:], strict=True):
            found[row.start] = list(_owed(layout, frame, row, cells[0], said))
    return found


def _cells(layout: Layout, rows: Sequence[Line]) -> list[list[Line]]:
    width = len(cells_of(layout.page, rows[0], 0))
    return [cells_of(layout.page, row, width) for row in rows]


def _owed(
    layout: Layout, frame: Frame, row: Line, head: Sequence[Line], cells: Sequence[Line]
) -> Iterator[Obligation]:
    for thing, cell in zip(head[1:], cells[1:], strict=True):
        for phrase in phrases(layout.page.text, cell.start, cell.end):
            place = Place(row, cell, replace(phrase, limit=True), "", cell.end)
            hand = Hand(phrase.start, phrase.end, tidy(thing.text), "", phrase.end)
            yield replace(
                dated(layout, frame, place, hand),
                who=cells[0].text,
                evidence=evidence(layout.page, row.start, row.end),
                row=True,
            )
