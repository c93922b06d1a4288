"""Named moments into days, counted from the date of issue. What stays open comes back as its readings."""

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tasks.notice.calendar import Calendar
from tasks.notice.draft.words.numerals import number
from tasks.notice.draft.words.phrases import Phrase
from tasks.terms.errors import Misconfigured

_DECEMBER = 12
STALE = 150
"""A date this many days before the notice belongs to next year; one less far back is open to doubt."""
_EARLY_MONTHS = 2
_NAMED = frozenset({"month", "iso", "year_end", "month_end", "near_month"})
_STEPS = {"今日": 0, "今天": 0, "今": 0, "明日": 1, "明天": 1, "明": 1, "后天": 2}
_THE_WORK = re.compile(r"(?:^|[于在，。；：]|活动|工作|行动|宣传|专项|任务|整治|普查|周|月|季|年|期间?)$")
"""What may end with the notice's only period without being named as that period is."""
_THIRDS = {"上旬": (1, 10), "初": (1, 5), "中旬": (11, 20), "下旬": (21, 31)}


@dataclass(frozen=True)
class Frame:
    """What a notice's dates are counted from."""

    issued: date | None = None
    year: int | None = None
    calendar: Calendar = field(default_factory=lambda: Calendar({}))
    ends: tuple[tuple[str, date], ...] = ()
    """The periods' names and last days, for “活动结束后10日内”."""


@dataclass(frozen=True)
class Answer:
    """A day, or why there is none, with the readings a person must choose between."""

    day: date | None = None
    readings: tuple[str, ...] = ()
    ask: str = ""


_OPEN = {
    "receipt": "从各单位收到通知之日起算，请确定统一的截止日期",
    "doubtful_month": "“{which}月”指哪个月，请写明具体日期",
    "doubtful_day": "没有写月份，请写明具体日期",
    "feast": "“{which}前”是哪一天，通知没有写，请确定截止日期",
    "event": "从哪一天算起要看实际，请确定截止日期",
}
"""What no text says and only a person can."""


def resolve(phrase: Phrase, frame: Frame, said_before: str = "") -> Answer:
    """The day a phrase means, as the text names it; nothing is rolled off a holiday."""
    if _is_of_another_month(phrase, frame):
        return Answer(ask=_OPEN["doubtful_day"])
    if phrase.kind in _NAMED:
        return _in_year(_filled(phrase, frame), frame)
    if phrase.kind in {"issue", "after"}:
        return _counted(phrase, frame, said_before)
    if ask := _OPEN.get(phrase.kind):
        return Answer(ask=ask.format(which=phrase.which))
    rule = {"near_week": _week, "day_only": _day_only, "near_day": _near_day}.get(phrase.kind)
    return rule(phrase, frame) if rule else Answer(ask="请写明具体日期")


def _is_of_another_month(phrase: Phrase, frame: Frame) -> bool:
    """A day without a month, where the words before it named another month than that of issue."""
    monthless = phrase.kind in {"day_only", "month_end"} and phrase.month is not None
    return monthless and frame.issued is not None and phrase.month != frame.issued.month


def _near_day(phrase: Phrase, frame: Frame) -> Answer:
    """今日 and 明日 are counted from the issue; 当日 and 次日 from something only a reader can tell."""
    steps = _STEPS.get(phrase.which)
    if frame.issued is None or steps is None:
        return Answer(ask=f"“{phrase.which}”从哪一天算，请写明具体日期")
    return Answer(frame.issued + timedelta(steps))


def _day_only(phrase: Phrase, frame: Frame) -> Answer:
    """“于18日前”: the month of issue while that day is still to come."""
    if frame.issued is None:
        return Answer(ask="没有写月份，请写明具体日期")
    in_month = replace(phrase, month=frame.issued.month)
    day = day_in(frame.issued.year, in_month)
    if day and day >= frame.issued:
        return Answer(day)
    return Answer(ask="没有写月份，按当月算早于成文日期，请写明具体日期")


def _filled(phrase: Phrase, frame: Frame) -> Phrase:
    """本月, 下月, 年底 as a month with a year."""
    if phrase.kind == "year_end":
        return replace(phrase, month=_DECEMBER, part="底", year=phrase.year or "今")
    if phrase.kind == "month_end" and frame.issued:
        return replace(phrase, month=frame.issued.month, year=str(frame.issued.year))
    if phrase.kind == "near_month" and frame.issued:
        months = frame.issued.year * 12 + frame.issued.month - 1 + (phrase.which in {"下", "次"})
        return replace(phrase, month=months % 12 + 1, year=str(months // 12))
    return phrase


def _in_year(phrase: Phrase, frame: Frame) -> Answer:
    if phrase.month is None:
        return Answer(ask="通知没有成文日期，无法推算，请写明具体日期")
    year = stated_year(phrase.year, frame)
    if phrase.part in _THIRDS:
        return _third(phrase, year or frame.year)
    if year is not None:
        return _certain(year, phrase)
    return _nearest(phrase, frame)


def stated_year(text: str, frame: Frame) -> int | None:
    """The year a text states, in figures or as 今年, 明年."""
    base = frame.issued.year if frame.issued else frame.year
    if text in {"今", "本", "当"}:
        return base
    if text in {"明", "次"}:
        return base + 1 if base else None
    return number(text)


def _certain(year: int, phrase: Phrase) -> Answer:
    day = day_in(year, phrase)
    return Answer(day) if day else Answer(ask="没有这一天，请核对日期")


def day_in(year: int, phrase: Phrase) -> date | None:
    """The day of a phrase in a year; the last of its month for 底."""
    month = phrase.month or 0
    last = monthrange(year, month)[1]
    day = last if phrase.part in {"底", "末"} else phrase.day
    return date(year, month, day) if day and day <= last else None


def _third(phrase: Phrase, year: int | None) -> Answer:
    first, last = _THIRDS[phrase.part]
    if year is None:
        return Answer(ask="请写明具体日期")
    last = min(last, monthrange(year, phrase.month or 1)[1])
    readings = tuple(f"{year}-{phrase.month:02}-{day:02}" for day in (first, last))
    return Answer(readings=readings, ask=f"“{phrase.part}”没有说哪一天，请确定截止日期")


def _nearest(phrase: Phrase, frame: Frame) -> Answer:
    """No year is written: this year's day, or next year's when this year's is long past."""
    if frame.issued is None:
        return _by_number(phrase, frame)
    this, following = day_in(frame.issued.year, phrase), day_in(frame.issued.year + 1, phrase)
    if this is None or following is None:
        return Answer(this or following)
    if this >= frame.issued:
        return Answer(this)
    if (frame.issued - this).days >= STALE:
        return Answer(following)
    return Answer(
        readings=(str(this), str(following)), ask="按当年算早于成文日期，请核对是哪一年、日期是否有误"
    )


def _by_number(phrase: Phrase, frame: Frame) -> Answer:
    """Only the year of the document number is known: January may be the next one's."""
    if frame.year is None:
        return Answer(ask="通知没有写年份，请确定是哪一年")
    this = day_in(frame.year, phrase)
    if (phrase.month or 0) > _EARLY_MONTHS:
        return Answer(this)
    following = day_in(frame.year + 1, phrase)
    readings = tuple(str(day) for day in (this, following) if day)
    return Answer(readings=readings, ask="通知没有成文日期，请确定是哪一年")


def _week(phrase: Phrase, frame: Frame) -> Answer:
    if frame.issued is None or phrase.weekday is None:
        return Answer(ask="通知没有成文日期，无法推算，请写明具体日期")
    monday = frame.issued - timedelta(frame.issued.weekday())
    weeks = {"下": 1, "下下": 2}.get(phrase.which, 0)
    day = monday + timedelta(7 * weeks + phrase.weekday)
    if day < frame.issued:
        return Answer(readings=(str(day), str(day + timedelta(7))), ask="这一天早于成文日期，请核对")
    return Answer(day)


def _counted(phrase: Phrase, frame: Frame, said_before: str) -> Answer:
    """So many days after the issue or after a period's end; the first day is not counted."""
    count = phrase.count or 0
    start = frame.issued if phrase.kind == "issue" else _end_of(said_before, frame)
    if start is None:
        return Answer(ask="起算的日子通知没有写明，请确定截止日期")
    if phrase.unit == "工作日":
        return _working(start, count, frame)
    if phrase.unit == "月":
        return Answer(_months_on(start, count))
    return Answer(start + timedelta(count * (7 if phrase.unit == "周" else 1)))


def _working(start: date, count: int, frame: Frame) -> Answer:
    try:
        return Answer(frame.calendar.shift(start, count))
    except Misconfigured:
        return Answer(ask=f"没有 {start.year} 年的放假调休表，推算不出工作日，请写明具体日期")


def _months_on(start: date, count: int) -> date:
    months = start.year * 12 + start.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _end_of(said_before: str, frame: Frame) -> date | None:
    """The end of the period meant: the one named, or, for 活动 and the like, the only one there is.

    “处置结束后3日内” is not counted from the end of the flood season.
    """
    event = said_before[-2:]
    ends = {end for _, end in frame.ends}
    if len(ends) == 1 and _THE_WORK.search(said_before):
        return ends.pop()
    named = {end for name, end in frame.ends if event and event in name}
    return named.pop() if len(named) == 1 else None
