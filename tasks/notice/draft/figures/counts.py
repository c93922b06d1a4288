"""Figures to be reached, as a clause states them: at least, at most, from-to; what is counted and in what.

A figure is one only where the clause bounds it or says that it is to be done; “一次检查” is no figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.notice.draft.words.numerals import number

_COUNT = r"\d{1,4}(?:\.\d{1,2})?万|\d{1,7}|[一二两三四五六七八九十百千万]{1,5}"
_MEASURE = (
    "场次|人次|例次|家次|户次|轮|天|学时|课时|平方米|立方米|公里|千米|公斤|公顷|吨|小时|场|个|户|篇|家|名|人|次|份|件|条|项|期|堂|节|支|处|幅|部|组|批|对|宗|起"
    "|张|册|本|株|亩|具|封|台|辆|座|所|课"
)
_AT_LEAST = frozenset(
    ("≥", ">=", "不少于", "不得少于", "不低于", "不得低于", "至少", "达到", "力争达到", "突破")
)
_NUMBER = rf"(?P<n>{_COUNT})(?:余)?(?P<unit>{_MEASURE})"
_BOUND = re.compile(
    r"(?P<word>不少于|≥|>=|≤|不得少于|不低于|不得低于|至少|最多不超过|不超过|不得超过|不多于|最多|至多"
    r"|限(?=报|推|荐|申|选)|力争达到|达到|突破)"
    r"(?:可|应|需)?(?P<verb>组织|开展|完成|举办|推荐|上报|报送|申报|选送|选报|报|荐|安排)?(?P<mid>[\u4e00-\u9fff“”]{0,12}?)"
    rf"{_NUMBER}(?P<after>[^，。；、（）\n\d]{{0,12}})"
)
_TAKING_PART = re.compile("参加|参评|参与")
_DAYS = re.compile(
    r"(?:于|在)?\d{1,2}月\d{1,2}日(?:(?:至|到|—{1,2}|-)(?:\d{1,2}月)?\d{1,2}日)?(?:期间|前)?|\d{1,2}月\d{1,2}日前"
)
_EVERY_TIME = re.compile("每[次场期轮批堂节]$")
_THING_BEHIND = r"(?P<thing>[\u4e00-\u9fff（）]{2,10}?)(?=[，。；和、及]|$)"
_ALSO = (
    re.compile(rf"[、和及]{_NUMBER}{_THING_BEHIND}"),
    re.compile(rf"[、和及](?P<thing>[\u4e00-\u9fff“”]{{2,12}}?){_NUMBER}"),
)
"""至少开展应急演练2次、宣讲活动4场: the bound goes for all that is listed."""
_OF_ITS_OWN = re.compile("[每各]|不[少低多超]|不得|至[少多]|最[少多]|限")
_OVER = re.compile(rf"(?P<item>[^，。；、：（）\n\d]{{2,14}}){_NUMBER}以上")
_SPAN = re.compile(
    rf"(?P<item>[^，。；、：（）\n\d]{{0,14}}?)(?P<low>\d{{1,4}})(?:—{{1,2}}|-|至|~|～|－|–)(?P<n>\d{{1,4}})"
    rf"(?P<unit>{_MEASURE})(?P<after>[\u4e00-\u9fff]{{0,8}})"
)
_ONE_DONE = rf"(?:{_COUNT})(?:余)?(?:{_MEASURE})[\u4e00-\u9fff（）]{{2,10}}?(?=[，。；和、及]|$)"
_DONE = re.compile(rf"(?:完成|开展|组织|举办)(?P<list>(?:[和、及](?=\d)|{_ONE_DONE}){{1,6}})")
_EACH_DONE = re.compile(_NUMBER + _THING_BEHIND)
_ONCE = re.compile(r"一(?:次|轮|批|期)")
_LEAD = re.compile(
    r"^(?:并|且|要|应(?!急)|须|需|计划|力争|共|累计|原则上|可|将|均|其中|每学[年期]|每半?[月周年日季](?:度|[一二三四五六日末]|\d{1,2}日)?前?"
    r"|分别|组织|开展|完成|举办|报送|上报|报(?![告表名刊纸道])|采集|征集|推荐|选送|推送|安排|实现|建成|组建|成立|配备|全年|全市|全县|全区|的|活动期间|期间|年内)+"
)
_RHYTHM = re.compile(
    r"(?<=[\u4e00-\u9fff][\u4e00-\u9fff])(?<!部门)(?<!单位)(?<!街道)(?<!乡镇)(?:每[月周季年日]度?)$"
)
_NAMED = r"(?:(?![不至限各每超]|最[多少低高])[\u4e00-\u9fff“”]){0,10}"
_TO = r"(?:—{1,2}|-|至|~|～)"
EXACTLY = (
    rf"(?:另)?(?:要|应|须|需)?(?:推荐|选派|选送|选树|选报|申报|报送|上报|提供|配备|设立){_NAMED}\d{{1,4}}(?:{_TO}\d{{1,4}})?"
    r"[名户人个家件篇项支对](?=[，。；、（]|$)"
)
_EXACT = re.compile(
    rf"(?:另)?(?:要|应|须|需)?[\u4e00-\u9fff]{{2}}(?P<item>{_NAMED})(?P<n>\d{{1,4}})(?:{_TO}(?P<high>\d{{1,4}}))?"
    r"(?P<unit>[名户人个家件篇项支对])(?=[，。；、（]|$)"
)
_AFTER_LABEL = re.compile(
    rf"(?P<item>)(?P<n>\d{{1,4}})(?:{_TO}(?P<high>\d{{1,4}}))(?P<unit>[名户人个家件篇项支对])(?=[，。；（]|$)"
)
"""“每县（区）2—3名”: from so many to so many, right behind the units."""
_CHANGED = re.compile(
    r"(?:数量|名额|任务数?|上限|下限)?(?:由|从)[^，。；]{1,10}?(?:调整|增加|减少|提高|降低|变更|改)(?:为|至|到)$"
)
_AIMED = re.compile(
    r"^(?:在[^，。；]{1,10}(?:前|期间|内))?(?:向[^，。；]{1,12}?(?=发送|发放|推送|赠送|提供))?"
)
_TOGETHER = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:累计|合计|共计|总计|总共)$")
_NO_THING = re.compile(
    r"(?:(?:节前|节后|节日|假期|汛期|重点时段|高峰期|活动)[一二两三]?[周天日]?(?:期间)?(?:每[年月周季日天]度?)?|全年|年内|全月|累计|合计|共计|且|并且?|其中|每[年月周季日]度?|每学[年期]|(?:省|市|县|区|镇|乡|村|乡镇|街道|社区)级)"
)
"""Words before a bound that are no thing: “全年不少于12场”, “县级不少于2场”."""
_DUTY = re.compile(r"^(?:要|应(?!急)|须|需|原则上|每[月周年])+")
_NOT_COUNTED = re.compile(
    r"字数|照片|图片|张(?!贴)|分钟|(?<!服务)时长|一式|附|证明|篇幅|每篇|每张|每幅|每场|复印|公示"
)
_NOT_OWED = re.compile(r"参加|参会")
_HAPPENED = re.compile(r"发生|造成|死亡|受伤")
_NOT_A_SPAN = re.compile(r"日|月|年|通过|报|发|送")
_BARE = 2


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of a clause: what is counted, from ``low`` to ``high`` (None is open), in ``unit``."""

    item: str
    low: int | None
    high: int | None
    unit: str
    start: int
    end: int


def not_counted(item: str) -> bool:
    """Whether the words speak of a property of a paper, not of a thing to be reached."""
    return bool(_NOT_COUNTED.search(item))


def counts(text: str, start: int, stop: int) -> list[Count]:
    """Every figure between two places; a maximum joins the minimum before it."""
    found: list[Count] = []
    for one in sorted([*_bounds(text, start, stop), *_others(text, start, stop)], key=lambda f: f.start):
        before = found[-1] if found else None
        if before and one.low is None and not one.item and before.high is None and before.unit == one.unit:
            found[-1] = replace(before, high=one.high, end=one.end)
        elif not (before and one.start < before.end):
            found.append(one)
    return found


def exactly(text: str, start: int) -> list[Count]:
    """“各街道推荐3户”: what units are told to name right behind their own name, neither more nor fewer."""
    found = _EXACT.match(text, start) if re.match(EXACTLY, text[start : start + 24]) else None
    found = found or _AFTER_LABEL.match(text, start)
    if found is None:
        return []
    low, high = int(found["n"]), int(found["high"] or found["n"])
    return [Count(found["item"], low, high, found["unit"], found.start(), found.end())]


def value(text: str) -> int | None:
    """The whole number: 3, 三, 1.5万."""
    tens = re.fullmatch(r"(\d{1,4})\.(\d{1,2})万", text)
    return int(tens[1]) * 10_000 + int(tens[2].ljust(4, "0")) if tens else number(text)


def _bounds(text: str, start: int, stop: int) -> Iterator[Count]:
    for found in _BOUND.finditer(text, start, stop):
        count = value(found["n"])
        least = found["word"] in _AT_LEAST
        item, bare, begin = _item_before(text, start, found.start())
        behind = _of_bound(found["mid"], found["after"])
        item = (
            item + behind
            if _EVERY_TIME.fullmatch(item)
            else item or behind or _verb(bare) or _verb(found["verb"] or "")
        )
        if count is not None and not not_counted(item) and not _HAPPENED.search(text[begin : found.end()]):
            low, high = (count, None) if least else (None, count)
            yield Count(item, low, high, found["unit"], begin, found.end("unit"))
            yield from _listed_behind(text, found, stop, least=least)


def _listed_behind(text: str, bound: re.Match[str], stop: int, *, least: bool) -> Iterator[Count]:
    at = bound.end("unit") if not bound["after"] else bound.end()
    while at < stop and (found := next(filter(None, (each.match(text, at, stop) for each in _ALSO)), None)):
        item, unit, count = found["thing"], found["unit"], value(found["n"])
        owed = not (_NOT_OWED.search(item) or not_counted(item + unit) or _HAPPENED.search(item))
        if count is None or _OF_ITS_OWN.search(item):
            return
        if owed:
            yield Count(
                item, count if least else None, None if least else count, unit, found.start() + 1, found.end()
            )
        at = found.end()


def _verb(word: str) -> str:
    """“限推荐3名” counts 推荐; “限报1个”, “至少组织3场” count what was named before."""
    return (
        "" if word in {"报", "荐", "报送", "上报", "选报", "安排", "完成", "组织", "开展", "举办"} else word
    )


def _of_bound(mid: str, after: str) -> str:
    """“至少培训救护员30人”, “至少谋划2个项目”: after a bare verb the thing follows the number."""
    after = _TAKING_PART.split(after)[0].removeprefix("的").removeprefix("为")
    return after if after and len(mid) <= _BARE else mid or after


def _others(text: str, start: int, stop: int) -> Iterator[Count]:
    for found in _OVER.finditer(text, start, stop):
        yield from _plain(_LEAD.sub("", found["item"]), None, found)
    for found in _SPAN.finditer(text, start, stop):
        if "将" not in found["item"] and not _NOT_A_SPAN.match(found["after"]):
            yield from _plain(found["after"] or _LEAD.sub("", found["item"]), number(found["n"]), found)
    for done in _DONE.finditer(text, start, stop):
        for found in _EACH_DONE.finditer(text, done.start("list"), done.end("list")):
            at_most = found["thing"].startswith(("以下", "以内"))
            if not _ONCE.match(found.group()) and not at_most:
                yield from _plain(found["thing"].removeprefix("以上"), None, found)


def _plain(item: str, high: int | None, found: re.Match[str]) -> Iterator[Count]:
    low = value(found["low"] if high is not None else found["n"])
    fits = low is not None and (high is None or low < high)
    if item and fits and not _NOT_OWED.search(item) and not not_counted(item + found["unit"]):
        yield Count(item, low, high, found["unit"], found.start(), found.end())


def _says_no_thing(text: str) -> bool:
    """“全年累计不少于24次”: one or two such words before the bound, and nothing counted."""
    return not _NO_THING.sub("", text, count=2)


def _item_before(text: str, start: int, at: int) -> tuple[str, str, int]:
    """The thing counted before the bound, the bare verb that stands for it, and where its clause begins."""
    begin = max(start, *(text.rfind(mark, start, at) + 1 for mark in "，；、：（"))
    clause = _DAYS.sub("", _CHANGED.sub("", text[begin:at]))
    item = _TOGETHER.sub("", _LEAD.sub("", _AIMED.sub("", _LEAD.sub("", clause))))
    item = "" if _says_no_thing(item) else item
    bare = "" if _says_no_thing(clause) else _DUTY.sub("", clause)
    return (_RHYTHM.sub("", item) or item), bare, begin
