"""The call list as ops staff take it to the telephone: the whole numbers, in a sheet of this machine."""

import io
import os
from datetime import datetime
from pathlib import Path

import xlsxwriter

from tasks.desk import Desk
from tasks.ledger import acts
from tasks.status.call_list import Call, call_list
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.text import columns

COLUMNS = (
    ("单位", 17), ("电话", 15), ("原因", 20), ("欠报事项", 18), ("时限", 16), ("上次通话", 13),
    ("本次结果", 11), ("说明", 13),
)  # fmt: skip
"""Their widths in characters: together an A4 page on its side, so that it prints at its full size."""
LOW = 30
"""Points a row is high at least: what was said on the telephone is written into it by hand."""
MIDDLE = {"align": "center", "valign": "vcenter"}
PRIVATE = 0o600


def calls_due(desk: Desk) -> list[Call]:
    """Whom to telephone now."""
    view = look(desk)
    with desk.ledger.read() as connection:
        made = acts.of_campaign(connection, desk.campaign.id, desk.now)
    return call_list(
        desk.campaign, desk.roster, view.standings, view.letters, silent=view.unreachable, calls=made
    )


def write_sheet(desk: Desk, calls: list[Call]) -> Path:
    """Write the sheet below ``var/calls``, readable by this machine's user alone; a newer one replaces it."""
    folder = desk.home.var / "calls"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{desk.campaign.id}-{times.local(desk.now):%Y%m%d}.xlsx"
    temporary = path.with_suffix(".part")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(handle, "wb") as file:
        file.write(sheet(desk.campaign.title, calls, desk.now))
    temporary.replace(path)
    return path


def sheet(title: str, calls: list[Call], now: datetime) -> bytes:
    """The call list as a workbook; every cell is text, never a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("电话催办")
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.freeze_panes(2, 0)
        page.repeat_rows(0, 1)
        cell = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter", "border": 1}
        text, head = (
            book.add_format(cell),
            book.add_format({**cell, **MIDDLE, "bold": True, "bg_color": "#E7EDF4"}),
        )
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        page.set_footer("&C第 &P 页，共 &N 页")
        heading = {"font_name": "黑体", "font_size": 14, "text_wrap": True, **MIDDLE}
        whole = f"{title}电话催办单（{times.moment_zh(now, year=True)}）"
        page.merge_range(0, 0, 0, len(COLUMNS) - 1, whole, book.add_format(heading))
        page.set_row(0, 8 + 22 * _lines(whole, sum(width for _, width in COLUMNS) * 11 / 14))
        page.set_row(1, 24)
        for column, (name, width) in enumerate(COLUMNS):
            page.set_column(column, column, width)
            page.write_string(1, column, name, head)
        for row, each in enumerate(calls, 2):
            cells = _cells(each)
            lines = max(_lines(value, width) for value, (_, width) in zip(cells, COLUMNS, strict=True))
            page.set_row(row, max(LOW, 15 * lines + 4))
            for column, value in enumerate(cells):
                page.write_string(row, column, value, text)
    return out.getvalue()


def _lines(text: str, width: float) -> int:
    """Lines a text takes in so many characters' width; a Chinese one is two wide."""
    return 1 + int(columns(text) // width)


def _cells(call: Call) -> tuple[str, ...]:
    due = times.moment_zh(call.due) if call.due else ""
    phone = call.unit.phone or "（名册上没有）"
    return (call.unit.name, phone, call.why, "、".join(call.owed), due, call.last, "", "")
