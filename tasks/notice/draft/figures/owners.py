"""Whose the figures of a sentence are: the units named in it, or all of them together.

Units count, things are counted, and many words may be either: a 企业 reports, and is visited. What is acted
on, or counted by 家 and 户 right behind its own name, is a thing.
"""

import re
from dataclasses import dataclass

from tasks.notice.draft.figures.counts import EXACTLY
from tasks.notice.draft.words.objects import MARK

_UNITS = (
    "部门|单位|学会|协会|研究会|学校|中学|小学|幼儿园|高校|局|镇|街道|乡|村|社区|组织|机构|企业|公司|中心|医院|卫生院|卫生室|所|站|馆"
    "|科协|团委|工委|委员会|妇委会|联合会|商会|村委会|居委会|党委|支部|工会|妇联|残联|学院|大学|林场|班级|年级|合作社|农场|书店|店|队|县|区|市|校|科室|专科|科|处|系|户"
)
_LIMIT = (
    "不少于|不得少于|不低于|不得低于|至少|不超过|不得超过|不多于|最多|至多|限报|限推荐|限申报|限荐|限选|≥|≤"
)
_OFTEN = "(?:每[月周季年]度?)?"
_ACT = "推荐|报送|上报|申报|选送|选报|开展|组织|完成|举办"
DOES = (
    "打造|建成|组建|覆盖|创建|选树|评选|帮扶|发放|设立|招募|摸排|排查|核查|核实|化解|拆除|清理|新增|策划|谋划|编排|制作|拍摄|撰写"
    "|推出|认领|梳理|督导|监测|配备|张贴|接待|发送|悬挂|播放|储备|谈话|管护|落实|开设|慰问|种植|栽植|设置|投放|印发|签订|召开|募集"
)
_DONE_THERE = (
    "站|点|中心|机构|单位|队|员|组|所|室|办|局|部门|人员|企业|基地|工作|家庭|商户|农户|项目|群众|对象|场所"
    "|门店"
)
"""Behind a verb they make a name of it: 监测站, 帮扶单位."""
_PER = re.compile(
    r"(?P<per>(?:每[个家名位支站馆店岗]|每所|每镇|每县|每区|每市|每乡|每街道|每部门|每村|每校|每单位|每社区|每小区"
    r"|每(?![月周季年日天次场期])(?=[\u4e00-\u9fff]{1,8}(?:局|镇|街道|村|社区|小区|学校|中心|站|所|单位|协会))|各|[市县区乡镇]直各|[区县市]直[\u4e00-\u9fff]{0,4}各)"
    r"[^，。；：\n]{0,60}?)"
    rf"(?=另?(?:要(?!求)|须|需)|应(?!急)|原则上|全年|年内|(?:志愿)?服务时长|人数(?=\d|不|至)|在[^，。；]{{1,10}}(?:前|期间|内)|每半?[月周年日季]|每学[年期]|{_LIMIT}|不得|完成|开展|举办"
    rf"|(?<!服务)(?<!社会)组织(?!要|应|须|、|，|和|及|等|每|原则|{_LIMIT}|$)"
    rf"|(?<![各个名家位每])(?:(?:{DOES})(?!{_DONE_THERE})|服务(?=群众|居民|老人|学生))"
    r"|推荐|报送|上报|申报|选报|推选|上传|提供|检查|走访|征集|选送|选报|安排|创作|培育|建设|巡查|抽查|培训|参加|参与|选派|采集|\d|，)"
)
_KIND = re.compile(
    rf"(?:^|(?<=[，；、：（）。]))(?:其中|对)?"
    rf"(?P<per>(?![全我][市区县省州镇乡街校])(?:[\u4e00-\u9fff、]{{2,40}}等\d{{1,3}}个)?[\u4e00-\u9fff]{{0,16}}?(?:{_UNITS}))"
    rf"(?={_OFTEN}(?:原则上)?(?:{_ACT})?(?:{_LIMIT})|{EXACTLY}|(?:组织|开展|举办)[\u4e00-\u9fff“”]{{2,12}}\d{{1,3}}[场次]以上"
    rf"|{_OFTEN}(?:组织|开展|举办|征集|选派|走访|打造|推荐|储备|配备|张贴|检查|抽查|开设)[\u4e00-\u9fff“”]{{2,14}}(?:{_LIMIT})\d)"
)
_ACTED_ON = re.compile(
    rf"(?:并|及|可|再|择优|另|每[次月周季年]度?){{0,2}}(?:推荐|建设|建成|建立|走访|抽查|检查|培育|扶持|征集|联系|对接|服务|指导|申报|选送|组建|培训|{DOES})"
    r"[\u4e00-\u9fff]{2,}"
)
_AWARDED = re.compile("(?:优秀|先进|示范|典型|星级|最美|十佳|标杆|模范)")
_MAY_BE_VISITED = re.compile("(?:企业|公司|机构|店|村|户|小区|组织|市场|合作社|农场)$")
_BELONGS = re.compile("[省市县区镇]直|[市县区]属|局属|直属|所属|其他|其余")
_OF_BODIES = re.compile(rf"{_OFTEN}(?:原则上)?(?:{_LIMIT})\d{{1,5}}(?:家|户|个|所|处)")
_QUOTED_THING = re.compile(
    r"(?P<per>(?!每[名位个支家]“)[^“”]{2,40})(?P<item>“[^”]{1,20}”[\u4e00-\u9fff]{0,12})"
)
_EACH_SHORT = re.compile(
    r"(?P<per>每(?:校|县|镇|乡|村|社区|街道|单位|班|户|店|站))(?![级区市里内外])(?P<item>[\u4e00-\u9fff]{2,14})"
)
_AT_HEAD = re.compile(
    rf"(?P<per>(?:[\u4e00-\u9fff]{{1,14}}(?:{_UNITS})、){{0,6}}[\u4e00-\u9fff]{{1,14}}(?:{_UNITS}))(?=分别)"
)
_TOWARDS = re.compile(r"(?<=[\u4e00-\u9fff）][\u4e00-\u9fff）])对(?!口|外|象|接)[^，。；]{0,40}$")
"""“各乡镇对在册隐患点每日巡查”: what the work is on."""
_WORKS = re.compile(r"(?:每[月周季年]度?)?(?P<item>[\u4e00-\u9fff]{2,10})$")
_OFFICE = re.compile(rf"(?:{_UNITS}|委|办|院|厅|会|组)$")
_THE_WHOLE = re.compile(r"(?<![向对])(?:全[市区县省州镇乡街]|我[市区县]|各地合计|总计)")
SWALLOWED = re.compile(
    r"(?P<per>各(?:级)?(?:单位|部门|地|校|村（社区）|镇（街道）|乡镇（街道）|乡镇|街道|县（区）|县（市、区）|县市区|区（县）|区县|县区|市县))"
    r"(?![、和及与或（对在按]|各|所属|下属|负责|分管|主要)(?P<item>[\u4e00-\u9fff]{3,14})"
)
_LONGER = re.compile(
    r"(?P<per>(?:各|每个?)[\u4e00-\u9fff（）]{0,16}(?:单位|部门|学校|中小学|幼儿园|中学|小学|高校|街道|乡镇|社区|机构|企业|公司"
    r"|中心|医院|卫生院|支部|学院|班级|合作社|农场|林场|协会|学会|园区|开发区|基地))(?![、和及与或（对在按]|各|所属|下属|负责|分管|主要)(?P<item>[\u4e00-\u9fff]{3,14})"
)
_EACH_ALONE = re.compile(r"(?:每[家个所校支名站馆店]|各)(?:组织|开展)?")
_EACH_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff]{2})每[家个所校支](?:组织|开展)?$")
_KINDS_BEFORE = re.compile(
    rf"(?:^|[，；、：（。])(?P<per>(?:[\u4e00-\u9fff]{{1,12}}(?:{_UNITS})、){{0,6}}[\u4e00-\u9fff]{{1,12}}(?:{_UNITS}))$"
)
"""“乡镇卫生院每家”, “图书馆、文化馆各”: the kind of unit stands before 每家 and 各."""
_OFTEN_DONE = re.compile(r"(?:^|(?<=[，；]))(?P<per>[\u4e00-\u9fff]{2,8}(?:对象|人员))(?=每[月周季年日天])")
"""“重点对象每周走访不少于1次”: for whom something is done so often."""
_EACH_WITHIN = re.compile(r"各[^，。；]{1,14}?(?P<per>每[个名位处户][\u4e00-\u9fff]{1,8})")
"""“各乡镇每个护林员管护面积不超过3000亩”: the figure is of the smaller one."""
_WORDS_BEFORE = re.compile(
    r"(?:^|[，；：。])(?P<per>(?:[\u4e00-\u9fff]{2,10}系统、){0,6}[\u4e00-\u9fff]{2,10}系统)$"
)
"""“县教育系统、县卫健系统各不少于15幅”."""
_CLAUSE_BEFORE = re.compile(
    r"(?:^|[，；、：。])(?P<per>各[\u4e00-\u9fff]{2,10}?)(?:自荐|自愿推荐|推荐|申报|报名)，$"
)
"""“各团体会员自荐，每个不超过1户”."""
_DONE_BY = re.compile(
    rf"(?P<per>(?:各|每[个名位]?)[\u4e00-\u9fff（）]{{1,12}}?(?:{_UNITS}|（街）|（街道）|（社区）|干部|党员|网格员|教师|志愿者|委员))"
    r"(?P<item>活动|宣讲|演练|培训|讲座|展览"
    r"|(?:核查|检查|监测|走访|督导|抽查|排查|调查|帮扶|联系|服务|培育)(?:单位|企业|家庭|商户|农户|项目|群众|对象|场所|门店))"
)
"""“每名包保干部督导企业不少于3家”: what is counted stands behind who counts."""
_NEAR = 80


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the figures behind it are: each of some units', or the whole's when ``per`` is empty."""

    per: str
    item: str
    start: int
    end: int


def owners_in(text: str) -> list[Owner]:
    """Who is named in a sentence, in order; within one another the first counts."""
    told = [m for m in _PER.finditer(text) if "，" not in m["per"]]
    begun = {m.start("per") for m in told}
    often = [m for m in _OFTEN_DONE.finditer(text) if m.start("per") not in begun]
    kinds = [m for m in _KIND.finditer(text) if m.start("per") not in begun and not _is_counted(m, text)]
    each = [_each(m, text) for m in (*told, *kinds, *often)]
    whole = [Owner("", "", m.start(), m.end()) for m in _THE_WHOLE.finditer(text)]
    found: list[Owner] = []
    for owner in sorted([*each, *whole], key=lambda o: (o.start, -o.end)):
        if not found or owner.start >= found[-1].end:
            found.append(owner)
    return found


def _is_counted(found: re.Match[str], text: str) -> bool:
    """“推荐典型村不超过2个”, “公共机构不少于5个”: what is acted on, or counted by the number of itself."""
    per = found["per"]
    if (
        per == "组织"
        or re.match("每(?:半?[月周季年日天]|学[年期])", per)
        or "每" in per[1:]
        or _ACTED_ON.match(per)
        or _AWARDED.match(per)
    ):
        return True
    if _BELONGS.match(per):
        return False
    return bool(_MAY_BE_VISITED.search(per) and _OF_BODIES.match(text, found.end("per")))


def _each(found: re.Match[str], text: str) -> Owner:
    per = re.sub(r"^(?:请|由)|分别$", "", found["per"]).strip("、")
    start = found.start("per")
    if _EACH_ALONE.fullmatch(per) and (clause := _CLAUSE_BEFORE.search(text, max(0, start - _NEAR), start)):
        return Owner(clause["per"], "", start, found.end())
    if _EACH_ALONE.fullmatch(per) and (kinds := _KINDS_BEFORE.search(text, max(0, start - _NEAR), start)):
        return Owner(kinds["per"], "", kinds.start("per"), found.end())
    if per == "各" and (units := _WORDS_BEFORE.search(text, max(0, start - _NEAR), start)):
        return Owner(units["per"], "", units.start("per"), found.end())
    if per == "各" and (head := _AT_HEAD.match(MARK.sub("", text))):
        works = _WORKS.search(text[max(0, start - _NEAR) : start])
        return Owner(head["per"], works["item"] if works else "", start, found.end())
    if within := _EACH_WITHIN.fullmatch(per):
        return Owner(within["per"], "", start, found.end())
    return _parted(per, start, found.end())


def _parted(per: str, start: int, end: int) -> Owner:
    """The units without the thing their words ran into."""
    parted = _QUOTED_THING.fullmatch(per) or _EACH_SHORT.fullmatch(per)
    if parted and not _OFFICE.search(parted["item"]):
        return Owner(parted["per"], parted["item"], start, end)
    per = _TOWARDS.sub("", _EACH_BEHIND.sub("", per) or per)
    swallowed = SWALLOWED.fullmatch(per) or _LONGER.fullmatch(per)
    if swallowed and not _OFFICE.search(swallowed["item"]):
        return Owner(swallowed["per"], swallowed["item"], start, end)
    done = _DONE_BY.fullmatch(per)
    return Owner(done["per"], done["item"], start, end) if done else Owner(per, "", start, end)
