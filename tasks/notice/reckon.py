"""From what a notice says of a day to the day itself, with how it was found. Pure."""

import calendar as months
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, time, timedelta

from tasks.notice.calendar import Calendar
from tasks.notice.deadline import CLOSING
from tasks.terms import times
from tasks.terms.due import Due, Inner, SettledDue, SettledInner

ClosesOn = Callable[[date], time]
"""The end of the office day on a given day: summer and winter hours differ."""


def settled(due: Due, calendar: Calendar, closes_on: ClosesOn) -> Due:
    """The due moment with its day and hour known; one that says them already stays as it is.

    Raises:
        NoTable: a working day is asked for in a year without a table.
    """
    if isinstance(due, SettledDue) or not (due.reckoned or due.time == CLOSING or _off(due.date, calendar)):
        return due
    day, said = _day(due, calendar)
    hour, how = _hour(due, day, closes_on)
    return _known(due, day, hour, "；".join([*said, how]))


def inner_settled(inner: Inner, end: datetime, calendar: Calendar, closes_on: ClosesOn) -> SettledInner:
    """The inner deadline, counted back from ``end``.

    Raises:
        NoTable: a working day is asked for in a year without a table.
    """
    last = times.local(end).date()
    day = calendar.shift(last, -inner.working_days)
    whose = "上级时限" if inner.before == "superior" else "本事项时限"
    said = f"内部时限：比{whose}{times.moment_zh(end)}提前{inner.working_days}个工作日"
    hour, how = _hour(Due(date=day, time=inner.time), day, closes_on)
    known = _known(Due(date=day, time=inner.time), day, hour, f"{said}；{how}")
    given = {f.name: getattr(inner, f.name) for f in fields(Inner)}
    return SettledInner(**given, due=known)


def _known(due: Due, day: date, hour: str | None, how: str) -> SettledDue:
    return SettledDue(date=day, time=hour, quote=due.quote, how=how)


def _day(due: Due, calendar: Calendar) -> tuple[date, list[str]]:
    said: list[str] = []
    day = first = month_end(due.date) if due.month_end else due.date
    if due.counted is not None:
        day = calendar.shift(first, due.counted)
        said.append(_counted(first, day, due.counted, calendar))
    elif due.month_end:
        said.append(f"{day.month}月底即{day.month}月{day.day}日")
    if not due.inclusive:
        day -= timedelta(1)
        said.append(f"“前”按不含当日理解，即{_short(day)}")
    elif due.time is None and due.counted is None:
        said.append("“前”按含当日理解")
    return _rolled(due, day, said, calendar)


def _rolled(due: Due, day: date, said: list[str], calendar: Calendar) -> tuple[date, list[str]]:
    if due.roll is None:
        note = [f"{times.day_zh(day)}不上班，通知未写顺延，不顺延"] if _off(day, calendar) else []
        return day, [*said, *note]
    later = due.roll == "next_working_day"
    rolled = calendar.next_working_day(day) if later else calendar.shift(day, 0)
    if rolled == day:
        return day, said
    moved = "顺延至下一工作日" if later else "提前至前一工作日"
    return rolled, [*said, f"{times.day_zh(day)}不上班，按通知{moved}{times.day_zh(rolled)}"]


def _counted(first: date, last: date, number: int, calendar: Calendar) -> str:
    """What was counted, with the days a reader counting on his fingers would get wrong."""
    side = "之后" if last > first else "之前"
    between = [day for day in times.days_between(*sorted((first, last))) if day != first]
    off = [d for d in between if not calendar.is_weekend(d) and not calendar.is_working_day(d)]
    worked = [d for d in between if calendar.is_weekend(d) and calendar.is_working_day(d)]
    head = f"{_short(first)}{side}第{abs(number)}个工作日为{times.day_zh(last)}"
    notes = [
        *([f"{'、'.join(map(_short, off))}放假"] if off else []),
        *([f"{'、'.join(map(_short, worked))}调休上班"] if worked else []),
    ]
    return f"{head}（其间{'，'.join(notes)}）" if notes else head


def _hour(due: Due, day: date, closes_on: ClosesOn) -> tuple[str | None, str]:
    if due.time is None:
        return None, "未写明钟点，至当日24时"
    if due.time == CLOSING:
        closing = f"{closes_on(day):%H:%M}"
        return closing, f"下班时间按{closing}计"
    return due.time, "至当日24时" if due.time == "24:00" else "含该时刻"


def month_end(day: date) -> date:
    """The last day of that day's month."""
    return day.replace(day=months.monthrange(day.year, day.month)[1])


def _off(day: date, calendar: Calendar) -> bool:
    """Whether the day is known to be no working day; a year without a table is not asked."""
    return day.year in calendar.years and not calendar.is_working_day(day)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
