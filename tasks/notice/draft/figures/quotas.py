"""What each unit is to reach, and what all together are to reach: two different figures.

A figure belongs to the last units named before it in its sentence; a figure of nobody is nobody's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.notice.draft.figures.allotted import allotted
from tasks.notice.draft.figures.counts import Count, counts, exactly
from tasks.notice.draft.figures.grid_quotas import table_quotas
from tasks.notice.draft.figures.one_by_one import one_by_one_in, spans_in
from tasks.notice.draft.figures.owners import SWALLOWED, Owner, owners_in
from tasks.notice.draft.model import Evidence, Quota, Target
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line, sentences
from tasks.notice.draft.words.numerals import number
from tasks.notice.draft.words.objects import NOUN
from tasks.notice.draft.words.page import BAR

_FIRST = re.compile(
    rf"(?P<item>[^，。；：将把请]{{2,30}}?(?:{NOUN}))(?:，?(?:请|由|须|应)各|可于|请于|须于|于(?=\d)|实行)"
)
_EVERY_TIME = re.compile(r"(?P<per>每[次场期轮批堂节])(?P<item>[\u4e00-\u9fff]{2,})?")
_ACTED_ON = re.compile(
    "(?:培育|创建|选树|评选|建设|抽查|核实|核查|走访|检查|帮扶|联系|督导|排查|优秀|先进|示范|典型|新增)[\u4e00-\u9fff]{2,}"
)
_SOMEBODY = re.compile(r"每[月周年季日]度?$|(?:部门|单位|乡镇|街道|局|学会|协会|学校)$")
_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.]|[①-⑳]) ?"
)
_DOING = re.compile(
    rf"{_MARK.pattern}(?:(?:广泛|深入|积极|认真)?(?:开展|组织|举办|评选|推荐|征集|选树)(?P<item>[\u4e00-\u9fff“”]{{2,14}})(?:（[^（）]{{2,20}}）)?[。：]"
    r"|(?P<dated>[\u4e00-\u9fff]{2,8})（\d{1,2}月\d{1,2}日前）。"
    rf"|(?P<named>[\u4e00-\u9fff]{{0,4}}(?:{NOUN}|宣讲|讲座|演练|培训|展演|比赛|竞赛|走访|志愿服务))。)"
)
_ASKED_OF = re.compile(
    r"(?:申报|推荐|报送|选派|选送|评选|征集)(?P<item>[\u4e00-\u9fff“”]{2,14}?)(?:的)?(?:名额|数量|指标)?$"
)
"""“各高校申报重点团队：云阳大学不超过20支”."""
_QUOTED_LABEL = re.compile(r"(?:^|[。；])(?P<item>“[^”]{2,20}”)：$")
_SUBJECT = re.compile(r"(?:对象|范围|主体)：(?P<item>[^：]{2,20})$")
_DONE_EACH = re.compile(
    r"[\u4e00-\u9fff]{3,10}(?<!期间)(?<!阶段)(?<!原则上)(?<!要求)(?<!全年)(?<!年内)(?<!各地)"
)
"""“张贴海报每小区不少于3张”."""
_AN_OFFICE = re.compile(r"(?:局|委|办|厅|院|部门|政府)$")
_SET = re.compile(r"\d|不[少低多超]|至[少多]")
"""A clause that sets a figure of its own names nothing for the next."""
_THING = re.compile(rf"(?:{NOUN}|活动|项目|信息|人选|候选人|案例|作品|照片)$")
_LISTED = re.compile(r"(?![^\n]*(?:按|由|请|将|每|各))[\u4e00-\u9fff“”]{2,12}")
_SLOGAN = re.compile(r"“(?P<all>(?:[百千万][场家户人名篇次个堂课项件村企校][^”，、]{1,12}[，、]?){1,4})”")
_SLOGAN_PART = re.compile(r"(?P<n>[百千万])(?P<unit>[场家户人名篇次个堂课项件村企校])[^”，、]{1,12}")
_REACH = 160
_NEAR = 80


@dataclass(frozen=True, slots=True)
class _Owned:
    """A figure with its owner, and the item when it was named elsewhere in the paragraph."""

    owner: Owner
    count: Count
    item: str
    quote: Evidence


def quotas(layout: Layout) -> list[Quota]:
    """Every figure each unit is to reach."""
    return [
        Quota(each.item or None, each.count.low, each.count.high, each.owner.per, each.count.unit, each.quote)
        for line in layout.body
        if BAR not in line.text
        for each in _owned(layout, line)
        if each.owner.per
    ] + [*_one_by_one(layout), *allotted(layout), *table_quotas(layout)]


def _one_by_one(layout: Layout) -> Iterator[Quota]:
    for line in layout.body:
        for sentence in sentences(line):
            for one in one_by_one_in(sentence.text):
                quote = evidence(layout.page, sentence.start + one.start, sentence.start + one.end)
                yield Quota(one.item or None, one.low, one.high, one.per, one.unit, quote)


def targets(layout: Layout) -> list[Target]:
    """Every figure all units together are to reach."""
    found: dict[str, Target] = {}
    for line in layout.body:
        for target in (*_slogans(layout, line), *_wholes(layout, line)):
            found.setdefault(target.item, target)
    return list(found.values())


def _wholes(layout: Layout, line: Line) -> Iterator[Target]:
    for each in _owned(layout, line):
        if not each.owner.per and each.item and each.count.low is not None:
            yield Target(each.item, each.count.low, each.count.unit, each.quote)


def _owned(layout: Layout, line: Line) -> Iterator[_Owned]:
    """The figures of a paragraph; units that only say how many count what was counted before."""
    heard: dict[str, str] = {}
    last: Owner | None = None
    for sentence in sentences(line):
        text = sentence.text
        owners = owners_in(text)
        taken = spans_in(text) if owners else []
        for named, following in zip(owners, [*owners[1:], None], strict=False):
            owner = named
            stop = min(following.start if following else len(text), owner.end + _REACH)
            for count in _counted(text, owner.end, stop):
                if any(a <= count.end - 1 < b for a, b in taken):
                    continue
                if _in_another_bracket(text, owner.start, count.start) or _is_somebody(count):
                    continue
                item = _own_item(owner, count) or count.item or owner.item or _said_before(text, owner.start)
                part = not item and last is not None and _is_part(text, owner, count)
                item = owner.per if part else item or heard.get(count.unit, "") or _asked_for(text)
                item = item or _headed(line.text)
                held, item = _with_thing(last if part and last else owner, item)
                owner = last = held
                if every := _EVERY_TIME.fullmatch(item):
                    held, item = replace(held, per=every["per"] if held.per else ""), every["item"] or ""
                heard[count.unit] = item or heard.get(count.unit, "")
                begin = min(owner.start, count.start)
                quote = evidence(layout.page, sentence.start + begin, sentence.start + count.end)
                yield _Owned(held, count, item, quote)


def _counted(text: str, start: int, stop: int) -> list[Count]:
    """The figures behind an owner; “推荐先进个人1名” right behind him is one that nothing bounds."""
    found = counts(text, start, stop)
    exact = [
        one
        for one in exactly(text, start)
        if not found or found[0].start >= (one.start if one.item else one.end)
    ]
    found = [one for one in found if not exact or one.start >= exact[0].end]
    return [*exact, *found]


def _is_somebody(count: Count) -> bool:
    """Units named before a limit count by themselves, unless they are acted on: 抽查核实单位不少于50家."""
    return bool(_SOMEBODY.search(count.item)) and not _ACTED_ON.match(count.item)


def _own_item(owner: Owner, count: Count) -> str:
    """What was said with the units, for the figure right behind; a later clause names its own."""
    return owner.item if count.start <= owner.end else ""


def _is_part(text: str, owner: Owner, count: Count) -> bool:
    """“各县监测企业不少于20家，其中工业企业不少于12家”: a kind of what is counted, nobody's name."""
    return text[: owner.start].endswith("其中") and count.unit in {"家", "户", "所"}


def _with_thing(owner: Owner, item: str) -> tuple[Owner, str]:
    """“各县监测企业不少于20家”: where nothing else says what is counted, the units' own last word does."""
    found = None if item else SWALLOWED.fullmatch(owner.per)
    if found is None or _AN_OFFICE.search(found["item"]):
        return owner, item
    return replace(owner, per=found["per"]), found["item"]


def _in_another_bracket(text: str, owner: int, at: int) -> bool:
    """Whether a figure stands in a bracket that its owner does not stand in: a remark."""
    between = text[owner:at]
    before = text[max(0, at - 60) : at]
    return before.count("（") > before.count("）") and "（" in between


def _said_before(text: str, at: int) -> str:
    """“征文数量：每单位不少于3篇”, “4.优秀社团每校限报1个”: the thing stands before the units."""
    clause = re.split(r"[。；，]", text[max(0, at - 40) : at].rstrip("：，（"))[-1]
    if subject := _SUBJECT.search(clause) or (text[at - 1 : at] == "：" and _ASKED_OF.search(clause)):
        return subject["item"]
    if label := _QUOTED_LABEL.search(text[max(0, at - 40) : at]):
        return label["item"]
    bare = _MARK.sub("", clause)
    if _SET.search(bare) or bare.startswith("各"):
        return ""
    if text.startswith("每", at) and _DONE_EACH.fullmatch(bare) and not _AN_OFFICE.search(bare):
        return bare
    marked = bare != clause and _LISTED.fullmatch(bare)
    thing = re.sub(r"(?:的)?(?:报送|上报|推荐|征集)?(?:数量|名额|任务|指标|要求)?$", "", bare)
    return thing if marked or _THING.search(thing) else ""


def _asked_for(text: str) -> str:
    """“亮点信息请各单位于……报办公室，每单位不少于1篇”: the thing the sentence begins with."""
    found = _FIRST.match(_MARK.sub("", text))
    return found["item"] if found else ""


def _headed(text: str) -> str:
    """“（一）开展经典诵读。每个街道至少组织3场”: the thing is the paragraph's heading."""
    found = _DOING.match(text)
    return (found["item"] or found["dated"] or found["named"]) if found else ""


def _slogans(layout: Layout, line: Line) -> Iterator[Target]:
    """“千场活动，万家走访”: a slogan that names a figure."""
    for slogan in _SLOGAN.finditer(line.text):
        for part in _SLOGAN_PART.finditer(line.text, slogan.start("all"), slogan.end("all")):
            count = number(part["n"])
            if count:
                quote = evidence(layout.page, line.start + part.start(), line.start + part.end())
                yield Target(part.group(), count, part["unit"], quote)
