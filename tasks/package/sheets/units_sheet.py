"""The sheet of one obligation: every unit, where it stands, its figures and where they were read."""

import re
from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_cell_to_rowcol, xl_range

from tasks.package.dossier import COUNTED, Dossier
from tasks.package.figures import Figures, Sum, meets, readable, value_of
from tasks.package.sheets.sheet import Book, Cell, Mark, Page
from tasks.package.whose_findings import WhoseFindings
from tasks.package.words import clean, due_zh, moment_zh
from tasks.status.report import TIMELINESS_ZH
from tasks.terms import times
from tasks.terms.obligation import Obligation
from tasks.terms.standings import STATE_ZH, Standing, State

_HEADS = ("序号", "单位", "层级", "报送单位", "状态", "是否按时", "收到时间", "版本")
_ROOMY = (5, 28, 9, 13, 9, 9, 17, 5), 10, (14, 36)
_CLOSE = (5, 22, 9, 12, 9, 6, 12, 5), 8, (10, 26)
"""Widths of the first columns, of each figure, of the last: as few as print large enough on A4, or many."""
_FEW = 2  # columns of figures
_MIDDLE = (0, 2, 4, 5, 6, 7)
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_WORTH = 3  # of fewer cells each is named
_MET = {True: "是", False: "否", None: "不明"}
UNKNOWN = "不明"
"""What stands in a figure's cell when the report is accepted but the figure cannot be read."""


def units_sheet(book: Book, name: str, dossier: Dossier, each: Figures) -> None:
    """Write the sheet. Units stand by tier, and within it under the unit they belong to."""
    obligation = each.obligation
    quotas = [f"{_title(obligation, q.field)}\n达到{q.min}" for q in obligation.quotas]
    fields = [f"{f.title}\n（{f.unit}）" if f.unit else f.title for f in obligation.fields]
    figures = len(fields) + len(quotas)
    first_ones, of_figure, last_ones = _ROOMY if figures <= _FEW else _CLOSE
    widths = (*first_ones, *[of_figure] * figures, *last_ones)
    quota_columns = range(len(_HEADS) + len(fields), len(_HEADS) + figures)
    page = book.page(name, widths, middle=(*_MIDDLE, *quota_columns))
    page.title(f"{obligation.title}报送情况明细表")
    page.note(f"时限：{due_zh(each.due)}　　数据截至：{moment_zh(dossier.as_of)}")
    page.heads((*_HEADS, *fields, *quotas, "问题", "来源文件及单元格"), repeat=True)
    first, found = page.at, WhoseFindings(dossier)
    for count, standing in enumerate(_in_order(dossier, obligation), 1):
        page.row(_row(dossier, obligation, standing, count, found(standing)))
    if page.rows and obligation.fields:
        _totals(page, each, first)


def _totals(page: Page, each: Figures, first: int) -> None:
    start, last = len(_HEADS), page.at - 1
    columns = dict(enumerate(each.sums, start))
    ranges = {n: xl_range(first, n, last, n) for n in columns}
    page.sums("合计（只计已知数）", {n: _total(ranges[n], s) for n, s in columns.items()})
    page.sums(
        "数据不明单位（个）",
        {n: (f'=COUNTIF({ranges[n]},"{UNKNOWN}")', len(s.unknown)) for n, s in columns.items()},
    )
    page.sums("尚无数据单位（个）", {n: (f'=COUNTIF({ranges[n]},"—")', s.absent) for n, s in columns.items()})


def _total(cells: str, summed: Sum) -> tuple[str, float | str]:
    """The sum; where no figure is known a dash, for that is not nought; what does not add up says so."""
    if not summed.field.adds:
        return "", "不相加"
    if summed.total is None:
        return f'=IF(COUNT({cells})=0,"—",SUM({cells}))', "—"
    return f"=SUM({cells})", summed.total


def _row(dossier: Dossier, obligation: Obligation, standing: Standing, count: int, found: str) -> list[Cell]:
    unit = dossier.unit(standing.unit)
    through = standing.reporter != standing.unit
    return [
        count,
        dossier.unit_name(standing.unit),
        unit.tier if unit else "",
        dossier.unit_name(standing.reporter) if through else "本单位",
        STATE_ZH[standing.state] + ("（有件待确认）" if standing.held else ""),
        _timeliness(standing),
        times.local(standing.received_at).strftime("%Y-%m-%d %H:%M") if standing.received_at else "",
        "" if standing.version is None else standing.version,
        *_values(obligation, standing),
        *_quotas(obligation, standing),
        found,
        source(dossier, obligation, standing),
    ]


def _timeliness(standing: Standing) -> str:
    if standing.timeliness is None:
        return ""
    return TIMELINESS_ZH[standing.timeliness] + ("（补正迟于时限）" if standing.late_fix else "")


def _values(obligation: Obligation, standing: Standing) -> Iterator[Cell]:
    """Figures as they enter the sum; 不明 when accepted but unreadable, a dash while there is none."""
    for field in obligation.fields:
        value = value_of(standing, field)
        if value is None and standing.state in COUNTED:
            yield Mark(UNKNOWN if readable(standing, field) else STATE_ZH[standing.state])
        elif standing.state is State.WAIVED:
            yield Mark(STATE_ZH[State.WAIVED])
        else:
            yield value


def _quotas(obligation: Obligation, standing: Standing) -> Iterator[Cell]:
    for quota in obligation.quotas:
        field = next(f for f in obligation.fields if f.id == quota.field)
        yield _MET[meets(standing, quota, field)] if readable(standing, field) else None


def source(dossier: Dossier, obligation: Obligation, standing: Standing) -> str:
    """The files a standing rests on, and the cell each of its figures was read from."""
    if standing.submission is None:
        return ""
    files = "、".join(clean(o.filename) for o in dossier.files.get(standing.submission, ()))
    cells = "；".join(_cells(dossier, obligation, standing))
    return f"{files}（{cells}）" if files and cells else files or cells


def _cells(dossier: Dossier, obligation: Obligation, standing: Standing) -> Iterator[str]:
    evidence: Mapping[str, str] = dossier.evidence.get(standing.submission or 0, {})
    alone = standing.reporter == standing.unit and not any("/" in key for key in evidence)
    found: dict[str, str] = {}
    for field in obligation.fields:
        # A form's own total is no evidence for one of several units.
        place = evidence.get(f"{standing.unit}/{field.id}") or (evidence.get(field.id) if alone else None)
        if place:
            found[field.title] = clean(place).rpartition("!")[2]
    if len(found) == len(obligation.fields) and _in_a_row(list(found.values())):
        cells = list(found.values())
        yield f"{cells[0]}:{cells[-1]}"
    else:
        yield from (f"{title}{cell}" for title, cell in found.items())


def _in_a_row(cells: Sequence[str]) -> bool:
    """Whether the cells of all fields stand side by side, so that first and last tell of every one."""
    places = [_CELL.fullmatch(cell) for cell in cells]
    if len(cells) < _WORTH or not all(places):
        return False
    first, *_ = found = [xl_cell_to_rowcol(cell) for cell in cells]
    return found == [(first[0], first[1] + n) for n in range(len(cells))]


def _in_order(dossier: Dossier, obligation: Obligation) -> list[Standing]:
    tiers = {tier: n for n, tier in enumerate(dict.fromkeys(unit.tier for unit in dossier.roster))}

    def place(standing: Standing) -> tuple[int, int, int]:
        if standing.unit not in dossier.roster:
            return len(tiers), 0, 0
        unit = dossier.roster[standing.unit]
        above = dossier.order.get(unit.parent or "", -1)
        return tiers[unit.tier], above, dossier.order[unit.code]

    return sorted(dossier.of(obligation), key=place)


def _title(obligation: Obligation, field_id: str) -> str:
    return next((f.title for f in obligation.fields if f.id == field_id), field_id)
