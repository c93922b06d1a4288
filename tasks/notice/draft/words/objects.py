"""What is handed in, as a notice names it: without how, to whom and by whom."""

import re

NOUN = (
    "总结|报告|预案|进度|素材|[盐水土血尿]样|样品|样本|原作|方案|名单|表|清单|台账|材料|征文|回执|小结|信息|情况|数据|案例|花名册|照片|图片|资料|计划|稿件|稿|作品|动态|简报|进展|"
    "结果|视频|分析|申请|统计|册|简历|证明|问卷|日报|周报|月报|季报|快报|报表|统计数|意见|建议|说明|打算|经验|做法|典型|线索|反馈|音像|论文|文件|底数|回证|指标|年报|旬报|专报|联络员|手机号|[报请荐诺见任划认议务明]书"
)
NOUN_END = re.compile(rf"(?:{NOUN})(?:电子版|纸质版|扫描件|原件)?[”》]?$|(?:纸质|电子|书面)(?:版|件|材料)$")
_ATTACHED = re.compile(r"（[^（）]{0,40}(?:附|盖|字|电子|纸质|一式|格式|模板|张|样式|扫描|见)[^（）]{0,40}）")
_MANNER = re.compile(
    r"通过|以电子|以书面|以纸质|以正式|统一|分别|及时|尽快|一并|联合行文|汇总后|审核后|加盖|盖章|扫描后|打包|同时|直接|逐级|按要求|按时|"
    r"经(?:主要|单位|分管|负责|领导)|由(?:各|专人)|发(?:至|到)|拍照$|实行|执行(?!报告|情况|方案)|至“|从\d|自\d|按[日周月季]|[，、]$|(?:纸质|书面)?(?:版|材料|件)?(?:[（]?一式[一二两三四五六七八九十\d]+[份][）]?)"
)
_NESTED = re.compile(r"（(?:[^（）]{0,30}（[^（）]{0,12}）){1,30}[^（）]{0,10}）")
"""“统计表（转移人口（人）、倒塌房屋（间））”: what the form asks for is no part of its name."""
_CALLED = re.compile(r"《[^《》]{2,40}[表单卡册]》$")
_MAKING = re.compile(
    r".*(?:形成|制定|撰写|填写|填报|编制|整理|起草|拟定|制作|准备|做好|完成|做出|提出|反馈|报送|提交|上报|认真|的同时)"
)
_LINK = re.compile(
    r"(?:请|应|须|需|要|可|务必|务|必须|于|在|不迟于|不晚于|不超过|并|的|均|一律|统一|分别|[，、：]|最迟|截至|截止|改为|调整为|延至|仍|统一|照旧|照常|继续|(?:从|自)[^，。；]{1,8}起|没[交报]的|请各[^，。；]{1,6}|各单位|各地|由)$"
)
MARK = re.compile(
    r"^(?:[①-⑳]|[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.])"
)


def tidy(what: str) -> str:
    """The object without how it is to be handed in."""
    text = re.sub(
        r"^自[^，。；《]{1,8}起(?=[\u4e00-\u9fff])|^每[日周月季年]度?(?=[^的])|^[一1]次(?=[\u4e00-\u9fff]{2})|^[^，。；《》]{2,14}[后好]的|（[^（）]{4,60}）$|^（[^（）]{0,30}）|^加盖[^，。；]{1,6}的|，以[^，。；]{2,10}形式$|[也先]$"
        r"|的(?:截止)?(?:时间|时限|日期)(?:由|从)[^，。；]{2,14}(?:至|为|到)$",
        "",
        _ATTACHED.sub("", _NESTED.sub("", what)),
    )
    cut = next((m for m in _MANNER.finditer(text) if m.start() > 1), None)
    text = (text[: cut.start()] if cut else text).strip("，、：的“” ")
    text = re.sub(r"(?:不少于|不超过|至少)?\d+(?:[—~-]\d+)?[份篇个条张]$", "", text)
    return (
        text.strip("《》")
        if text.count("《") == 1 and text.startswith("《") and text.endswith("》")
        else text
    )


def named(clause: str) -> str:
    """What a clause ends in, when that is something that can be handed in."""
    text = re.sub(r"（[^（）]{0,40}）$", "", MARK.sub("", _ATTACHED.sub("", clause)))
    while found := _LINK.search(text) or _BEHIND_A_THING.search(text) or _ADDED_UP.search(text):
        text = text[: found.start()]
    text = _OF_UNITS.sub("", text)
    text = _BY_A_SYSTEM.sub("", text)
    by_each = _BY_EACH.fullmatch(text)
    text = by_each["what"] if by_each else text
    text = re.sub(r"^各(?:校|县|区|市|镇|乡|村|单位|部门|学校|乡镇|街道)(?=[^、和及]{2})", "", text)
    text = re.sub(r"^[请并]?各[^，《]{1,20}?(?:要(?!求|素|点)|应(?!急)|须|需(?!求)|请)", "", text)
    called = _CALLED.search(text)
    if called and not _LISTED_BEFORE.search(text[: called.start()]):
        return tidy(called.group())
    if not NOUN_END.search(text):
        return ""
    text = re.sub(r"^如(?:有|对)", "", text)
    made = _MAKING.match(text)
    return tidy(text[made.end() :] if made and made.end() < len(text) else text)


def topic(text: str) -> str:
    """The thing named before a date: “书面总结，于……前报”, “征文于……前发至”."""
    text = _WITH_MARKS.sub("", _FROM_OLD.sub("", text))
    counted = None if named(re.split("[，：；。]", text)[-1]) else _COUNTED_EACH.search(text)
    listed = counted or _LISTED.search(text) or _EACH_GIVES.search(text) or _NOT_YET.search(text)
    if listed:
        return tidy(listed["what"])
    timed = re.search(
        r"(?P<what>[^，。；：、\n将把对中]{2,40}?)(?:报送|上报|提交|申报|填报|(?<![报交])(?=截止))(?:截止)?(?:时间|时限|日期)(?:$|由|为|：|从|是|至|延长|调整|推迟|[^，。；]{0,14})$",
        text,
    )
    if timed:
        what = re.sub(r"^.*》(?:（[^）]*）)?中?|^\d{1,2}月(?:份)?$", "", timed["what"])
        return ONLINE.sub(r"\g<0>填报", tidy(what)) if ONLINE.fullmatch(what[-2:]) else tidy(what)
    placed = _PLACED.search(re.sub(r"（[^（）]{0,60}）", "", text))
    if placed:
        return tidy(placed["what"])
    copied = _SIGNED_COPY.search(text)
    if copied:
        return copied["what"]
    clauses = [
        clause
        for clause in re.split(r"[，：；。]", text)
        if _LINK_WORDS.sub("", clause) and not _SINCE.fullmatch(clause)
    ]
    for clause in reversed(clauses[-3:]):
        found = named(clause)
        if found or not _IN_PASSING.search(clause):
            return found
    return ""


_LISTED_BEFORE = re.compile(rf"(?:{NOUN})(?:（[^（）]{{1,20}}）)?[、和及]$")
"""“结项报告、《统计表》”: the form is the last of a list."""
_BEHIND_A_THING = re.compile(
    r"(?<=[\u4e00-\u9fff》）])(?:，?(?:须)?(?:加盖|签字|盖章)[^，。；]{0,8}|一式[一二两三四五六七八九十\d]{1,2}份|（[^（）]{2,40}）)$"
)
"""“分析材料（2000字左右）加盖公章”, “预案一式三份”: what is said of the thing behind it."""
_ADDED_UP = re.compile(r"(?<=》)由[^，。；]{2,12}(?:汇总|填报|填写|审核)$")
"""“《统计表》由各乡镇汇总，10月20日前报送”."""
_OF_UNITS = re.compile(
    r"^[^，。；：（）的]{2,16}(?:单位|企业|部门|学校|机构|公司)(?:（[^（）]{2,60}）)?的(?=[\u4e00-\u9fff]{2})"
)
_WITH_MARKS = re.compile(
    r"(?<=[\u4e00-\u9fff》])（(?=[^（）]*[，；])[^（）\d]{0,4}[\dA-Za-z不一][^（）]{2,40}）"
)
"""“成果视频（5分钟以内，MP4格式）”: its commas part nothing."""
_COUNTED_EACH = re.compile(
    rf"(?:^|[。；])(?:{MARK.pattern[1:]})?(?P<what>[^，。；：每各\d]{{1,14}}(?:{NOUN}))[每各][^，。；：\d]{{1,10}}(?:不少于|至少|不超过|限)\d"
)
"""“经验材料每县不少于2篇，10月15日前发至……”: the sentence began with the thing."""
_BY_EACH = re.compile(rf"(?P<what>[^，。；各]{{2,24}}?(?:{NOUN}))各[^，。；]{{2,20}}")
"""“新增企业名单各街道经济发展办于……前报送”: the thing, then the units, with nothing between."""
_BY_A_SYSTEM = re.compile(r"实行[^，。；]{2,10}$")
"""“走访动态信息实行随走随报”: how it is reported."""
_SINCE = re.compile(r"(?:从|自)[^，。；]{1,8}起")
_LINK_WORDS = re.compile(r"分别|统一|均|最迟|[请应须需要务必于在并]")
ONLINE = re.compile(r"(?:网上|在线)$")
_HEADLINE = re.compile(r"(?![^。]*(?:报|提交|反馈|制定|完成))(?P<label>[^：，。；]{2,12})。")
"""“1.宣传方案。于3月18日前……”"""
_SOUGHT = re.compile(r"“(?P<label>[^”]{2,16})”(?:作品)?(?:征集|评选|推选|推荐|征文)[。：]")
"""“1.“廉洁家书”征集。”"""
_LABEL = re.compile(r"(?P<label>[^：，。；]{2,24})：")


def label(text: str) -> str:
    """“消防台账：3月15日前……”: the thing stands before the colon."""
    bare = MARK.sub("", text)
    if sought := _SOUGHT.match(bare):
        return sought["label"]
    found = _LABEL.match(bare) or (_HEADLINE.match(bare) if bare != text else None)
    return tidy(found["label"]) if found and NOUN_END.search(found["label"]) else ""


_FROM_OLD = re.compile(r"(?:由|从)每[^，。；]{2,20}?(?:调整|延长|延期|推迟|提前|变更|更改|改)(?:为|至|到)$")
_NOT_YET = re.compile(
    rf"(?P<what>[^，。；：、]{{0,20}}?(?:{NOUN}))已经?[交报]过?的[^，。；]{{0,12}}，(?:没|未|还没)[交报]的$"
)
_EACH_GIVES = re.compile(
    rf"(?P<what>[^，。；：、]{{2,20}}?(?:{NOUN}))每个?[^，。；\d]{{1,8}}(?:报|交|报送|推荐|选送)\d{{1,3}}[^，。；]{{0,4}}，$"
)
_SIGNED_COPY = re.compile(
    r"(?:^|，)(?P<what>(?:纸质|电子|书面)(?:版|件|材料))(?:一式[一二两三四五六七八九十\d]{1,2}份)?"
    r"(?:，(?:经|由|加盖|签字|盖章)[^，。；]{2,30}?后?)?，?(?:请|须|应|最迟)?(?:于|在)?$"
)
_PLACED = re.compile(
    r"[将把](?P<what>[^，。；\n将把]{1,60}?)(?:，)?(?:务必|请|须|应|分别|统一)?(?:于|在|最迟)?$"
)
_LISTED = re.compile(
    r"(?:报送|上报|提交|填报)(?P<what>[^，。；：、\n由]{2,40}?)的(?:截止)?(?:时间|时限|日期)(?:由|为|从)[^，。；]{0,14}$"
)
_IN_PASSING = re.compile(
    r"后(?:于|请于)?$|^无[^，]{0,6}的|^经|^加盖|同意$|审核|无误|把关|签字|^每|^(?:题目|字数|篇幅|内容|格式|标题|体裁|文字|主题)|字(?:以上|以内|左右)"
    r"|图文并茂|不少于|不超过|^请?以(?:书面|正式|电子)|填好|自拟|一式|为准$|(?:阶段|期间)$|^(?:明确|细化|落实|压实|建立|成立|强化)[^，。；]{2,14}$|^(?:文件)?命名|重复|交过|^请?各[^，。；]{1,8}$"
)
