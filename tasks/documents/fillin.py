"""A unit's own fill-in form 填报表: the workbook hung on the letters, ready to be filled in and sent back.

Names and codes are locked, only the pale yellow cells take input. The reader knows the form again by its
code, printed under the title and kept on a hidden sheet. The total is a formula without a stored value
until the sender's program computes it; the reader does not rely on it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tasks.documents.fillin_page import PAGE_CHARACTERS, column_widths, set_up_page
from tasks.documents.form_code import HIDDEN_SHEET, LABEL, NIL_LABEL, NIL_NO, NIL_YES, VERSION, FormCode
from tasks.documents.same_bytes import normalised
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation
from tasks.terms.units import Unit

SHEET = "填报表"
TITLE_ROW, UNIT_ROW, NOTES_ROW, HEADER_ROW = 1, 2, 3, 4
FIRST_ROW = HEADER_ROW + 1
FIRST_FIELD = 4
"""Columns: 序号, 单位名称, 单位代码, then one for each field, then 备注."""

_THIN = Side(style="thin", color="FF808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_INPUT = PatternFill("solid", fgColor="FFFFF9E0")
_HEAD = PatternFill("solid", fgColor="FFDCE6F1")
_TOTAL = PatternFill("solid", fgColor="FFF2F2F2")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_NAME = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_TITLE_FONT = Font(name="方正小标宋简体", size=18)
_HEAD_FONT = Font(name="黑体", size=11)
_BODY_FONT = Font(name="宋体", size=11)
_NOTE_FONT = Font(name="楷体", size=10.5, color="FF404040")
_Style = tuple[Font, Alignment]
_FIRST_WIDE = "\u2e80"
LOW = 22.0
"""Points a row is high when nothing in it wraps."""


@dataclass(frozen=True)
class _Plan:
    """Where things stand on the sheet."""

    campaign: Campaign
    obligation: Obligation
    reporter: Unit
    rows: tuple[Unit, ...]

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.rows) - 1

    @property
    def last_field(self) -> int:
        return FIRST_FIELD + len(self.obligation.fields) - 1

    @property
    def last_column(self) -> int:
        return self.last_field + 1

    @property
    def total_row(self) -> int | None:
        return self.last_row + 1 if len(self.rows) > 1 else None

    @property
    def widths(self) -> list[float]:
        fields = len(self.obligation.fields)
        return column_widths([u.name for u in self.rows], [u.code for u in self.rows], fields)

    @property
    def foot_row(self) -> int:
        return (self.total_row or self.last_row) + 1


def write_form(campaign: Campaign, obligation: Obligation, reporter: Unit, rows: Sequence[Unit]) -> bytes:
    """The .xlsx form of one reporting unit: one row for each unit it reports for.

    The same arguments give the same bytes. ``rows`` empty means the reporter reports for itself.
    """
    plan = _Plan(campaign, obligation, reporter, tuple(rows) or (reporter,))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _write_head(sheet, plan)
    _write_header(sheet, plan)
    _write_rows(sheet, plan)
    _write_foot(sheet, plan)
    _validate(sheet, plan)
    set_up_page(sheet, plan.widths, header_row=HEADER_ROW, first_open_column=FIRST_FIELD)
    _protect(sheet)
    _write_hidden(book, plan)
    out = io.BytesIO()
    book.save(out)
    return normalised(out.getvalue())


def _put(sheet: Worksheet, place: tuple[int, int], value: str | int | None, style: _Style) -> None:
    cell = sheet.cell(*place, value)
    cell.font, cell.alignment = style
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with "=" stays a name


def _span(sheet: Worksheet, row: int, first: int, last: int) -> None:
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _code(plan: _Plan) -> FormCode:
    return FormCode(plan.campaign.id, plan.obligation.id, plan.reporter.code)


def _write_head(sheet: Worksheet, plan: _Plan) -> None:
    title = plan.obligation.title
    whole = title if plan.campaign.title in title else f"{plan.campaign.title}{title}"
    _put(sheet, (TITLE_ROW, 1), whole, (_TITLE_FONT, _CENTRE))
    _span(sheet, TITLE_ROW, 1, plan.last_column)
    sheet.row_dimensions[TITLE_ROW].height = 10 + 26 * _title_lines(plan, whole)
    middle = max(3, plan.last_column // 2)
    _put(sheet, (UNIT_ROW, 1), f"填报单位：{plan.reporter.name}", (_BODY_FONT, _LEFT))
    _span(sheet, UNIT_ROW, 1, middle)
    right = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
    _put(sheet, (UNIT_ROW, middle + 1), f"{LABEL}：{_code(plan)}", (Font(name="宋体", size=9), right))
    _span(sheet, UNIT_ROW, middle + 1, plan.last_column)
    sheet.row_dimensions[UNIT_ROW].height = _tall(
        f"填报单位：{plan.reporter.name}", sum(plan.widths[:middle]), 20
    )
    notes = _notes(plan)
    _put(sheet, (NOTES_ROW, 1), "\n".join(notes), (_NOTE_FONT, Alignment(vertical="top", wrap_text=True)))
    _span(sheet, NOTES_ROW, 1, plan.last_column)
    sheet.row_dimensions[NOTES_ROW].height = 15.5 * sum(_lines(note) for note in notes) + 6


def _lines(text: str) -> int:
    return 1 + _wide(text) // (PAGE_CHARACTERS + 8)


def _title_lines(plan: _Plan, title: str) -> int:
    """Lines of a title that wraps: its letters are larger than those a column's width is counted in."""
    per_line = sum(plan.widths) * _BODY_FONT.size / _TITLE_FONT.size
    return 1 + int(_wide(title) // per_line)


def _tall(text: str, width: float, low: float) -> float:
    """The height of a row that shows the whole of a text in so many characters' width, at least ``low``."""
    lines = 1 + int(_wide(text) // width)
    return low if lines == 1 else max(low, 15.5 * lines + 4)


def _wide(text: str) -> int:
    return sum(2 if c >= _FIRST_WIDE or c in "“”" else 1 for c in text)


def _notes(plan: _Plan) -> list[str]:
    notes = [
        "填报说明：",
        "1. 只填浅黄色单元格；数字填阿拉伯数字，不带单位；没有发生的填 0；表头带 * 的必填。",
        "2. 不要改动表头、单位名称和填报码；填好后保存为 .xlsx，作为邮件附件报送。",
        f"3. 活动期内没有任何可报内容的，在“{NIL_LABEL}”一栏选“{NIL_YES}”，各项数字留空。",
    ]
    helps = [f"{f.title}：{f.help}" for f in plan.obligation.fields if f.help]
    if helps:
        notes.append("4. " + "；".join(helps) + "。")
    if quotas := _quotas(plan.obligation):
        notes.append(f"{len(notes)}. 每个单位的任务数：{quotas}。")
    return notes


def _quotas(obligation: Obligation) -> str:
    fields = {f.id: f for f in obligation.fields}
    return "，".join(
        f"{fields[q.field].title}不少于 {q.min} {fields[q.field].unit}".rstrip()
        for q in obligation.quotas
        if q.field in fields
    )


def _write_header(sheet: Worksheet, plan: _Plan) -> None:
    titles = ["序号", "单位名称", "单位代码", *map(_heading, plan.obligation.fields), "备注"]
    for column, title in enumerate(titles, 1):
        _put(sheet, (HEADER_ROW, column), title, (_HEAD_FONT, _CENTRE))
        sheet.cell(HEADER_ROW, column).fill = _HEAD
        sheet.cell(HEADER_ROW, column).border = _GRID
    sheet.row_dimensions[HEADER_ROW].height = 16.5 * max(2, *(_heading_lines(plan, t) for t in titles)) + 4


def _heading_lines(plan: _Plan, title: str) -> int:
    per_line = max(2, int(plan.widths[FIRST_FIELD - 1] // 2.3))
    return sum(1 + (len(line) - 1) // per_line for line in title.split("\n"))


def _heading(field: Field) -> str:
    unit = f"\n（{field.unit}）" if field.unit and f"（{field.unit}）" not in field.title else ""
    return f"{'*' if field.required else ''}{field.title}{unit}"


def _write_rows(sheet: Worksheet, plan: _Plan) -> None:
    for number, unit in enumerate(plan.rows, 1):
        row = FIRST_ROW + number - 1
        _put(sheet, (row, 1), number, (_BODY_FONT, _CENTRE))
        _put(sheet, (row, 2), unit.name, (_BODY_FONT, _NAME))
        _put(sheet, (row, 3), unit.code, (_BODY_FONT, _CENTRE))
        sheet.cell(row, 3).number_format = "@"
        for column in range(FIRST_FIELD, plan.last_column + 1):
            _open_cell(sheet, row, column)
        _frame(sheet, row, plan.last_column, _tall(unit.name, plan.widths[1] - 2, LOW))
    if plan.total_row:
        _write_total(sheet, plan, plan.total_row)


def _write_total(sheet: Worksheet, plan: _Plan, row: int) -> None:
    _put(sheet, (row, 1), "合计", (_HEAD_FONT, _CENTRE))
    _span(sheet, row, 1, FIRST_FIELD - 1)
    for column, field in enumerate(plan.obligation.fields, FIRST_FIELD):
        letter = get_column_letter(column)
        whole = f"=SUM({letter}{FIRST_ROW}:{letter}{plan.last_row})" if field.adds else "—"
        cell = sheet.cell(row, column, whole)
        cell.font, cell.alignment = _BODY_FONT, _CENTRE
    _frame(sheet, row, plan.last_column)
    for column in range(1, plan.last_column + 1):
        sheet.cell(row, column).fill = _TOTAL


def _frame(sheet: Worksheet, row: int, last_column: int, height: float = LOW) -> None:
    sheet.row_dimensions[row].height = height
    for column in range(1, last_column + 1):
        sheet.cell(row, column).border = _GRID


def _open_cell(sheet: Worksheet, row: int, column: int) -> None:
    cell = sheet.cell(row, column)
    cell.fill, cell.font, cell.alignment = _INPUT, _BODY_FONT, _CENTRE
    cell.protection = Protection(locked=False)
    cell.border = _GRID


def _write_foot(sheet: Worksheet, plan: _Plan) -> None:
    """Two lines of label and cell below the table: nil return and preparer, telephone and date."""
    pairs = [
        ((plan.foot_row, 1), NIL_LABEL, NIL_NO),
        ((plan.foot_row, 2), "填报人", None),
        ((plan.foot_row + 1, 1), "联系电话", None),
        ((plan.foot_row + 1, 2), "填报日期", None),
    ]
    for place, label, value in pairs:
        _put_pair(sheet, plan, place, label, value)
    for row in (plan.foot_row, plan.foot_row + 1):
        _frame(sheet, row, plan.last_column)
    sheet.cell(plan.foot_row + 1, 3).number_format = "@"
    sheet.cell(plan.foot_row + 1, FIRST_FIELD + 1).number_format = 'yyyy"年"m"月"d"日"'


def _put_pair(sheet: Worksheet, plan: _Plan, place: tuple[int, int], label: str, value: str | None) -> None:
    row, side = place
    label_column, first, last = (1, 3, 3) if side == 1 else (FIRST_FIELD, FIRST_FIELD + 1, plan.last_column)
    _put(sheet, (row, label_column), label, (_HEAD_FONT, _CENTRE))
    sheet.cell(row, label_column).fill = _HEAD
    if side == 1:
        _span(sheet, row, 1, 2)
    _put(sheet, (row, first), value, (_BODY_FONT, _CENTRE))
    for column in range(first, last + 1):
        _open_cell(sheet, row, column)
    _span(sheet, row, first, last)


def _validate(sheet: Worksheet, plan: _Plan) -> None:
    for column, field in enumerate(plan.obligation.fields, FIRST_FIELD):
        letter = get_column_letter(column)
        rule = DataValidation(
            type="whole" if field.whole else "decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="请填数字",
            error=f"“{field.title}”请填不小于 0 的{'整数' if field.whole else '数'}，不带单位。",
        )
        rule.add(f"{letter}{FIRST_ROW}:{letter}{plan.last_row}")
        sheet.add_data_validation(rule)
    choice = DataValidation(type="list", formula1=f'"{NIL_NO},{NIL_YES}"', allow_blank=True)
    choice.showErrorMessage, choice.error = True, f"请选“{NIL_YES}”或“{NIL_NO}”。"
    choice.add(f"C{plan.foot_row}")
    sheet.add_data_validation(choice)


def _protect(sheet: Worksheet) -> None:
    """Without a password: it keeps a hand from slipping, it does not lock anyone out."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _write_hidden(book: Workbook, plan: _Plan) -> None:
    sheet = book.create_sheet(HIDDEN_SHEET)
    sheet.sheet_state = "hidden"
    facts = (
        (LABEL, str(_code(plan))),
        ("专项", plan.campaign.id),
        ("报送事项", plan.obligation.id),
        ("填报单位", plan.reporter.code),
        ("表样版本", VERSION),
    )
    for row, (label, value) in enumerate(facts, 1):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, value).data_type = "s"
    sheet.protection.sheet = True
