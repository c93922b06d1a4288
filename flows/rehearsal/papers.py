"""What units write: fill-in forms filled in, and summaries."""

import io
import random
from collections.abc import Mapping, Sequence

from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tasks.documents.same_bytes import normalised
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation
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
"""Plausible figures of one unit for the campaigns that come with the product; ``_spread`` knows any other."""
OTHER = (0, 12)
_SHARE = (85, 100)


def figures(obligation: Obligation, units: Sequence[Unit], chooser: random.Random) -> Figures:
    """Made-up figures, a little below and above the quota."""
    asked = {f: _spread(obligation, f) for f in obligation.fields}
    return {unit.code: {f.id: _drawn(f, span, chooser) for f, span in asked.items()} for unit in units}


def _spread(obligation: Obligation, asked: Field) -> tuple[int, int]:
    """From a little below what is asked for to well above it, within what is plausible."""
    if asked.id in SPREAD:
        return SPREAD[asked.id]
    wanted = next((q.min for q in obligation.quotas if q.field == asked.id), None)
    low, high = _SHARE if asked.unit in {"%", "％"} else OTHER
    if wanted is not None:
        low, high = wanted - wanted // 10, wanted + wanted // 2 + 1
    return max(low, asked.low), max(asked.low, min(high, asked.high))


def _drawn(asked: Field, span: tuple[int, int], chooser: random.Random) -> float:
    return chooser.randint(*span) if asked.whole else chooser.randint(span[0] * 10, span[1] * 10) / 10


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


def _when(campaign: Campaign) -> str:
    """What was done in the campaign's first window; many notices name none."""
    if not campaign.windows:
        return "开展了有关工作"
    window = campaign.windows[0]
    start, end = window.start, window.end
    days = f"{start.year}年{start.month}月{start.day}日至{end.month}月{end.day}日"
    return f"于{days}开展了{window.title}有关工作"


def _paragraphs(campaign: Campaign, unit: Unit, said: Figures | None, chooser: random.Random) -> list[str]:
    notice = campaign.notice
    number = f"（{notice.document_number}）" if notice.document_number else ""
    rules = [o.narrative for o in campaign.obligations if o.deliverable == "narrative"]
    keywords = [word for rule in rules for word in rule.keywords]
    theme = notice.theme or "、".join(keywords[:1]) or campaign.title
    first = (
        f"根据《{notice.title}》{number}要求，{unit.name}围绕“{theme}”，"
        f"{_when(campaign)}，现将有关情况总结如下。"
    )
    lines = [first, "一、加强领导，精心组织。成立工作专班，制定活动方案，明确责任到人。"]
    topics = [t for rule in rules for t in rule.topics]
    chosen = chooser.sample(topics, min(3, len(topics)))
    about = "、".join(chosen) or theme
    lines.append(f"二、突出重点，注重实效。围绕{about}开展工作，探索形成了可以推广的经验做法，群众反响良好。")
    if said:
        lines.append("三、逐项落实，台账清楚。各项数字详见所附统计表。")
    lines.append(f"存在的主要问题是工作还不够平衡。下一步将继续抓好{'、'.join(keywords[:2]) or theme}。")
    return lines
