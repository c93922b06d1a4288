"""From when to when a recurring report is due, where its own sentence says so or names the work's time.

“首报12月18日，末报3月5日”, “自3月8日起，每日……”, “1月6日至2月10日，每周一……”, “活动期间，每周五……”.
The first is the first of its days within the stretch; a day that is none of the rhythm's begins nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tasks.notice.draft.model import Obligation, Period
from tasks.notice.draft.reports.periods import stretch_in
from tasks.notice.draft.words.days import Frame, resolve
from tasks.notice.draft.words.layout import Line
from tasks.notice.draft.words.phrases import phrases

_SAID = r"(?:报送)?(?:时间|日期)?(?:为|是|：|于|在)?"
_FIRST = re.compile(rf"(?:首次|首期|首报|首份|第一次|第一期){_SAID}(?=\d|[一二三四五六七八九十])")
_LAST = re.compile(rf"(?:末次|末期|末报|末份|最后一次|最后一期){_SAID}(?=\d|[一二三四五六七八九十])")
_FROM = re.compile(r"(?:自|从|^|，)(?=\d|[一二三四五六七八九十])")
_DURING = re.compile(r"(?P<name>[\u4e00-\u9fff“”]{2,10}?)(?:期间|期内|时段内)")
_EVERY = re.compile("[每逢]")
_CHANGED = re.compile("(?:改|调整|变更|加密|恢复)(?:为|到)每")
_OF_FIGURES = re.compile(r"(?:统计|数据)(?:期|时段|范围|时间|口径)")
"""Days whose figures are meant, not days of reporting."""
_THE_WORK = re.compile(r"(?:活动|行动|工作|专项|宣传|整治|任务|宣传[周月])$")
_DAYS_OF_A_MONTH = 28
_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class _Ends:
    """A stretch as far as it is said."""

    start: date | None = None
    end: date | None = None


def with_ends(
    frame: Frame, sentence: Line, mine: Sequence[Obligation], stretches: Sequence[Period]
) -> Iterator[Obligation]:
    """The reports of a sentence, the recurring ones with their first and last day."""
    said = _said(frame, sentence.text, stretches) if any(each.every for each in mine) else _Ends()
    named = _day_behind(frame, _FIRST, sentence.text)
    changes = bool(_CHANGED.search(sentence.text))
    begun = False
    for each in mine:
        if not each.every:
            yield each
            continue
        if begun and changes:  # “9月30日后改为每周一”: from when on is for a person
            said = _Ends()
        begun = True
        first = named if named and _is_one(each, named) else None
        if first is None and not named and said.start:
            first = _first_within(each, said, frame.issued)
        yield replace(each, first=each.due_date or first, until=said.end)


def _said(frame: Frame, text: str, stretches: Sequence[Period]) -> _Ends:
    last = _day_behind(frame, _LAST, text)
    text = _EVERY.split(text, maxsplit=1)[0]
    if _OF_FIGURES.search(text):
        return _Ends(None, last)
    if within := stretch_in(text, frame):
        return _Ends(within[0], last or within[1])
    if start := _since(frame, text):
        return _Ends(start, last)
    during = _DURING.search(text)
    days = _of_the_work(during["name"], stretches) if during else None
    return _Ends(days[0], last or days[1]) if days else _Ends(None, last)


def _of_the_work(name: str, stretches: Iterable[Period]) -> tuple[date, date] | None:
    """The days of the work: the only stretch there is, or the only one of that name."""
    all_days = {(each.start, each.end) for each in stretches}
    if len(all_days) == 1 and _THE_WORK.search(name):
        return all_days.pop()
    called = {(each.start, each.end) for each in stretches if name[-2:] in each.name}
    return called.pop() if len(called) == 1 else None


def _day_behind(frame: Frame, word: re.Pattern[str], text: str) -> date | None:
    found = word.search(text)
    phrase = next(phrases(text, found.end()), None) if found else None
    if found is None or phrase is None or phrase.start != found.end() or phrase.recurs:
        return None
    return resolve(phrase, frame).day


def _since(frame: Frame, text: str) -> date | None:
    found = _FROM.search(text)
    phrase = next(phrases(text, found.end()), None) if found else None
    if found is None or phrase is None or phrase.start != found.end() or not phrase.day:
        return None
    return resolve(phrase, frame).day if text.startswith("起", phrase.end) else None


def _first_within(each: Obligation, said: _Ends, issued: date | None) -> date | None:
    """The first of its days from the start on, if still within; nothing is asked for days gone by."""
    if said.start is None:
        return None
    start = max(said.start, issued or said.start)
    days = (start + timedelta(n) for n in range(_A_MONTH))
    first = next((day for day in days if _is_one(each, day)), None)
    return first if first and (said.end is None or first <= said.end) else None


def _is_one(each: Obligation, day: date) -> bool:
    """Whether a day is one of the rhythm's; a day of the month that some months lack is left open."""
    if each.every == "daily":
        return True
    if each.every == "weekly":
        return each.day is not None and day.isoweekday() == each.day
    monthly = each.every == "monthly" and each.day is not None and each.day <= _DAYS_OF_A_MONTH
    return monthly and day.day == each.day
