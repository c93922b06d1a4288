"""Who owes what, and who sends it in: pure rules over campaign and roster."""

from datetime import date

from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation, Selector
from tasks.terms.units import Roster, Unit
from tasks.terms.wording import quoted


def owing(obligation: Obligation, roster: Roster, day: date) -> list[Unit]:
    """The units that owe this obligation on that day, in roster order; none before it was announced.

    After the due day it stays with those that were there on it: who came later never owed it, and who went
    later did, and what it reported stays in the sums.
    """
    if obligation.since is not None and day < obligation.since:
        return []
    there = _counting_day(obligation, day)
    return [u for u in roster if u.active_on(there) and _is_asked(u, obligation)]


def gone(obligation: Obligation, roster: Roster, day: date) -> list[Unit]:
    """The units that would owe it and ended before the day that counts: what they reported still stands."""
    there = _counting_day(obligation, day)
    return [u for u in roster if u.end is not None and u.end < there and _is_asked(u, obligation)]


def why_not_owed(unit: Unit, obligation: Obligation, roster: Roster, day: date) -> str:
    """What is said of a report a unit does not owe on that day: it is too early, or it is none of its own."""
    since, title = obligation.since, quoted(obligation.title)
    if since is not None and day < since:
        owed = owing(obligation, roster, since)
        if unit.code in {code for u in owed for code in (u.code, reporter_of(u, obligation))}:
            return f"“{unit.name}”的{title}从{times.day_zh(since)}起才开始报，请届时再办理"
    return f"“{unit.name}”不承担{title}，请核实"


def asked_of(unit: str | None, campaign: Campaign, roster: Roster) -> tuple[str, ...]:
    """The obligations a unit owes, or sends in for those below it, on whatever day; none of no unit."""
    if unit is None:
        return ()
    near = roster.near(unit)
    return tuple(
        o.id
        for o in campaign.obligations
        if any(_is_asked(u, o) and unit in {u.code, reporter_of(u, o)} for u in near)
    )


def _counting_day(obligation: Obligation, day: date) -> date:
    return day if obligation.due == "unknown" else min(day, obligation.due.date)


def _is_asked(unit: Unit, obligation: Obligation) -> bool:
    return any(_meets(unit, wanted) for wanted in obligation.owed_by)


def _meets(unit: Unit, wanted: Selector) -> bool:
    return (
        (wanted.kind is None or unit.kind == wanted.kind)
        and (wanted.tier is None or unit.tier == wanted.tier)
        and (not wanted.units or unit.code in wanted.units)
        and unit.code not in wanted.exclude
    )


def reporter_of(unit: Unit, obligation: Obligation) -> str:
    """Who sends the report in: the unit itself, or the parent it reports through."""
    return unit.parent if unit.kind in obligation.through_parent and unit.parent else unit.code


def reporters(campaign: Campaign, roster: Roster, day: date) -> dict[str, tuple[str, ...]]:
    """Reporting units and the obligations each sends in, in roster order."""
    found: dict[str, dict[str, None]] = {}
    for obligation in campaign.obligations:
        for unit in owing(obligation, roster, day):
            found.setdefault(reporter_of(unit, obligation), {})[obligation.id] = None
    return {u.code: tuple(found[u.code]) for u in roster if u.code in found}


def rows_for(obligation: Obligation, reporter: str, roster: Roster, day: date) -> list[Unit]:
    """The units whose figures one reporter's form carries."""
    near = roster.near(reporter)
    return [u for u in owing(obligation, near, day) if reporter_of(u, obligation) == reporter]
