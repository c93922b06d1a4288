"""What units write: fill-in forms filled in, and summaries."""

import io
import random
from collections.abc import Mapping, Sequence

from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tasks.documents.same_bytes import normalised
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.units import Roster, Unit

Figures = Mapping[str, Mapping[str, float]]
"""Field by unit: what a reporter's form says."""

FLAWS = ("blank", "vague", "negative", "error")
"""Ways a form is filled in wrongly, each of which must come back to its sender."""

SPREAD = {
    "activities": (2, 6),
    "visits": (24, 48),
    "served": (60, 400),
    "volunteers": (3, 25),
    "photos": (2, 9),
}
"""Plausible figures of one unit; any other field is drawn from OTHER."""
OTHER = (0, 12)


def figures(obligation: Obligation, units: Sequence[Unit], chooser: random.Random) -> Figures:
    """Made-up figures, a little below and above the quota."""
    return {
        unit.code: {f.id: chooser.randint(*SPREAD.get(f.id, OTHER)) for f in obligation.fields}
        for unit in units
    }


def fill(form: bytes, obligation: Obligation, roster: Roster, said: Figures, flaw: str = "") -> bytes:
    """Fill in the form a unit was sent, the way its clerk does: by the headings and the names it shows."""
    workbook = load_workbook(io.BytesIO(form))
    sheet: Worksheet = workbook.worksheets[0]
    columns = _columns(sheet, obligation)
    for code, values in said.items():
        row = _row(sheet, roster[code].name)
        for field, value in values.items():
            sheet.cell(row, columns[field]).value = None if flaw == "blank" else value
    if flaw in {"vague", "negative", "error"}:
        _spoil(sheet, _row(sheet, roster[next(iter(said))].name), columns[obligation.fields[0].id], flaw)
    out = io.BytesIO()
    workbook.save(out)
    return normalised(out.getvalue())  # the hour of day is no part of a play


def _columns(sheet: Worksheet, obligation: Obligation) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in sheet.iter_rows(max_row=20):
        for cell in row:
            for field in obligation.fields:
                if isinstance(cell.value, str) and cell.value.lstrip("*＊ ").startswith(field.title):
                    found.setdefault(field.id, cell.column)
    return found


def _row(sheet: Worksheet, name: str) -> int:
    """The unit's row: below the headings its name stands once, above them also as whose form it is."""
    rows = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == name]
    if not rows:
        raise LookupError(f"the form has no row for {name}")
    return int(rows[-1])


def _spoil(sheet: Worksheet, row: int, column: int, flaw: str) -> None:
    wrong: dict[str, str | int] = {"vague": "若干", "negative": -3, "error": "#REF!"}
    sheet.cell(row, column).value = wrong[flaw]
    if flaw == "error":
        sheet.cell(row, column).data_type = "e"


def summary(campaign: Campaign, unit: Unit, said: Figures | None, chooser: random.Random) -> bytes:
    """A unit's 活动总结 as a .docx."""
    document = Document()
    document.add_heading(f"{unit.name}{campaign.title}活动总结", level=1)
    for paragraph in _paragraphs(campaign, unit, said, chooser):
        document.add_paragraph(paragraph)
    document.add_paragraph(unit.name)
    out = io.BytesIO()
    document.save(out)
    return normalised(out.getvalue())


def _paragraphs(campaign: Campaign, unit: Unit, said: Figures | None, chooser: random.Random) -> list[str]:
    notice, window = campaign.notice, campaign.windows[0]
    first = (
        f"根据《{notice.title}》（{notice.document_number}）要求，{unit.name}围绕“{notice.theme}”主题，"
        f"于{window.start.year}年{window.start.month}月{window.start.day}日至{window.end.month}月{window.end.day}日"
        "组织开展了宣传活动，现将有关情况总结如下。"
    )
    lines = [first, "一、加强领导，精心组织。成立工作专班，制定活动方案，明确责任到人。"]
    topics = [t for o in campaign.obligations for t in o.narrative.topics]
    chosen = chooser.sample(topics, min(3, len(topics)))
    lines.append(
        f"二、突出重点，注重实效。重点宣传了{'、'.join(chosen) or '社会工作基本知识'}，群众反响良好。"
    )
    if said:
        lines.append("三、走进社区，服务群众。活动开展情况详见所附统计表。")
    lines.append("存在的主要问题是参与面还不够广。下一步将继续深化“五社联动”，做实“一老一小”关爱服务。")
    return lines
