"""When a report must have arrived, and how that was computed. Pure."""

import re
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Literal

from tasks.terms import times
from tasks.terms.due import Due, SettledDue, SettledInner
from tasks.terms.obligation import Obligation
from tasks.terms.standings import DueMoment

CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
CLOSING = "下班前"
MIDNIGHT = "24:00"
LAST_HOUR, LAST_MINUTE = 23, 59

LATEST = datetime.max.replace(tzinfo=UTC)

UNSTATED = DueMoment(None, "通知未写明时限，待科室确定")

UNRECKONED = DueMoment(None, "时限要按工作日推算，所需年份的放假调休表还没有，补上后即可推算")


class Phase(StrEnum):
    """Due, late and closed are three things: until due in time, until closed late, after that not counted."""

    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


def phase(due: DueMoment, closes: datetime | None, as_of: datetime) -> Phase:
    """Where a moment lies; what has no due moment is never late, what never closes is never closed."""
    if closes is not None and as_of > times.utc(closes) and (due.at is None or as_of > due.at):
        return Phase.CLOSED
    return Phase.LATE if due.at is not None and as_of > due.at else Phase.OPEN


def due_for(obligation: Obligation, *, tier: str, kind: str, office_close: time) -> DueMoment:
    """When units of that tier and kind owe it: by their inner deadline where there is one."""
    own = [inner for inner in obligation.inner if inner.holds_for(tier=tier, kind=kind)]
    if not own:
        return general_due(obligation, office_close=office_close)
    known = [i.due for i in own if isinstance(i, SettledInner)]
    if len(known) < len(own):  # one of them may be the earliest
        return UNRECKONED
    moments = [due_moment(due, office_close=office_close) for due in known]
    return min(moments, key=lambda moment: moment.at or LATEST)


def general_due(obligation: Obligation, *, office_close: time) -> DueMoment:
    """When it is owed by all who have no inner deadline; of a series the day alone may be still unknown."""
    if obligation.recurs and obligation.due == "unknown":
        return UNRECKONED
    return due_moment(obligation.due, office_close=office_close)


def due_moment(due: Due | Literal["unknown"], *, office_close: time) -> DueMoment:
    """The last instant at which a report is on time, in UTC, with its explanation in Chinese.

    A date without an hour runs to the last instant of that day; “前” includes the day unless the campaign
    says otherwise; an hour is included to the second. Nothing is rolled off a holiday.

    Args:
        due: what the campaign file says.
        office_close: the end of the office day, for 下班前.

    Raises:
        ValueError: the hour is neither HH:MM, 24:00 nor 下班前, or the day has not been reckoned yet.
    """
    if due == "unknown":
        return UNSTATED
    if isinstance(due, SettledDue):
        at = _instant(due, office_close)[0]
        return DueMoment(times.utc(at), f"{times.moment_zh(at, year=True)}前（{_basis(due, due.how)}）")
    if due.reckoned:
        raise ValueError("时限须先按日历推算")
    at, how = _instant(due, office_close)
    return DueMoment(times.utc(at), f"{times.moment_zh(at, year=True)}前（{_basis(due, how)}）")


def _instant(due: Due, office_close: time) -> tuple[datetime, str]:
    if due.time is None:
        return times.end_of(due.date), "“前”按含当日理解，未写明钟点，至当日24时"
    if due.time == MIDNIGHT:
        return times.end_of(due.date), "至当日24时"
    if due.time == CLOSING:
        return times.at(due.date, office_close), f"下班时间按{office_close:%H:%M}计"
    return times.at(due.date, hour_of(due.time)), "含该时刻"


def hour_of(text: str) -> time:
    """An hour written HH:MM. Raises ValueError when it is none."""
    found = CLOCK.fullmatch(text)
    if not found or int(found[1]) > LAST_HOUR or int(found[2]) > LAST_MINUTE:
        raise ValueError(f"“{text}”不是钟点，应为 HH:MM、{MIDNIGHT} 或 {CLOSING}")
    return time(int(found[1]), int(found[2]))


def _basis(due: Due, how: str) -> str:
    return f"通知原文：“{due.quote}”；{how}" if due.quote else how
