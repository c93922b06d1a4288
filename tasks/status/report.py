"""The status as scripts and staff are given it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tasks.notice.deadline import phase
from tasks.status.rates import By, Rate, Risk, at_risk, punctuality, rates
from tasks.status.series import Goal, goals, of_the_series
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation
from tasks.terms.readings import FINDING_ZH
from tasks.terms.standings import REPORTED, STATE_ZH, Standing, State, Tally, Timeliness
from tasks.terms.sums import added
from tasks.terms.units import Roster

BY: tuple[By, ...] = ("tier", "kind")

TIMELINESS_ZH = {Timeliness.ON_TIME: "按时", Timeliness.LATE: "迟报"}


def as_json(
    campaign: Campaign,
    roster: Roster,
    standings: Sequence[Standing],
    tallies: Sequence[Tally],
    *,
    as_of: datetime,
    letters_sent: Mapping[str, int],
    queue: int,
    conflicts: Sequence[str] = (),
) -> dict[str, Any]:
    """The contract's ``status --json``, and beside it rates by group, conflicts and who is at risk."""
    late = punctuality([standings], as_of)
    return {
        "campaign": campaign.id,
        "as_of": times.iso(as_of),
        "obligations": [_tally(t, campaign, as_of) for t in tallies],
        "units": [_unit(s, roster, letters_sent) for s in standings],
        "queue": queue,
        "totals": totals(campaign, standings),
        "targets": [_goal(goal) for goal in goals(campaign, standings)],
        "unknown": list(campaign.unknowns),
        "rates": {by: [_rate(r) for r in rates(roster, standings, by)] for by in BY},
        "conflicts": list(conflicts),
        "at_risk": [_risk(r, roster) for r in at_risk(roster, standings, late, as_of)],
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "series": goal.series,
        "title": goal.title,
        "field": goal.field.id,
        "target": goal.target.min,
        "target_title": goal.target.title,
        "over": goal.target.over,
        "done": _plain(goal.done),
        "lacking": _plain(goal.lacking),
        "sum": _plain(goal.total),
        "latest": _plain(goal.latest),
        "open": goal.open,
    }


def _risk(risk: Risk, roster: Roster) -> dict[str, Any]:
    return {
        "code": risk.unit,
        "name": roster[risk.unit].name,
        "obligation": risk.obligation,
        "reasons": list(risk.reasons),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "obligation": rate.obligation,
        "group": rate.group,
        "expected": rate.expected,
        "received": rate.received,
        "on_time": rate.on_time if rate.dated else None,
        "reporting_rate": rate.reporting_rate,
        "reporting_rate_on_time": rate.reporting_rate_on_time,
    }


def _tally(count: Tally, campaign: Campaign, as_of: datetime) -> dict[str, Any]:
    closes = campaign.obligation(count.obligation).closes
    return {
        "id": count.obligation,
        "due": times.iso(count.due.at) if count.due.at else None,
        "due_explained": count.due.explained,
        "expected": count.expected,
        "received": count.received,
        "on_time": count.on_time if count.due.at else None,
        "reporting_rate": count.reporting_rate,
        "reporting_rate_on_time": count.reporting_rate_on_time,
        "phase": phase(count.due, closes, as_of).value,
        "closes": times.iso(closes) if closes else None,
    }


def _unit(standing: Standing, roster: Roster, letters_sent: Mapping[str, int]) -> dict[str, Any]:
    return {
        "code": standing.unit,
        "name": roster[standing.unit].name,
        "obligation": standing.obligation,
        "reporter": standing.reporter,
        "due": times.iso(standing.due.at) if standing.due.at else None,
        "due_explained": standing.due.explained,
        "state": standing.state.value,
        "timeliness": standing.timeliness.value if standing.timeliness else None,
        "late_fix": standing.late_fix,
        "received_at": times.iso(standing.received_at) if standing.received_at else None,
        "version": standing.version,
        "findings": list(standing.findings),
        "held": standing.held,
        "letters_sent": letters_sent.get(standing.reporter, 0),
        "values": {name: _plain(value) for name, value in standing.values.items()},
    }


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def totals(campaign: Campaign, standings: Iterable[Standing]) -> dict[str, Any]:
    """Sums of accepted figures by obligation and field, beside quota and campaign target.

    A value that is not known is counted in ``unknown_units``, never as nought; what does not add up, such
    as a rate, has no sum. ``quota`` is units times
    quota over the units that owe it; ``target`` is the campaign's own figure, left to ``goals`` where it is
    one of a whole series. What is announced later, or
    an occurrence whose turn has not come, has no sum yet.
    """
    chosen = list(standings)
    return {
        o.id: {f.id: _total(o, f, [s for s in chosen if s.obligation == o.id]) for f in o.fields}
        for o in campaign.obligations
        if o.fields and (o.since is None or any(s.obligation == o.id for s in chosen))
    }


def _total(obligation: Obligation, field: Field, standings: Sequence[Standing]) -> dict[str, Any]:
    accepted = [s.values.get(field.id) for s in standings if s.state is State.ACCEPTED]
    nils = sum(s.state is State.NIL for s in standings)
    values = [*accepted, *([0.0] * nils if field.adds else ())]
    known = [v for v in values if v is not None]
    owing = sum(s.state is not State.WAIVED for s in standings)
    quota = next((q.min for q in obligation.quotas if q.field == field.id), None)
    own = (t for t in obligation.targets if not of_the_series(obligation, t))
    target = next((t for t in own if t.field == field.id), None)
    return {
        "sum": _plain(added(known)) if field.adds else None,
        "units": len(known),
        "unknown_units": len(values) - len(known),
        "quota": None if quota is None or not field.adds else quota * owing,
        "target": target.min if target else None,
        "target_title": target.title if target else None,
    }


def in_words(campaign: Campaign, tallies: Sequence[Tally], *, queue: int) -> str:
    """The status in a few Chinese lines, for a terminal or a mail."""
    lines = [campaign.title]
    for count in tallies:
        title = campaign.obligation(count.obligation).title
        lines.append(
            f"  {title}：应报 {count.expected}，已报 {count.received}，按时 {on_time(count)}，"
            f"报送率 {percent(count.reporting_rate)}；时限 {count.due.explained}"
        )
    if queue:
        lines.append(f"  待人工确认 {queue} 件")
    return "\n".join(lines)


def on_time(count: Tally) -> str:
    """How many were in time; a dash while nobody knows by when."""
    return str(count.on_time) if count.due.at else "—"


def percent(rate: float | None) -> str:
    """A rate as people read it; a rate of nothing is a dash."""
    return "—" if rate is None else f"{rate:.1%}"


def rows_zh(campaign: Campaign, roster: Roster, standings: Iterable[Standing]) -> list[dict[str, str]]:
    """The standing table in Chinese, one row a unit and obligation; no address and no telephone in it.

    What is looked for stands first: a telephone shows two or three columns of it.
    """
    return [
        {
            "单位": roster[s.unit].name,
            "状态": STATE_ZH[s.state] + ("（有件待确认）" if s.held else ""),
            "事项": campaign.obligation(s.obligation).title,
            "是否按时": TIMELINESS_ZH[s.timeliness] if s.timeliness else "",
            "收到时间": times.moment_zh(s.received_at) if s.received_at else "",
            "时限": times.moment_zh(s.due.at) if s.due.at else "待定",
            "问题": "、".join(FINDING_ZH.get(code, code) for code in s.findings),
            "版本": str(s.version or ""),
            "层级": roster[s.unit].tier,
        }
        for s in standings
    ]


def reported(tallies: Iterable[Tally], as_of: datetime) -> str:
    """Reported over expected, such as 21/34, for a run's name: what is due next, else was due last."""
    known = list(tallies)
    dated = sorted(((t.due.at, n) for n, t in enumerate(known) if t.due.at))
    ahead = [n for at, n in dated if at >= as_of] or [n for at, n in dated if at == dated[-1][0]]
    chosen = known[ahead[0]] if ahead else next(iter(known), None)
    return f"{chosen.received}/{chosen.expected}" if chosen else "0/0"


def still_owed(standings: Iterable[Standing]) -> list[Standing]:
    """Standings that are neither reported nor waived."""
    return [s for s in standings if s.state not in REPORTED and s.state is not State.WAIVED]
