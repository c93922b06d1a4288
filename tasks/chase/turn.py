"""When a rung's turn comes, and which of two rungs is the nearer one. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from tasks.notice.calendar import Calendar
from tasks.terms import times
from tasks.terms.campaign import Rung

Hours = Sequence[tuple[time, time]]
HoursOn = Callable[[date], Hours]
"""The office's hours on a day (Asia/Shanghai)."""

NOON = time(12)
"""The last instant of a morning."""


def turn(rung: Rung, due: datetime, calendar: Calendar, hours_on: HoursOn) -> datetime:
    """When the rung's turn comes for that due moment (UTC).

    When the due day is not worked, 0 is the last working day before it. Hours before the due moment are
    counted back from the last instant until it at which the office works: a notice that names no hour gives
    the whole day, but a reminder at ten in the evening reaches nobody. A rung that goes at any hour counts
    from the due moment itself.

    Raises:
        NoTable: it leads into a year whose working days are not known.
    """
    if rung.on is not None:
        return _opening(rung, rung.on)
    if rung.hours_after is not None:
        reached = due + timedelta(hours=rung.hours_after)
        return max(reached, _opening(rung, times.local(reached).date()))
    if rung.hours_before is not None:
        last = due if rung.any_hour else last_worked(due, calendar, hours_on)
        return max(_opening(rung, times.local(last).date()), last - timedelta(hours=rung.hours_before))
    return _opening(rung, calendar.shift(times.local(due).date(), rung.working_days or 0))


def _opening(rung: Rung, day: date) -> datetime:
    return times.utc(times.at(day, rung.at))


def last_worked(due: datetime, calendar: Calendar, hours_on: HoursOn) -> datetime:
    """The last instant up to the due moment at which the office works (UTC).

    Raises:
        NoTable: the year's working days are not known.
    """
    here = times.local(due)
    day = here.date()
    ends = (
        [end for begin, end in hours_on(day) if begin < here.time()] if calendar.is_working_day(day) else []
    )
    if ends:
        return min(due, times.utc(times.at(day, max(ends))))
    before = calendar.shift(day, -1)
    return times.utc(times.at(before, max(end for _, end in hours_on(before))))


def farther(one: Rung, other: Rung) -> bool:
    """Whether ``one`` is the earlier step by what the ladder says, whatever hours they fall on.

    Where the ladder does not say it, as between an hour of the due day and hours before the due moment, the
    moments themselves are in order.
    """
    if one.hours_after is not None and other.hours_after is not None:
        return one.hours_after < other.hours_after
    if one.hours_before is not None and other.hours_before is not None:
        return one.hours_before > other.hours_before
    mine, its = _days(one), _days(other)
    return mine is not None and its is not None and mine < its


def _days(rung: Rung) -> int | None:
    """Working days from the due day, where the rung is counted so; hours before it are of that day."""
    return 0 if rung.hours_before is not None else rung.working_days


def same_half_day(one: datetime, other: datetime) -> bool:
    """Whether both fall on one morning, or on one afternoon (Asia/Shanghai)."""
    here, there = times.local(one), times.local(other)
    return here.date() == there.date() and (here.time() <= NOON) == (there.time() <= NOON)


def worked(moment: datetime, calendar: Calendar, hours_on: HoursOn) -> bool:
    """Whether the office works at that moment.

    In a year without a table only the weekends are known to be off: letters that waited for the table would
    not go at all.
    """
    here = times.local(moment)
    known = here.year in calendar.years
    if not calendar.is_working_day(here.date()) if known else calendar.is_weekend(here.date()):
        return False
    return any(begin <= here.time() <= end for begin, end in hours_on(here.date()))
