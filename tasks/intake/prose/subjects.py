"""Subjects of sentences: 全区, 东城街道, 莲花村, 镇社工站, told by the verb that follows them."""

import re
from collections.abc import Iterable
from functools import lru_cache

DEEDS = "开展|组织|举办|举行|走访|慰问|入户|检查|排查|转移|培训|参加|参与|投入|发放|制作|设立|完成"
_ACTS = (
    rf"{DEEDS}|共|累计|总计|合计|先后|已|均|也|分别|还|各自?|今年|发现|查出|"
    r"巡|服务|动员|整改|刊发|上门|联合|会同|协同|牵头|积极|主动|认真|扎实|"
    r"配合|带领|利用|依托|通过|宣传(?!周|月|点)|志愿者?[0-9]"
)
EACH_ACTS = f"{DEEDS}|巡查|新建|安排|出动|派出|接待"
"""在三个片区各开展2场: what each of several did."""
_WORD = r"[\u4e00-\u9fff]"
_OFFICES = (
    r"(?:局|委|(?<![举主承协创开兴督合申])办|厅|协(?![同助商调作])|银行|(?<![综大学])院|馆|供销社|"
    r"(?<![全内外局干])部|中心|联|队|公司|医院|(?<!场)所|站|"
    r"(?<![社机大例晚])会)"
)
"""An office's last character; 举办 is a deed, 全部 a quantity."""
_GUESTS = r"(?:[银支分]行|信用社|公司|企业|集团|基金会|医院|大学|剧团|文工团|[馆院局委办队会校协社联])"
"""What ends the name of who comes from elsewhere: 邮政储蓄银行在我镇."""
_TO_US = "[在到赴来为向给][我本](?:镇|乡|街道|辖区|[县区村](?!里))"
_OWN_BANDS = "(?:党员|巾帼|青年)?(?:志愿|突击)"
"""志愿者服务队 without the name of who sent it is the unit's own."""
_PLACES = r"(?:村民?委?会?|社区|居委会|小区|小学|中学|学校|教学点|养老院|敬老院|广场)"
_PARTS = (
    rf"(?:[镇乡]机关(?:干部)?|街道机关(?:干部)?|社工站|社会工作站|工作站|服务站|工作室|服务队|党支部|村委会|居委会|志愿队|中心校|幼儿园|"
    rf"所属{_WORD}{{0,4}})"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
_ROLES = r"(?:志愿者|村民|居民|农户|党员|教师|网格员|社工|职工)"
_SOMEBODY = (
    rf"[{_SURNAMES}](?:某{{1,2}}|大爷|大妈|大娘|大姐|大哥|大叔|奶奶|爷爷|阿姨|老师|先生|女士|同学)|"
    r"某(?:企业|公司|单位|班|校|户|机构|商户|人)"
)
_STORY = r"(?:典型|先进|优秀|感人)?(?:案例|事例|事迹|故事)"
_NUMBER = r"[一二三四五六七八九十0-9]{1,3}"
_NOUNS = frozenset({"社区", "家庭", "活动", "群众"})
_UNITS = r"社区|街道|园区|镇街|乡镇|村组|单位|中心|公司|协会|机构|[区县市省州国盟旗镇乡村院站所局会校委办队]"
_DAYS_NAME = rf"国{_WORD}{{2,9}}?(?:日|周|月(?!份))"
"""全国防灾减灾日 is a day, not the country."""
_AT = "[在到赴来]"
"""县人社局在我镇举办: who held it is the bureau."""


NO_PLACE = re.compile(
    r"^[中大]小?$|开展|组织|走访|深入|进入|面向|针对|围绕|全|我|本|各|每|农$|乡$|城$|辖区|所辖|[0-9两三四五六七八九十]个|依托|利用|借助|通过|联合"
)
MEANS = re.compile(r"(?:依托|利用|借助|通过|联合|协同|会同|发动|动员|指导|组织)[\u4e00-\u9fff]{0,6}$")
"""Words before a unit that make it a means, not the one who acts."""
JOINED_IN = re.compile(r"(?:^|(?<=[\u4e00-\u9fff,、;。]))(?:联合|会同|协同|邀请)[\u4e00-\u9fff、]{0,20}$")
"""Words before an office that was asked to join in; who asked is the one who acts."""
ASKED_TO_COME = re.compile(r"[\u4e00-\u9fff]{0,2}(?:联合|会同|协同|邀请|联系|对接|协调|争取)|组织|请")
"""How a sentence begins that tells who brought a guest here."""


_MORE_DEEDS = re.compile(
    rf"(?:{DEEDS}|清理|清运|清除|整治|整改|调解|调处|化解|受理|办理|处置|处理|接待|接受|发布|张贴|悬挂|印发|出动|派出|巡查|"
    r"巡逻|排除|消除|探访|看望|关爱|服务|帮扶|救助|资助|捐赠|赠送|捐献|家访|签订|签约|挽回|落实|纳入|调运|储备|新建|改造|"
    r"修建|修缮|种植|播种|购买|采购|筹集|募集|招募|吸引|惠及|覆盖|解答|解决|查处|查封|拆除|取缔|约谈|劝阻|劝返|登记|安置|"
    r"解救|救援|抢险|疏散|宣讲|评选|表彰|推荐|推送|报道|拍摄|征集)"
)


def begins_with_a_deed(word: str) -> bool:
    """Whether a figure's name says what was done: what 和清理垃圾52吨 joins was not counted with it."""
    return _MORE_DEEDS.match(word) is not None


def own_verbs(words: Iterable[str]) -> tuple[str, ...]:
    """The verbs a campaign's words begin with: 清淤 of 清淤沟渠."""
    return tuple(dict.fromkeys(w[:2] for w in words if len(w) > 3 and w[:2] not in _NOUNS))  # noqa: PLR2004


@lru_cache(maxsize=16)
def subjects(verbs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The patterns of subjects; ``verbs`` are the campaign's own: 清淤, 整修.

    Named groups: level with unit (全镇), each (各村), office (区民政局), others (兄弟乡镇), guest (农商银行
    在我镇), place with name, office_part (镇社工站), town with called, that of 该村; person, story one of
    many; learnt ends what was told of others.
    """
    acts = f"(?={'|'.join([_ACTS, *map(re.escape, verbs)])})"
    alternatives = (
        rf"(?P<level>全|(?=[我本])(?<![局委办厅部心联队司院所站会协行馆社]{_AT})(?<![与和同])(?<!联合)[我本])(?P<unit>(?!{_DAYS_NAME})(?:{_UNITS}))",
        r"(?P<each>各(?:[镇乡街道村社区县市站点组部门、(]+[)]?)|每个?(?:[镇乡街道村社区站组户])|各单位|各地)",
        rf"(?P<office>(?<!{_WORD})(?:{_WORD}{{1,6}}?)?[区县市省]{_WORD}{{1,8}}?{_OFFICES})(?:(?:{_AT}|[与和同]|联合|会同)[我本](?:{_UNITS}))?{acts}",
        r"(?P<others>(?:其他|其它|兄弟|周边|相邻|邻近|外地|先进|邻|某)(?:[镇乡街道村社区县市单位地]+))",
        rf"(?P<place>(?:在|深入|走进)?(?P<name>{_WORD}{{1,6}}?){_PLACES}(?:内|里|中)?{acts})",
        rf"(?P<guest>(?<!{_WORD})(?![我本全各镇乡]|街道|{_PARTS}|{_OWN_BANDS}){_WORD}{{1,12}}?{_GUESTS}{_WORD}{{0,6}}?{_TO_US})",
        rf"(?P<office_part>{_PARTS}{acts})",
        rf"(?P<town>(?P<called>{_WORD}{{1,6}}?)(?:镇|乡|街道){acts})",
        r"该(?P<that>村|社区|小区|居委会|村委会|[组站所院校园])",
        rf"(?P<person>{_SOMEBODY}|(?:[种养][植殖]大户|合作社){acts}|{_ROLES}[{_SURNAMES}]{_WORD}{{1,2}}{acts})",
        rf"^(?:{_NUMBER}[、.]|[(]{_NUMBER}[)])?(?P<story>{_STORY}(?=[:一二三四五六七八九十0-9]|$))",
        r"(?P<learnt>的(?:经验|做法|模式|成果|方法|基础上))",
    )
    return tuple(map(re.compile, alternatives))
