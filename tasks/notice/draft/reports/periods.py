"""When the work is done: stretches of days, each with the name the notice gives it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tasks.notice.draft.model import Period
from tasks.notice.draft.words.days import STALE, Frame, day_in, resolve, stated_year
from tasks.notice.draft.words.doers import is_own_doing
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.numerals import number
from tasks.notice.draft.words.objects import MARK
from tasks.notice.draft.words.phrases import Phrase, phrases

_Y = r"\d{4}|[二〇○零OoＯ0一三四五六七八九]{4}"
_M = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_WEEKDAY = r"(?:（[^（）]{1,6}）)?"
RANGE = re.compile(
    rf"(?<![\d.])(?:(?P<y1>{_Y}|今|本|当)年)?(?P<m1>{_M})月(?:份)?(?:(?P<d1>{_DAY})[日号]?(?P<p1>))?{_WEEKDAY}(?:(?:起|开始|启动|开展)，?)?"
    rf"(?:至|到|(?<=始，)|(?<=起，)|(?<=动，)|—{{1,2}}|-{{1,2}}|~|～|–|－|─)"
    rf"(?:(?P<y2>{_Y}|次|明|今|本|当)年)?(?:(?P<m2>{_M})月(?:份)?)?(?:(?P<d2>{_DAY})[日号]|(?P<p2>底|末))?(?![\d:时点]|[上中下]旬|初)"
)
_PHASE = re.compile(r"([^。；，、：（）\d]{2,16})（$")
_QUOTED = re.compile(r"开展“([^”\n]{2,30})”")
_NAMES = (
    _QUOTED,
    re.compile(r"(?:^|[。；，、.）年度])([^。；，、：.）（年\d]{2,8})(?:从|自)$"),
    re.compile(
        r"(?:^|[。；，、.）])([^。；，、：.）（]{2,16})(?:：|(?<=时间)为|(?<=范围)为|(?<=期)为|(?<=期限)为|(?<=时段)为)$"
    ),
    re.compile(r"(?:^|[。；、.）])([^。；，、：.）（]{2,8})。$"),
    re.compile(r"(?:^|[。；，、.）])([^。；，、：.）（\d]{2,12}(?:时间|日期|期限))由"),
)
_HELD = re.compile(
    r"^[）]?(?:期间)?，?(?:我[市区县]|全[市区县]|本[市区县])?(?:将|在全[市区县])?(?:组织|集中)?(?:开展|举办|举行|进行|有一次|报名|对)?([^。；，、：（）\n]{2,24})"
)
_STARTED = re.compile(
    r"）?(?:，)?(?:在?全[省市县区州镇乡校][\u4e00-\u9fff]{0,4}?)?(?:组织|集中)?开展(?P<what>[^，。；：（）\n]{4,24})"
)
"""What the notice is about, begun by its office: “我局将于……在全市开展食品安全专项检查”."""
_IS = re.compile(
    r"(?:是|为)(?:我[国省市县区])?(?:第[\d一二三四五六七八九十]{1,4}[届个次])?“?(?P<name>[\u4e00-\u9fff]{2,20}?)[”，。；]"
)
"""“3月22日至28日是第38届‘中国水周’”"""
_FROM_NOW = re.compile(r"(?:即日|现在|本通知印发之日)起(?:至|到|—{1,2})")
"""即日 is the day of issue."""
_MONTH = re.compile(
    rf"(?:{MARK.pattern[1:]})?(?:(?P<label>(?:活动|工作|宣传|行动|整治|开展|实施)?(?:时间|期限))[：。为])?"
    rf"(?P<whole>(?:(?P<year>\d{{4}}|今|本)年)?(?P<month>{_M})月(?:份|全月|整月)?)[。；]?"
)
_MOST_DAYS = 800
_NO_STRETCH = (
    "）暂停",
    "）放假",
    "）停",
    "暂停",
    "放假",
    "前",
    "之前",
    "以前",
    "调整",
    "变更",
    "改",
    "延长",
    "延期",
    "推迟",
    "提前",
    "顺延",
)
_NEAR = 160


def periods(layout: Layout, frame: Frame) -> Iterator[Period]:
    """Every stretch of days in which units work, once each."""
    seen: set[tuple[date, date]] = set()
    for line, heading in layout.headed():
        for found in RANGE.finditer(line.text):
            days = _days(found, frame)
            if days is None or days in seen or _not_ours(line, found, layout.title_text):
                continue
            seen.add(days)
            name = _name(line, found, heading)
            start, end = line.start + found.start(), line.start + found.end()
            yield Period(name, *days, evidence(layout.page, start, end))
        for stretch in (
            *_from_now(layout, line, heading, frame),
            *_whole_month(layout, line, heading, frame),
        ):
            if (stretch.start, stretch.end) not in seen:
                seen.add((stretch.start, stretch.end))
                yield stretch


def stretch_in(text: str, frame: Frame) -> tuple[date, date] | None:
    """The first and last day of the only stretch a text names."""
    found = {days for each in RANGE.finditer(text) if (days := _days(each, frame))}
    return found.pop() if len(found) == 1 else None


def _from_now(layout: Layout, line: Line, heading: str, frame: Frame) -> Iterator[Period]:
    """“即日起至10月31日”."""
    for found in _FROM_NOW.finditer(line.text):
        last = next(phrases(line.text, found.end()), None)
        end = resolve(last, frame).day if last and last.start == found.end() and not last.limit else None
        if frame.issued and last and end and end > frame.issued:
            quote = evidence(layout.page, line.start + found.start(), line.start + last.end)
            yield Period(_name(line, found, heading), frame.issued, end, quote)


def _whole_month(layout: Layout, line: Line, heading: str, frame: Frame) -> Iterator[Period]:
    """“活动时间：2025年11月”: the month is the time of the work, where its heading says so."""
    found = _MONTH.fullmatch(line.text)
    if found is None or not (found["label"] or re.search(r"时间|期限", heading)):
        return
    only = Phrase(0, 0, "month", year=found["year"] or "", month=number(found["month"]), day=1)
    year = _start_year(only, replace(only, day=None, part="底"), frame)
    if not year or not 1 <= (only.month or 0) <= 12:  # noqa: PLR2004  a year's months
        return
    start, end = day_in(year, only), day_in(year, replace(only, day=None, part="底"))
    if start and end:
        begin = line.start + found.start("whole")
        quote = evidence(layout.page, begin, line.start + found.end("whole"))
        yield Period(found["label"] or heading, start, end, quote)


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """The words near a range; further away nothing tells about it."""
    return text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]


def _not_ours(line: Line, found: re.Match[str], title: str) -> bool:
    """The issuing office's own dates, a range inside a document's name, a range that ends in a limit."""
    before, after = _around(line.text, found)
    clause = re.split(r"[。；，]", before)[-1]
    quoted = before.count("《") > before.count("》")
    sentence = re.split("[。；]", before)[-1]
    started = _STARTED.match(after)
    if started and started["what"] in title and not quoted:
        return False
    return (
        quoted
        or is_own_doing(clause)
        or (is_own_doing(sentence) and "各" not in clause)
        or after.startswith(_NO_STRETCH)
    )


def _days(found: re.Match[str], frame: Frame) -> tuple[date, date] | None:
    first = _point(found, "1")
    last = _point(found, "2")
    if first is None or last is None or not _states_days(found) or not _is_joined(found):
        return None
    if last.month is None:
        last = Phrase(0, 0, "month", year=last.year, month=first.month, day=last.day, part=last.part)
    year = _start_year(first, last, frame)
    if year is None:
        return None
    start = day_in(year, first if first.day else Phrase(0, 0, "month", month=first.month, day=1))
    end = _end(start, year, last, frame)
    return (start, end) if start and end and 0 <= (end - start).days <= _MOST_DAYS else None


def _states_days(found: re.Match[str]) -> bool:
    """“3月至5月” and “3月21日至31日” are stretches; “3月1—2名” is none."""
    return bool(found["d2"] or found["p2"] or (found["m2"] and not found["d1"]))


def _is_joined(found: re.Match[str]) -> bool:
    """“从2月2日开始，3月13日结束”: without 至 the second day must be called the end."""
    joined = not re.search(r"[始起动]，(?:\d|[一二三四五六七八九十])", found.group())
    return joined or found.string.startswith(("结束", "止", "截止", "为止"), found.end())


def _point(found: re.Match[str], n: str) -> Phrase | None:
    day, month = number(found[f"d{n}"] or ""), number(found[f"m{n}"] or "")
    part = found[f"p{n}"] or ("" if day else "底" if n == "2" else "")
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):  # noqa: PLR2004
        return None
    return Phrase(0, 0, "month", year=found[f"y{n}"] or "", month=month, day=day, part=part)


def _start_year(first: Phrase, last: Phrase, frame: Frame) -> int | None:
    """The stated year; else the year of issue, or the next when this year's stretch is long over."""
    stated = stated_year(first.year, frame)
    if stated is None and last.year and last.year not in {"次", "明"}:
        stated = stated_year(last.year, frame)
        back = (first.month or 0, first.day or 1) > (last.month or first.month or 0, last.day or 31)
        stated = stated - 1 if stated and back else stated
    if stated is not None or frame.issued is None:
        return stated or frame.year
    end = day_in(frame.issued.year, last)
    over = end is not None and (frame.issued - end).days >= STALE and (first.month or 0) <= (last.month or 0)
    return frame.issued.year + over


def _end(start: date | None, year: int, last: Phrase, frame: Frame) -> date | None:
    if start is None:
        return None
    if last.year in {"次", "明"}:
        return day_in(year + 1, last)
    stated = stated_year(last.year, frame)
    if stated is not None:
        return day_in(stated, last)
    same = day_in(year, last)
    return day_in(year + 1, last) if same and same < start else same


def _name(line: Line, found: re.Match[str], heading: str) -> str:
    """A phase's name before the bracket, the label before the colon, the heading above, or what is held."""
    before, after = _around(line.text, found)
    bracketed = _PHASE.search(before)
    if bracketed and after.startswith("）"):
        return bracketed[1]
    if called := _IS.match(after):
        return called["name"]
    named = next(filter(None, (pattern.search(before) for pattern in _NAMES)), None)
    if named:
        return re.sub("^[为是]", "", named[1])
    if not before and re.search(r"时间|期限|阶段|范围", heading):
        return heading
    heading = "" if re.search(r"\d月", heading) else heading
    held = None if after.startswith(("每", "，每", "结束", "止")) else _HELD.match(after)
    what = re.split(r"造成|影响|[“\d]*\d", held[1])[0] if held and not held[1].startswith("各") else ""
    return re.sub("^[为是]", "", what) or heading
