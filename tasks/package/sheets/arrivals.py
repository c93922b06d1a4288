"""The sheet 到件时间: how many units had reported by which day, as a table and a chart."""

from collections import Counter
from datetime import date

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from tasks.package.dossier import Dossier
from tasks.package.figures import Figures
from tasks.package.sheets.sheet import Book, Page
from tasks.package.words import clean, date_zh, moment_zh
from tasks.terms import times
from tasks.terms.standings import REPORTED

_ONE_PAGE = 45
_MOST_DAYS = 40  # beyond it only the days on which something came are listed: they fit on a page
_MOST_LABELS = 15


def arrivals_sheet(book: Book, name: str, dossier: Dossier, counted: tuple[Figures, ...]) -> None:
    """Write the sheet; it holds no chart while nothing has come."""
    titles = [clean(each.obligation.title) for each in counted]
    page = book.page(name, (16, *[16] * (len(titles) + 2)), middle=(0,))
    page.title("到件时间")
    page.note(
        "按首次报到日期统计，不含已退回未重报的；各事项列为单位数（个），合计和累计为各事项之和，"
        f"以件计，一个单位报几个事项计几件；日子多的只列有到件的；数据截至{moment_zh(dossier.as_of)}"
    )
    page.heads(("日期", *titles, "当日合计\n（件）", "累计\n（件）"), repeat=True)
    arrived = {each.obligation.id: _by_day(dossier, each.obligation.id) for each in counted}
    first, total = page.at, 0
    for day in _days(arrived, times.local(dossier.as_of).date()):
        counts = [arrived[each.obligation.id][day] for each in counted]
        total += sum(counts)
        page.row([date_zh(day), *counts])
        _sums(page, len(counts), sum(counts), total, first=first)
    if page.rows:
        _chart(book, page, name, first, len(titles))
        if page.rows < _ONE_PAGE:
            page.single()
    else:
        page.note("尚无单位报送。")


def _by_day(dossier: Dossier, obligation: str) -> Counter[date]:
    return Counter(
        times.local(s.received_at).date()
        for s in dossier.standings
        if s.obligation == obligation and s.state in REPORTED and s.received_at
    )


def _days(arrived: dict[str, Counter[date]], last: date) -> list[date]:
    seen = sorted({day for days in arrived.values() for day in days})
    if not seen:
        return []
    every = times.days_between(seen[0], max(last, seen[-1]))
    return every if len(every) <= _MOST_DAYS else seen


def _sums(page: Page, width: int, today: int, total: int, *, first: int) -> None:
    """The row's sum and the running total."""
    row, column = page.at - 1, width + 1
    start = xl_rowcol_to_cell(first, column, row_abs=True)
    page.formula(row, column, f"=SUM({xl_range(row, 1, row, width)})", today)
    page.formula(row, column + 1, f"=SUM({start}:{xl_rowcol_to_cell(row, column)})", total)


def _chart(book: Book, page: Page, name: str, first: int, width: int) -> None:
    last = page.at - 1
    days = [name, first, 0, last, 0]
    columns = book.writer.add_chart({"type": "column"})
    columns.add_series(
        {
            "name": "当日报到",
            "categories": days,
            "values": [name, first, width + 1, last, width + 1],
            "fill": {"color": "#8FAADC"},
        }
    )
    line = book.writer.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "累计（右轴）",
            "categories": days,
            "values": [name, first, width + 2, last, width + 2],
            "y2_axis": True,
            "line": {"color": "#C00000"},
        }
    )
    columns.combine(line)
    columns.set_title({"name": "到件时间（件数）", "name_font": {"size": 12}})
    columns.set_legend({"position": "bottom"})
    every = -(-(last - first + 1) // _MOST_LABELS)
    columns.set_x_axis({"num_font": {"rotation": -45}, "interval_unit": every})
    columns.set_y_axis({"num_format": "0", "major_gridlines": {"visible": True}})
    line.set_y2_axis({"num_format": "0"})
    columns.set_size({"width": 620, "height": 360})
    # Not at the head: that row is printed on every page, and the chart with it.
    page.sheet.insert_chart(first, width + 3, columns, {"x_offset": 20})
