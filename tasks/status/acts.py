"""The staff's acts on standing: extend, waive and unwaive, accept, return. Each once, with who and why."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from tasks.desk import Desk
from tasks.ledger import acts
from tasks.ledger.acts import Act
from tasks.roster.duty import reporters, why_not_owed
from tasks.status.conflicts import after_closing, doubts
from tasks.status.facts import gather
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.acts import CALLS
from tasks.terms.errors import Misconfigured
from tasks.terms.standings import Standing
from tasks.terms.wording import quoted

FARTHEST = timedelta(366)
"""Nobody is given more than a year: it is a slip of the finger, and no extension is ever shortened."""


def extend(desk: Desk, unit: str, obligation: str, until: datetime, *, who: str, why: str) -> bool:
    """Give a unit until that moment. An extension is a date: it never shortens what the unit has."""
    check_ahead(desk, until, "延期")
    return _record(desk, "extend", unit, obligation, {"until": times.iso(until)}, who=who, why=why)


def waive(desk: Desk, unit: str, obligation: str, *, who: str, why: str) -> bool:
    """Excuse a unit, with the reason and the approver."""
    return _record(desk, "waive", unit, obligation, {}, who=who, why=why)


def unwaive(desk: Desk, unit: str, obligation: str, *, who: str, why: str) -> bool:
    """Take a waiver back: from now on the unit owes it as if it had never been excused."""
    check_duty(desk, unit, obligation)
    with desk.ledger.read() as connection:
        decided = acts.of_campaign(connection, desk.campaign.id, desk.now)
    if not any(a.kind == "waive" and (a.unit, a.obligation) == (unit, obligation) for a in decided):
        title = quoted(desk.campaign.obligation(obligation).title)
        raise Misconfigured(f"“{_name(desk, unit)}”的{title}没有免报，无从撤销")
    return _record(desk, "unwaive", unit, obligation, {}, who=who, why=why)


def accept(desk: Desk, unit: str, obligation: str, *, who: str, why: str) -> bool:
    """Accept the version that counts now, or one that came after the closing, whatever the rules found."""
    return _rule(desk, "accept", unit, obligation, {}, who=who, why=why)


def give_back(
    desk: Desk, unit: str, obligation: str, *, who: str, why: str, until: datetime | None = None
) -> bool:
    """Return the version that counts now, for the reason given, by a date of its own if one is set."""
    if until:
        check_ahead(desk, until, "补正期限")
    detail = {"until": times.iso(until)} if until else {}
    return _rule(desk, "return", unit, obligation, detail, who=who, why=why)


def log_call(desk: Desk, unit: str, outcome: str, *, who: str, why: str) -> bool:
    """Record a telephone call to a unit; two calls that ended alike on different days are two calls."""
    if outcome not in CALLS:
        raise Misconfigured(f"通话结果“{outcome}”不在下列之中：{'、'.join(CALLS)}")
    day = times.local(desk.now).date().isoformat()
    detail = {"outcome": outcome, "day": day}
    given = Act(desk.campaign.id, "call", who.strip(), why.strip(), desk.now, unit, "", detail)
    with desk.ledger.write() as connection:
        return acts.record(connection, given)


def check_ahead(desk: Desk, until: datetime, what: str) -> None:
    """Whether a moment someone is given lies ahead, and not so far that the year must be mistyped.

    So far is a year after today, or after the campaign's last package when that lies ahead.

    Raises:
        Misconfigured: it does not.
    """
    shown = times.moment_zh(until, year=True)
    if times.utc(until) <= desk.now:
        raise Misconfigured(f"{what}应到将来的时刻，{shown} 已过")
    if times.utc(until) > max(desk.now, desk.campaign.package.last) + FARTHEST:
        raise Misconfigured(f"{what}到 {shown}，在一年以后，请核对年份")


def doubts_about(desk: Desk, unit: str, obligation: str) -> tuple[str, ...]:
    """What was granted to a unit and contradicts the notice, the superior's day or what came."""
    with desk.ledger.read() as connection:
        facts = gather(connection, desk.campaign.id, desk.now)
        given = acts.of_campaign(connection, desk.campaign.id, desk.now)
    close, about = desk.office.closes_at, (unit, obligation)
    found = doubts(desk.campaign, desk.roster, facts, desk.now, office_close=close, about=about)
    until = facts.extensions.get(about)
    return found if until is None else (*found, *_shorter(given, about, until), *_unknown_year(desk, until))


def _shorter(given: Iterable[Act], about: tuple[str, str], until: datetime) -> Iterator[str]:
    """The last extension gives less than one before it: who granted it takes it for what holds."""
    mine = [a for a in given if a.kind == "extend" and (a.unit, a.obligation) == about]
    last = times.until(mine[-1].detail["until"])
    if last < until:
        shown = (times.moment_zh(each, year=True) for each in (last, until))
        yield "最近一次准予延期至{}，早于此前准予的{}，时限仍按较晚的计".format(*shown)


def _unknown_year(desk: Desk, until: datetime) -> Iterator[str]:
    """An extension into a year without a table: its reminders in working days cannot be reckoned yet."""
    year = times.local(until).year
    if year not in desk.calendar.years and any(r.working_days is not None for r in desk.campaign.ladder):
        need = f"请在 config/calendar/{year}.yaml 中补上"
        yield f"没有 {year} 年的放假调休表，按工作日推算的催报对延期的单位暂不发；{need}"


def shut_out(desk: Desk, unit: str, obligation: str) -> tuple[str, ...]:
    """What is said of this report when it came after the closing."""
    mine = [s for s in look(desk).standings if (s.reporter, s.obligation) == (unit, obligation)]
    return after_closing(desk.campaign, desk.roster, mine)


def until_moment(text: str) -> datetime:
    """A moment someone is given: ISO 8601, Asia/Shanghai; a bare date runs to the end of that day.

    Raises:
        Misconfigured: the text is no such moment.
    """
    try:
        return times.until(text)
    except ValueError:
        raise Misconfigured(f"“{text}”不是时刻，应写作 2023-04-07 或 2023-04-07T17:00") from None


def _rule(
    desk: Desk, kind: str, unit: str, obligation: str, detail: dict[str, Any], *, who: str, why: str
) -> bool:
    standing = next(
        (s for s in look(desk).standings if s.obligation == obligation and unit in {s.unit, s.reporter}), None
    )
    ruled = standing and (standing.too_late or standing.submission or _sent_back_too_late(desk, standing))
    if standing is None or ruled is None:
        raise Misconfigured(f"“{_name(desk, unit)}”还没有报件，不能{'通过' if kind == 'accept' else '退回'}")
    detail = {**detail, "submission": ruled}
    return _record(desk, kind, standing.reporter, obligation, detail, who=who, why=why)


def _sent_back_too_late(desk: Desk, standing: Standing) -> int | None:
    """A version after the closing that a person sent back: it counts for nothing, yet may be accepted."""
    if desk.campaign.obligation(standing.obligation).closes is None:
        return None
    with desk.ledger.read() as connection:
        facts = gather(connection, desk.campaign.id, desk.now)
    whose = (standing.reporter, standing.obligation)
    mine = [v for v in facts.versions if (v.reporter, v.obligation) == whose and v.ruled]
    return max(mine, key=lambda v: v.turn).id if mine else None


def _record(
    desk: Desk, kind: str, unit: str, obligation: str, detail: dict[str, Any], *, who: str, why: str
) -> bool:
    check_duty(desk, unit, obligation)
    if not who.strip() or not why.strip():
        raise Misconfigured("须写明经办人和理由")
    given = Act(desk.campaign.id, kind, who.strip(), why.strip(), desk.now, unit, obligation, detail)
    with desk.ledger.write() as connection:
        return acts.record(connection, given)


def check_duty(desk: Desk, unit: str, obligation: str) -> None:
    """Whether this unit owes this obligation at all.

    Raises:
        Misconfigured: it does not, or there is no such unit or obligation.
    """
    if unit not in desk.roster:
        raise Misconfigured(f"名册中没有代码为“{unit}”的单位")
    if obligation not in {o.id for o in desk.campaign.obligations}:
        raise Misconfigured(f"本专项没有代号为“{obligation}”的报送事项")
    today = times.local(desk.now).date()
    duties = reporters(desk.campaign, desk.roster, today)
    parent = desk.roster[unit].parent
    if obligation not in duties.get(unit, ()) and obligation not in duties.get(parent or "", ()):
        asked = desk.campaign.obligation(obligation)
        raise Misconfigured(why_not_owed(desk.roster[unit], asked, desk.roster, today))


def _name(desk: Desk, unit: str) -> str:
    return desk.roster[unit].name if unit in desk.roster else unit
