"""Remarks that take a figure back: 走访家庭应为54户, 数字有误. Which counts, only the sender knows."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from tasks.intake.words.label import measure_in
from tasks.intake.words.labels import field_words
from tasks.intake.words.not_final import is_left_open
from tasks.intake.words.numbers import CHINESE, measure_of
from tasks.notice.reckon import month_end
from tasks.terms.obligation import Field
from tasks.terms.text import fold, remembered

_TAKES_BACK = re.compile(
    rf"(?:应为|应是|更正为|改为|订正为|实为|实际[为是]|误填为|误写为)约?[0-9{CHINESE}]|以此为准|有误(?!差)|填错|误填|待核实"
    r"|(?:为|是|系|按)(?:日均|平均|每[天日周月场次户人](?:[^,，。;；0-9]{0,4}(?:数|统计|计算|填报|计$)|$))"
    r"|(?:为|是|系)每[天日周月场次]约?[0-9]|(?:为|是|系)(?:去年|上年|往年)(?:同期)?的?(?:数|完成)(?!数?的)"
    r"|应?以[0-9]+(?![0-9年月日])[^,，。;；]{0,4}为准"
)
_SAYS_WHICH = re.compile(
    r"(?:应[为是]|更正为|改为|订正为|实为|实际[为是]?|以)([0-9]+(?:\.[0-9]+)?)(?![0-9,.年月日万亿%])"
)
_ACTUALLY, _PLANNED = re.compile(rf"实际约?[0-9{CHINESE}]"), re.compile(r"计划|任务|目标|应|原定")
_PAST = r"去年|上年|上[月周期]|[0-9]{4}年以来"
_YEAR_SO_FAR = r"全年|年初|今年以来|本年|上半年|1月?份?[-—~～至到][0-9]{1,2}月"
_OF_A_SPAN = r"(?:数据|数字|数|以上|本表|上述|上表|表内)[^,，。;；:：]{0,8}(?:为|是|系)(?:本[镇乡街道]+)?"
_OF_PAST, _OF_YEAR = (re.compile(rf"{_OF_A_SPAN}(?:{span})") for span in (_PAST, _YEAR_SO_FAR))
_COUNTED_IN = re.compile(r"单位(?:均|都)?[为是]([\u4e00-\u9fff]{1,6})$")
_OF_DAYS = re.compile(
    r"(?:以上|上述|上表|本表|表内|数据|数字|统计)[^,，。;；]{0,10}?(?:为|是|系|:)(?:20[0-9]{2}年)?(?P<m1>1?[0-9])月(?P<d1>[123]?[0-9])日?"
    r"[-—~～至到](?:20[0-9]{2}年)?(?:(?P<m2>1?[0-9])月)?(?P<d2>[123]?[0-9])日"
)
_OF_A_MONTH = re.compile(
    r"(?:以上|上述|上表|本表|表内|数据|数字)[^,，。;；0-9]{0,4}(?:为|是|系)(?:20[0-9]{2}年)?"
    r"(?P<month>1[0-2]|[1-9])月份?(?:的|当月)?(?:数据|数字|情况|数|统计数|完成数)?$"
    r"|^(?:(?:备注|说明|注):)?(?:仅|只)?(?:为|是|系|含|报|统计)?(?P<alone>1[0-2]|[1-9])月份?(?:的)?(?:数据|数字|数|完成数)$"
)
_OF_MONTHS = re.compile(
    r"^(?:备注|说明|注):(?:仅|只)?(?:为|是|系|含|报|统计)?(?:20[0-9]{2}年)?(?P<m1>1[0-2]|[1-9])月?份?[-—~～至到]"
    r"(?P<m2>1[0-2]|[1-9])月份?(?:的|累计)?(?:数据|数字|数|情况|完成数)?$"
)
_OF_DAYS_ALONE = re.compile(
    r"^(?:备注|说明|注):(?:20[0-9]{2}年)?(?P<m1>1?[0-9])月(?P<d1>[123]?[0-9])日?[-—~～至到](?:20[0-9]{2}年)?"
    r"(?:(?P<m2>1?[0-9])月)?(?P<d2>[123]?[0-9])日?(?:的)?(?:数据|数字|数|情况)?$"
)
_COUNTED_TO = re.compile(
    r"(?:截至|截止到?|统计[到至]|数据[到至]|[仅只](?:统计|报|计|含|有)?[到至])(?:20[0-9]{2}年)?"
    r"(?P<month>1[0-2]|[1-9])月(?:(?P<day>[123]?[0-9])[日号]|底|末)"
)
_ALL_DONE = re.compile(r"(?:全部|均已?|都已?|已经?)[^,，。;；]{0,6}(?:完成|完毕|结束)|完毕|结束")
"""截至9月10日已走访完毕: nothing came behind it."""
_OF_SPANS = (_OF_DAYS, _OF_DAYS_ALONE, _OF_A_MONTH, _OF_MONTHS, _COUNTED_TO)
_A_WEEK, _A_FORTNIGHT = timedelta(days=7), timedelta(days=14)
_AS_A_COUNT_OF = re.compile(r"(?:按|为|是)([\u4e00-\u9fff]{1,3}?)数?(?:统计|计算|填报|计)?$")
_CONTAINERS = frozenset("箱包捆袋盒桶筐车批")
_MAY_COUNT = re.compile(r"单位|[按为是][\u4e00-\u9fff]{1,3}(?:数|统计|计|$)")
_NOUN = 2
_A_NOTE = 60
"""Characters of the longest note; a longer text tells a story."""
_INSTRUCTS = re.compile(r"如|若|是否|不得|避免|防止|须|应填|应认真|确保")


_HOLDS = re.compile(r"(?<![不未])(?:含|包括|加上)|其中.*[0-9]")
_JOINTLY = re.compile(r"(?:[与和同跟]|联合|协同|配合|邀请)$")
_SENTENCE = re.compile(r"[。；;！!\r\n]")


@lru_cache(maxsize=8)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of a text, without the space around them."""
    return tuple(said for part in _SENTENCE.split(text) if (said := part.strip()))


@remembered
def takes_back(text: str) -> bool:
    """Whether it takes a figure back, which instructions on how to fill in a form do not."""
    plain = fold(text)
    return _TAKES_BACK.search(plain) is not None and _INSTRUCTS.search(plain) is None


def called(text: str, fields: Iterable[Field]) -> set[str]:
    """The fields a text calls by one of their names."""
    plain = fold(text)
    return {f.id for f in fields if any(word in plain for word in field_words(f))}


def of_another_span(text: str, *, yearly: bool) -> bool:
    """Whether it says that figures are of a time not asked for: 以上数据为1-6月累计 in a report on June.

    ``yearly``: the report itself is on the time since the beginning of the year.
    """
    past, this_year = _spans(text)
    return past or (not yearly and this_year)


@remembered
def _spans(text: str) -> tuple[bool, bool]:
    """Whether it says that figures are of time gone by, and of the time since the beginning of the year."""
    plain = fold(text)
    if _INSTRUCTS.search(plain):
        return False, False
    return _OF_PAST.search(plain) is not None, _OF_YEAR.search(plain) is not None


def says_other_days(text: str, first: date, last: date) -> bool:
    """Whether it says that figures are of days more than a week off the time asked for, 6月1日至15日 in June.

    So does 以上为9月数据 in a report on two months, and 仅统计到10月15日 in one on all of October. Offices
    close their books some days before or after a month's end; a week is no other time, nor is a fortnight
    before the end for what only says how far it got.
    """
    if not _says_days(text):
        return False
    try:
        spans = list(_spans_said(fold(text), first, last))
    except ValueError:  # there is no 31st of June
        return True
    return any(
        last - end > _A_FORTNIGHT if begin is None else max(abs(begin - first), abs(end - last)) > _A_WEEK
        for begin, end in spans
    )


@remembered
def _says_days(text: str) -> bool:
    """Whether it says anything of the days figures are of, which instructions do not."""
    plain = fold(text)
    said = any(each.search(plain) for each in _OF_SPANS)
    return said and _INSTRUCTS.search(plain) is None


def _spans_said(plain: str, first: date, last: date) -> Iterator[tuple[date | None, date]]:
    """The days from which and to which a text says its figures are; None where it says no first one."""
    if hit := _OF_DAYS.search(plain) or _OF_DAYS_ALONE.search(plain):
        yield (
            date(first.year, int(hit["m1"]), int(hit["d1"])),
            date(last.year, int(hit["m2"] or hit["m1"]), int(hit["d2"])),
        )
    if hit := _OF_A_MONTH.search(plain):
        month = int(hit["month"] or hit["alone"])
        yield _in_whole_months(first, last, month, month)
    if hit := _OF_MONTHS.search(plain):
        yield _in_whole_months(first, last, int(hit["m1"]), int(hit["m2"]))
    if (hit := _COUNTED_TO.search(plain)) and not _ALL_DONE.search(plain):
        month, day = int(hit["month"]), hit["day"]
        yield None, date(last.year, month, int(day)) if day else month_end(date(last.year, month, 1))


def _in_whole_months(first: date, last: date, begin: int, end: int) -> tuple[date, date]:
    """The days months name; those the time asked for begins and ends in are that time: 3—5月 from 3月21日."""
    if (begin, end) == (first.month, last.month):
        return first, last
    return date(first.year, begin, 1), month_end(date(last.year, end, 1))


def counted_otherwise(text: str, fields: Iterable[Field]) -> set[str]:
    """The fields a remark says are counted in another measure than was asked for: 消毒面积单位为万平方米."""
    plain = fold(text)
    if not _MAY_COUNT.search(plain):
        return set()
    asked, found = list(fields), set[str]()
    own = frozenset(fold(f.unit) for f in asked if f.unit)
    for clause in re.split(r"[,，;；。]", plain):
        said = _COUNTED_IN.search(clause)
        if said is None and (counted := _AS_A_COUNT_OF.search(clause)) and called(clause, asked):
            said = counted
        if said is None or (measure_in(said[1], own) is None and said[1] not in _CONTAINERS):
            continue
        named = called(clause, asked) or ({f.id for f in asked} if said[1] not in own else set())
        found |= {f.id for f in asked if f.id in named and f.unit and not _is_measure_of(said[1], f)}
    return found


def _is_measure_of(word: str, asked: Field) -> bool:
    """Whether a word is the measure a field is asked for in, or another word for it."""
    return word == fold(asked.unit) or word in measure_of(fold(asked.unit))


@remembered
def holds_others(text: str) -> bool:
    """Whether it says that a figure holds another one; whose, its words tell."""
    plain = fold(text)
    return len(plain) <= _A_NOTE and _HOLDS.search(plain) is not None and _INSTRUCTS.search(plain) is None


def done_together(before: str) -> bool:
    """Whether the words before a unit's name make it one that joined in, as in 与南城街道合办."""
    return _JOINTLY.search(before) is not None


def left_open(note: str, fields: Iterable[Field]) -> set[str]:
    """The fields whose figures a note says are guesses, incomplete or too much; all if it names none."""
    asked = list(fields)
    if len(note) > _A_NOTE or _INSTRUCTS.search(fold(note)) or not is_left_open(note) or takes_back(note):
        return set()
    return _meant(note, asked)


def _meant(text: str, asked: list[Field]) -> set[str]:
    """The fields a remark names, in full or by a noun of theirs alone; all if it names none."""
    plain = fold(text)
    nouns = {f.id: {word[-_NOUN:] for word in field_words(f)} for f in asked}
    told = [n for own in nouns.values() for n in own]
    alone = {name for name, own in nouns.items() if any(n in plain and told.count(n) == 1 for n in own)}
    return called(text, asked) | alone or {f.id for f in asked}


def says_the_same(text: str, fields: Iterable[Field], figures: Collection[float]) -> bool:
    """Whether a remark only says once more what stands in the form: 走访家庭实际30户 beside 30."""
    plain = fold(text)
    said = _SAYS_WHICH.findall(plain)
    same = bool(said) and all(float(number) in figures for number in said)
    return same and not taken_back(_SAYS_WHICH.sub("", plain), fields)


def _says_actually(text: str) -> bool:
    """Whether it says 参与人数实际3650 of a figure, and does not hold it against a plan."""
    plain = fold(text)
    return _ACTUALLY.search(plain) is not None and _PLANNED.search(plain) is None


def taken_back(text: str, fields: Iterable[Field], *, yearly: bool = False) -> set[str]:
    """The fields whose figures a remark takes back; all of them when it does not say which."""
    asked = list(fields)
    if not (takes_back(text) or _says_actually(text) or of_another_span(text, yearly=yearly)):
        return counted_otherwise(text, asked)
    return _meant(text, asked)


@lru_cache(maxsize=16)
def taking_back(fields: tuple[Field, ...], *, yearly: bool = False) -> Callable[[str], frozenset[str]]:
    """``taken_back`` for the forms of one obligation: most that stands around their figures is alike."""

    @remembered
    def of(text: str) -> frozenset[str]:
        return frozenset(taken_back(text, fields, yearly=yearly))

    return of
