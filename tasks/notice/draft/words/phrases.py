"""The moments a text speaks of, as words: found and taken apart, not yet turned into days.

One pattern per way of naming a day; none may repeat without bound, so that a megabyte of nonsense costs
what a megabyte of notice costs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.notice.draft.words.numerals import number

_N = "[0-9一二三四五六七八九十两]"
_YEAR = r"(?:(?P<year>[0-9]{4}|[二〇○零OoＯ0一三四五六七八九]{4}|今|本|明|次|当)年(?:度)?)"
_PART = r"底|末|初|上旬|中旬|下旬"
_UNIT = r"(?:个)?(?P<unit>工作日|日|天|周|月)(?:之)?内"
_DAYS: tuple[tuple[str, str], ...] = (
    (
        "month",
        (
            rf"(?:(?<![\d.])|(?<=\n\d[.、])){_YEAR}?(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?:(?P<day>\d{{1,2}}"
            rf"|[一二三四五六七八九十]{{1,3}})[日号]|(?P<part>{_PART}))"
        ),
    ),
    (
        "iso",
        r"(?<![\d./-])(?P<year>20\d{2})(?P<cut>[-/.])(?P<month>\d{1,2})(?P=cut)(?P<day>\d{1,2})(?![\d./-])",
    ),
    ("dotted", r"(?<=：)(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?=前|之前|以前)"),
    (
        "feast",
        (
            r"(?:20\d{2}年)?(?P<which>(?:春节|元旦|国庆|中秋|清明|端午|五一|劳动|元宵)节?|除夕)(?:假期|放假)?"
            r"(?=(?:前|之前|以前)(?:将|报|上报|提交|完成并报|发至|发送至))"
        ),
    ),
    (
        "every_month",
        (
            r"[每逢]个?月(?:的)?(?:最后一个?工作日|(?P<part2>最后(?:一|1)[日天])|(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
            r"|(?P<part>底|末|初)|(?=(?:至少|定期|按时|及时)?(?:向[^，。；]{1,12})?(?:报送|上报|提交)))"
        ),
    ),
    ("every_month", r"逢(?P<day>\d{1,2})[日号]"),
    ("every_month", r"(?<![\d个一二三四五六七八九十两几上下本当])月后(?P<day>\d{1,2})日"),
    (
        "near_month",
        (
            rf"(?P<which>本|当|下|次)个?月(?:的)?(?:(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号]"
            rf"|(?P<part>{_PART}))"
        ),
    ),
    (
        "every_week",
        (
            r"(?:每个?(?:周|星期)|逢(?:周|星期)(?!末))(?:(?:的)?(?:周|星期)?(?:(?P<several>[一二三四五六日天](?:[、和及](?:每?周|星期)?[一二三四五六日天]){1,4})"
            r"|(?P<weekday>[一二三四五六日天]|(?<=每周)末)))?"
        ),
    ),
    ("near_week", r"(?P<which>本|这|下下|下)个?(?:周|星期)(?P<weekday>[一二三四五六日天])"),
    ("every_day", r"每[日天]|每个?工作日"),
    (
        "every_other",
        (
            r"每个?(?:季度?|半年|年度?|半月|旬|双周|两周|双月|单月|两个?月|[二三四六]个月)(?:[首末底次后]"
            r"|(?:结束|终了)后(?:的?[次下]个?)?|第[一二三]个)?月?(?:[底末]|(?P<day>\d{1,2})(?:个工作日内|[日号]))?"
        ),
    ),
    (
        "every_other",
        r"(?<![\d第上下本今明去整])(?:季度?|半年度?|年度?)(?:终了|结束)?后(?P<day>\d{1,2})[日天]",
    ),
    ("hour_only", r"(?<=[，；])(?=(?:上午|下午|中午|晚上|晚|早上|早)\d{1,2}(?:[时点]|:\d))"),
    (
        "issue",
        (
            rf"(?:自|从|于)?(?:本)?(?:通知|文件|函|方案)?(?:印发|发布|下发|发文"
            rf"|发出|成文|公布)之?日起(?P<count>{_N}{{1,3}}){_UNIT}"
        ),
    ),
    (
        "receipt",
        (
            rf"(?:自|从|于|在)?(?:收到|接到|接)(?:本|此)?(?:通知|文件|函|文|方案)?(?:之日"
            rf"|后|当日)?(?:起)?(?P<count>{_N}{{1,3}}){_UNIT}"
        ),
    ),
    ("after", rf"(?:结束|完成|截止)(?:之日起|之日|之后|以后|后)(?:的)?(?:起)?(?P<count>{_N}{{1,3}}){_UNIT}"),
    ("event", rf"后(?:的)?(?P<count>{_N}{{1,3}}){_UNIT}|[节假]后(?:的)?(?:第一|首)个工作日"),
    (
        "year_end",
        (
            r"(?:(?P<year>\d{4}|今|本|明|当)年)?年?(?P<part>底|末)(?=前|之前|以前"
            r"|，|、|将|报)|年(?P<part2>底|末)(?=前|之前|以前)"
        ),
    ),
    ("month_end", r"月(?P<part>底|末)(?=前|之前|以前)"),
    ("day_only", r"(?:(?<=[于在，；、和及])|(?<=最迟))(?P<day>\d{1,2})[日号](?=[^，。；\n]{0,16}?前)"),
    ("near_day", r"(?P<which>今日|今天|当日|当天|明日|明天|后天|次日|[今明](?=[早晚]上?\d))"),
)
_FULL_DOTTED = re.compile(r"(?<![\d.])20\d{2}\.\d{1,2}\.\d{1,2}(?![\d.])")
"""A notice that writes 2026.9.4 may write 9.30 for a day; in any other it is an hour."""
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _DAYS)
_LEADS = re.compile(
    r"[0-9二〇○一三四五六七八九十今本明次当每逢下这自从于收接印发通函方结完截年月后节假季半上中早晚春元国清端五劳除]"
)
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}

_NOTE = r"（[^（）\n]{0,24}）"
_HALF = r"(?P<half>上午|下午|中午|晚上|晚|早上|早|凌晨|傍晚)?"
_HOUR = r"(?P<hour>\d{1,2}|[一二三四五六七八九十]{1,3})"
TIME = re.compile(
    rf"{_HALF}(?:{_HOUR}(?:(?::|\.(?=[0-5]\d(?:前|之前|以前)))(?P<minute>[0-5]\d)(?::[0-5]\d)?|[时点](?:(?P<minute2>[0-5]?\d|[一二三四五]?十五?)分|(?P<thirty>半)|整|钟)?)"
    r"|(?P<close>下班(?!后)|(?:上班|[放散]学|上课|[收交]工|收班|闭馆|午休)(?=前|之前|以前)))|(?P<noon>[上中下]午)(?=前|之前|以前)"
)
TAIL = re.compile(r"(?:之前|以前|前|为止|止|截止|内)")
_LEAD = re.compile(
    r"(?:截止|截至|不迟于|不晚于|最迟(?:不超过)?|最晚(?:不超过)?)(?:日期|时间)?(?:为|到|至|于|是|：|在)?$"
    r"|(?:报送|上报|提交|申报|填报|反馈|截稿|收稿)(?:截止)?(?:日期|时间|时限)(?:为|到|至|是|：)?$"
    r"|(?:征集|征稿|申报|报送|投稿)时间[】：。为]?(?:即日|自[^，。；]{1,10})起(?:至|到)$"
    r"|(?:(?:调整|延长|延期|延后|推迟|提前|顺延|变更|改|更改|更正)(?:为|至|到)|[延推改](?:至|到))$"
)
_BRACKET = re.compile(_NOTE)
_RHYTHM_SAID = re.compile(r"(?:一报|报告?一次)(?:制度)?，(?=[上下中晚早]?[午上]?\d)")
_MORE = re.compile(r"[、和及](?:(?P<day>\d{1,2})[日号]前?)?")
EXCLUSIVE = re.compile(r"不含|不包括|不包含")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One moment named in the text."""

    start: int
    end: int
    kind: str
    year: str = ""
    month: int | None = None
    day: int | None = None
    part: str = ""
    which: str = ""
    weekday: int | None = None
    count: int | None = None
    unit: str = ""
    times: tuple[str, ...] = ()
    close: str = ""
    limit: bool = False
    """It says 前, 止, 内 or 截止: a limit, not merely a day."""
    note: str = ""
    also: tuple[int, ...] = ()
    """Further days of every month, or weekdays of every week, by which the same comes again."""

    @property
    def recurs(self) -> bool:
        """Whether it comes again and again."""
        return self.kind.startswith("every")


def phrases(text: str, start: int = 0, end: int | None = None) -> Iterator[Phrase]:
    """Every moment named between two places, in order, none within another."""
    stop = len(text) if end is None else end
    at = start
    while found := _LEADS.search(text, at, stop):
        phrase = _at(text, found.start(), stop)
        if phrase is not None:
            yield phrase
        at = phrase.end if phrase is not None else found.start() + 1


def _at(text: str, start: int, stop: int) -> Phrase | None:
    for kind, pattern in _PATTERNS:
        found = pattern.match(text, start, stop)
        if found:
            if kind == "dotted" and not _FULL_DOTTED.search(text):
                continue
            phrase = _with_time(text, _taken("month" if kind == "dotted" else kind, found), stop)
            return phrase if _plausible(phrase) else None
    return None


def _taken(kind: str, found: re.Match[str]) -> Phrase:
    got = {k: v or "" for k, v in found.groupdict().items()}
    weekdays = [each for each in got.get("several", "") or got.get("weekday", "") if each in _WEEKDAYS]
    return Phrase(
        found.start(),
        found.end(),
        kind,
        year=got.get("year", ""),
        month=number(got.get("month", "")),
        day=number(got.get("day", "")),
        part=got.get("part", "") or got.get("part2", ""),
        which=got.get("which", ""),
        weekday=_WEEKDAYS[weekdays[0]] if weekdays else None,
        also=tuple(_WEEKDAYS[each] for each in weekdays[1:]),
        count=number(got.get("count", "")),
        unit=got.get("unit", ""),
        limit=bool(got.get("unit")),
    )


def _plausible(phrase: Phrase) -> bool:
    month = phrase.month is None or 1 <= phrase.month <= 12  # noqa: PLR2004  months and days
    return month and (phrase.day is None or 1 <= phrase.day <= 31)  # noqa: PLR2004


def _with_time(text: str, phrase: Phrase, stop: int) -> Phrase:
    """The hour, the notes in brackets and the 前 that follow a day."""
    at, times, close, notes = phrase.end, [], "", ""
    limit, also = phrase.limit, phrase.also
    while at < stop:
        if (found := _BRACKET.match(text, at, stop)) is not None:
            notes += found.group()
        elif (found := TIME.match(text, _past_blank(text, at, phrase), stop)) is not None:
            close = _closing(found) or close
            times += [hour for hour in (clock(found),) if hour]
        elif (found := TAIL.match(text, at, stop)) is not None:
            limit = True
        elif (found := _again(text, at, stop, phrase)) is None:
            break
        elif found["day"]:
            also += (int(found["day"]),)
            limit = limit or found.group().endswith("前")
        at = found.end()
    limit = limit or bool(_LEAD.search(text, max(0, phrase.start - 24), phrase.start))
    return replace(phrase, end=at, times=tuple(times), close=close, limit=limit, note=notes, also=also)


def _past_blank(text: str, at: int, phrase: Phrase) -> int:
    """“2026.9.25 17:00前”; and “每日一报，15:00之前”, where the rhythm is said before its hour."""
    if phrase.kind == "every_day" and at == phrase.end and (said := _RHYTHM_SAID.match(text, at)):
        return said.end()
    return at + (text[at : at + 1] == " ")


def _again(text: str, at: int, stop: int, phrase: Phrase) -> re.Match[str] | None:
    """A comma or 和 between two hours, or in 每月5日前、20日前; 6月10日、20日前 are two limits."""
    found = _MORE.match(text, at, stop)
    if found is None:
        return None
    if found["day"]:
        return found if phrase.recurs else None
    return found if TIME.match(text, found.end(), stop) else None


def _closing(found: re.Match[str]) -> str:
    """下班前, 上午下班前, 中午前: a time of day that is no hour."""
    words = found["noon"] or (f"{found['half'] or ''}{found['close']}" if found["close"] else "")
    return f"{words}前" if words else ""


def clock(found: re.Match[str]) -> str:
    """HH:MM of a stated hour; 24:00 stays what it is; empty when no hour is stated or it is impossible."""
    hour = number(found["hour"] or "")
    if hour is None:
        return ""
    minute = 30 if found["thirty"] else number(found["minute"] or found["minute2"] or "0") or 0
    if found["half"] in {"下午", "晚上", "晚", "傍晚"} and hour < 12:  # noqa: PLR2004  the clock's half
        hour += 12
    if found["half"] == "中午" and hour < 3:  # noqa: PLR2004  中午1点 is 13:00
        hour += 12
    if found["half"] in {"晚上", "晚"} and hour == 12:  # noqa: PLR2004  晚上12点 ends the day
        hour = 24
    fits = (hour < 24 and minute < 60) or (hour, minute) == (24, 0)  # noqa: PLR2004
    return f"{hour:02}:{minute:02}" if fits else ""
