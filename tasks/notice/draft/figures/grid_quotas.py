"""Tables that give units their figures: a column of units, and columns of what is counted, in what measure.

A table is read whole or not at all: one cell that is no figure, a unit named twice or a sum that does not
agree leaves all of it to the clerk, for a figure set in the wrong row would be asked of the wrong unit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from tasks.notice.draft.figures.counts import value
from tasks.notice.draft.model import Evidence, Quota
from tasks.notice.draft.reports.grid import cells_of, may_be_row
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.measures import COUNTING

_UNITS = re.compile(
    r"(?:报送|责任|承担)?(?:单位|乡镇|镇街|乡镇（街道）|镇（街道）|街道|学校|部门|地区|机构|社区|村（社区）|县（区）|县（市、区）|区（县）|区县|县区|市县|镇（街）|县|区|乡（镇）|镇（乡、街道）|镇|乡镇（街道、园区）|县（市、区、旗）|区（市、县）|市（州）)(?:名称|类别|类型)?"
)
_COUNTED = re.compile(rf"(?P<item>[\u4e00-\u9fff“”/]{{2,20}})（(?P<unit>{COUNTING})）")
_NUMBERED = re.compile("序号|编号")
_ALLOTS = re.compile(r"任务|名额|指标|目标|计划")
_ANNOUNCES = re.compile(r"下表|附表|如下|表$|分解|分配|任务指标|目标任务")
_HAPPENED = re.compile(r"完成情况|现有|受灾|情况统计|已[完有经]|排名|上[季年月周]|去年")
_SUMS = re.compile("合计|总计|小计|共计")
_OPEN = frozenset({"", "-", "—", "/", "／", "——", "无"})
_PLACES = re.compile("名额")
_AT_MOST = re.compile("不超过|上限|限额|以内")
_NAME = re.compile(r"[\u4e00-\u9fff（）、“”]{2,24}")
_ANNEX = re.compile(r"附[件表]\d{0,2}：?")
_ABOVE = 3


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: where it stands, what is counted, in what."""

    at: int
    item: str
    unit: str


def allots(texts: Sequence[str]) -> bool:
    """Whether a row of cells is the head of such a table."""
    return bool(_columns(texts))


def table_quotas(layout: Layout) -> list[Quota]:
    """The figures of every table that can be read for certain."""
    return [quota for _, quotas in _tables(layout) for quota in quotas]


def unread_table(layout: Layout) -> Evidence | None:
    """The line above the first table of figures that cannot be read for certain."""
    above = next((line for line, quotas in _tables(layout) if not quotas), None)
    return evidence(layout.page, above.start, above.end) if above else None


def read_heads(layout: Layout) -> frozenset[int]:
    """Where the heads of the tables begin that were read for certain."""
    return frozenset(above.end + 1 for above, quotas in _tables(layout) if quotas)


def _tables(layout: Layout) -> Iterator[tuple[Line, list[Quota]]]:
    """Every table that allots, by the line above it, with its figures, none when one is in doubt."""
    body = layout.lines
    for n, line in enumerate(body):
        if not may_be_row(layout.page, line):
            continue
        head = [cell.text for cell in cells_of(layout.page, line, 0)]
        above = _said_above([each.text[-60:] for each in body[max(0, n - _ABOVE) : n]])
        told = n and _columns(head) and _ALLOTS.search(above) and _ANNOUNCES.search(above)
        if not told or _HAPPENED.search(above):
            continue
        rows = list(takewhile(lambda each: may_be_row(layout.page, each), body[n + 1 :]))
        if any(re.search(r"\d", each.text) for each in rows):
            yield body[n - 1], _read(layout, head, rows, above)


def _said_above(texts: Sequence[str]) -> str:
    """The words a table stands under; what is above the mark of its annex speaks of something else."""
    marks = [n for n, text in enumerate(texts) if _ANNEX.fullmatch(text)]
    return "".join(texts[marks[-1] :] if marks else texts)


def _columns(head: Sequence[str]) -> tuple[int, list[_Column]] | None:
    """Where the units stand and which columns hold figures; None when any head cell means something else."""
    units = [n for n, text in enumerate(head) if _UNITS.fullmatch(text)]
    counted = [
        _Column(n, found["item"], found["unit"])
        for n, text in enumerate(head)
        if (found := _COUNTED.fullmatch(text))
    ]
    others = [text for n, text in enumerate(head) if n not in units and not _COUNTED.fullmatch(text)]
    if len(units) != 1 or not counted or not all(map(_NUMBERED.fullmatch, others)):
        return None
    return units[0], counted


def _read(layout: Layout, head: Sequence[str], rows: Sequence[Line], above: str) -> list[Quota]:
    at, columns = _columns(head) or (0, [])
    cells = [cells_of(layout.page, line, len(head)) for line in rows]
    if not cells or any(len(row) != len(head) for row in cells):
        return []
    said = [(row[at].text, _figures(row, columns), line) for row, line in zip(cells, rows, strict=True)]
    own = [(name, figures, line) for name, figures, line in said if not _SUMS.search(name)]
    names = [name for name, _, _ in own]
    certain = all(figures is not None for _, figures, _ in said) and all(map(_NAME.fullmatch, names))
    if not certain or len(set(names)) != len(names) or not _agrees(said):
        return []
    return [
        quota
        for name, figures, line in own
        for quota in _quotas(name, columns, figures or [], above, evidence(layout.page, line.start, line.end))
    ]


def _figures(row: Sequence[Line], columns: Sequence[_Column]) -> list[int | None] | None:
    """The figures of a row, None where a cell is left open; no list at all when a cell is no figure."""
    texts = [row[column.at].text for column in columns]
    if not all(text in _OPEN or re.fullmatch(r"\d{1,7}", text) for text in texts):
        return None
    return [None if text in _OPEN else value(text) for text in texts]


def _agrees(said: Sequence[tuple[str, list[int | None] | None, Line]]) -> bool:
    """Whether the sum, where there is one, is the sum of the rows; of several none is checked."""
    sums = [figures for name, figures, _ in said if _SUMS.search(name)]
    if not sums:
        return True
    rows = [figures or [] for name, figures, _ in said if not _SUMS.search(name)]
    total = [sum(figure or 0 for figure in column) for column in zip(*rows, strict=True)]
    return len(sums) == 1 and total == [figure or 0 for figure in sums[0] or []]


def _quotas(
    name: str, columns: Sequence[_Column], figures: Sequence[int | None], above: str, quote: Evidence
) -> Iterator[Quota]:
    for column, figure in zip(columns, figures, strict=True):
        if figure is None:
            continue
        most = bool(_AT_MOST.search(above + column.item))
        places = bool(_PLACES.search(column.item))
        low, high = (None, figure) if most else (figure, figure if places else None)
        yield Quota(column.item, low, high, name, column.unit, quote)
