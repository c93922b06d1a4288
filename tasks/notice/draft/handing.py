"""Words of handing in: who, what, to whom. Taken apart here; what they are due by is decided elsewhere."""

import re
from dataclasses import dataclass

_UNIT_END = "领导|馆|局|委|办|厅|部|中心|科|股|处|室|会|联|所|站|队|邮箱|政府|办公室|院|校|群|系统|平台"
_BARE = (
    r"(?<![日周月季年通申简预汇情公海举填快登播])报"
    r"(?!告|表|道|名|批|销|价|刊|纸|废|警|账|社|考|送)"
    rf"(?=(?:至|给|到|请)?[^，。；、\n]{{1,24}}?(?:{_UNIT_END}))(?:至|给|到|请)?"
)
_FULL = (
    r"(?:报送|上报|呈报|汇报|报备|发送|提交|反馈|回复|递交|送交|上交|寄送|邮寄|传真|上传|报备)(?:至|到|给|于)?"
    r"|(?:报|发|送|传|寄|交|反馈|投递)(?:至|到|往|给)|送达|填报|录入|登记上传"
)
_GIVE = (
    r"(?<![提上递送移转成社外结相公立面])交(?!通|流|换|叉|易|由|代|办|付)"
    rf"(?=(?:至|给|到)?[^，。；、\n]{{1,24}}?(?:{_UNIT_END}))(?:至|给|到)?"
)
_BARE = rf"(?:{_BARE}|{_GIVE})"
VERB = re.compile(rf"(?P<verb>{_FULL}|{_BARE})")
_NOT_A_VERB = re.compile(
    r"(?:情况(?!报告|说明|表|统计|汇总|简报|小结|分析|总结)|时间|内容|要求|方式|质量(?!报告|分析)|工作(?!总结|方案|计划|报告|情况|信息|动态|进展|台账|简报|小结|要点|材料|打算|安排|推进|经验|亮点|周报|月报|日报)|截止|渠道|范围|说明|口径|格式|不及时|材料(?:均|须|应)|制度|途径|流程|单位(?!工作|总结)|人(?!员|选|才|数|口)|率|日期|时限|地址|邮箱[：为])"
)
HAND = re.compile(
    rf"[将把](?P<what>[^，。；\n]{{1,80}}?(?:，(?:一并|统一))?)(?P<verb>{_FULL}|{_BARE})(?P<to>[^，。；（\n]{{0,40}})"
)
OPEN = re.compile(r"^[，、]?(?:请)?[将把](?P<what>[^，。；\n]{1,60}?)[、，和及]?$")
NOUN = (
    "总结|报告|方案|名单|表|清单|台账|材料|征文|回执|小结|信息|情况|数据|案例|花名册|照片|图片|资料|计划|稿件|稿|作品|动态|简报|进展|"
    "结果|视频|分析|申请|统计|册|简历|证明|问卷|日报|周报|月报|季报|快报|报表|统计数|意见|建议|说明|打算|经验|做法|典型|线索|反馈|音像|论文|文件"
)
_NOUN_END = re.compile(rf"(?:{NOUN})(?:电子版|纸质版|扫描件|原件)?[”》]?$")
_ATTACHED = re.compile(r"（[^（）]{0,40}(?:附|盖|字|电子|纸质|一式|格式|模板|张|样式|扫描|见)[^（）]{0,40}）")
_MANNER = re.compile(
    r"通过|以电子|以书面|以纸质|以正式|统一|分别|及时|尽快|一并|联合行文|汇总后|审核后|加盖|盖章|扫描后|打包|同时|直接|逐级|按要求|按时|"
    r"经(?:主要|单位|分管|负责|领导)|由(?:各|专人)|发(?:至|到)|实行|执行|至“|从\d|自\d|按[日周月季]|[，、]$|(?:纸质|书面)?(?:版|材料|件)?(?:[（]?一式[一二两三四五六七八九十\d]+[份][）]?)"
)
_COPY = re.compile(r"^(?:加盖公章的?)?(?:纸质|电子|书面|盖章|扫描|原件|word|WORD|PDF)")
_MAKING = re.compile(
    r".*(?:形成|制定|撰写|填写|填报|编制|整理|起草|拟定|制作|准备|做好|完成|做出|提出|反馈|报送|提交|上报|认真|的同时)"
)
_LINK = re.compile(
    r"(?:请|应|须|需|要|务必|务|必须|于|在|并|的|均|一律|统一|分别|[，、：]|最迟|截至|截止|各单位|各地|由)$"
)
_SUBJECT = re.compile(
    r"(?P<who>(?:全[市区县省]|[市区县]直|[市区县省]级|局属|直属|基层)?各[^，。；：\n]{1,40}?)"
    r"(?=要(?!求)|应(?!急)|须|需|于|在(?!地)|将|把|务必|必须|请|每[日天周月个季年]|按|会同|认真|及时|对(?!口)|自(?:本|通知|印发|收到|即|行|\d)|确定|明确|通过|初审|审核|汇总"
    r"|\d|[本下]周|[本下当]月|严格|结合|完成|抓紧|负责|制定|推荐[^，]{0,4}\d|报[送至区县市省我]|上报|提交|登[录陆]|下载|参加|选派|立即|迅速|提前|做好|(?<!社会)(?<!工作)(?<!群团)(?<!党)组织(?=[开实申填排抽参召做学人力专本辖\d])|根据|安排|指定|统一|分别|填报|尽快|，|。|$)"
)
_ASKED = re.compile(r"请(?P<who>[^，。；：\n]{2,30}?)(?:于|准备|提供|将|在|按|填)")
_TOLD = re.compile(
    r"(?:^|[，。；：])(?P<who>[^，。；：各\d]{2,16}(?:学校|单位|企业|机构|部门|公司))(?:请|应|须|需|要)(?:务必)?(?:于|在)?$"
)
_PRONOUN = re.compile(r"你们|贵|大家|有意|结合|认真|务必|及时|尽快|抓紧|严格|高度|按照|遵照|登录|参照")
_OWN_DOER = re.compile(
    r"^(?:届时|其中|之后|最后|最终)?(?:由|，)?[市省区县州][\u4e00-\u9fff]{0,8}(?:局|委|办|厅|处|中心|指挥部|领导小组)将(?=于|在|会|对|适时|组织|根据|按|视|定期|不定期|汇总|统一|择优|视情)"
    r"|^(?:届时|其中|之后|最后|最终)?(?:由|，)?(?:我[局委办厅部会院队]|本[局委办厅]|[市省区县][局委办厅]|[省市区县州]?[\u4e00-\u9fff]{1,10}(?:局|委|厅|办公室|指挥部))(?:将|须|需|拟|要|会|应|将会|计划)"
)
_MARK = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.])")
_GATHERED = re.compile(r"由(?!各)[^，。；]{2,24}?(?:汇总|整理|审核|梳理)(?:后|，)$")
_URGENT = re.compile(r"发现|如遇|遇有|遇到|第一时间|随时|立即|突发|重大(?:情况|事项|问题)|小时内")


@dataclass(frozen=True, slots=True)
class Hand:
    """One act of handing in: its place, its object as far as it is said here, its recipient."""

    start: int
    end: int
    what: str
    to: str
    to_start: int


def is_own_doing(clause: str) -> bool:
    """Whether the clause says what the issuing office itself will do."""
    return bool(_OWN_DOER.match(clause.lstrip("，、")) or _GATHERED.search(clause))


def is_alarm(clause: str) -> bool:
    """“遇突发情况立即报告” is a standing order, not a report with a date."""
    return bool(_URGENT.search(clause))


def handed(text: str, start: int, end: int) -> list[Hand]:
    """Every act of handing in between two places, copies of the same thing left out."""
    found = [_with_object(text, m, end) for m in HAND.finditer(text, start, end)]
    named = [hand for hand in found if hand.what and not _COPY.match(hand.what)]
    if named or found:
        return named or found[:1]
    plain = _plain(text, start, end)
    return [plain] if plain else []


def _with_object(text: str, found: re.Match[str], end: int) -> Hand:
    stop = _recipient_end(text, found.end(), end)
    return Hand(found.start(), stop, tidy(found["what"]), text[found.start("to") : stop], found.start("to"))


def _plain(text: str, start: int, end: int) -> Hand | None:
    """A verb without 将: its object follows it, precedes it, or was named earlier."""
    for found in VERB.finditer(text, start, end):
        if _NOT_A_VERB.match(text, found.end()) or text[max(0, found.start() - 1) : found.start()] in {
            "对",
            "的",
            "举",
        }:
            continue
        clause = text[_clause_start(text, start, found.start()) : found.start()]
        if is_alarm(clause):
            continue
        return _placed(text, found, clause, end)
    return None


def _placed(text: str, found: re.Match[str], clause: str, end: int) -> Hand:
    follows = re.compile(r"(?:[^，。；（\n]|（[^（）\n]{0,30}）){0,60}").match(text, found.end(), end)
    after = follows.group() if follows else ""
    before = _named(clause)
    toward = found["verb"].endswith(("至", "到", "给", "往", "报", "交", "请", "送达")) and found[
        "verb"
    ] not in {
        "填报",
        "上报",
        "呈报",
        "汇报",
        "提交",
        "递交",
        "上交",
    }
    stop = _recipient_end(text, found.end() + len(after), end)
    if toward or (recipient(after) and not _NOUN_END.search(after)) or not after:
        return Hand(found.start(), stop, before, text[found.end() : stop], found.end())
    what = re.sub(r"^(?:一次|1次|本单位|下列|以下)", "", after)
    return Hand(found.start(), found.end() + len(after), tidy(what), "", found.end())


def _clause_start(text: str, start: int, at: int) -> int:
    return max(start, *(text.rfind(mark, start, at) + 1 for mark in "，；。"))


def _recipient_end(text: str, at: int, end: int) -> int:
    """A section in brackets belongs to the recipient."""
    found = re.compile(r"（[^（），。]{2,14}(?:科|股|处|室|办|部|中心)）").match(text, at, end)
    return found.end() if found else at


def tidy(what: str) -> str:
    """The object without how it is to be handed in."""
    text = _ATTACHED.sub("", what)
    cut = next((m for m in _MANNER.finditer(text) if m.start() > 1), None)
    text = (text[: cut.start()] if cut else text).strip("，、：的“” ")
    text = re.sub(r"(?:不少于|不超过|至少)?\d+[份篇个]$", "", text)
    return (
        text.strip("《》")
        if text.count("《") == 1 and text.startswith("《") and text.endswith("》")
        else text
    )


def _named(clause: str) -> str:
    """What a clause ends in, when that is something that can be handed in."""
    text = _MARK.sub("", _ATTACHED.sub("", clause))
    while found := _LINK.search(text):
        text = text[: found.start()]
    text = re.sub(r"^各(?:校|县|区|市|镇|乡|村|单位|部门|学校|乡镇|街道)(?=[^、和及]{2})", "", text)
    text = re.sub(r"^[请并]?各[^，]{1,20}?(?:要|应|须|需|请)", "", text)
    if not _NOUN_END.search(text):
        return ""
    made = _MAKING.match(text)
    return tidy(text[made.end() :] if made and made.end() < len(text) else text)


def topic(text: str) -> str:
    """The thing named before a date: “书面总结，于……前报”, “征文于……前发至”."""
    listed = _LISTED.search(text)
    if listed:
        return tidy(listed["what"])
    timed = re.search(
        r"(?P<what>[^，。；：、\n将把对中]{2,40}?)(?:报送|上报|提交|申报|填报)(?:截止)?(?:时间|时限|日期)(?:由|为|：|从|是|至|延长|调整|推迟|[^，。；]{0,14})$",
        text,
    )
    if timed:
        return tidy(re.sub(r"^.*》(?:（[^）]*）)?中?", "", timed["what"]))
    placed = _PLACED.search(text)
    if placed:
        return tidy(placed["what"])
    clauses = [clause for clause in re.split(r"[，：；。]", text) if clause.strip("请应须需要务必于在并")]
    for clause in reversed(clauses[-3:]):
        named = _named(clause)
        if named or not _IN_PASSING.search(clause):
            return named
    return ""


_PLACED = re.compile(
    r"[将把](?P<what>[^，。；\n将把]{1,60}?)(?:，)?(?:务必|请|须|应|分别|统一)?(?:于|在|最迟)?$"
)
_LISTED = re.compile(
    r"(?:报送|上报|提交|填报)(?P<what>[^，。；：、\n由]{2,40}?)的(?:截止)?(?:时间|时限|日期)(?:由|为|从)[^，。；]{0,14}$"
)
_IN_PASSING = re.compile(r"后(?:于|请于)?$|^经|^加盖|同意$|审核|无误|把关|签字|^每")


def doer(text: str) -> str:
    """The last units named as those who are to act."""
    found = [m["who"] for m in _SUBJECT.finditer(text)]
    asked = [m["who"] for m in _ASKED.finditer(text) if not _PRONOUN.search(m["who"])]
    told = _TOLD.search(text)
    if told and not _PRONOUN.search(told["who"]):
        return told["who"]
    named = [who for who in found if not re.search(r"各(?:类|项|种|方面|环节|自|界|级领导|阶段|地实际)", who)]
    return (named or asked or [""])[-1].strip("、")


_OFFICE_HEAD = (
    "局|市委|县委|区委|工委|党委|团委|国资委|改革委|发改委|委|厅|办公室"
    "|委员会|联合会|协会|工会|学会|妇联|残联|科协|文联|红十字会|会|大队"
    "|支队|中心|政府|档案馆|图书馆|文化馆|教务处|学生处|研究生院|宣传部"
    "|组织部|统战部|部|指挥部|院|办|站|所"
)


def recipient(text: str) -> bool:
    """Whether the words name an office to hand something to."""
    return bool(re.match(rf"^(?:至|到|给)?[^，。；]{{0,30}}?(?:{_UNIT_END})", text))


_AFTER_SECTION = (
    r"）|”|备案|审核|邮箱|汇总|QQ|、|，|。|；|$|[（和及A-Za-z\d：]|[\u4e00-\u9fff]{1,3}(?:科长"
    r"|处长|主任|同志|老师|收)"
)


def section_of(to: str) -> str:
    """The section within the receiving office, by the longest office name that leaves one over."""
    parts = [*re.split(r"、", to[:60]), *re.split(r"、|和|及", to[:60])]
    return next(filter(None, map(_section, parts)), "")


def _section(to: str) -> str:
    plain = re.match(rf"(?:至|到|给)?(?P<name>[^，。；（）“”、\d]{{2,8}}?(?:科|股))(?={_AFTER_SECTION})", to)
    best = plain["name"] if plain and not re.search(rf"(?:{_OFFICE_HEAD})", plain["name"]) else ""
    town = re.match(
        rf"(?:至|到|给)?(?:[镇乡]|街道)(?P<name>[^，。；（）“”、\d]{{2,10}}?(?:办公室|科|股))(?={_AFTER_SECTION})",
        to,
    )
    best = town["name"] if town else best
    own = re.match(
        rf"(?:至|到|给)?[我本处校院](?P<name>[^，。；（）“”、\d]{{2,8}}?(?:科|股|室|处))(?={_AFTER_SECTION})",
        to,
    )
    best = own["name"] if own and not best.startswith(own["name"]) else best
    if re.search(r"[路街道]\d+号", to):
        return ""
    for found in re.finditer(rf"(?:{_OFFICE_HEAD})", to[:30]):
        rest = re.match(
            rf"（?(?P<name>[^，。；（）“”、\d]{{1,12}}?(?:科|股|处|室|办公室|办|部|中心))(?={_AFTER_SECTION})",
            to[found.end() :],
        )
        if (
            rest
            and len(rest["name"]) > 1
            and not (found.group() == "会" and not _assembly(to[: found.end()]))
        ):
            best = rest["name"]
    return best


def _assembly(text: str) -> bool:
    return bool(re.search(r"(?:委员会|联合会|协会|工会|学会|字会|总会)$", text))
