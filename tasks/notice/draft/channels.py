"""By which ways a report may be handed in, as far as the notice says so."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tasks.notice.draft.header import evidence
from tasks.notice.draft.layout import Layout, Line
from tasks.notice.draft.model import Channel

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,5}[A-Za-z]{2,24}"
)
_MAILBOX = re.compile(r"(?:发送?至|发到|报送?至|通过|以)[^，。；\n]{0,16}(?:邮箱|邮件|电邮)")
_EXCHANGE = re.compile(
    r"公文(?:交换|传输|流转|处理|办理)?(?:系统|平台)|公文交换|电子公文|(?:政务|协同|内网|办公)?OA(?:系统|平台|办公)?|(?:协同|电子政务|政务)办公(?:系统|平台)|政务内网"
)
_FAX = re.compile(r"传真(?:号码|电话|号)?(?:至|到)?[：（]?(?P<n>\d[\d-]{4,17}\d)?")
_PAPER = re.compile(
    r"(?:纸质|纸制|原件(?=寄|邮|送|报)|盖章件|书面盖章|盖章纸质|(?:寄送|邮寄|递送)(?=[至到]))[^，。；、\n]{0,12}"
)
_NO_PAPER = re.compile(r"(?:不再|不需|无需|不必|不用|不)(?:接收|报送|报|提交|提供|收取)?$")
_PLACE = re.compile(
    r"(?:寄送至|邮寄到|送至|报送至|送达|交至|寄至|邮寄至|报送|送交|报至|送到|交到|报|交)(?P<place>[^，。；（）\n]{2,40}?(?:\d{1,4}(?:号)?(?:房间|办公室|室)|\d{1,3}楼|[一二三四五六七八九十]{1,3}楼|[路街巷道]\d{1,4}号)[^，。；（）\n]{0,10})"
)
_ADDRESS = re.compile(r"(?:邮寄|报送|通讯|联系|收件|办公)?地址(?:：|为)(?P<place>[^，。；）\n]{4,60})")
_GROUP = re.compile(
    r"(?:“(?P<name>[^”\n]{1,30})”)?(?P<kind>QQ|微信|钉钉|政务微信|企业微信|粤政易|浙政钉|渝快政|工作|联络|交流)?(?:工作|联络|交流)?群(?![众体团岛发防])(?:号)?(?:内)?[：（]?(?:群?号)?[：]?(?P<n>\d{5,12})?"
)
_CHAT = re.compile(
    r"(?:通过|用|经)(?:政务微信|企业微信|微信|钉钉|QQ|粤政易|浙政钉|渝快政|闽政通)(?!公众|小程序|工作群|群)"
)
_NAMED_SITE = re.compile(
    r"(?:通过|登录|登陆|进入|在|使用|依托)“?(?P<name>[^，。；、“”（）\n]{2,30}?(?:平台|网站|网(?=[”（，填报上进登])|系统|小程序))”?(?:（(?:网址|网站)?：?(?P<url>(?:https?://|www\.)[A-Za-z0-9./_?=&%:-]{4,120})）?)?"
)
_INTO_SITE = re.compile(
    r"(?:上传|录入|填报|提交|报送)(?:至|到|于)“?(?P<name>[^，。；、“”（）\n]{2,30}?(?:平台|网站|系统))"
    r"|通过(?P<name2>“[^”\n]{2,20}”)(?:平台|网站|系统)"
)
_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./_?=&%:-]{4,120}")
_HANDING = re.compile(r"报送|上报|填报|上传|录入|提交|申报|报[市区县省我]|核对|登记|反馈")
_MEETING = re.compile(r"(?:会上|会前|报到时|会议现场|现场)(?:统一)?(?:提交|报送|上交|交)")
_NEAR = 40


def channels(layout: Layout) -> list[Channel]:
    """Every way in, once each."""
    found: dict[tuple[str, str | None], Channel] = {}
    for line in layout.body:
        for kind, address, start, end in _in_line(line):
            quote = evidence(layout.page, line.start + start, line.start + end)
            found.setdefault((kind, address), Channel(kind, address, quote))
    return _informed(_placed(layout, list(found.values())))


def _placed(layout: Layout, found: list[Channel]) -> list[Channel]:
    """The office's one stated address is where paper goes."""
    places = {
        m["place"] for line in layout.body for m in _ADDRESS.finditer(line.text) if "@" not in m["place"]
    }
    if len(places) != 1 or any(c.type == "paper" and c.address for c in found):
        return found
    place = next(iter(places))
    return [replace(c, address=place) if c.type == "paper" else c for c in found]


def _informed(found: list[Channel]) -> list[Channel]:
    """A way named with its address makes the bare mention of the same way superfluous."""
    addressed = {channel.type for channel in found if channel.address}
    vague = {"email", "fax", "paper"}
    return [c for c in found if c.address or c.type not in vague or c.type not in addressed]


_Hit = tuple[str, str | None, int, int]


def _in_line(line: Line) -> Iterator[_Hit]:
    text = line.text
    yield from _mail(text)
    yield from (("document_exchange", None, m.start(), m.end()) for m in _EXCHANGE.finditer(text))
    yield from (("fax", m["n"], m.start(), m.end()) for m in _FAX.finditer(text))
    yield from _paper(text)
    yield from _chat(text)
    yield from _site(text)
    yield from (("meeting", None, m.start(), m.end()) for m in _MEETING.finditer(text))


def _mail(text: str) -> Iterator[_Hit]:
    addresses = list(_EMAIL.finditer(text))
    yield from (("email", m.group(), m.start(), m.end()) for m in addresses)
    if not addresses and not _EXCHANGE.search(text):
        yield from (("email", None, m.start(), m.end()) for m in _MAILBOX.finditer(text))


def _paper(text: str) -> Iterator[_Hit]:
    for found in _PAPER.finditer(text):
        after = text[found.start() : found.end() + _NEAR]
        if _NO_PAPER.search(text[max(0, found.start() - 8) : found.start()]) or re.search(
            r"不再|无需|不需", found.group()
        ):
            continue
        stop = re.search(r"[。；\n]", text[found.start() : found.start() + 120])
        clause = text[found.start() : found.start() + (stop.start() if stop else 120)][:160]
        if "传真" in after and not _PLACE.search(clause):
            continue
        place = _ADDRESS.search(clause) or _PLACE.search(clause)
        if place or re.search(r"报|送|交|寄|及|和|一式|版", after):
            yield (
                "paper",
                place["place"] if place else None,
                found.start(),
                found.start() + len(clause.rstrip("）")),
            )


def _chat(text: str) -> Iterator[_Hit]:
    for found in _GROUP.finditer(text):
        if found["name"] or found["kind"] or found["n"]:
            yield "chat_group", found["n"] or found["name"], found.start(), found.end()
    yield from (("chat_group", None, m.start(), m.end()) for m in _CHAT.finditer(text))


def _site(text: str) -> Iterator[_Hit]:
    for found in _NAMED_SITE.finditer(text):
        if _EXCHANGE.search(found["name"]) or not _HANDING.search(text[found.end() : found.end() + _NEAR]):
            continue
        near = found["url"] or next(iter(_URL.findall(text[found.end() : found.end() + _NEAR])), None)
        yield "website", near or found["name"], found.start(), found.end()
    yield from (("website", _site_name(m), m.start(), m.end()) for m in _INTO_SITE.finditer(text))
    if not _NAMED_SITE.search(text) and _HANDING.search(text):
        yield from (("website", m.group(), m.start(), m.end()) for m in _URL.finditer(text))


def _site_name(found: re.Match[str]) -> str:
    return found["name"] or found["name2"].strip("“”")
