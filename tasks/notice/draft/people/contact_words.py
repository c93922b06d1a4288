"""The words of a contact line, told apart: names, numbers, offices; what is none of these is left out.

Numbers stay as the notice writes them, area code and extension included; nothing is added.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "phone", "duty", "office"]

_AREA = r"(?:[（(]0\d{2,3}[）)][ -]?|0\d{2,3}(?: ?[-—–－]{1,2} ?| ))?"
_EXTENSION = r"(?:(?:转|-|—)\d{1,5})?"
PHONE = (
    rf"(?<![\dA-Za-z@._-])(?:\+?86-?)?(?:\d{{11,12}}|1\d{{2}}[ -]\d{{4}}[ -]\d{{4}}"
    rf"|{_AREA}(?:\d{{7,8}}|\d{{3,4}} \d{{4}}|\d{{4}} \d{{3}}(?! ?\d)){_EXTENSION}"
    rf"|(?<!-)\d{{5,6}}(?![号室]))(?![\d@年A-Za-z.])"
)
_WORDS = re.compile(
    r"(?P<skip>(?:(?<!电话[/、及和])传真|QQ|微信|群|邮编|热线|举报|监督|投诉)[\u4e00-\u9fffQ]{0,6}[：为]? ?"
    r"[（(]?[\d）)-]{4,20}"
    r"|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,80}"
    r"|(?:钉钉|微信|QQ|粤政易|浙政钉|渝快政|企业微信)(?:账?号|ID)?[：为]? ?“?"
    r"(?=[0-9_-]{0,29}[A-Za-z])[A-Za-z0-9_-]{4,30})"
    r"|(?P<duty>(?:值班|总机)(?:室)?(?:电话|手机)[：为]? ?)"
    r"|(?P<inside>(?:内线|分机)[：为]? ?\d{3,6})(?!\d)"
    r"|(?:短号|小号|虚拟网号?)[：为]? ?(?P<short>\d{3,6})(?!\d)"
    r"|(?:电话|手机)(?:号码)?[：为]? ?(?P<labelled>\d{3,6})(?![\d—–－-])(?! \d)"
    rf"|(?P<phone>{PHONE})"
    r"|(?P<run>[\u4e00-\u9fff·]{2,60})"
    r"|(?P<stop>[；\n])"
)
_BRACKET = re.compile(r"[（(](?!0\d{2,3}[）)][ -]?\d)(?P<inner>[^（）()\n]{0,40})[）)]")
_STRETCHED_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_GLUED = re.compile(r"联系|电话|手机|邮箱|传真|电子|短号|内线|分机|座机|值班|办公电|移动|固定|政务")
OFFICE_END = r"专班|科|股|室|处|局|办|中心|站|部|委|会|院|所|队|联|司|厅|校|社|馆|组|街道|镇|乡"
_OFFICE = re.compile(rf"[\u4e00-\u9fff]{{1,39}}(?:{OFFICE_END})")
_BEHIND_OFFICE = re.compile(
    rf"(?P<office>[\u4e00-\u9fff]{{0,39}}?(?:{OFFICE_END}))(?P<name>[小老]?[\u4e00-\u9fff]{{1,3}})"
)
_TITLES = re.compile(r"(?:同志|老师|主任|科长|股长|处长|所长|站长|先生|女士|科员|主管)$")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,8}")
_NO_NAME = re.compile(
    r"方式|地址|号码|单位|填表|姓名|信息|咨询|工作|公开|以及|等$|同名|同号|原通知|网$|时间|期间|小时|系统|平台"
    r"|公众|附件|技术|业务|政策|支持|上述|以上|负责|材料|报送|收件|群|见|可$|请|均|也|或|及|和$|另"
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪"
    "包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎"
    "祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿"
    "通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂"
    "晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖代付闫"
)
SURNAME = f"[{''.join(sorted(_SURNAMES))}]"
_MAY_BE_IN_A_NAME = re.compile("[也或及和均群见请可]")
_FAX_BEHIND = re.compile(rf"{PHONE}[（(]传真[）)]")
_TASK_BEFORE = re.compile(
    rf"(?:技术|业务|政策|材料|会务|系统)?(?:支持|咨询|报送|对接|维护|负责)(?={SURNAME}[\u4e00-\u9fff]{{1,2}}$)"
)
"""“技术支持程又又”: what the person is there for."""
_FOR_SOMEBODY = re.compile(r"：(?=[\u4e00-\u9fff])")
"""“镇街：叶澜”: for whom the person is there."""
_ON_DUTY = re.compile(r"值班(?:室)?$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a contact line; ``value`` of a stop is empty."""

    kind: Kind | Literal["stop"]
    value: str


def words(text: str) -> Iterator[Word]:
    """The words of a stretch of clean text, its blanks kept."""
    duty = False
    text = _FAX_BEHIND.sub("，", text)
    even = _BRACKET.sub(_from_bracket, _STRETCHED_NAME.sub(r"\1\2", text))
    for found in _WORDS.finditer(even):
        if found["stop"]:
            yield Word("stop", "")
        elif found["run"] or found["duty"]:
            yield from (
                word
                for word in _from_run(found["run"] or "")
                if word.kind != "name" or not _FOR_SOMEBODY.match(even, found.end())
            )
            duty = bool(found["duty"] or _ON_DUTY.search(found["run"]))
            continue
        elif number := found["phone"] or found["inside"] or found["short"] or found["labelled"]:
            yield Word("duty" if duty else "phone", _written(number))
            continue
        duty = False


def _from_bracket(found: re.Match[str]) -> str:
    """What a bracket says beside a name: a number counts, an office is an office, the rest is a remark."""
    inner = found["inner"]
    if re.search(r"\d{3}", inner):
        numbers = [m.group() for m in _WORDS.finditer(inner) if not (m["run"] or m["skip"] or m["stop"])]
        return f"，{'，'.join(numbers)}，"
    return f"，{inner}，" if _OFFICE.fullmatch(inner) else "，"


def _written(number: str) -> str:
    """The number in one spelling: half-width brackets, one hyphen, no blanks inside."""
    plain = re.sub(r"[-—–－]+", "-", number.replace("（", "(").replace("）", ")"))
    area = re.match(r"(0\d{2,3}) (?=\d{3})", plain)
    plain = f"{area[1]}-{plain[area.end() :]}" if area else plain
    return re.sub(r"[ ：为]|-(?=\d{4}-\d{4}$)|(?<=^1\d{2}-\d{4})-", "", plain).replace(")-", ")")


def _from_run(run: str) -> Iterator[Word]:
    full = _TASK_BEFORE.sub("", _GLUED.split(run)[0])
    bare = _TITLES.sub("", full)
    bare = bare if len(bare) > 1 else full
    if _OFFICE.fullmatch(bare):
        yield Word("office", bare)
    elif (behind := _BEHIND_OFFICE.fullmatch(bare)) and surnamed(behind["name"]):
        yield Word("office", behind["office"])
        yield Word("name", behind["name"])
    elif _NAME.fullmatch(bare) and not _NO_NAME.search(_as_a_name(bare)):
        yield Word("name", bare)


def _as_a_name(word: str) -> str:
    """裴清和, 王也: what else would join two words may end a name that begins as names do."""
    fits = surnamed(word) and len(word) <= 3  # noqa: PLR2004  a family's name and one or two characters
    return _MAY_BE_IN_A_NAME.sub("", word) if fits else word


def surnamed(name: str) -> bool:
    """Whether it begins as people's names do."""
    return len(name) > 1 and (name[0] in _SURNAMES or name[0] in "小老")
