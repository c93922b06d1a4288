"""Rows told apart by a column beside the names: 甲村 | 计划 and 甲村 | 完成. Pure."""

from collections.abc import Sequence

from tasks.intake.forms.grid import Grid
from tasks.intake.forms.kind_rows import BARE
from tasks.intake.forms.layout import Line
from tasks.intake.forms.table_rows import Header
from tasks.intake.words.label import Label
from tasks.intake.words.labels import Vocabulary, of_the_whole

_NOT_DONE = frozenset({"plan", "other", "rate"})


def of_kinds_beside(
    grid: Grid, header: Header, rows: Sequence[Line], words: Vocabulary
) -> tuple[list[Line], bool]:
    """The rows of what was done, where a column says 计划, 完成, 上年, 累计 of each.

    True behind them when nobody can tell which rows those are; they must not be added up then.
    """
    kinds = {line.row: _kind(grid, header, line.row - 1, words) for line in rows if not line.blank}
    said = [kind for kind in kinds.values() if kind]
    if not any(kind.marks & _NOT_DONE or kind.since for kind in said):
        return list(rows), False
    if not _told_apart(rows, kinds):
        return list(rows), True
    done = [kind for kind in said if not kind.marks & _NOT_DONE]
    if any(k.since for k in done) and any(k.piece or k.month for k in done):
        done = of_the_whole(done, words.period)
    kept = [line for line in rows if (kind := kinds.get(line.row)) is None or kind in done]
    return (kept, False) if done else (list(rows), True)


def _told_apart(rows: Sequence[Line], kinds: dict[int, Label | None]) -> bool:
    """Whether the same names stand before several kinds: a village's plan, and below it what it did."""
    said = {(line.names, kind) for line in rows if (kind := kinds.get(line.row))}
    return len(said) > len({names for names, _ in said})


def _kind(grid: Grid, header: Header, row: int, words: Vocabulary) -> Label | None:
    """What a row says of its figures' kind left of them, and of nothing else; None where it does not."""
    first = min((column for column, _ in header.columns.values()), default=0)
    taken = {*header.names, *header.serials, header.code}
    if not header.names:
        return None
    beside = [
        words.parse(text)
        for c in range(first)
        if c not in taken and (text := grid.label(row, c)) and text[0] != "未"
    ]
    return next((label for label in beside if BARE.match(label.core)), None)
