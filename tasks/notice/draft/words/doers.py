"""Who is to act, and what the issuing office says it will do itself."""

import re

from tasks.notice.draft.words.objects import MARK

_SUBJECT = re.compile(
    r"(?<![将把])(?P<who>(?:全[市区县省]|[市区县]直|[市区县省]级|局属|直属|基层)?各[^，。；：《\n]{1,40}?)"
    r"(?=(?<!主)要(?!求|素|点)|主要负责|(?<![响相适对供反])应(?!急)|须|需(?!求)|填写|《|于|在(?!地)|将|把|务必|必须|请|每[日天周月个季年半]|按|会同|认真|及时|对(?!口)|自(?:本|通知|印发|收到|即|行|\d)|确定|明确|通过|初审|审核|汇总"
    r"|\d|[本下]周|[本下当]月|[今明][天日早晚]|后天|[上下中]午|晚上|严格|结合|完成|抓紧|负责|制定|推荐[^，]{0,4}\d|报[送至区县市省我]|上报|提交|登[录陆]|下载|参加|举办|组建|召开|悬挂|张贴|发放|至少|不少于|选派|立即|迅速|提前|做好|(?<!社会)(?<!工作)(?<!群团)(?<!党)组织(?=[开实申填排抽参召做学人力专本辖\d])|根据|安排|指定|统一|分别|填报|尽快|，|。|$)"
)
_ASKED = re.compile(r"请(?P<who>[^，。；：《\n]{2,30}?)(?:于|准备|提供|将|在|按|填)")
_TOLD = re.compile(
    r"(?:^|[，。；：])(?P<who>[^，。；：各\d]{2,16}(?:学校|单位|企业|机构|部门|公司))(?:请|应|须|需|要)(?:务必)?(?:(?:于|在)[^，。；：\d]{0,8})?$"
)
_KINDS = (
    "单位|部门|机关|学校|幼儿园|中学|小学|一中|企业|公司|机构|街道|（街道）|（镇）|（社区）|镇|乡|村|社区|医院|卫生院|卫生室|组长|班主任|负责人"
    "|旅行社|合作社|景区|酒店|饭店|宾馆|商场|超市|场所|银行|网点|服务站|管理站|所(?!学校|单位|医院|幼儿园|中学|小学)|大队|分局|分公司|支部|工作站|科室|车间|班组|项目部|教师|老师|班主任|干部|联络员|网格员|村医|专干"
)
_PLAIN = re.compile(
    rf"^(?P<who>(?!会(?:后|前|议))[^，。；：各将把]{{0,40}}?(?:{_KINDS}|中心|[局委办科部室处股站会]))(?:(?:检查|审核|汇总|整理|登记|签字|确认){{1,2}}后，?)?，?(?:请|应|须|要|务必|最迟|最晚|不晚于|不迟于){{0,2}}(?:于|在)?$"
)
_ABOVE_NAMED = re.compile(
    rf"请(?P<who>(?:上述|以上|下列|未报送的?|尚未报送的?|没交的)[^，。；：]{{0,16}}?(?:{_KINDS}))"
)
_RECEIVING = re.compile(
    r"(?:^|[。；，：])(?P<who>(?![我本各])[^，。；：（）将把]{2,16}?(?:单位|部门|企业|学校|乡镇|机构|社区|地区))"
    r"(?:应|须|要)?(?:在|于|自)(?:收到|接到)[^，。；]{0,20}$"
)
"""“被抽查单位在收到反馈意见后15个工作日内”: a report of those it happened to, not of all."""
_THOSE_WHO = re.compile(
    r"(?:^|[。；，])(?P<who>(?:参加|参与|申报|存在|涉及|获得|发生|拟)[^，。；：]{2,20}的)，?"
    r"(?:还|也|另|均|则)?(?:应|须|要|请|需){0,2}(?:于|在)?$"
)
_NARRATED = re.compile("积极响应|踊跃|普遍")
_LEADING = re.compile(r"(?:^|[：。；，])(?P<who>[^，。；：各由]{2,20}?)牵头[^，。；：]{0,6}，?(?:于|在)?$")
_PROPER = (
    r"[\u4e00-\u9fff]{1,10}?(?:街道办事处|街道|镇|乡|村|社区|管委会|学校|中学|小学|局|委|办|中心|公司|医院|卫生院|站|所)"
    r"(?:人民政府|街道办)?"
)
_ONE_BY_ONE = re.compile(
    rf"(?:^|[，。；：（为])(?P<who>(?:{_PROPER}、){{1,40}}{_PROPER}|(?<=第[一二三四五六]批[：（为]){_PROPER})"
    r"(?:等\d{0,3}个?(?:单位|乡镇|镇|街道|镇街))?）?，?(?:请|应|须|要|务必|最迟){0,2}(?:于|在)?$"
)
_WHOSE = re.compile(
    rf"(?:^|[。；，\n])(?:{MARK.pattern[1:]})?(?P<who>[^，。；：（）的各]{{2,16}}(?:单位|企业|部门|学校|机构|公司))"
    r"(?:（[^（）]{2,60}）)?的[^，。；：（）]{2,20}(?:（[^（）]{2,40}）)?(?:请|须|应)?(?:于|在)?$"
)
_LABELLED = re.compile(
    rf"(?:^|[。；\n])(?:{MARK.pattern[1:]})?(?P<who>(?!报送|责任|上报|填报|牵头)[^，。；：（）\d]{{2,20}}?(?:{_KINDS}))(?:为|是)?：(?:于|在)?$"
)
_EACH_GIVES = re.compile(rf"(?P<who>每个?[^，。；每\d]{{0,8}}?(?:{_KINDS}|镇街|班级|班|县|区))$")
_BETWEEN = re.compile(rf"，(?P<who>[^，。；：各将把由请]{{2,24}}?(?:{_KINDS}|中心|[局委办科部室处股站会所]))")
_OURSELVES = frozenset({"县局", "市局", "区局", "省局", "我局", "本局"})
_WHOLE = re.compile(
    r"^，?(?:由[^各，。；]{1,12}?(?:局|委|办|厅|中心|领导小组)(?:统一|汇总)+(?:[将后][^，。；]{1,20})?(?:报送|上报|报)"
    r"|(?:由)?(?:学校|我[县市区校院局]|全[县市区校]|[县市区]里|集团|总公司|总行)(?:统一|汇总)*(?:将[^，。；]{1,20})?(?:报送|上报|报))"
)
_DOES = re.compile(
    rf"(?:^|[。；，])(?P<who>[^，。；：各将把]{{0,30}}?(?:{_KINDS})(?:（[^（）]{{1,30}}）)?)(?=[将把])"
)
_PRONOUN = re.compile(
    r"^[将把按于对]|无|你们|贵|大家|有意|结合|认真|务必|及时|尽快|抓紧|严格|高度|按照|遵照|登录|参照"
)
_OWN_DOER = re.compile(
    r"^(?:届时|其中|之后|最后|最终)?(?:由|，)?[市省区县州][\u4e00-\u9fff]{0,8}(?:局|委|办|厅|处|中心|指挥部|领导小组)将(?=于|在|会|对|适时|组织|根据|按|视|定期|不定期|汇总|统一|择优|视情)"
    r"|^(?:届时|其中|之后|最后|最终)?(?:由|，)?(?:我[局委办厅部会院队]|本[局委办厅]|[市省区县][局委办厅]|[省市区县州]?[\u4e00-\u9fff]{1,10}(?:局|委|厅|办公室|指挥部))(?:将|须|需|拟|要|会(?!办|员|议|党|各)|应(?!急)|将会|计划)"
)
_ANNOUNCED = re.compile(r"(?:结果|成绩|排名|结论|证书|名单)(?:将|拟)(?:于|在)?$")
_GATHERED = re.compile(
    r"由(?!各)[^，。；]{2,24}?(?:汇总|整理|审核|梳理)(?:后|，)(?:于|在)?$|^(?:以便|便于|以利)(?!各)[^，。；]{0,20}$"
)
"""“以便汇总后于10月31日前上报市局”: what the office wants the reports for."""


def is_own_doing(clause: str) -> bool:
    """Whether the clause says what the issuing office itself will do."""
    return bool(_OWN_DOER.match(MARK.sub("", clause.lstrip("，、"))) or _GATHERED.search(clause))


def one_by_one(before: str) -> str:
    """“第一批：城关街道、柳林镇，于……”: the units named right before a date, be there a comma or not."""
    return before[named[0] : named[1]] if (named := units_before(before)) else ""


def units_before(text: str) -> tuple[int, int] | None:
    """Where the units named one by one at the end of a text begin and end."""
    found = _ONE_BY_ONE.search(text)
    return found.span("who") if found and not re.search("[各将把]", found["who"]) else None


def plain_doer(clause: str) -> str:
    """Units named without 各 at the head of the clause that holds the date."""
    found = (
        _PLAIN.search(MARK.sub("", clause.lstrip("，、")))
        or _DOES.search(clause)
        or _ABOVE_NAMED.search(clause)
        or _LEADING.search(clause)
        or _RECEIVING.search(clause)
    )
    named = "" if found is None or _PRONOUN.search(found["who"]) else found["who"]
    return named if len(named) > 1 else ""


def units_labelled(before: str) -> str:
    """“月报企业：次月5日前；季报企业：……”: the units stand before the colon before their day."""
    found = _LABELLED.search(before)
    return found["who"] if found else ""


def whose_thing(before: str) -> str:
    """“发言单位（新市镇、……）的发言材料于……”: the units whose thing it is."""
    found = _WHOSE.search(before)
    return found["who"] if found else ""


def those_who(before: str) -> str:
    """“参加优秀活动评选的，还应在10月15日前……”: whoever it is true of, in the notice's words."""
    found = _THOSE_WHO.search(before)
    return found["who"] if found else ""


def goes_on_about_itself(sentence: str, before: str, issuer: str) -> bool:
    """“区财政局于2月6日前完成会审，3月31日前上报市财政局”: the sentence began with the office alone."""
    head = re.match(r"[^，。；：\d]{2,24}?(?=[于在将拟\d])", MARK.sub("", sentence))
    return head is not None and speaks_of_itself(head.group(), issuer) and not re.search("[各请]", before)


def acts_itself(after: str, issuer: str) -> bool:
    """“4月底前县局完成抽查并上报市局”: behind the day it is the office that acts."""
    found = re.match(
        r"，?由?(?P<who>[^，。；各]{2,10}?)(?=完成|汇总|统一|组织|审核|负责|将|上报|报送)", after
    )
    return found is not None and speaks_of_itself(found["who"], issuer)


_LEVELS = {"村": 0, "乡": 1, "镇": 1, "街": 1, "县": 2, "区": 2, "市": 3, "省": 4}
_ONE_BODY = re.compile(
    r"^(?P<level>[乡镇街县区市])(?!场监管[所分])[^，。；：各]{2,16}(?:中心|办|局|站|所|委|办公室)(?:于|在)?$"
)
_GATHERS = re.compile(r"^(?:汇总|统计|整理)[^，。；]{0,12}(?:报|上报|报送)(?:至|到)?(?P<level>[县区市省])")


def adds_up_for_those_above(clause: str, after: str) -> bool:
    """“乡农业服务中心2月27日前汇总形成报告报县农业局”: one body of the office reports to the tier above."""
    body, act = _ONE_BODY.match(MARK.sub("", clause.lstrip("，、"))), _GATHERS.match(after)
    return bool(body and act and _LEVELS[act["level"]] > _LEVELS[body["level"]])


def is_announced(clause: str) -> bool:
    """“审核结果将于12月31日之前反馈”: what the office will let the units know."""
    return bool(_ANNOUNCED.search(clause))


def speaks_of_itself(clause: str, issuer: str) -> bool:
    """“县财政局6月30日前……”: the office that issues the notice is the one that acts."""
    subject = MARK.sub("", clause.lstrip("，、")).rstrip("于在将拟应须要需由")
    return subject in _OURSELVES or any(
        (len(subject) > 2 and each.endswith(subject)) or shortened(subject, each)  # noqa: PLR2004
        for each in issuer.split("、")
    )


def shortened(short: str, name: str) -> bool:
    """县疾控中心 for 枫桥县疾病预防控制中心: its letters in their order, from the level to the last."""
    if not re.fullmatch(r"[省市县区州旗镇乡校院][^，。；、]{3,12}", short) or short[-1] != name[-1:]:
        return False
    letters = iter(name)
    return all(each in letters for each in short)


def reports_upwards(between: str) -> bool:
    """“11月30日前，学校报送省教育厅”: the whole speaks, not one of those addressed."""
    return bool(_WHOLE.match(between))


def subject_between(between: str) -> str:
    """“5个工作日内，区指导中心将评价结果报……”: units without 各, between the date and 将."""
    found = _BETWEEN.fullmatch(between)
    return "" if found is None or _PRONOUN.search(found["who"]) else found["who"]


def each_of(between: str) -> str:
    """“名单每镇街报2家”: those who give so many each."""
    found = _EACH_GIVES.search(between)
    return found["who"] if found else ""


def doer(text: str) -> str:
    """The last units named as those who are to act."""
    found = [m["who"] for m in _SUBJECT.finditer(text)]
    asked = [m["who"] for m in _ASKED.finditer(text) if not _PRONOUN.search(m["who"])]
    told = _TOLD.search(text)
    if told and not _PRONOUN.search(told["who"]):
        return told["who"]
    named = [
        who
        for who in found
        if not _NARRATED.search(who)
        and not re.search(
            r"各\d|各(?:类|项(?!目)|种|方面|环节|自|界|推荐|选|派|报|交|级领导|阶段|地实际)", who
        )
    ]
    return (named or asked or [""])[-1].strip("、")
