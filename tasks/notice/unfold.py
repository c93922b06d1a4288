"""A campaign file made definite: due days reckoned, recurring obligations written out one by one. Pure.

An occurrence is an obligation like any other. Its id is the file's id and the date the notice gives it,
``progress.2023-03-24``: a changed calendar may move its due day, never its name.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from tasks.notice.calendar import Calendar, NoTable
from tasks.notice.deadline import CLOSING, MIDNIGHT, due_moment, hour_of
from tasks.notice.reckon import ClosesOn, inner_settled, month_end, settled
from tasks.terms import times
from tasks.terms.campaign import Campaign, Rung
from tasks.terms.due import Due, Inner, Recurrence
from tasks.terms.obligation import SEPARATOR, Obligation
from tasks.terms.strict import Unknown

MOST = 400
"""More occurrences than days in a year are a mistyped year."""

LAST_DAY_OF_EVERY_MONTH = 28

MONTHS = {"monthly": 1, "quarterly": 3}
"""From one occurrence to the next."""

AFTER, BEFORE = "working_days_after", "working_days_before"

Place = tuple[str | int, ...]


class Unclear(Exception):
    """A due moment that cannot be found from what the file says, and where it says so."""

    def __init__(self, place: Place, text: str, *, table_awaited: bool = False) -> None:
        """``table_awaited``: nothing is wrong, but the table of a year is not there."""
        super().__init__(text)
        self.place = place
        self.text = text
        self.table_awaited = table_awaited


def unfolded(campaign: Campaign, calendar: Calendar, closes_on: ClosesOn) -> Campaign:
    """The campaign with every due day known and every occurrence an obligation of its own.

    Raises:
        Unclear: a day cannot be reckoned, with the field of the file that asks for it.
    """
    made = [_made(campaign, n, calendar, closes_on) for n in range(len(campaign.obligations))]
    series = {o.id: tuple(p.id for p in parts) for o, parts in zip(campaign.obligations, made, strict=True)}
    return replace(
        campaign,
        obligations=tuple(each for parts in made for each in parts),
        ladder=tuple(_spoken(rung, series) for rung in campaign.ladder),
    )


def series_of(obligation_id: str) -> str:
    """The id in the campaign file of an obligation or of one of its occurrences."""
    return obligation_id.partition(SEPARATOR)[0]


def is_once(obligation: Obligation) -> bool:
    """Whether it is no occurrence of a recurring obligation."""
    return not obligation.recurs


def _spoken(rung: Rung, series: dict[str, tuple[str, ...]]) -> Rung:
    named = tuple(part for each in rung.obligations for part in series.get(each, (each,)))
    return rung if named == rung.obligations else replace(rung, obligations=named)


def _made(campaign: Campaign, number: int, calendar: Calendar, closes_on: ClosesOn) -> list[Obligation]:
    obligation = campaign.obligations[number]
    place = ("obligations", number)
    parts = list(_occurrences(campaign, obligation, place, calendar, closes_on))
    return [_with_inner(campaign, each, place, calendar, closes_on) for each in parts]


@contextmanager
def _told_of(place: Place) -> Iterator[None]:
    """A year without a table is a fault of the field that asks for its working days."""
    try:
        yield
    except NoTable as fault:
        raise Unclear(place, str(fault), table_awaited=True) from None


def _with_inner(
    campaign: Campaign, obligation: Obligation, place: Place, calendar: Calendar, closes_on: ClosesOn
) -> Obligation:
    if not obligation.inner:
        return obligation
    if obligation.recurs and obligation.due == "unknown":  # so are those that are counted from it
        return obligation
    known: list[Inner] = []
    for n, inner in enumerate(obligation.inner):
        superior = campaign.superior.due
        end = _end(obligation) if inner.before == "due" else None if superior == "unknown" else superior
        if end is None:
            whose = "本事项" if inner.before == "due" else "上级"
            raise Unclear(
                (*place, "inner", n, "before"), f"{whose}时限未知，内部时限无从推算；请先填写{whose}时限"
            )
        _ensure_hour(inner.time, (*place, "inner", n, "time"))
        try:
            with _told_of((*place, "inner", n, "working_days")):
                known.append(inner_settled(inner, times.utc(end), calendar, closes_on))
        except Unclear:
            if not obligation.recurs:
                raise
            known.append(inner)
    return replace(obligation, inner=tuple(known))


def _end(obligation: Obligation) -> datetime | None:
    return due_moment(obligation.due, office_close=time(0)).at


def _occurrences(
    campaign: Campaign, obligation: Obligation, place: Place, calendar: Calendar, closes_on: ClosesOn
) -> Iterator[Obligation]:
    due, again = obligation.due, obligation.recurrence
    if due == "unknown":
        if again is not None:
            raise Unclear((*place, "due"), "周期报送须写首次的时限，不能填 unknown")
        yield obligation
        return
    if again is None:
        yield replace(obligation, due=_reckoned(due, place, calendar, closes_on))
        return
    where, before = (*place, "recurrence"), None
    _ensure_consistent(due, again, where)
    with _told_of((*where, "every")):
        days = _days(due, again, _until(campaign, obligation, again, place), where, calendar)
    reckoned = _each_reckoned(due, days, place, calendar, closes_on)
    for day, known in zip(days, reckoned, strict=True):
        yield replace(
            obligation,
            id=f"{obligation.id}{SEPARATOR}{day.isoformat()}",
            title=f"{obligation.title}（{_called(day, days)}）",
            due=known,
            since=_since(obligation.since, before, day if known == "unknown" else min(day, known.date)),
            recurrence=None,
        )
        before = day if known == "unknown" else known.date


def _each_reckoned(
    due: Due, days: Sequence[date], place: Place, calendar: Calendar, closes_on: ClosesOn
) -> list[Due | Unknown]:
    """The due moment of every occurrence; unknown where the table of a year to come is not there yet.

    Raises:
        Unclear: of none it can be found, or what the file says of it is wrong.
    """
    found: list[Due | Unknown] = []
    for day in days:
        try:
            found.append(_reckoned(replace(due, date=day), place, calendar, closes_on))
        except Unclear as fault:
            if not fault.table_awaited or not any(known != "unknown" for known in found):
                raise
            found.append("unknown")
    return found


def _since(announced: date | None, before: date | None, day: date) -> date | None:
    """From when an occurrence is owed: once the one before it is over, and by its own day at the latest.

    Several days may be rolled to the same one, later or earlier, and a count of working days may outlast
    the week.
    """
    turn = min(before + timedelta(1), day) if before is not None else None
    return max(filter(None, (announced, turn)), default=None)


def _called(day: date, days: list[date]) -> str:
    year = f"{day.year}年" if days[0].year != days[-1].year else ""
    return f"{year}{day.month}月{day.day}日"


def _reckoned(due: Due, place: Place, calendar: Calendar, closes_on: ClosesOn) -> Due:
    where = (*place, "due")
    if due.working_days_after is not None and due.working_days_before is not None:
        raise Unclear((*where, BEFORE), f"{AFTER} 与 {BEFORE} 只能写一个")
    for key, number in ((AFTER, due.working_days_after), (BEFORE, due.working_days_before)):
        if number is not None and number < 1:
            raise Unclear((*where, key), f"“{number}”不对，应为 1 以上的整数")
    if not due.inclusive and due.time is not None:
        raise Unclear((*where, "inclusive"), "写了钟点就不再有“是否含当日”，请删去 inclusive: false")
    _ensure_hour(due.time, (*where, "time"))
    counts = AFTER if due.working_days_after else BEFORE if due.working_days_before else "roll"
    with _told_of((*where, counts)):
        return settled(due, calendar, closes_on)


def _ensure_hour(hour: str | None, place: Place) -> None:
    if hour in {None, CLOSING, MIDNIGHT}:
        return
    try:
        hour_of(str(hour))
    except ValueError as fault:
        raise Unclear(place, str(fault)) from None


def _until(campaign: Campaign, obligation: Obligation, again: Recurrence, place: Place) -> date:
    """The day after which there is no further occurrence."""
    if again.every == "listed":
        return max(again.dates)
    if again.until is not None:
        return again.until
    if obligation.window is None:
        raise Unclear((*place, "recurrence", "until"), "须写最后一次的日期 until，或写明所属时段 window")
    window = next((w for w in campaign.windows if w.id == obligation.window), None)
    if window is None:
        raise Unclear((*place, "window"), no_window(campaign, obligation.window))
    return window.end


def no_window(campaign: Campaign, asked: str) -> str:
    """What is said of a window the file does not have."""
    known = "、".join(w.id for w in campaign.windows)
    return f"没有时段“{asked}”，应为 {known} 之一" if known else f"没有时段“{asked}”，请先在 windows 中写明"


def _ensure_consistent(due: Due, again: Recurrence, where: Place) -> None:
    listed = again.every == "listed"
    if listed and not again.dates:
        raise Unclear((*where, "dates"), "listed 须列出各次日期 dates")
    if listed and (again.until or min(again.dates) < due.date):
        raise Unclear(where, f"listed 的各次日期应晚于首次时限 {due.date}，且不写 until")
    if not listed and again.dates:
        raise Unclear((*where, "dates"), f"{again.every} 不用列日期；按所列日期报送请写 every: listed")
    if not listed and again.every not in MONTHS and due.month_end:
        raise Unclear(
            (*where, "every"), f"{again.every} 不能与 month_end 同写；每月最后一天请写 every: monthly"
        )
    if again.every in MONTHS and due.date.day > LAST_DAY_OF_EVERY_MONTH and not due.month_end:
        raise Unclear((*where, "every"), f"不是每个月都有{due.date.day}日；每月最后一天请写 month_end: true")


def _days(due: Due, again: Recurrence, until: date, where: Place, calendar: Calendar) -> list[date]:
    """The dates the notice gives the occurrences, in order."""
    if until < due.date and again.until is None:
        raise Unclear((*where[:-1], "window"), f"所属时段的截止日 {until} 早于首次时限 {due.date}")
    if until < due.date:
        raise Unclear((*where, "until"), f"{until} 早于首次时限 {due.date}")
    days = sorted(set(islice(_walk(due, again, until, calendar), MOST + 1)))
    if len(days) > MOST:
        raise Unclear((*where, "until"), f"超过 {MOST} 次，请核对起止日期")
    return days


def _walk(due: Due, again: Recurrence, until: date, calendar: Calendar) -> Iterator[date]:
    if again.every == "listed":
        yield from (due.date, *again.dates)
        return
    if again.every in MONTHS:
        yield from _monthly(due, until, MONTHS[again.every])
        return
    day, step = due.date, timedelta(7 if again.every == "weekly" else 1)
    while day <= until:
        if again.every == "working_daily" and _from_here_on_unknown(day, due.date, calendar):
            return
        if again.every != "working_daily" or calendar.is_working_day(day):
            yield day
        day += step


def _from_here_on_unknown(day: date, first: date, calendar: Calendar) -> bool:
    """Whether nobody knows on which days of this year there is one; the series' first year must be known."""
    return day.year not in calendar.years and day.year != first.year


def _monthly(due: Due, until: date, months: int) -> Iterator[date]:
    day = month_end(due.date) if due.month_end else due.date
    while day <= until:
        yield day
        for _ in range(months):
            day = month_end(day) + timedelta(1)
        day = month_end(day) if due.month_end else day.replace(day=due.date.day)
