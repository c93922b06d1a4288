"""缺报说明.docx: who is missing and what was done about it. 呈报函.docx: the cover letter."""

from pathlib import Path
from typing import Any

from tasks.package.annexes import MOST_ROWS
from tasks.package.documents.phrases import chasing
from tasks.package.documents.report import (
    common_facts,
    count_facts,
    following_up,
    other_troubles,
    rendered,
)
from tasks.package.dossier import Dossier
from tasks.package.figures import Figures
from tasks.package.owing import Owing, still_owing
from tasks.package.words import affair, clean
from tasks.terms.wording import matter


def gap_statement(dossier: Dossier, counted: tuple[Figures, ...], *, templates: Path | None = None) -> bytes:
    """The gap statement's bytes; it is made, and says so, also when nothing is missing."""
    owed = still_owing(dossier)
    facts = {
        **common_facts(dossier, f"关于{affair(dossier.campaign.title)}缺报情况的说明"),
        "事项": [count_facts(each) for each in counted if not each.obligation.optional],
        "缺报": bool(owed),
        "催报": chasing(dossier) if owed else "",
        "补报安排": following_up(dossier) if owed else "",
        "缺报行": [_row(n, o) for n, o in enumerate(owed, 1)] if len(owed) <= MOST_ROWS else [],
        "其他问题": other_troubles(dossier, counted),
    }
    return rendered("gap", facts, dossier, templates)


def cover_letter(dossier: Dossier, *, templates: Path | None = None) -> bytes:
    """The cover letter's bytes."""
    what = "补报件" if dossier.supplement else "汇总件"
    title = f"关于呈送{matter(clean(dossier.campaign.title))}{what}的函"
    return rendered("cover", common_facts(dossier, title), dossier, templates)


def _row(count: int, owed: Owing) -> dict[str, Any]:
    return {
        "序号": count,
        "单位": owed.name,
        "事项": owed.obligation,
        "状态": owed.state,
        "逾期天数": "" if owed.days_late is None else owed.days_late,
        "原因": owed.reason,
        "催报情况": owed.letters,
    }
