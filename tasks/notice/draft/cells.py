"""The tables of a Word document or a PDF back into rows: its plain text has one cell a line."""

from collections.abc import Iterable
from typing import Any

from tasks.notice.draft.figures.enclosed import asks_for_figures
from tasks.notice.draft.figures.grid_quotas import allots
from tasks.notice.draft.people.grid_people import columns
from tasks.notice.draft.reports.grid import head_of
from tasks.notice.draft.reports.matrix import is_matrix
from tasks.terms.readings import Sheet

_HEADS = 3
_BAR = " | "
_TWO = 2


def with_rows(text: str, sheets: Iterable[Sheet], *, every: bool = False) -> str:
    """The text with every table of reports, contacts or figures as one line a row.

    Any other table stays as it is, or, with ``every``, has its rows as lines without bars, as on paper.
    """
    lines = text.split("\n")
    at = 0
    for sheet in sheets:
        rows = _filled(sheet)
        known = any(head_of(row) or columns(row) or allots(row) for row in rows[:_HEADS])
        known = known or asks_for_figures(rows) or is_matrix(rows)
        if not known and not every:
            continue
        said = [part for row in sheet.rows for cell in row if cell for part in str(cell).split("\n")]
        start = _found(lines, [part for part in said if part.strip()], at)
        if start is None:
            continue
        shown = [_barred(row) if known else " ".join(filter(None, row)) for row in rows]
        lines[start : start + len([part for part in said if part.strip()])] = shown
        at = start + len(shown)
    return "\n".join(lines)


def _barred(row: list[str]) -> str:
    """A row between bars; one bar alone beside a figure would pass for a misread 1."""
    told = _BAR.join(row)
    return told if len(row) > _TWO else f"| {told} |"


def _filled(sheet: Sheet) -> list[list[str]]:
    """Every row's cells; a cell merged downwards speaks for all its rows."""
    rows = [[_plain(cell) for cell in row] for row in sheet.rows]
    for first, left, last, _ in sheet.merged:
        for row in rows[first + 1 : last + 1]:
            if left < len(row) and first < len(rows) and left < len(rows[first]):
                row[left] = row[left] or rows[first][left]
    return rows


def _plain(cell: Any) -> str:
    return " ".join(str(cell or "").replace("|", "｜").split())


def _found(lines: list[str], said: list[str], start: int) -> int | None:
    """Where a table's cells stand one after the other."""
    if not said:
        return None
    wanted = [part.strip() for part in said]
    for n in range(start, len(lines) - len(wanted) + 1):
        if lines[n].strip() == wanted[0] and [each.strip() for each in lines[n : n + len(wanted)]] == wanted:
            return n
    return None
