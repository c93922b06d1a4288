"""The limits of a sentence, each with the words before it and the words it governs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tasks.notice.draft.words.doers import units_before
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.not_owed import binds_nobody
from tasks.notice.draft.words.phrases import Phrase, phrases

REACH = 300
"""A subject or an object stands no further from its date than this: what keeps the work linear."""
_MOVED = re.compile(
    r"^(?:24时|零时)?[前止]?(?:报送|上报|提交|上交)?，?(?:统一)?(?:(?:调整|延长|延期|延后|推迟|提前|顺延|变更|改|更改|更正)(?:为|至|到)|[延推改](?:至|到))$"
)
_LAST_DAY = (
    r"(?:至|到|—{1,2}|-)(?:(?P<year>20\d{2})年)?(?:(?P<month>1[0-2]|[1-9])月)?"
    r"(?P<day>3[01]|[12]\d|[1-9])[日号]"
)
_UNTIL = re.compile(rf"{_LAST_DAY}(?:期间)?(?=(?:统一|集中)?(?:[将把]|送|报|提交|上报|交)[^，。；]{{2,30}})")
_UNTIL_ALONE = re.compile(rf"{_LAST_DAY}止?(?=[，。；）]|$)")
_STATED_FROM = re.compile(r"(?:报送|上报|提交|申报|填报)(?:时间|日期)(?:为|是|：|自|从)$")
_BRACKETED = re.compile(r"（[^（）\n]{0,20}）")
"""各县（市、区）: the marks within part nothing."""
_BARE = re.compile(r"(?:于|在|请|的|，|、|^)$")
_LISTED_DAYS = 12
_MONTHLESS = frozenset({"day_only", "month_end"})
_THAT_DAY = frozenset({"", "，", "（", "即", "，即"})
_MONTHLY = re.compile(r"每半?个?月|月报|按月|逐月|月度")
_BESIDE = re.compile(r"(?P<which>[每当])月[^，。；]{1,8}[和、及]$")
"""“每月15日、月末前”, “每半月……当月15日、月末前”."""
_AT_ONCE = re.compile(
    r"^(?:，|之前|前)?(?:[将把]|各?报[一1]次|各报|报送|上报|报[县区市省我]|提交|发送至|发至)"
)


@dataclass(frozen=True)
class Place:
    """One limit in a sentence, with the words before it and the words it governs."""

    line: Line
    sentence: Line
    phrase: Phrase
    before: str
    end: int

    @property
    def clause(self) -> str:
        """The words between the last comma and the limit."""
        return re.split(r"[。；，]", self.before)[-1]


def places(layout: Layout, line: Line, sentence: Line) -> Iterator[Place]:
    """Every limit of a sentence, in order."""
    text = layout.page.text
    said = [
        _by_month(_to_its_end(text, p, sentence), line) for p in phrases(text, sentence.start, sentence.end)
    ]
    named = _in_months(
        said, _month_before(text, line, sentence) if _MONTHLESS & {p.kind for p in said} else None
    )
    named = [p for n, p in enumerate(named) if not _named_next(text, p, named[n + 1 : n + 2])]
    named = [_of_the_day_named(text, p, named[max(0, n - _LISTED_DAYS) : n]) for n, p in enumerate(named)]
    behind = [
        _limit_behind(text, p, named[n + 1 : n + 1 + _LISTED_DAYS], sentence) for n, p in enumerate(named)
    ]
    limits = [
        _with_shared_hour(p, after)
        for p, after in zip(named, behind, strict=True)
        if after or _is_limit(text, p, sentence)
    ]
    kept = [
        p
        for n, p in enumerate(limits)
        if (n + 1 == len(limits) or not _MOVED.match(text[p.end : limits[n + 1].start]))
        and not _ends_a_stretch(text, p, limits[n + 1 :])
        and not binds_nobody(line.text, p.start - line.start, p.end - line.start)
    ]
    for n, phrase in enumerate(kept):
        following = kept[n + 1].start if n + 1 < len(kept) else None
        end = _clause_before(text, phrase.end, following) if following else sentence.end
        start = kept[n - 1].end if n else sentence.start
        before = re.split("为“", text[max(start, phrase.start - REACH) : phrase.start])[-1]
        yield Place(line, sentence, phrase, before, min(end, phrase.end + REACH))


def _named_next(text: str, phrase: Phrase, following: list[Phrase]) -> bool:
    """“开学当天，9月1日10:00前”: the day is said by its date as well."""
    dated = phrase.which in {"当天", "当日"} and following and following[0].kind == "month"
    return bool(dated) and text[phrase.end : following[0].start] in _THAT_DAY


def _of_the_day_named(text: str, phrase: Phrase, before: list[Phrase]) -> Phrase:
    """“12月4日当天的信息请于当日18时前报送”: that day is the only one its sentence names."""
    if phrase.which not in {"当天", "当日"} or phrase.kind != "near_day" or not phrase.limit:
        return phrase
    dated = [each for each in before if each.kind == "month" and each.day]
    if len(dated) != 1 or not text.startswith(("当天", "当日"), dated[0].end):
        return phrase
    return replace(phrase, kind="month", year=dated[0].year, month=dated[0].month, day=dated[0].day)


def _ends_a_stretch(text: str, phrase: Phrase, following: list[Phrase]) -> bool:
    """“自3月15日起至5月10日止，每周五……”: between these days, not by the last of them."""
    before = text[max(0, phrase.start - 2) : phrase.start]
    return before.endswith(("至", "到", "—", "-")) and any(each.recurs for each in following)


def _clause_before(text: str, start: int, end: int) -> int:
    """The words before the next date belong to that date, back to its comma or to the first of its units."""
    if named := units_before(text[start:end][-REACH:]):
        return max(start, end - REACH) + named[0]
    between = _BRACKETED.sub(lambda found: "·" * len(found.group()), text[start:end])
    cut = max(between.rfind("，"), between.rfind("、"))
    return start + cut + 1 if cut >= 0 else end


def _is_limit(text: str, phrase: Phrase, sentence: Line) -> bool:
    if phrase.limit or phrase.recurs:
        return True
    before = text[max(sentence.start, phrase.start - 6) : phrase.start]
    return bool(_BARE.search(before)) and bool(
        _AT_ONCE.match(text, phrase.end) or _AT_ONCE.match(text[phrase.end :][:12])
    )


def _by_month(phrase: Phrase, line: Line) -> Phrase:
    """“实行月报，次月3日前”, “于次月5日前报送上月数据” come every month."""
    at = phrase.start - line.start
    if phrase.kind == "month_end" and (beside := _BESIDE.search(line.text[max(0, at - 12) : at])):
        monthly = beside["which"] == "每" or _MONTHLY.search(line.text[max(0, at - REACH) : at])
        return replace(phrase, kind="every_month") if monthly else phrase
    if phrase.kind != "near_month":
        return phrase
    before, after = line.text[max(0, at - REACH) : at], line.text[at : at + 40]
    monthly = _MONTHLY.search(before) or (phrase.which == "次" and re.search("上月|当月|月度|月报", after))
    return replace(phrase, kind="every_month") if monthly else phrase


def _to_its_end(text: str, phrase: Phrase, sentence: Line) -> Phrase:
    """Handed in between two days, so by the second: “于9月8日至12日送……”, “报送时间为9月8日至12日”."""
    if phrase.kind != "month" or not phrase.day:
        return phrase
    stated = _STATED_FROM.search(text, max(sentence.start, phrase.start - 8), phrase.start)
    if not stated and (phrase.limit or text[phrase.start - 1] not in "于在"):
        return phrase
    found = (_UNTIL_ALONE if stated else _UNTIL).match(text, phrase.end, sentence.end)
    if not found:
        return phrase
    month = int(found["month"]) if found["month"] else phrase.month
    year = found["year"] or phrase.year
    return replace(phrase, end=found.end(), year=year, month=month, day=int(found["day"]), limit=True)


def _of_the_day(hour: Phrase, last: Phrase | None) -> list[Phrase]:
    """“今天12时前……，下午2点前……”: a later hour is of the day just named; any other is of no day."""
    if last is None or not (last.limit and last.times and hour.times and hour.limit):
        return []
    if last.times[-1] >= hour.times[0]:
        return []
    return [replace(last, start=hour.start, end=hour.end, times=hour.times, close=hour.close)]


def _month_before(text: str, line: Line, sentence: Line) -> Phrase | None:
    """The last day with a month that the paragraph names before a sentence."""
    begin = max(line.start, sentence.start - REACH)
    dated = [each for each in phrases(text, begin, sentence.start) if each.kind == "month"]
    return dated[-1] if dated else None


def _in_months(found: Iterable[Phrase], before: Phrase | None) -> list[Phrase]:
    """“6月20日前……，25日前……”: a later day without a month is of the same month.

    ``before``: the last day with a month that was named earlier.
    """
    named: list[Phrase] = []
    dated: Phrase | None = None
    for each in found:
        phrase, last = each, named[-1] if named else None
        if phrase.kind == "hour_only":
            named += _of_the_day(phrase, last)
            continue
        if last and phrase.kind == "near_month" and phrase.which in {"本", "当"} and last.month:
            phrase = replace(phrase, kind="doubtful_month")
        if phrase.kind in _MONTHLESS:
            phrase = _in_the_month(phrase, dated, before)
        dated = phrase if phrase.kind == "month" else dated
        named.append(phrase)
    return named


def _in_the_month(phrase: Phrase, dated: Phrase | None, before: Phrase | None) -> Phrase:
    """A day without a month, behind one that has it."""
    if phrase.kind == "day_only" and dated and dated.day:
        later = (phrase.day or 0) > dated.day
        kind = "month" if later else "doubtful_day"
        return replace(phrase, kind=kind, month=dated.month, year=dated.year)
    last = dated or before
    return replace(phrase, month=last.month) if last else phrase


def _limit_behind(text: str, phrase: Phrase, following: list[Phrase], sentence: Line) -> Phrase | None:
    """“6月20日、12月10日前”: one 前 for all of them."""
    end = phrase.end
    for after in following:
        if text[end : after.start] not in {"、", "和", "及", "或", "，", "和于", "及于"}:
            return None
        if after.limit or _is_limit(text, after, sentence):
            return after
        end = after.end
    return None


def _with_shared_hour(phrase: Phrase, behind: Phrase | None) -> Phrase:
    """“10日、20日、30日17时前”: the hour behind the last is that of each without a 前 of its own."""
    if behind is None or phrase.limit or phrase.times or phrase.close:
        return phrase
    return replace(phrase, times=behind.times, close=behind.close)
