"""The facts each kind of letter is given, in the words its reader knows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tasks.chase.ladder import Summons
from tasks.ledger.submissions import Submission
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation, Quota
from tasks.terms.places import in_words
from tasks.terms.readings import is_asked_about
from tasks.terms.standings import STATE_ZH, DueMoment, Standing, State
from tasks.terms.units import Roster
from tasks.terms.wording import book_title

DELIVERABLES = {"narrative": "文字材料（电子版）", "form": "统计表（请填写所附表格）"}
SHOWN_UNITS = 12
"""A letter names this many units at most; the attached form has them all."""

Facts = dict[str, Any]


def common(campaign: Campaign, as_of: datetime) -> Facts:
    """What every letter of a campaign says: who writes, about what, whom to ask."""
    notice = campaign.notice
    section = "" if notice.section == "unknown" else notice.section
    number = f"（{notice.document_number}）" if notice.document_number else ""
    return {
        "campaign": campaign.title,
        "issuer": notice.issuer,
        "notice": f"{book_title(notice.title)}{number}",
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
    if not by_mail:
        return "请按通知写明的方式报送，不要以回复本邮件的方式报送。"
    return "请直接回复本邮件并附上材料，附件名中写明单位名称。"


def start(facts: Facts, campaign: Campaign, summons: Summons, forms: Sequence[str]) -> Facts:
    """The notice of start: what, by when and why then, how."""
    obligations = [campaign.obligation(o) for o in summons.obligations]
    dues = {s.obligation: s.due for s in summons.standings}
    items = [_asked(o, dues[o.id], summons.standings) for o in obligations]
    return {**facts, "items": items, "forms": list(forms)}


def _asked(obligation: Obligation, due: DueMoment, standings: Iterable[Standing]) -> Facts:
    fields = {f.id: f for f in obligation.fields}
    return {
        "title": obligation.title,
        "deliverable": DELIVERABLES[obligation.deliverable],
        "due": due.explained if due.at is not None else "通知未写明，确定后另行通知",
        "optional": obligation.optional,
        "quotas": [_quota(fields[q.field], q) for q in obligation.quotas],
        "units": sum(s.obligation == obligation.id for s in standings),
    }


def _quota(field: Field, quota: Quota) -> str:
    """What is asked of each unit, as notices put it."""
    most = "" if quota.max is None else f"、不多于 {quota.max} {field.unit}".rstrip()
    return f"{field.title}不少于 {quota.min} {field.unit}".rstrip() + most


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
    came = {s.obligation for s in received}
    owed = summons.obligations
    return {
        **facts,
        "rung": summons.rung.title,
        "due": "；".join(_dues(summons.standings)),
        "due_short": times.moment_zh(due),
        "left": time_left(as_of, due),
        "late": as_of > due,
        "to_leader": "leader" in summons.rung.audience,
        "copied": "parent" in summons.rung.audience,
        "gap": _gap(summons.standings),
        "items": [_owed(campaign.obligation(o), roster, summons, partly=o in came) for o in owed],
        "received": [o.title for o in campaign.obligations if o.id in came - set(owed)],
        "forms": list(forms),
    }


def _dues(standings: Iterable[Standing]) -> Iterable[str]:
    """Every due moment once, by the sentence that says most of it: one of several may quote the notice."""
    said: dict[datetime | str, str] = {}
    for due in (s.due for s in standings):
        key = due.at or due.explained
        said[key] = max(said.get(key, ""), due.explained, key=len)
    return said.values()


def _gap(standings: Iterable[Standing]) -> str:
    states = {s.state for s in standings}
    if states == {State.RETURNED}:
        return "已退回，尚待补正"
    return "尚未报送或尚待补正" if State.RETURNED in states else "尚未报送"


def _owed(obligation: Obligation, roster: Roster, summons: Summons, *, partly: bool) -> Facts:
    """One thing owed; the units whose figures are missing are named, those returned know what is wrong."""
    mine = [s for s in summons.standings if s.obligation == obligation.id]
    missing = [s.unit for s in mine if s.state is State.MISSING]
    named = [] if set(missing) <= {summons.reporter} else missing
    names = ["本单位" if code == summons.reporter else roster[code].name for code in named]
    return {
        "title": obligation.title,
        "state": _owed_state(mine, partly=partly),
        "units": names[:SHOWN_UNITS],
        "more": max(0, len(names) - SHOWN_UNITS),
    }


def _owed_state(standings: Iterable[Standing], *, partly: bool) -> str:
    if any(s.state is State.RETURNED for s in standings):
        return STATE_ZH[State.RETURNED] + "，待补正"
    return "尚不完整" if partly else STATE_ZH[State.MISSING]


def time_left(as_of: datetime, due: datetime) -> str:
    """How long is left, or how late it is, counted in calendar days of the office."""
    days = (times.local(due).date() - times.local(as_of).date()).days
    if as_of > due:
        return f"已逾期 {-days} 天" if days else "今天已过时限"
    if days == 0:
        return "今天截止"
    return "明天截止" if days == 1 else f"还有 {days} 天"


def returned(facts: Facts, campaign: Campaign, version: Submission, until: datetime) -> Facts:
    """A return: each reason with its place and what to do, and by when."""
    return {
        **answered(facts, campaign, version),
        "until": times.moment_zh(until),
        "faults": [_finding(f) for f in version.reading["findings"] if not is_asked_about(f)],
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
    *,
    too_late: bool = False,
) -> Facts:
    """A receipt: what came, what was understood, what is asked about, what is still missing."""
    obligation = campaign.obligation(version.obligation)
    return {
        **answered(facts, campaign, version),
        "pending": too_late or version.verdict == State.RECEIVED,
        "too_late": too_late,
        "nil": bool(version.reading.get("nil")),
        "rows": _understood(obligation, roster, version),
        "questions": [_finding(f) for f in version.reading["findings"] if is_asked_about(f)],
        "missing": list(missing),
    }


def _understood(obligation: Obligation, roster: Roster, version: Submission) -> list[Facts]:
    """Each unit's figures as they were read, and their totals below when there are several units."""
    rows = list(version.reading.get("rows") or ())
    fields = [f for f in obligation.fields if f.required or any(_said(row, f) for row in rows)]
    found = [_row(_unit_name(roster, row["unit"]), fields, row["values"]) for row in rows]
    totals = version.reading.get("values")
    if len(found) > 1 and totals:
        found.append(_row("合计", fields, totals))
    return found


def _said(row: Mapping[str, Any], field: Field) -> bool:
    return row["values"].get(field.id) is not None


def _unit_name(roster: Roster, code: str) -> str:
    return roster[code].name if code in roster else code


def _row(name: str, fields: Iterable[Field], values: Mapping[str, float | None]) -> Facts:
    return {"unit": name, "figures": [_figure(f, values.get(f.id)) for f in fields]}


def _figure(field: Field, value: float | None) -> str:
    """A figure with its name and measure; a dash stands for what was left empty or could not be read."""
    return f"{field.title} —" if value is None else f"{field.title} {_number(value)} {field.unit}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _finding(found: Mapping[str, str]) -> Facts:
    """A finding's sentence; the place is added where the sentence does not name it."""
    text, where = found["text"], found["where"]
    cell = where.rpartition("!")[2]
    return {"text": in_words(text if cell in text else f"{text}（见{where}）"), "where": in_words(where)}


def _file(file: Mapping[str, Any]) -> Facts:
    return {"name": file["filename"], "size": size_zh(file["size"]), "mark": file["digest"][:12]}


def size_zh(size: int) -> str:
    """A file size as people read it."""
    if size < 1024:  # noqa: PLR2004
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"
