"""The facts each kind of letter is given, in the words its reader knows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tasks.chase import grace
from tasks.chase.ladder import Summons
from tasks.ledger.submissions import Submission
from tasks.terms import times
from tasks.terms.campaign import Campaign, Obligation
from tasks.terms.readings import ASKED_ABOUT
from tasks.terms.standings import STATE_ZH, Standing, State
from tasks.terms.units import Roster

DELIVERABLES = {"narrative": "文字材料（电子版）", "form": "统计表（请填写所附表格）"}
SHOWN_UNITS = 12
"""A letter names this many units at most; the attached form has them all."""

Facts = dict[str, Any]

correction_date = grace.correction_date


def common(campaign: Campaign, roster: Roster, unit: str, as_of: datetime) -> Facts:
    """What every letter says: who writes, about what, whom to ask."""
    notice = campaign.notice
    section = "" if notice.section == "unknown" else notice.section
    return {
        "campaign": campaign.title,
        "issuer": notice.issuer,
        "notice": f"《{notice.title}》（{notice.document_number}）",
        "unit": roster[unit].name if unit in roster else unit,
        "section": section,
        "contact": notice.contact.name,
        "phone": "" if notice.contact.phone == "unknown" else notice.contact.phone,
        "today": times.date_zh(times.local(as_of).date()),
        "how_to_report": how_to_report(campaign),
    }


def how_to_report(campaign: Campaign) -> str:
    """Where reports are to be sent, in one sentence."""
    kinds = {source.kind for source in campaign.sources}
    by_exchange = "exchange" in kinds
    by_mail = bool(kinds & {"imap", "maildir", "eml"})
    if by_exchange and by_mail:
        return "请通过公文系统报送，或直接回复本邮件并附上材料。"
    if by_exchange:
        return "请通过公文系统报送，不要以回复本邮件的方式报送。"
    return "请直接回复本邮件并附上材料，附件名中写明单位名称。"


def start(facts: Facts, campaign: Campaign, summons: Summons, forms: Sequence[str]) -> Facts:
    """The notice of start: what, by when and why then, how."""
    obligations = [campaign.obligation(o) for o in summons.obligations]
    dues = {s.obligation: s.due for s in summons.standings}
    items = [_asked(o, dues[o.id].explained, summons.standings) for o in obligations]
    return {**facts, "items": items, "forms": list(forms)}


def _asked(obligation: Obligation, due: str, standings: Iterable[Standing]) -> Facts:
    quotas = []
    for quota in obligation.quotas:
        field = next(f for f in obligation.fields if f.id == quota.field)
        quotas.append(f"{field.title}不少于 {quota.min} {field.unit}".strip())
    return {
        "title": obligation.title,
        "deliverable": DELIVERABLES[obligation.deliverable],
        "due": due,
        "optional": obligation.optional,
        "quotas": quotas,
        "units": sum(s.obligation == obligation.id for s in standings),
    }


def reminder(
    facts: Facts,
    campaign: Campaign,
    roster: Roster,
    summons: Summons,
    received: Sequence[Standing],
    *,
    as_of: datetime,
    forms: Sequence[str],
) -> Facts:
    """A reminder: what is missing by name, what did come, how long is left."""
    due = summons.due or as_of
    return {
        **facts,
        "rung": summons.rung.title,
        "due": summons.standings[0].due.explained,
        "due_short": times.moment_zh(due),
        "left": time_left(as_of, due),
        "late": as_of > due,
        "to_leader": "leader" in summons.rung.audience,
        "items": [_owed(campaign.obligation(o), roster, summons) for o in summons.obligations],
        "received": sorted({campaign.obligation(s.obligation).title for s in received}),
        "forms": list(forms),
    }


def _owed(obligation: Obligation, roster: Roster, summons: Summons) -> Facts:
    mine = [s for s in summons.standings if s.obligation == obligation.id]
    others = [roster[s.unit].name for s in mine if s.unit != summons.reporter]
    returned = any(s.state is State.RETURNED for s in mine)
    return {
        "title": obligation.title,
        "state": STATE_ZH[State.RETURNED] + "，待补正" if returned else STATE_ZH[State.MISSING],
        "units": others[:SHOWN_UNITS],
        "more": max(0, len(others) - SHOWN_UNITS),
    }


def time_left(as_of: datetime, due: datetime) -> str:
    """How long is left, or how late it is, counted in calendar days of the office."""
    days = (times.local(due).date() - times.local(as_of).date()).days
    if as_of > due:
        return f"已逾期 {max(1, -days)} 天"
    if days == 0:
        return "今天截止"
    return "明天截止" if days == 1 else f"还有 {days} 天"


def returned(facts: Facts, campaign: Campaign, version: Submission, until: datetime) -> Facts:
    """A return: each reason with its place and what to do, and by when."""
    return {
        **answered(facts, campaign, version),
        "until": times.moment_zh(until),
        "faults": [_finding(f) for f in version.reading["findings"] if f["code"] not in ASKED_ABOUT],
    }


def answered(facts: Facts, campaign: Campaign, version: Submission) -> Facts:
    """What both answers say: which files came, and when."""
    return {
        **facts,
        "title": campaign.obligation(version.obligation).title,
        "version": version.version,
        "received_at": times.moment_zh(version.received_at),
        "files": [_file(f) for f in version.files],
    }


def receipt(
    facts: Facts,
    campaign: Campaign,
    roster: Roster,
    version: Submission,
    missing: Sequence[str],
) -> Facts:
    """A receipt: what came, what was understood, what is asked about, what is still missing."""
    obligation = campaign.obligation(version.obligation)
    return {
        **answered(facts, campaign, version),
        "pending": version.verdict == State.RECEIVED,
        "nil": bool(version.reading.get("nil")),
        "heads": _used_fields(obligation, version),
        "rows": _understood(obligation, roster, version),
        "questions": [_finding(f) for f in version.reading["findings"] if f["code"] in ASKED_ABOUT],
        "missing": list(missing),
    }


def _used_fields(obligation: Obligation, version: Submission) -> list[str]:
    return [_head(f.title, f.unit) for f in obligation.fields if _said(version, f.id)]


def _head(title: str, unit: str) -> str:
    return f"{title}（{unit}）" if unit else title


def _said(version: Submission, field: str) -> bool:
    return any(row["values"].get(field) is not None for row in version.reading.get("rows") or ())


def _understood(obligation: Obligation, roster: Roster, version: Submission) -> list[Facts]:
    used = [f.id for f in obligation.fields if _said(version, f.id)]
    return [
        {
            "unit": roster[row["unit"]].name if row["unit"] in roster else row["unit"],
            "values": [_number(row["values"].get(field)) for field in used],
        }
        for row in version.reading.get("rows") or ()
    ]


def _number(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _finding(found: Mapping[str, str]) -> Facts:
    return {"text": found["text"], "where": found["where"]}


def _file(file: Mapping[str, Any]) -> Facts:
    return {"name": file["filename"], "size": size_zh(file["size"]), "mark": file["digest"][:12]}


def size_zh(size: int) -> str:
    """A file size as people read it."""
    if size < 1024:  # noqa: PLR2004
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"
