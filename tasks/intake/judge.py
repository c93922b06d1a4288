"""What a document is to a campaign: the door's findings first, then form or narrative by its content."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tasks.documents.form_code import find_codes
from tasks.intake.forms.check import number_text
from tasks.intake.forms.form import NOTHING_FILLED_IN, form_fit, read_form
from tasks.intake.forms.forms_apart import taken_apart
from tasks.intake.forms.plain_form import with_lines_as_rows
from tasks.intake.forms.unit_sheets import read_workbook
from tasks.intake.forms.units import Who, form_codes
from tasks.intake.placing.placement import Document
from tasks.intake.prose.narrative import all_fields, read_narrative
from tasks.intake.words.labels import vocabulary
from tasks.terms.campaign import Campaign
from tasks.terms.mails import File
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Content, Finding, Reading
from tasks.terms.text import fold
from tasks.terms.units import Roster

CLOSED = frozenset({"ENCRYPTED", "DAMAGED", "HOSTILE", "WRONG_FORMAT"})
"""Findings after which there is nothing to read."""

SHEETS = frozenset({"xlsx", "xlsb", "xls", "ods", "csv", "html", "xml"})
_FORM_WORDS = ("统计表", "汇总表", "报表", "填报表")
_SUMMARY = re.compile(r"总结|小结|报告|汇报|情况说明")
_TITLE = 60
_LEAST_FIELDS, _LEAST_FIGURES = 2, 3
_FIGURE = re.compile(r"(?<!\S)[0-9][0-9,.]*(?!\S)")
_LOOSE_TEXT = 200


def read_document(
    content: Content,
    campaign: Campaign,
    roster: Roster,
    *,
    filename: str = "",
    subject: str = "",
    asked: str | None = None,
) -> Reading:
    """Judge one document. Pure; every doubt is a finding or a reason, nothing is raised.

    ``subject`` is that of the mail it came with, ``asked`` the obligation a person says it answers.
    """
    if any(f.code in CLOSED for f in content.findings):
        return _closed(content, roster, filename)
    if content.format == "image":
        text = "收到的是图片，不能作为报送材料，请报电子文档（统计表用 .xlsx，文字材料用 .docx）"
        return _closed(replace(content, findings=(Finding("WRONG_FORMAT", text),)), roster, filename)
    if content.format in SHEETS:
        if _owed(campaign, "form"):
            return read_workbook(content, campaign, roster, filename=filename, subject=subject, asked=asked)
        return _no_sheets_wanted(content, roster, filename)
    content = with_lines_as_rows(content)
    if _is_form_in_a_document(content, campaign, roster):
        return read_form(content, campaign, roster, filename=filename, subject=subject, asked=asked)
    return _judge_text(content, campaign, roster, filename)


def _closed(content: Content, roster: Roster, filename: str) -> Reading:
    """Nothing to read; a text's 填报单位 or the file name may still say whose it is."""
    who = Who(roster)
    named = who.most_general(who.names.find(filename, shortened=True))
    stated = who.stated(content.text)
    units = tuple(dict.fromkeys([*stated, *(n for n in named if not any(who.related(n, s) for s in stated))]))
    reason = f"只能按文件名“{filename}”判断报送单位" if units else "文件不能读取，无法判断报送单位"
    reason = "按文中写明的填报单位判断" if stated else reason
    return Reading(
        unit=units[0] if len(units) == 1 else None,
        candidates=units,
        values={},
        evidence={},
        findings=content.findings,
        reasons=(reason,),
    )


def _owed(campaign: Campaign, deliverable: str) -> list[Obligation]:
    return [o for o in campaign.obligations if o.deliverable == deliverable]


def _no_sheets_wanted(content: Content, roster: Roster, filename: str) -> Reading:
    text = "收到的是电子表格，本次要报的是文字材料，请报 .docx 或 .pdf 文档"
    closed = replace(content, findings=(*content.findings, Finding("WRONG_FORMAT", text)))
    return _closed(closed, roster, filename)


def _is_form_in_a_document(content: Content, campaign: Campaign, roster: Roster) -> bool:
    """Whether a text document is really the form, laid out as a table: little stands outside the table."""
    if not content.sheets or not _owed(campaign, "form"):
        return False
    if any(code.campaign == campaign.id for code in form_codes(content)):
        return form_fit(content, campaign, roster) > 0
    if _is_titled_summary(content.text[:_TITLE]):
        return False
    inside = sum(len(fold(c)) for s in content.sheets for row in s.rows for c in row if isinstance(c, str))
    loose = len(fold(content.text)) - inside
    return loose < _LOOSE_TEXT and form_fit(content, campaign, roster) >= _LEAST_FIELDS


def _is_titled_summary(head: str) -> bool:
    return _SUMMARY.search(head) is not None and not any(word in head for word in _FORM_WORDS)


def _judge_text(content: Content, campaign: Campaign, roster: Roster, filename: str) -> Reading:
    if not content.text.strip() and content.pictures:
        text = "文件里只有图片，没有可读的文字，请报电子版"
        return _closed(replace(content, findings=(Finding("WRONG_FORMAT", text),)), roster, filename)
    form = _printed_form(content, campaign)
    drawn = content.format == "pdf" and bool(content.unread or content.sheets)
    drawn = (drawn or _is_titled_form(content.text, campaign)) and "。" not in content.text
    if form is not None or drawn or not _owed(campaign, "narrative"):
        text = "统计表请用随通知下发的 .xlsx 表样填报，不要转成文字文档或 PDF"
        unruled = ("文件里没有画出框线的表",) if content.format == "pdf" and not content.sheets else ()
        doubts = "；".join(content.unread or unruled)
        text += f"（{doubts}，不能确定每个数字）" if doubts else ""
        closed = replace(content, findings=(*content.findings, Finding("WRONG_FORMAT", text)))
        return replace(_closed(closed, roster, filename), obligation=form)
    return read_narrative(content, campaign, roster, filename=filename)


def _is_titled_form(text: str, campaign: Campaign) -> bool:
    """Whether a text is called 统计表 by its first line and has rows of figures below it."""
    title, _, below = text.strip().partition("\n")
    titled = len(fold(title)) <= _TITLE and fold(title).endswith(_FORM_WORDS)
    rows = (len(_FIGURE.findall(line)) for line in below.splitlines())
    return bool(_owed(campaign, "form")) and titled and max(rows, default=0) >= _LEAST_FIGURES


def _printed_form(content: Content, campaign: Campaign) -> str | None:
    """The form obligation of a form printed to PDF or pasted as text, or None for prose."""
    codes = [c for c in find_codes(content.text) if c.campaign == campaign.id]
    if codes:
        return codes[0].obligation
    if content.sheets and _is_titled_summary(content.text.strip().partition("\n")[0][:_TITLE]):
        return None  # its tables are taken apart beside its words
    head = fold(content.text[:120])
    for obligation in _owed(campaign, "form"):
        titled = fold(obligation.title) in head or any(w in head for w in _FORM_WORDS)
        words = vocabulary(obligation.fields, frozenset())
        asked = {h.field for line in content.text.split() for h in words.hits((line,))}
        if titled and len(asked) >= _LEAST_FIELDS:
            return obligation.id
    return None


def contradictions(readings: Sequence[Reading]) -> tuple[Finding, ...]:
    """CONTRADICTION for each figure a unit's forms and its narrative state differently.

    The narrative may speak of the whole, of one form or of one of the forms' units; only a figure that is
    none of them contradicts.
    """
    forms = [r for r in readings if r.rows]
    narratives = [r for r in readings if not r.rows and r.values]
    found = [each for narrative in narratives for form in forms for each in _between(form, forms, narrative)]
    return tuple(dict.fromkeys(found))


def _between(form: Reading, forms: Sequence[Reading], narrative: Reading) -> list[Finding]:
    found = []
    for name, said in (narrative.values or {}).items():
        total = (form.values or {}).get(name)
        if said is None or total is None or said in _told(forms, name):
            continue
        where = (form.evidence or {}).get(name, "")
        place = (narrative.evidence or {}).get(name, "总结")
        both = f"{number_text(said)} 与 {number_text(total)}"
        text = f"总结{place}与统计表 {where} 的数字不一致（{both}），请核对后重新报送"
        found.append(Finding("CONTRADICTION", text, where))
    return found


def _told(forms: Sequence[Reading], name: str) -> set[float | None]:
    """What the forms say of a field: of each unit, of each form, and of all forms together."""
    totals = [(form.values or {}).get(name) for form in forms]
    known = [total for total in totals if total is not None]
    whole = {sum(known)} if len(known) == len(totals) else set()
    return {row.values.get(name) for form in forms for row in form.rows} | set(totals) | whole


def explain_document(reading: Reading, campaign: Campaign, roster: Roster) -> dict[str, Any]:
    """What ``explain --json`` says of a document (contract): every field of the campaign, null if unread."""
    values = {f.id: (reading.values or {}).get(f.id) for f in all_fields(campaign)}
    return {
        "unit": _name(roster, reading.unit) if reading.unit else None,
        "candidates": [_name(roster, code) for code in reading.candidates],
        "obligation": reading.obligation,
        "values": {name: _plain(value) for name, value in values.items()},
        "rows": [
            {"unit": _name(roster, r.unit), "values": {k: _plain(v) for k, v in r.values.items()}}
            for r in reading.rows
        ],
        "nil": reading.nil,
        "date": reading.date,
        "findings": list(dict.fromkeys(f.code for f in reading.findings)),
        "evidence": dict(reading.evidence or {}),
        "reasons": [*(f.text for f in reading.findings), *reading.reasons],
    }


def _name(roster: Roster, code: str) -> str:
    return roster[code].name if code in roster else code


def _plain(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def documents_of(
    file: File, content: Content, campaign: Campaign, roster: Roster, subject: str = ""
) -> list[Document]:
    """One file judged: a document, or where it holds the forms of several obligations, one for each.

    A form left blank beside a filled one is to be reported another day; asked for now, it would be sent back.
    """
    parts = taken_apart(content, campaign, roster) if content.format in SHEETS else {None: content}
    read = [
        Document(
            file,
            part,
            read_document(part, campaign, roster, filename=file.filename, subject=subject, asked=asked),
        )
        for asked, part in parts.items()
    ]
    return [each for each in read if not _is_blank(each.reading)] or read


def _is_blank(reading: Reading) -> bool:
    return any(f.code == "BLANK_FORM" and f.text.endswith(NOTHING_FILLED_IN) for f in reading.findings)
