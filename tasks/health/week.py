"""What the coming days hold: reminders, due moments and packages of every campaign."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from tasks.chase.turn import turn
from tasks.desk import open_desk
from tasks.notice.calendar import NoTable
from tasks.notice.deadline import due_moment
from tasks.package.schedule import moments
from tasks.settings import Home
from tasks.terms import times

DAYS = 7


def coming(home: Home, name: str, now: datetime) -> Iterator[tuple[datetime, str]]:
    """The campaign's moments of the seven days from ``now``, in order, each with a Chinese line."""
    last = times.end_of(times.local(now).date() + timedelta(days=DAYS))
    yield from sorted(m for m in _moments(home, name, now) if now <= m[0] <= last)


def between(home: Home, name: str, since: datetime, now: datetime) -> list[tuple[datetime, str]]:
    """The campaign's moments after ``since`` up to ``now``, in order."""
    return sorted(m for m in _moments(home, name, now) if since < m[0] <= now)


def _moments(home: Home, name: str, now: datetime) -> Iterator[tuple[datetime, str]]:
    desk = open_desk(name, now, home)
    campaign = desk.campaign
    dues = []
    for obligation in campaign.obligations:
        due = due_moment(obligation.due, office_close=desk.office.closes_at)
        if due.at is not None:
            dues.append(due.at)
            yield due.at, f"{obligation.title}报送时限"
    for rung in campaign.ladder:
        if rung.on is not None:
            yield times.utc(times.at(rung.on, rung.at)), f"{rung.title}"
        else:
            for due_at in sorted(set(dues)):
                with suppress(NoTable):  # told with the campaign's calendar
                    yield turn(rung, due_at, desk.calendar, desk.office.hours_on), f"{rung.title}"
    for number, moment in enumerate(moments(campaign)):
        yield moment, "汇总呈报" if number == 0 else "补报汇总"
