"""The facts of letters about the whole campaign: who has reported, who was late, who is still missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.chase.announce import DONE, Announcement
from tasks.chase.contexts import SHOWN_UNITS, Facts
from tasks.chase.grants import Grant
from tasks.status.view import View
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.standings import REPORTED, Standing, State, Tally, Timeliness
from tasks.terms.units import Roster

MOST_NAMES = 60
"""A letter names this many units of a kind at most; the count is always whole."""


NAMED = ("late", "missing", "returned", "checking", "extended")
"""The groups whose units a letter names."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One obligation as a letter tells of it; ``bar`` is (on time, late, not reported)."""

    facts: Facts
    bar: tuple[int, int, int]
    short: str


def counted(view: View, obligations: Iterable[str]) -> list[Counted]:
    """Each of these obligations, counted over its units; names are those of whoever reports."""
    by_id = {t.obligation: t for t in view.tallies}
    return [_one(view, by_id[o]) for o in obligations]


def _one(view: View, tally: Tally) -> Counted:
    groups: dict[str, list[Standing]] = {}
    for standing in (s for s in view.standings if s.obligation == tally.obligation):
        groups.setdefault(_group(standing, view.desk.now), []).append(standing)
    title = view.desk.campaign.obligation(tally.obligation).title
    missing = tally.expected - tally.received
    facts = {
        "title": title,
        "due": tally.due.explained,
        "expected": tally.expected,
        "received": tally.received,
        "on_time": tally.on_time,
        **{group: _names(view.desk.roster, groups.get(group, ())) for group in NAMED},
    }
    late = len(groups.get("late", ()))
    groups_told = (("按时", tally.on_time), ("逾期报送", late), ("未报", missing))
    told = "".join(f"，{name} {number}" for name, number in groups_told if number)
    short = f"{title}：应报 {tally.expected}{told}"
    return Counted(facts, (tally.on_time, tally.received - tally.on_time, missing), short)


def _group(standing: Standing, as_of: datetime) -> str:
    """Nobody is called missing whose material waits for a clerk, or who was given more time."""
    if standing.state in REPORTED:
        return "late" if standing.timeliness is Timeliness.LATE else "on_time"
    if standing.state is State.WAIVED:
        return "waived"
    if standing.held:
        return "checking"
    if standing.due.before and standing.due.at is not None and as_of <= standing.due.at:
        return "extended"
    return "returned" if standing.state is State.RETURNED else "missing"


def _names(roster: Roster, standings: Iterable[Standing]) -> list[str]:
    units: dict[str, list[str]] = {}
    for standing in standings:
        units.setdefault(standing.reporter, []).append(standing.unit)
    names = [_name(roster, reporter, found) for reporter, found in units.items()]
    if len(names) <= MOST_NAMES:
        return names
    return [*names[:MOST_NAMES], f"等共 {len(names)} 个单位"]


def _name(roster: Roster, reporter: str, units: Sequence[str]) -> str:
    name = roster[reporter].name
    below = [u for u in units if u != reporter]
    return f"{name}（{len(below)} 个下属单位）" if below else name


def announced(told: Announcement, view: View, facts: Facts, items: Sequence[Counted]) -> Facts:
    """The facts of one announcement, on top of those every letter has."""
    if told.rung.template == "thanks":
        return _thanks(told, view, facts)
    tallied = {**facts, "moment": times.moment_zh(view.desk.now), "items": [each.facts for each in items]}
    return tallied if told.rung.template == "circular" else _digest(view, tallied, items)


def _digest(view: View, facts: Facts, items: Sequence[Counted]) -> Facts:
    first, more = items[0].facts, f" 等 {len(items)} 项" if len(items) > 1 else ""
    return {
        **facts,
        "summary": f"{first['title']}已报 {first['received']}/{first['expected']}{more}",
        "chart": chart_id(view),
        "chart_alt": "；".join(each.short for each in items),
        "queue": len(view.queue),
        "unreachable": [each.unit.name for each in view.unreachable],
    }


def _thanks(told: Announcement, view: View, facts: Facts) -> Facts:
    """Thanks to a reporter whose material is complete and accepted; waived things are not thanked for.

    What is named has been found right, and is called in time only if every piece of it was.
    """
    every = view.by_reporter.get(told.reporter, ())
    optional = {o.id for o in view.desk.campaign.obligations if o.optional}
    complete = all(s.state in DONE for s in every if s.obligation not in optional)
    found_right = [s for s in every if s.state in DONE and s.state is not State.WAIVED]
    named = [s for s in found_right if complete or s.obligation in told.obligations]
    return {
        **facts,
        "complete": complete,
        "items": [view.desk.campaign.obligation(o).title for o in dict.fromkeys(s.obligation for s in named)],
        "on_time": all(s.timeliness is Timeliness.ON_TIME for s in named),
    }


def chart_id(view: View) -> str:
    """The Content-ID of the digest's picture."""
    return f"chart@{view.desk.account.address.rpartition('@')[2]}"


def salutation(roles: Iterable[str]) -> str:
    """How a digest greets one reader: the leaders, the people on duty, or who reads for both."""
    return "、".join(name for role, name in (("leader", "局领导"), ("ops", "各位同事")) if role in roles)


def extended(facts: Facts, campaign: Campaign, roster: Roster, grant: Grant) -> Facts:
    """The answer to a request for more time."""
    own = grant.units == (grant.reporter,) or len(grant.units) > SHOWN_UNITS
    return {
        **facts,
        "title": campaign.obligation(grant.obligation).title,
        "whom": "你单位" if own else "、".join(roster[u].name for u in grant.units),
        "before": grant.before,
        "until": times.moment_zh(grant.until, year=True),
        "why": grant.why,
    }
