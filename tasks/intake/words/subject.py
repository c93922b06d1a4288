"""Whether a document speaks of this campaign and its year at all."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from tasks.intake.words.dates import find_editions, find_years
from tasks.intake.words.labels import vocabulary
from tasks.terms.campaign import Campaign
from tasks.terms.readings import Finding
from tasks.terms.text import fold

_LATE_MONTH = 11
_GENERIC = re.compile(
    r"日期|时间|盖章|公章|签[字章]|联系人|电话|负责人|审核|"
    r"统计表|汇总表|情况表|明细表|登记表|报表|填报表|附件[0-9]*|附表[0-9]*|活动|开展|情况|统计|汇总|填报|报送|工作|总结|小结|"
    r"报告|材料|关于|数据|年度|季度|月份|进展|落实|单位|全[区市县镇]|第?[0-9〇一二三四五六七八九十]+[届次年月日号]?|[^\u4e00-\u9fff]|的|表"
)
_EVENT = re.compile(
    r"宣传周|宣传月|[\u4e00-\u9fff][月周日节]|行动|专项|普查|大赛|竞赛|比赛|整治|排查|检查|评选|培训|救助"
)
_KIND = re.compile(
    r"(?P<matter>[\u4e00-\u9fff]{2,12}?)(?P<kind>宣传[周月日]|主题月|活动[周月日]|[周月日节]$|行动|专项|普查|大赛|竞赛|比赛)"
)
"""What an event is about, and the kind of event it is."""
_FRAME = re.compile(r"全民|全国|集中|主题|系列|专题|百日|攻坚|会战")
"""Words events of all kinds are called by."""
_WAYS = frozenset("整治理改排查清动提升")
"""What is done to things of all kinds."""
_LEAST_SUBJECT = 3
_EVERYWHERE = frozenset({"通知", "宣传", "方案", "要求", "印发"})
_CHANCE = 1
"""Pairs of characters any two texts may share."""
_LEAST_WORD = 2
_SHORT = {
    "社会工作": "社工", "环境保护": "环保", "动物疫病": "动防", "动物防疫": "动防",
    "医疗保障": "医保", "社会保障": "社保", "综合治理": "综治", "科学技术普及": "科普",
    "计划生育": "计生", "民族宗教": "民宗", "残疾人联合会": "残联", "劳动保障": "劳保",
    "法治宣传": "普法", "法制宣传": "普法", "森林草原防火": "森防", "退役军人": "双拥",
}  # fmt: skip
"""What offices write for words of a title whose characters the short form does not keep side by side."""


def campaign_years(campaign: Campaign) -> frozenset[int]:
    """The years a report on this campaign may carry: of its notice, windows and due dates.

    Work that ends late in a year is reported early in the next.
    """
    last = max(_days(campaign))
    late = {last.year + 1} if last.month >= _LATE_MONTH else set()
    return frozenset({d.year for d in _days(campaign)} | late)


def campaign_year(campaign: Campaign) -> int:
    """The year the campaign is called by in a letter: of its work, which is packaged early in the next."""
    return max((w.end for w in campaign.windows), default=max(_days(campaign))).year


def _days(campaign: Campaign) -> list[date]:
    days = [d for w in campaign.windows for d in (w.start, w.end)]
    days += [o.due.date for o in campaign.obligations if o.due != "unknown"]
    days.append(campaign.package.at.date())
    if campaign.notice.issued_on != "unknown":
        days.append(campaign.notice.issued_on)
    return days


def wrong_year(texts: Iterable[str], campaign: Campaign) -> Finding | None:
    """WRONG_YEAR when the texts plainly speak of another year or another 届 only."""
    joined = "\n".join(texts)
    allowed = campaign_years(campaign)
    years = find_years(joined)
    if years and not years & allowed:
        return _wrong_year(f"{min(years)}年", campaign)
    expected = find_editions(f"{campaign.title}\n{campaign.notice.title}")
    editions = find_editions(joined)
    if expected and editions and not editions & expected and not years:
        return _wrong_year(f"第{min(editions)}届", campaign)
    return None


def _wrong_year(said: str, campaign: Campaign) -> Finding:
    year = campaign_year(campaign)
    return Finding(
        "WRONG_YEAR", f"材料写的是{said}，本次报送的是{year}年“{campaign.title}”，请报本次活动的材料"
    )


def other_subject(
    title: str, campaign: Campaign, unit_names: Iterable[str] = (), *, any_subject: bool = False
) -> Finding | None:
    """WRONG_CAMPAIGN when a title names an event of its own and shares nothing with this campaign.

    ``any_subject`` takes every subject for an event: right when nothing else in the document fits either.
    """
    subject = fold(title)
    for name in sorted(unit_names, key=len, reverse=True):
        subject = subject.replace(fold(name), "")
    bare = _GENERIC.sub("", subject)
    if len(bare) < _LEAST_SUBJECT or not (any_subject or _EVENT.search(bare)):
        return None
    shared = bool(_pairs(bare) & _vocabulary(campaign)) and not _is_sister(bare, campaign)
    if shared or _is_label(title, campaign):
        return None
    text = f"材料标题是“{title.strip()[:40]}”，与“{campaign.title}”无关，请核对后报送本次活动的材料"
    return Finding("WRONG_CAMPAIGN", text)


def _is_sister(bare: str, campaign: Campaign) -> bool:
    """Whether a title names an event of the same kind on another matter: 禁毒宣传月 in a 反诈宣传月.

    One character alone may be a slip of the pen.
    """
    bare = _FRAME.sub("", bare)
    own = [_FRAME.sub("", _GENERIC.sub("", fold(text))) for text in (campaign.title, campaign.notice.title)]
    hits = [hit for hit in map(_KIND.search, own) if hit]
    said = _KIND.search(bare)
    if said is None or not hits or any(said["kind"] != hit["kind"] for hit in hits):
        return False
    words = "".join(own)
    matter = _without_shared(said["matter"], words)
    matters = [_without_shared(hit["matter"], bare) for hit in hits]
    if len(matter) < _LEAST_WORD or not all(matters) or not said["matter"].endswith(matter[-_LEAST_WORD:]):
        return False
    if any(_noun(hit["matter"]) in said["matter"] for hit in hits):  # 爱国卫生运动 in a 爱国卫生月
        return False
    asked = {pair for name in _field_names(campaign) for pair in _pairs(name)}
    shared = _pairs(matter) & _vocabulary(campaign) or set(matter) & set("".join(matters)) - _WAYS
    return not shared and len(_pairs(matter) & asked) * 2 < len(_pairs(matter))


def _noun(matter: str) -> str:
    """What a matter ends with, what is done to it aside: 环境 of 人居环境整治."""
    return matter.rstrip("".join(_WAYS))[-_LEAST_WORD:] or matter


def _without_shared(text: str, other: str) -> str:
    """A text without the pairs of characters another has, too."""
    kept = [True] * len(text)
    for at in range(len(text) - 1):
        if text[at : at + 2] in other:
            kept[at] = kept[at + 1] = False
    return "".join(c for c, keep in zip(text, kept, strict=True) if keep)


def _field_names(campaign: Campaign) -> Iterator[str]:
    return (name for o in campaign.obligations for f in o.fields for name in (f.title, *f.aliases))


def _is_label(text: str, campaign: Campaign) -> bool:
    """Whether it is a label of a form of the campaign: one stands where a title does in a form not read."""
    years = campaign_years(campaign)
    return any(vocabulary(o.fields, years).asks(text) for o in campaign.obligations if o.fields)


def shares_nothing(text: str, campaign: Campaign, unit_names: Iterable[str] = ()) -> bool:
    """Whether the opening of a text has next to no word in common with the campaign."""
    plain = fold(text)
    for name in sorted(unit_names, key=len, reverse=True):
        plain = plain.replace(fold(name), "")
    pairs = {pair for piece in _GENERIC.split(plain) for pair in _pairs(piece)}
    return len(pairs & _vocabulary(campaign) - _EVERYWHERE) <= _CHANCE


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _vocabulary(campaign: Campaign) -> set[str]:
    """Pairs of characters in all the campaign calls itself; its figures have names any event shares."""
    texts = [campaign.title, campaign.notice.title, campaign.notice.theme]
    texts += [w.title for w in campaign.windows]
    for each in campaign.obligations:
        texts += [each.title, *each.narrative.keywords, *(t.title for t in each.targets)]
    said = "\n".join(texts)
    texts += [short for whole, short in _SHORT.items() if whole in said]
    return {pair for text in texts for pair in _pairs(_GENERIC.sub("", fold(text)))}


def own_words(campaign: Campaign) -> frozenset[str]:
    """What only this campaign may be called by: its keywords, and its titles without words any report has."""
    texts = [campaign.title, campaign.notice.title, *(o.title for o in campaign.obligations)]
    bare = {_GENERIC.sub("", fold(text)) for text in texts}
    keywords = {fold(word) for o in campaign.obligations if o.narrative for word in o.narrative.keywords}
    return frozenset(word for word in bare | keywords if len(word) >= _LEAST_WORD)
