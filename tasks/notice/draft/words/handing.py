"""Words of handing in: who, what, to whom. Taken apart here; what they are due by is decided elsewhere."""

import re
from dataclasses import dataclass

from tasks.notice.draft.words.not_owed import is_entering, is_refused
from tasks.notice.draft.words.objects import NOUN, NOUN_END, named, tidy

_UNIT_END = (
    "领导|馆|局|委|办|厅|部|中心|科|股|处|室|会|联(?!络|系)|所|站|队|邮箱|政府|办公室|院|校|群|系统|平台|街道"
    "|乡镇|镇街|社区|主管单位"
)
_TO = "(?:至|给|到|请)?"
_UNIT_NEAR = rf"(?={_TO}[^，。；、\n]{{0,24}}?(?:{_UNIT_END}))"
_TOLD = (
    "照片|小结|进展|姓名|电话|手机号|数据|名单|进度|人数|情况|信息|联系人|总结|方案|台账|材料|报表|汇总表|统计表|结果|计划"
    r"|底数|平安|[\u4e00-\u9fff]表(?=[，。；、）]|$)"
)
_SO_MANY = r"[一二两三四五\d]{1,3}[家名个篇份条户人项件]"
_BARE = (
    r"(?<![日周月季年通申简预汇情公海举填快登播瞒漏迟虚谎错误限])报"
    r"(?!告|表|道|名(?!单)|批|销|价|刊|纸|废|警|账|社(?!区|会|保)|考|送|以)"
    rf"(?:{_UNIT_NEAR}{_TO}|(?=[一1]次)|(?={_SO_MANY})|(?=[^，。；、\n]{{0,16}}?(?:{_TOLD})))"
)
_FULL = (
    r"(?:(?:报送|上报(?!送)|填报)(?!员)|告知(?=我|[省市县区][^，。；\n]{0,10}[局委办科股])|呈报|汇报|报备|发送|提交|反馈|回复|递交|送交|上交|寄送|邮寄|传真|上传|报备)(?:至|到|给|于)?"
    r"|(?:报|发|送|传|寄|交|反馈|投递)(?:至|到|往|给)|[报发送传寄交]来|送达|补报|补交|补上|(?:书面)?函复|登记上传"
    r"|填写?(?:到|至|入|在)|(?<=[统台）])录入(?!完成|工作)|(?:电话|书面|当面|口头)报告|向[^，。；\n]{1,12}?(?:局|委|办|厅|部|科|股|室|中心|政府|大队|站|所)报告(?!会|单|制)"
)
_GIVE = (
    r"(?:(?<![提上递送移转成社外结相公立面])交(?!通|流|换|叉|易|由|代|办|付|会|部分|警|管|房|班|底|待|税|费)"
    r"|(?<![报发寄呈移运护接赠派抄输递传遣选配推上转播])送(?!达|检|审|货|医|交|给|至|到|往|来))"
    rf"{_UNIT_NEAR}(?:至|给|到)?"
)
_SEND = (
    r"(?<![下印签分群转抄开颁首散自增偶触激突多])发(?![现生放展布文票动挥言改热病函包射明育表送至到往给来行起])"
    r"(?=[^，。；、\n]{0,16}?(?:邮箱|群|微信|钉钉|系统|平台|@)|我(?:[，。；、]|$))"
    r"|(?<=[\u4e00-\u9fff）])发(?=[省市县区镇我本][^，。；、\n]{0,12}?(?:局|委|办|科|股|室|中心|部)(?:[，。；（]|$))"
    r"|(?<![宣遗流真相])传(?![真达播统染唤承说阅给至到往来送])(?=[^，。；、\n]{0,8}(?:邮箱|群|微信|钉钉|系统|平台|@))"
)
_BARE = rf"(?:{_BARE}|{_GIVE}|{_SEND})"
VERB = re.compile(rf"(?P<verb>{_FULL}|{_BARE})")
_NOT_A_VERB = re.compile(
    r"(?:后(?!勤|续)|情况(?!报告|说明|表|统计|汇总|简报|小结|分析|总结)|时间|内容|要求|方式|质量(?!报告|分析)|工作(?!群|总结|方案|计划|报告|情况|信息|动态|进展|台账|简报|小结|要点|材料|打算|安排|推进|经验|亮点|周报|月报|日报)|截止|渠道|范围|说明|口径|格式|不及时|材料(?:均|须|应)|制度|途径|流程|单位(?!工作|总结)|人(?!员|选|才|数|口)|率|日期|时限|地址|邮箱[：为])"
)
HAND = re.compile(
    rf"[将把](?P<what>(?:[^，。；（《\n]|《[^《》\n]{{1,60}}》|（(?:[^（）\n]|（[^（）\n]{{0,12}}）){{0,80}}）){{1,80}}?(?:，(?:一并|统一|以[^，。；]{{2,10}}形式))?)(?P<verb>{_FULL}|{_BARE})(?P<to>[^，。；（\n]{{0,40}})"
)
OPEN = re.compile(r"^[，、]?(?:请)?[将把](?P<what>[^，。；\n]{1,60}?)[、，和及]?$")
_COPY = re.compile(r"^(?:加盖公章的?)?(?:纸质|电子|书面|盖章|扫描|原件|word|WORD|PDF)")
_AND = re.compile(r"^，(?:并|同时)$")
_THING_TO = re.compile(rf"(?P<what>[^，。；至到给]{{2,30}}?(?:{NOUN}))(?:至|到|给)(?=[^，。；]{{2}})")
_IN_A_NAME = re.compile(r"“[^”\d]{0,8}(?:填报|上报|报送|提交|反馈)”$")
_NO_VERB_BEHIND = frozenset("对的举")
_PURPOSE = re.compile(r"审核|初审|审查|审定|备案|备查|存档|汇总$")
_GOES_WITH = re.compile(
    r"(?:纳入|并入|随)[^，。；]{2,16}(?:周报|月报|日报|季报|总结|报告|报表)[^，。；]{0,4}$"
)
"""“排查结果纳入首期周报一并报送”: due with that report, not by the day of the work."""
_URGENT = re.compile(r"发现|如遇|遇有|遇到|第一时间|随时|立即|突发|重大(?:情况|事项|问题)|小时内")


@dataclass(frozen=True, slots=True)
class Hand:
    """One act of handing in: its place, its object as far as it is said here, its recipient."""

    start: int
    end: int
    what: str
    to: str
    to_start: int


def is_alarm(clause: str) -> bool:
    """“遇突发情况立即报告” is a standing order, not a report with a date."""
    return bool(_URGENT.search(clause))


def handed(text: str, start: int, end: int) -> list[Hand]:
    """Every act of handing in between two places, copies of the same thing left out."""
    found = [
        _with_object(text, m, end)
        for m in HAND.finditer(text, start, end)
        if not is_refused(text[_clause_start(text, max(0, m.start() - 80), m.start()) : m.start()])
    ]
    named = [hand for hand in found if hand.what and not _COPY.match(hand.what)]
    if (
        named
        and (first := _plain(text, start, named[0].start))
        and _AND.search(text[first.end : named[0].start])
    ):
        named = [first, *named] if NOUN_END.search(first.what) else named
    if found and not named:
        first = _plain(text, start, found[0].start)
        return [first] if first and not OPEN.match(text[start : found[0].start]) else found[:1]
    if named:
        return named
    plain = _plain(text, start, end)
    return [plain] if plain else []


def _in_a_name(text: str, found: re.Match[str]) -> bool:
    """“质控填报”, 《数据上报确认单》: a word of a name is no act."""
    before = text[max(0, found.start() - 40) : found.start()]
    within = before.rfind("《") > before.rfind("》")
    return within or bool(_IN_A_NAME.search(text[max(0, found.start() - 9) : found.end() + 1]))


def _with_object(text: str, found: re.Match[str], end: int) -> Hand:
    stop = _recipient_end(text, found.end(), end)
    return Hand(found.start(), stop, tidy(found["what"]), text[found.start("to") : stop], found.start("to"))


def _plain(text: str, start: int, end: int) -> Hand | None:
    """A verb without 将: its object follows it, precedes it, or was named earlier."""
    for found in VERB.finditer(text, start, end):
        before = text[max(0, found.start() - 1) : found.start()]
        if _NOT_A_VERB.match(text, found.end()) or before in _NO_VERB_BEHIND or _in_a_name(text, found):
            continue
        clause = text[_clause_start(text, start, found.start()) : found.start()]
        whole = text[_clause_start(text, max(0, found.start() - 80), found.start()) : found.start()]
        if (
            is_alarm(clause)
            or _GOES_WITH.search(clause)
            or is_refused(whole)
            or is_entering(clause, found["verb"])
        ):
            continue
        return _placed(text, found, clause, end)
    return None


def _placed(text: str, found: re.Match[str], clause: str, end: int) -> Hand:
    follows = re.compile(r"(?:[^，。；（\n]|（[^（）\n]{0,30}）){0,60}").match(text, found.end(), end)
    after = re.sub(r"（[^（）]*）", "", follows.group()) if follows else ""
    after = re.sub(rf"^(?:完毕|完成|到位|齐全|{_SO_MANY})$", "", after)
    before = named(re.sub(r"(?<=[^，。；])每个?[^，。；\d]{1,8}$", "", clause))
    counted = found["verb"] == "报" and re.search("(?:人数|次数|户数)$", after)
    bare = not counted and found["verb"] in {"报", "交", "送", "发"} and (recipient(after) or after == "我")
    toward = bare or found["verb"].endswith(("至", "到", "给", "往", "请", "送达", "来"))
    length = len(follows.group()) if follows else 0
    stop = _recipient_end(text, found.end() + length, end)
    thing = _THING_TO.match(after)
    if thing:
        return Hand(found.start(), stop, tidy(thing["what"]), after[thing.end() :], found.end())
    if (
        toward
        or "@" in after
        or _PURPOSE.match(after)
        or (recipient(after) and not counted and not NOUN_END.search(after))
        or not after
    ):
        return Hand(found.start(), stop, before, text[found.end() : stop], found.end())
    what = re.sub(r"^(?:一次|1次|本单位|下列|以下)", "", after)
    return Hand(found.start(), found.end() + length, tidy(what), "", found.end())


def _clause_start(text: str, start: int, at: int) -> int:
    return max(start, *(text.rfind(mark, start, at) + 1 for mark in "，；。"))


def _recipient_end(text: str, at: int, end: int) -> int:
    """A section in brackets belongs to the recipient."""
    found = re.compile(r"（[^（），。]{2,14}(?:科|股|处|室|办|部|中心)）").match(text, at, end)
    return found.end() if found else at


_OFFICE_HEAD = (
    "局|市委|县委|区委|工委|党委|团委|国资委|改革委|发改委|委|厅|办公室"
    "|委员会|联合会|协会|工会|学会|妇联|残联|科协|文联|红十字会|会|大队"
    "|支队|中心支社|支社|支行|分行|联社|中心|政府|档案馆|图书馆|文化馆|教务处|学生处|研究生院|宣传部"
    "|组织部|统战部|部|指挥部|院|办|站|所"
)


def recipient(text: str) -> bool:
    """Whether the words name an office to hand something to."""
    return bool(re.match(rf"^(?:至|到|给)?[^，。；]{{0,30}}?(?:{_UNIT_END})", text))


_AFTER_SECTION = (
    r"）|”|备案|审核|(?:公共|公务|专用|工作|电子)?邮箱|汇总|QQ|、|，|。|；|$|[（和及A-Za-z\d：]|[\u4e00-\u9fff]{1,3}(?:科长"
    r"|处长|主任|同志|老师|收)"
)


_FLOOR = re.compile(r"^[东西南北]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[楼层]")
_PERSON = re.compile(r"^[小老]..?$|老师|同志|先生|女士|[科处局]长|主任(?!办)")


def section_of(to: str) -> str:
    """The section within the receiving office, by the longest office name that leaves one over."""
    parts = [*re.split(r"、", to[:60]), *re.split(r"、|和|及", to[:60])]
    names = (_FLOOR.sub("", name) for name in map(_section, parts))
    return next((name for name in names if name and not _PERSON.search(name)), "")


def section_in(office: str) -> str:
    """The section an office's name ends in, or the name when it is one of our own sections."""
    own = re.fullmatch(r"(?![省市县区州镇乡各])[^局委厅]{2,10}(?:科|股|处|室|部)", office)
    return section_of(f"{office}，") or (office if own else "")


def _section(to: str) -> str:
    plain = re.match(
        rf"(?:至|到|给)?(?P<name>[^，。；（）“”、\d]{{2,8}}?(?:科|股|部|处|室))(?={_AFTER_SECTION})", to
    )
    best = plain["name"] if plain and _is_section(plain["name"]) else ""
    town = re.match(
        rf"(?:至|到|给)?(?:[镇乡]|街道)(?P<name>[^，。；（）“”、\d]{{2,10}}?(?:办公室|科|股|办|站|所|中心))(?={_AFTER_SECTION})",
        to,
    )
    best = town["name"] if town else best
    own = re.match(
        rf"(?:至|到|给)?[我本处校院](?P<name>[^，。；（）“”、\d]{{2,8}}?(?:科|股|室|处))(?={_AFTER_SECTION})",
        to,
    )
    best = own["name"] if own and not best.startswith(own["name"]) else best
    if re.search(r"[路街道]\d+号", re.split("（", to, maxsplit=1)[0]):
        return ""
    for found in re.finditer(rf"(?:{_OFFICE_HEAD})", to[:30]):
        rest = re.match(
            rf"（?(?P<name>[^，。；（）“”、\d]{{1,12}}?(?:科|股|处|室|办公室|办|部|中心))(?={_AFTER_SECTION})",
            to[found.end() :],
        )
        if (
            rest
            and len(rest["name"]) > 1
            and not re.search(r"(?:行政|政务|会议|办公|便民服务)(?:服务)?中心$", rest["name"])
            and not (found.group() == "会" and not _assembly(to[: found.end()]))
        ):
            best = rest["name"]
    return best


def _is_section(name: str) -> bool:
    """Whether a name that stands alone is a section's: no office's, no place's."""
    if re.search(r"(?:行政|政务|会议|办公|文化|便民服务)(?:服务)?中心$", name):
        return False  # where the office sits
    office = re.search(rf"(?:{_OFFICE_HEAD})", name[:-1]) or re.fullmatch(rf"(?:{_OFFICE_HEAD})", name)
    return not (office or re.match("[省市县区州镇乡我本各]", name) or name.endswith("办事处"))


def _assembly(text: str) -> bool:
    return bool(re.search(r"(?:委员会|联合会|协会|工会|学会|字会|总会)$", text))
