"""What each unit is to reach, and what all together are to reach: two different figures.

A figure belongs to the last units named before it in its sentence; a figure of nobody is nobody's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.notice.draft.allotted import allotted
from tasks.notice.draft.counts import EXACTLY, Count, counts, exactly
from tasks.notice.draft.header import evidence
from tasks.notice.draft.layout import Layout, Line, sentences
from tasks.notice.draft.model import Evidence, Quota, Target
from tasks.notice.draft.numerals import number
from tasks.notice.draft.objects import NOUN

_UNITS = (
    "部门|单位|学会|协会|研究会|学校|中学|小学|幼儿园|高校|局|镇|街道|乡|村|社区|组织|机构|企业|公司|中心|医院|卫生院|所|站|馆"
    "|科协|团委|工委|委员会|妇委会|联合会|商会|村委会|居委会|党委|支部|工会|妇联|残联|学院|班级|年级|合作社|农场|书店|店|队|县|区|市|校|科室|专科|科|处|系|户"
)
_LIMIT = (
    "不少于|不得少于|不低于|不得低于|至少|不超过|不得超过|不多于|最多|至多|限报|限推荐|限申报|限荐|限选|≥|≤"
)
_OFTEN = "(?:每[月周季年]度?)?"
_ACT = "推荐|报送|上报|申报|选送|选报|开展|组织|完成|举办"
_PER = re.compile(
    r"(?P<per>(?:每[个家名位支]|每所|每镇|每县|每区|每市|每乡|每街道|每部门|每村|每校|每单位|每社区"
    r"|每(?=[\u4e00-\u9fff]{1,8}(?:局|镇|街道|村|社区|学校|中心|站|所|单位|协会))|各|[市县区]直各|[区县市]直[\u4e00-\u9fff]{0,4}各)"
    r"[^，。；：\n]{0,60}?)"
    rf"(?=要(?!求)|应(?!急)|须|需|原则上|每[月周年日季]|{_LIMIT}|不得|完成|开展|举办"
    rf"|组织(?!要|应|须|、|，|和|及|等|每|原则|{_LIMIT}|$)"
    r"|推荐|报送|上报|申报|选报|推选|上传|提供|检查|走访|征集|选送|选报|安排|创作|培育|建设|巡查|抽查|培训|参加|参与|选派|采集|\d|，)"
)
_KIND = re.compile(
    rf"(?:^|(?<=[，；、：（）。]))(?:其中|对)?"
    rf"(?P<per>(?![全我][市区县省州镇乡街校])(?:[\u4e00-\u9fff、]{{2,40}}等\d{{1,3}}个)?[\u4e00-\u9fff]{{0,16}}?(?:{_UNITS}))"
    rf"(?={_OFTEN}(?:原则上)?(?:{_ACT})?(?:{_LIMIT})|{EXACTLY}|(?:组织|开展|举办)[\u4e00-\u9fff“”]{{2,12}}\d{{1,3}}[场次]以上)"
)
_THE_WHOLE = re.compile(r"(?:全[市区县省州镇乡街]|我[市区县]|各地合计|总计)")
_SWALLOWED = re.compile(
    r"(?P<per>各(?:级)?(?:单位|部门|地|校|村（社区）|镇（街道）|乡镇（街道）|乡镇|街道|县（区）|县（市、区）|县市区|区（县）|区县|县区|市县))"
    r"(?![、和及与或（]|各|所属|下属|负责|分管|主要)(?P<item>[\u4e00-\u9fff]{3,14})"
)
_LONGER = re.compile(
    r"(?P<per>(?:各|每个?)[\u4e00-\u9fff（）]{0,16}(?:单位|部门|学校|中小学|幼儿园|中学|小学|高校|街道|乡镇|社区|机构|企业|公司"
    r"|中心|医院|卫生院|支部|学院|班级|合作社|农场|林场|协会|学会|园区|开发区))(?![、和及与或（]|各|所属|下属|负责|分管|主要)(?P<item>[\u4e00-\u9fff]{3,14})"
)
_EACH_ALONE = re.compile(r"(?:每[家个所校支名]|各)(?:组织|开展)?")
_EACH_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff]{2})每[家个所校支](?:组织|开展)?$")
_KINDS_BEFORE = re.compile(
    rf"(?:^|[，；、：（。])(?P<per>(?:[\u4e00-\u9fff]{{1,12}}(?:{_UNITS})、){{0,6}}[\u4e00-\u9fff]{{1,12}}(?:{_UNITS}))$"
)
"""“乡镇卫生院每家”, “图书馆、文化馆各”: the kind of unit stands before 每家 and 各."""
_DONE_BY = re.compile(
    rf"(?P<per>(?:各|每[个名位]?)[\u4e00-\u9fff（）]{{1,12}}?(?:{_UNITS}|（街）|（街道）|（社区）|干部|党员|网格员|教师|志愿者|委员))"
    r"(?P<item>活动|宣讲|演练|培训|讲座|展览"
    r"|(?:核查|检查|监测|走访|督导|抽查|排查|调查|帮扶|联系|服务|培育)(?:单位|企业|家庭|商户|农户|项目|群众|对象|场所|门店))"
)
"""“每名包保干部督导企业不少于3家”: what is counted stands behind who counts."""
_FIRST = re.compile(rf"(?P<item>[^，。；：]{{2,30}}?(?:{NOUN}))，?(?:请|由|须|应)各")
_SOMEBODY = re.compile(r"每[月周年季日]度?$|(?:部门|单位|乡镇|街道|局|学会|协会|学校)$")
_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.]|[①-⑳]) ?"
)
_DOING = re.compile(
    rf"{_MARK.pattern}(?:广泛|深入|积极|认真)?(?:开展|组织|举办)(?P<item>[\u4e00-\u9fff“”]{{2,14}})[。：]"
)
_SUBJECT = re.compile(r"(?:对象|范围|主体)：(?P<item>[^：]{2,20})$")
_THING = re.compile(rf"(?:{NOUN}|活动|项目|信息|人选|候选人|案例|作品|照片)$")
_LISTED = re.compile(r"(?![^\n]*(?:按|由|请|将|每|各))[\u4e00-\u9fff“”]{2,12}")
_SLOGAN = re.compile(r"“(?P<all>(?:[百千万][场家户人名篇次个堂课项件村企校][^”，、]{1,12}[，、]?){1,4})”")
_SLOGAN_PART = re.compile(r"(?P<n>[百千万])(?P<unit>[场家户人名篇次个堂课项件村企校])[^”，、]{1,12}")
_REACH = 160
_NEAR = 80


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose the figures behind it are: each of some units', or the whole's when ``per`` is empty."""

    per: str
    item: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Owned:
    """A figure with its owner, and the item when it was named elsewhere in the paragraph."""

    owner: _Owner
    count: Count
    item: str
    quote: Evidence


def quotas(layout: Layout) -> list[Quota]:
    """Every figure each unit is to reach."""
    return [
        Quota(each.item or None, each.count.low, each.count.high, each.owner.per, each.count.unit, each.quote)
        for line in layout.body
        for each in _owned(layout, line)
        if each.owner.per
    ] + list(allotted(layout))


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
    last: _Owner | None = None
    for sentence in sentences(line):
        text = sentence.text
        owners = _owners(text)
        for owner, following in zip(owners, [*owners[1:], None], strict=False):
            stop = min(following.start if following else len(text), owner.end + _REACH)
            for count in counts(text, owner.end, stop) or exactly(text, owner.end):
                if _in_another_bracket(text, owner.start, count.start) or _SOMEBODY.search(count.item):
                    continue
                item = _own_item(owner, count) or count.item or owner.item or _said_before(text, owner.start)
                part = not item and last is not None and _is_part(text, owner, count)
                item = owner.per if part else item or heard.get(count.unit, "") or _asked_for(text)
                item = item or _headed(line.text)
                held, item = _with_thing(last if part and last else owner, item)
                last = held
                heard[count.unit] = item or heard.get(count.unit, "")
                begin = min(owner.start, count.start)
                quote = evidence(layout.page, sentence.start + begin, sentence.start + count.end)
                yield _Owned(held, count, item, quote)


def _own_item(owner: _Owner, count: Count) -> str:
    """What was said with the units, for the figure right behind; a later clause names its own."""
    return owner.item if count.start <= owner.end else ""


def _is_part(text: str, owner: _Owner, count: Count) -> bool:
    """“各县监测企业不少于20家，其中工业企业不少于12家”: a kind of what is counted, nobody's name."""
    return text[: owner.start].endswith("其中") and count.unit in {"家", "户", "所"}


def _with_thing(owner: _Owner, item: str) -> tuple[_Owner, str]:
    """“各县监测企业不少于20家”: where nothing else says what is counted, the units' own last word does."""
    found = None if item else _SWALLOWED.fullmatch(owner.per)
    return (replace(owner, per=found["per"]), found["item"]) if found else (owner, item)


def _owners(text: str) -> list[_Owner]:
    """Who is named in a sentence, in order; within one another the first counts."""
    each = [
        _each(m, text) for pattern in (_PER, _KIND) for m in pattern.finditer(text) if "，" not in m["per"]
    ]
    whole = [_Owner("", "", m.start(), m.end()) for m in _THE_WHOLE.finditer(text)]
    found: list[_Owner] = []
    for owner in sorted([*each, *whole], key=lambda o: (o.start, -o.end)):
        if not found or owner.start >= found[-1].end:
            found.append(owner)
    return found


def _each(found: re.Match[str], text: str) -> _Owner:
    per = re.sub(r"^(?:请|由)", "", found["per"]).strip("、")
    start = found.start("per")
    if _EACH_ALONE.fullmatch(per) and (kinds := _KINDS_BEFORE.search(text, max(0, start - _NEAR), start)):
        return _Owner(kinds["per"], "", kinds.start("per"), found.end())
    per = _EACH_BEHIND.sub("", per) or per
    swallowed = _SWALLOWED.fullmatch(per) or _LONGER.fullmatch(per)
    if swallowed and not re.search(rf"(?:{_UNITS})$", swallowed["item"]):
        return _Owner(swallowed["per"], swallowed["item"], start, found.end())
    done = _DONE_BY.fullmatch(per)
    return (
        _Owner(done["per"], done["item"], start, found.end()) if done else _Owner(per, "", start, found.end())
    )


def _in_another_bracket(text: str, owner: int, at: int) -> bool:
    """Whether a figure stands in a bracket that its owner does not stand in: a remark."""
    between = text[owner:at]
    before = text[max(0, at - 60) : at]
    return before.count("（") > before.count("）") and "（" in between


def _said_before(text: str, at: int) -> str:
    """“征文数量：每单位不少于3篇”, “4.优秀社团每校限报1个”: the thing stands before the units."""
    clause = re.split(r"[。；，]", text[max(0, at - 40) : at].rstrip("：，（"))[-1]
    if subject := _SUBJECT.search(clause):
        return subject["item"]
    bare = _MARK.sub("", clause)
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
    return found["item"] if found else ""


def _slogans(layout: Layout, line: Line) -> Iterator[Target]:
    """“千场活动，万家走访”: a slogan that names a figure."""
    for slogan in _SLOGAN.finditer(line.text):
        for part in _SLOGAN_PART.finditer(line.text, slogan.start("all"), slogan.end("all")):
            count = number(part["n"])
            if count:
                quote = evidence(layout.page, line.start + part.start(), line.start + part.end())
                yield Target(part.group(), count, part["unit"], quote)
