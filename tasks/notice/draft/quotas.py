"""What each unit is to reach, and what all together are to reach: two different figures."""

import re
from collections.abc import Iterator

from tasks.notice.draft.handing import NOUN
from tasks.notice.draft.header import evidence
from tasks.notice.draft.layout import Layout, Line, sentences
from tasks.notice.draft.model import Quota, Target
from tasks.notice.draft.numerals import number

_COUNT = r"\d{1,7}|[一二两三四五六七八九十百千万]{1,5}"
_MEASURE = "场次|人次|例次|场|个|户|篇|家|名|人|次|份|件|条|项|期|堂|节|支|处|幅|部|组|批|期|对|宗|起"
_AT_LEAST = "≥|>=|不少于|不得少于|不低于|不得低于|至少|达到|力争达到|突破|超过|以上"
_NUMBER = rf"(?P<n>{_COUNT})(?:余)?(?P<unit>{_MEASURE})"
_BOUND = re.compile(
    rf"(?P<word>不少于|≥|>=|≤|不得少于|不低于|不得低于|至少|不超过|不得超过|不多于|最多|至多|限报|达到|力争达到)(?P<verb>组织|开展|完成|举办|推荐|上报|报送|安排)?(?P<mid>[\u4e00-\u9fff“”]{{0,12}}?){_NUMBER}(?P<after>[^，。；、（）\n\d]{{0,12}})"
)
_OVER = re.compile(rf"(?P<item>[^，。；、：（）\n\d]{{2,14}}){_NUMBER}以上")
_SPAN = re.compile(
    rf"(?P<item>[^，。；、：（）\n\d]{{0,14}}?)(?P<low>\d{{1,4}})(?:—{{1,2}}|-|至|~|～|－|–)(?P<n>\d{{1,4}})(?P<unit>{_MEASURE})(?P<after>[\u4e00-\u9fff]{{0,8}})"
)
_ONE_DONE = rf"(?:{_COUNT})(?:余)?(?:{_MEASURE})[\u4e00-\u9fff（）]{{2,10}}?(?=[，。；和、及]|$)"
_DONE = re.compile(rf"(?:完成|开展|组织|举办)(?:不少于)?(?P<list>(?:[和、及](?=\d)|{_ONE_DONE}){{1,6}})")
_EACH_DONE = re.compile(rf"{_NUMBER}(?P<after>[\u4e00-\u9fff（）]{{2,10}}?)(?=[，。；和、及]|$)")
_PER = re.compile(
    r"(?P<per>(?:每[个家名位支]|每所|每镇|每县|每区|每市|每乡|每街道|每部门|每村|每校|每单位|每(?=[\u4e00-\u9fff]{1,8}(?:局|镇|街道|村|社区|学校|中心|站|所|单位|协会))|各|[市县区]直各|[区县市]直[\u4e00-\u9fff]{0,4}各)[^，。；：\n]{0,60}?)"
    r"(?=要(?!求)|应(?!急)|须|需|每[月周年日季]|至少|不少于|不得|完成|开展|举办|组织(?!要|应|须|、|，|和|及|等|$)|推荐|报送|上报|检查|走访|征集|选送|选报|安排|创作|培育|建设|巡查|抽查|培训|参加|参与|选派|采集|限报|\d|，)"
)
_ALL = re.compile(r"(?:全[市区县省州镇乡街]|我[市区县]|各地合计|总计)")
_VERBS = re.compile(
    r"^(?:并|要|应|须|需|计划|力争|共|累计|原则上|可|将|均|每[月周年日季](?:度|[一二三四五六日末]|\d{1,2}日)?前?|分别|组织|开展|完成|举办|报送|上报|采集|征集|推荐|选送|推送|安排|实现|建成|全年|全市|全县|全区|的|活动期间|期间|年内)+"
)
_NOT_COUNTED = re.compile(r"字数|照片|图片|张|分钟|一式|附|证明|篇幅|每篇|每张|每幅|复印")
_SLOGAN = re.compile(r"“(?P<all>(?:[百千万][场家户人名篇次个堂课项件村企校][^”，、]{1,12}[，、]?){1,4})”")
_SLOGAN_PART = re.compile(r"(?P<n>[百千万])(?P<unit>[场家户人名篇次个堂课项件村企校])[^”，、]{1,12}")


def quotas(layout: Layout) -> list[Quota]:
    """Every figure each unit is to reach."""
    return [
        quota for line in layout.body for sentence in sentences(line) for quota in _quotas(layout, sentence)
    ]


def targets(layout: Layout) -> list[Target]:
    """Every figure all units together are to reach."""
    found: dict[str, Target] = {}
    for line in layout.body:
        for target in (*_slogans(layout, line), *(t for s in sentences(line) for t in _totals(layout, s))):
            found.setdefault(target.item, target)
    return list(found.values())


def _quotas(layout: Layout, sentence: Line) -> Iterator[Quota]:
    text = sentence.text
    subjects = [m for m in _PER.finditer(text) if "，" not in m["per"]]
    if not subjects:
        return
    for n, subject in enumerate(subjects):
        stop = subjects[n + 1].start() if n + 1 < len(subjects) else len(text)
        whole = _ALL.search(text, subject.end(), stop)
        stop = whole.start() if whole else stop
        yield from _of_subject(layout, sentence, subject, min(stop, subject.end() + 160))


def _of_subject(layout: Layout, sentence: Line, subject: re.Match[str], stop: int) -> Iterator[Quota]:
    text = sentence.text
    per = re.sub(r"^(?:请|由)", "", subject["per"]).strip("、")
    for named, low, high, unit, start, end in _figures(text, subject.end(), stop):
        item = named or _said_before(text, subject.start()) or None
        if item and _NOT_COUNTED.search(item):
            continue
        quote = evidence(layout.page, sentence.start + min(subject.start(), start), sentence.start + end)
        yield Quota(item, low, high, per, unit, quote)


def _said_before(text: str, at: int) -> str:
    """“征文数量：每单位不少于3篇”: the thing stands before the units."""
    clause = re.split(r"[。；，]", text[max(0, at - 40) : at].rstrip("：，"))[-1]
    if subject := _SUBJECT.search(clause):
        return subject["item"]
    clause = re.sub(
        r"(?:的)?(?:报送|上报|推荐|征集)?(?:数量|名额|任务|指标|要求)?$", "", _MARK.sub("", clause)
    )
    return clause if _THING.search(clause) else ""


_MARK = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.])")
_SUBJECT = re.compile(r"(?:对象|范围|主体)：(?P<item>[^：]{2,20})$")
_THING = re.compile(rf"(?:{NOUN}|活动|项目|信息|人选|候选人)$")
_Figure = tuple[str, int | None, int | None, str, int, int]


def _figures(text: str, start: int, stop: int) -> list[_Figure]:
    """Every bounded count of a clause; a maximum joins the minimum before it."""
    found: list[_Figure] = []
    for one in sorted([*_bounds(text, start, stop), *_others(text, start, stop)], key=lambda f: f[4]):
        item, low, high, unit, _, end = one
        before = found[-1] if found else None
        if before and low is None and not item and before[2] is None and before[3] == unit:
            found[-1] = (*before[:2], high, unit, before[4], end)
        elif not (before and one[4] < before[5]):
            found.append(one)
    return found


def _bounds(text: str, start: int, stop: int) -> Iterator[_Figure]:
    for found in _BOUND.finditer(text, start, stop):
        count = number(found["n"])
        least = found["word"] in _AT_LEAST.split("|")
        item, bare, begin = _item_before(text, start, found.start())
        item = item or _of_bound(found["mid"], found["after"]) or bare or found["verb"] or ""
        if count is None or _NOT_COUNTED.search(item) or _in_bracket(text, found.start()):
            continue
        yield (
            item,
            count if least else None,
            None if least else count,
            found["unit"],
            begin,
            found.end("unit"),
        )


def _of_bound(mid: str, after: str) -> str:
    """“至少培训救护员30人”, “至少谋划2个项目”: after a bare verb the thing follows the number."""
    verb = 2
    return after if after and len(mid) <= verb else mid or after


def _others(text: str, start: int, stop: int) -> Iterator[_Figure]:
    for found in _OVER.finditer(text, start, stop):
        yield from _plain(_VERBS.sub("", found["item"]), number(found["n"]), None, found, text)
    for found in _SPAN.finditer(text, start, stop):
        if "将" in found["item"] or re.match(r"通过|报|发|送", found["after"]):
            continue
        item = found["after"] or _VERBS.sub("", found["item"])
        low, high = number(found["low"]), number(found["n"])
        if low is not None and high is not None and low < high and not re.match(r"日|月|年", found["after"]):
            yield from _plain(item, low, high, found, text)
    for done in _DONE.finditer(text, start, stop):
        for found in _EACH_DONE.finditer(text, done.start("list"), done.end("list")):
            yield from _plain(found["after"], number(found["n"]), None, found, text)


def _plain(
    item: str, low: int | None, high: int | None, found: re.Match[str], text: str
) -> Iterator[_Figure]:
    if (
        item
        and low is not None
        and "参加" not in item
        and "参会" not in item
        and not _NOT_COUNTED.search(item + found["unit"])
        and not _in_bracket(text, found.start("n"))
    ):
        yield item, low, high, found["unit"], found.start(), found.end()


def _item_before(text: str, start: int, at: int) -> tuple[str, str, int]:
    """The thing counted before the bound, the bare verb that stands for it, and where its clause begins."""
    begin = max(start, *(text.rfind(mark, start, at) + 1 for mark in "，；、：（"))
    clause = text[begin:at]
    return _VERBS.sub("", clause), re.sub(r"^(?:要|应|须|需|每[月周年])+", "", clause), begin


def _in_bracket(text: str, at: int) -> bool:
    before = text[max(0, at - 60) : at]
    return before.count("（") > before.count("）")


def _totals(layout: Layout, sentence: Line) -> Iterator[Target]:
    text = sentence.text
    subject = _ALL.search(text)
    if not subject:
        return
    each = _PER.search(text, subject.end())
    stop = min(len(text) if each is None else each.start(), subject.end() + 160)
    for item, low, _, unit, start, end in _figures(text, subject.end(), stop):
        if item and low is not None:
            yield Target(item, low, unit, evidence(layout.page, sentence.start + start, sentence.start + end))


def _slogans(layout: Layout, line: Line) -> Iterator[Target]:
    """“千场活动，万家走访”: a slogan that names a figure."""
    for slogan in _SLOGAN.finditer(line.text):
        for part in _SLOGAN_PART.finditer(line.text, slogan.start("all"), slogan.end("all")):
            count = number(part["n"])
            if count:
                quote = evidence(layout.page, line.start + part.start(), line.start + part.end())
                yield Target(part.group(), count, part["unit"], quote)
