"""What a changed calendar would move, before it takes effect. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from tasks.notice.calendar import Calendar
from tasks.notice.deadline import due_moment
from tasks.notice.reckon import ClosesOn
from tasks.notice.unfold import Unclear, unfolded
from tasks.terms import times
from tasks.terms.campaign import Campaign, Rung
from tasks.terms.due import Due, SettledInner
from tasks.terms.errors import Misconfigured
from tasks.terms.obligation import Obligation
from tasks.terms.wording import quoted

Moments = Mapping[str, datetime]
"""Moments by what they are called."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something of a campaign that falls on another moment; None where it is not, or cannot be reckoned."""

    what: str
    before: datetime | None
    after: datetime | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.what}：新增 {times.moment_zh(self.after, year=True)}" if self.after else self.what
        if self.after is None:
            return f"{self.what}：原为 {times.moment_zh(self.before, year=True)}，按新表不再有"
        was, becomes = times.moment_zh(self.before, year=True), times.moment_zh(self.after, year=True)
        return f"{self.what}：由 {was} 改为 {becomes}"


def moves(
    campaign: Campaign, old: Calendar, new: Calendar, closes_on: ClosesOn, as_of: datetime
) -> tuple[Move, ...]:
    """The campaign's live moments that would move; what is past under both calendars is left out.

    Raises:
        Unclear: a day cannot be reckoned under the new calendar either.
    """
    before, after = _moments(campaign, old, closes_on, strict=False), _moments(campaign, new, closes_on)
    found = [Move(what, before.get(what), after.get(what)) for what in dict.fromkeys((*before, *after))]
    return tuple(m for m in found if m.before != m.after and _live(m, as_of))


def _live(move: Move, as_of: datetime) -> bool:
    return any(moment is not None and moment >= as_of for moment in (move.before, move.after))


def _moments(campaign: Campaign, calendar: Calendar, closes_on: ClosesOn, *, strict: bool = True) -> Moments:
    try:
        definite = unfolded(campaign, calendar, closes_on)
    except Unclear:
        if strict:
            raise
        return {}
    return dict((*_dues(definite), *_rungs(definite, calendar)))


def _dues(campaign: Campaign) -> Iterator[tuple[str, datetime]]:
    for obligation in campaign.obligations:
        dues = ((n, due_moment(due, office_close=time(0)).at) for n, due in _named_dues(obligation))
        yield from ((name, at) for name, at in dues if at is not None)


def _named_dues(obligation: Obligation) -> Iterator[tuple[str, Due]]:
    title = quoted(obligation.title)
    if isinstance(obligation.due, Due):
        yield f"{title}时限", obligation.due
    settled = (inner for inner in obligation.inner if isinstance(inner, SettledInner))
    yield from ((f"{title}内部时限（{inner.tier or inner.kind}）", inner.due) for inner in settled)


def _rungs(campaign: Campaign, calendar: Calendar) -> Iterator[tuple[str, datetime]]:
    """Reminders counted in working days: a calendar may move them though the due day stays."""
    for rung in campaign.ladder:
        for obligation in campaign.obligations:
            due = obligation.due
            if rung.working_days is not None and isinstance(due, Due) and _speaks_of(rung, obligation):
                at = _counted(rung, due, calendar)
                if at is not None:
                    yield f"{quoted(obligation.title)}{rung.title}", at


def _counted(rung: Rung, due: Due, calendar: Calendar) -> datetime | None:
    try:
        return times.utc(times.at(calendar.shift(due.date, rung.working_days or 0), rung.at))
    except Misconfigured:
        return None


def _speaks_of(rung: Rung, obligation: Obligation) -> bool:
    return not obligation.optional and (not rung.obligations or obligation.id in rung.obligations)
