"""Whom to telephone 电话催办: units letters do not reach, and units that stay silent. Pure."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.ledger.acts import Act
from tasks.ledger.outbox import DEAD_ADDRESS, Fate
from tasks.status.reach import Unreachable
from tasks.status.undelivered import came_back
from tasks.terms import times
from tasks.terms.acts import CALLS
from tasks.terms.campaign import Campaign
from tasks.terms.letters import LetterState, chases, presses
from tasks.terms.standings import Standing, State
from tasks.terms.units import Roster, Unit

SILENT_AFTER = 2
"""So many reminders without a report, and a person telephones."""
SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Call:
    """A unit to telephone.

    Attributes:
        owed: titles of what it still owes; due: the earliest due moment of these.
        last: when it was last telephoned and how that ended, in Chinese; empty when never.
    """

    unit: Unit
    why: str
    owed: tuple[str, ...]
    due: datetime | None
    last: str = ""

    @property
    def masked(self) -> str:
        """The number as screens show it."""
        return mask(self.unit.phone)


def mask(phone: str) -> str:
    """A telephone number of which only the last digits can be read; short ones not at all."""
    digits = [n for n, c in enumerate(phone) if c.isdigit()]
    shown = set(digits[-SHOWN_DIGITS:]) if len(digits) > SHOWN_DIGITS + 2 else set()
    return "".join("*" if c.isdigit() and n not in shown else c for n, c in enumerate(phone))


def call_list(
    campaign: Campaign,
    roster: Roster,
    standings: Sequence[Standing],
    letters: Iterable[Fate],
    *,
    silent: Iterable[Unreachable],
    calls: Iterable[Act],
) -> list[Call]:
    """The units to telephone, the earliest due first; those telephoned already behind the others.

    One that owes nothing, or whose report waits for a clerk, is not called.
    """
    optional = {o.id for o in campaign.obligations if o.optional}
    owed = _owed(standings, optional)
    unreachable = {each.unit.code: each.why for each in silent}
    known = list(letters)
    reminded, back = _reminded(known), _came_back(known)
    last = {act.unit: _said(act) for act in calls if act.kind == "call"}
    found = [
        Call(roster[code], why, _titles(campaign, mine), _first_due(mine), last.get(code, ""))
        for code, mine in owed.items()
        if code in roster and (why := _why(code, mine, {**back, **unreachable}, reminded))
    ]
    return sorted(found, key=lambda c: (bool(c.last), c.due.timestamp() if c.due else math.inf))


def _owed(standings: Iterable[Standing], optional: set[str]) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = {}
    held = set()
    for each in standings:
        if each.held:
            held.add(each.reporter)
        if each.state in (State.MISSING, State.RETURNED) and each.obligation not in optional:
            found.setdefault(each.reporter, []).append(each)
    return {code: mine for code, mine in found.items() if code not in held}


def _why(
    code: str, mine: Iterable[Standing], unreachable: Mapping[str, str], reminded: Mapping[str, int]
) -> str:
    if code in unreachable:
        return unreachable[code]
    count = reminded.get(code, 0)
    still_silent = any(s.state is State.MISSING for s in mine)
    return f"已催 {count} 次，仍未报" if still_silent and count >= SILENT_AFTER else ""


def _reminded(letters: Iterable[Fate]) -> dict[str, int]:
    """How many rungs each unit was reminded by; two addresses of one unit are one reminder."""
    sent = {(q.unit, q.occasion) for q in letters if chases(q.kind) and q.state == LetterState.SENT}
    found: dict[str, int] = {}
    for unit, _ in sent:
        found[unit] = found.get(unit, 0) + 1
    return found


def _came_back(letters: Iterable[Fate]) -> dict[str, str]:
    """Units that the last letter asking something of them did not reach at any address, and why."""
    return {
        unit: f"信件没有送到（{mine[-1].reply.removeprefix(DEAD_ADDRESS) or '被退回'}）"
        for unit, mine in came_back(q for q in letters if presses(q.kind)).items()
    }


def _titles(campaign: Campaign, mine: Iterable[Standing]) -> tuple[str, ...]:
    owed = {s.obligation for s in mine}
    return tuple(o.title for o in campaign.obligations if o.id in owed)


def _first_due(mine: Iterable[Standing]) -> datetime | None:
    return min((s.due.at for s in mine if s.due.at is not None), default=None)


def _said(act: Act) -> str:
    outcome = CALLS.get(act.detail.get("outcome", ""), "")
    return f"{times.moment_zh(act.at)} {outcome}".strip()


def masked_lines(calls: Sequence[Call], most: int) -> Iterator[str]:
    """The calls as a screen shows them."""
    for each in calls[:most]:
        number = each.masked or "名册上没有电话"
        yield f"{each.unit.name}（{number}）：{each.why}{'；' + each.last if each.last else ''}"
