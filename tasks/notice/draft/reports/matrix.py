"""Tables of units against things, a day in every cell: “单位 | 总结 | 统计表” over “各镇 | 22日前 | 25日前”.

Read only where the words above say that it is about reporting, every head but the first names a thing that
can be handed in, and every other cell is a day or nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

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


def is_matrix(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these cells are such a table."""
    if not rows or not _is_head(rows[0]):
        return False
    head, *below = rows
    days = any(_is_day(cell.strip()) for row in below for cell in row[1:])
    return days and all(_is_row(row, len(head)) for row in below)


def _is_head(cells: Sequence[str]) -> bool:
    """Whether these cells name the units and the things they hand in."""
    things = cells[1:]
    return bool(things and _UNITS.fullmatch(cells[0].strip())) and all(
        NOUN_END.search(_bare(text)) for text in things
    )


def _is_row(cells: Sequence[str], width: int) -> bool:
    """Whether these cells say by which day some units owe each thing."""
    return (
        len(cells) == width
        and bool(cells[0].strip())
        and all(cell.strip() in _EMPTY or _is_day(cell.strip()) for cell in cells[1:])
    )


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
        cells = _cells(layout, body, n)
        if not is_matrix([_texts(row) for row in cells]):
            continue
        found[line.start] = []
        for row, said in zip(body[n + 1 : n + len(cells)], cells[1:], strict=True):
            found[row.start] = list(_owed(layout, frame, row, cells[0], said))
    return found


def _cells(layout: Layout, body: Sequence[Line], n: int) -> list[list[Line]]:
    """The cells of the table that begins on a line; none when any of its rows is no such table's.

    The first that is none ends the reading: a long list must not be read to its end once a line.
    """
    head = cells_of(layout.page, body[n], 0) if may_be_row(layout.page, body[n]) else []
    if not _is_head(_texts(head)):
        return []
    found = [head]
    for line in islice(body, n + 1, None):
        if not may_be_row(layout.page, line):
            break
        found.append(cells_of(layout.page, line, len(head)))
        if not _is_row(_texts(found[-1]), len(head)):
            return []
    return found


def _texts(cells: Sequence[Line]) -> list[str]:
    return [cell.text for cell in cells]


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
