"""By which ways a report may be handed in, as far as the notice says so."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tasks.notice.draft.model import Channel
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64} ?@ ?"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62} ?\. ?){1,5}[A-Za-z]{2,24}"
)
_REFUSED = re.compile(
    r"(?:严禁|禁止|不得|不再|不报|免报|不接[受收]|[无不]需|[无不]须|不必|不用|请勿|不要|切勿|谢绝|不支持)[^，。；\n]{0,30}$"
)
_GIVEN_UP = re.compile(
    r"(?:邮箱|信箱|号码|传真)?(?:统一|现)?(?:调整|变更|更改|更换|更正|改|换)(?:为|成|至|到|用)"
    r"|(?:邮箱|信箱|号码)?[^，。；（\n]{0,10}(?:停止使用|停用|不再使用|不再启用|作废|弃用|注销|失效)"
    r"|[（，](?:此|该)?(?:邮箱|信箱|号码)?(?:仅|只)(?:用于|供|作|限于?|做)?(?:业务|政策|技术|日常)?(?:咨询|答疑|沟通|联系|联络)"
    r"|[（，](?:此|该)?(?:邮箱|信箱)?(?:不|无法)(?:再)?(?:接收|受理|用于报送)(?:报送|任何|各类)?(?:材料|文件|报表|邮件|[，。；）])"
)
"""Behind an address: another one takes its place, it is no longer read, or it is there for questions."""
_REFUSED_ADDRESS = re.compile(
    r"(?:请勿|不要|切勿|不得|严禁)(?:再)?(?:发送|发|报送|报|投|寄)[^，。；\n]{0,12}$"
)
_ASKED_THERE = re.compile(r"咨询|疑问|质疑|投诉|举报|监督|答疑|纪检|请(?:联系|咨询|洽)[^，。；]{0,6}$")
_TAKES_REPORTS = re.compile(r"报送|上报|提交|反馈|材料|投稿|投送|总结|报表|信息报")
"""A mailbox named for questions or complaints, unless the same words also send reports there."""
_MAILBOX = re.compile(r"(?:发送?至|发到|报送?至|通过|以)[^，。；\n]{0,16}(?:邮箱|邮件|电邮)")
_EXCHANGE = re.compile(
    r"公文(?:交换|传输|流转|处理|办理)?(?:系统|平台|箱)|[“‘]?公文(?:交换|传输|流转)[”’]?(?!中心)|电子公文"
    r"|(?:政务|协同|内网|办公)?OA(?:系统|平台|办公)?|(?:协同|综合|行政|电子政务|政务|无纸化)?办公(?:自动化)?(?:系统|平台)"
    r"|政务内网(?!邮|电子邮|（(?:地址|网址)：?http)|协同平台"
)
_FAX = re.compile(r"传真(?:号码|电话|号)?(?:至|到)?[：（]?(?P<n>\d[\d-]{4,17}\d)?")
_BY_FAX = re.compile(r"传真(?:件|机)?(?:号码|电话|号)?(?:至|到|报|发|给|送|方式|形式|[、或和及]|[：（]?\d)")
_BESIDE_TELEPHONE = re.compile(r"(?:电话|手机|联系)[^。；\n]{0,40}$|(?:电话|手机)：[\d-]{6,20}；$")
_FOOTER_FAX = re.compile(r"传真(?:号码|电话|号)?：?(?P<n>\d[\d-]{4,17}\d)")
_PAPER = re.compile(
    r"(?:纸质|纸制|原件(?=寄|邮|送|报)|盖章件|书面盖章|盖章纸质|(?:寄送|邮寄|递送)(?=[至到]))[^，。；、\n]{0,12}"
)
_COPIES = re.compile(
    r"一式[一二两三四五六七八九十\d]{1,2}份|盖章(?!扫描)[^。；，版件PDF\n]{0,8}(?:交|(?<!发)送|寄|递)(?:至|到|给)"
    r"|(?:交|(?<!发)送)(?:至|到)?[^，。；（）\n]{2,24}（[^（）\n]{0,10}\d{3,4}(?:室|房间|办公室|）)"
    r"|报(?:至|到|送)?[^，。；（）\n]{2,24}（[^（）\n]{0,10}\d{3,4}(?:室|房间|办公室)）"
)
_STAYS = re.compile(
    r"[^。；\n报交送寄]{0,30}(?:[无不][需须用必]|不再)(?:再|另行)?(?:报|交|送|寄|提交|上报)(?!重复)"
)
_HANDED_IN = re.compile(r"(?:报|交|送|寄)送?(?:盖章|签字|加盖公章的)?$")
_PLACE = re.compile(
    r"(?:寄送至|邮寄到|送至|报送至|送达|交至|寄至|邮寄至|报送|送交|报至|送到|交到|报|交)(?P<place>[^，。；（）\n]{2,40}?(?:\d{1,4}(?:号)?(?:房间|办公室|室)|\d{1,3}楼|[一二三四五六七八九十]{1,3}楼|[路街巷道]\d{1,4}号)[^，。；（）\n]{0,10})"
)
_ROOM = re.compile(
    r"(?:交|送|报)(?:至|到)?[^，。；（）\n]{2,24}（(?P<place>[\u4e00-\u9fff]{2,10}(?:\d{1,2}(?:号楼|号|楼|栋|座)[\u4e00-\u9fff]{0,6})?\d{3,4}(?:室|房间|办公室)?)）"
)
_NUMBERED_ROOM = re.compile(
    r"(?:交|送)(?:至|到)?(?P<place>[^，。；（）\n]{2,24}（\d{3,4}(?:室|房间|办公室)?）)"
)
_ADDRESS = re.compile(r"(?:邮寄|报送|通讯|联系|收件|办公)?地址(?:：|为)(?P<place>[^，。；）\n]{4,60})")
_GROUP = re.compile(
    r"“(?P<whole>[^”\n]{2,20}群)”|(?:“(?P<name>[^”\n]{1,30})”)?(?P<kind>QQ|微信|钉钉|政务微信|企业微信|粤政易|浙政钉|渝快政|工作|联络|交流)?(?:工作|联络|交流)?群(?![众体团岛发防])(?:号)?(?:内)?[：（]?(?:群?号)?[：]?(?P<n>\d{5,12})?"
)
_IN_GROUP = re.compile(
    r"(?:发|(?<!宣)传|报|交|晒|接龙)(?:送|布|到|至|在|进)?[^，。；群\n]{0,6}群(?:里|内|中)?(?![众体团岛发防])"
    r"|在[^，。；群\n]{0,6}群(?:里|内|中)(?=[^，。；\n]{0,10}(?:接龙|报|回复|反馈|提交|填))"
)
_GROUP_NAMED = re.compile(
    r"(?:QQ|微信|钉钉|政务微信|企业微信|粤政易|浙政钉|渝快政|工作|联络|交流|”)(?:工作|联络|交流)?群"
)
_FOR_QUESTIONS = re.compile(r"咨询|答疑|疑问|问题|技术支持|技术交流|业务交流")
_CHAT = re.compile(
    r"(?:通过|用|经|以)“?(?:政务微信|企业微信|微信|钉钉|QQ|粤政易|浙政钉|渝快政|闽政通|赣政通|皖政通)(?!公众|小程序|工作群|[^，。；“”\n]{0,10}群|“[^”\n]{1,20}(?:”(?:工作)?群|群”))"
    r"|(?:政务微信|企业微信|微信|钉钉|粤政易|浙政钉|渝快政|闽政通|赣政通|皖政通)”?(?:发送|报送|发|报|传)(?:至|到|给)"
    r"|(?<=[科股室局办处])（(?:政务微信|企业微信|微信|钉钉|粤政易|浙政钉|渝快政|闽政通|赣政通|皖政通)）"
)
_NAMED_SITE = re.compile(
    r"(?:通过|登录|登陆|进入|在|使用|依托)“?(?P<name>[^，。；、“”（）\n]{2,30}?(?:平台|网站|网(?=[”（，填报上进登])|系统|小程序))”?(?:（(?:网址|网站)?：?(?P<url>(?:https?://|www\.)[A-Za-z0-9./_?=&%:-]{4,120})）?)?"
)
_INTO_SITE = re.compile(
    r"(?:上传|录入|填报|提交|报送)(?:至|到|于)“?(?P<name>[^，。；、“”（）\n]{2,30}?(?:平台|网站|系统))"
    r"|(?:报送|填报|上报)(?:平台|系统|渠道)：“?(?P<name3>[^，。；、“”（）\n]{2,30}?(?:平台|系统))"
    r"|(?:通过|登录|登陆|进入|使用)(?P<name2>“[^”\n]{2,20}”)(?:平台|网站|系统)"
)
_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./_?=&%:-]{4,120}")
_BESIDE = re.compile(
    r"（(?:网址|网站|域名)?：?(?P<url>(?:https?://)?(?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,12}(?:[/:][A-Za-z0-9./_?=&%:-]{0,100})?)）"
)
"""A site's address alone in a bracket, with or without http."""
_ONLINE = re.compile(r"(?:网上|在线)(?:填报|申报|报送|填写|直报)")
_HANDING = re.compile(r"报送|上报|填报|上传|录入|提交|申报|报[市区县省我]|核对|登记|反馈|报名|注册")
_MEETING = re.compile(r"(?:会上|会前|报到时|会议现场|现场)(?:统一)?(?:提交|报送|上交|交)")
_NEAR = 40


def channels(layout: Layout) -> list[Channel]:
    """Every way in, once each."""
    found: dict[tuple[str, str | None], Channel] = {}
    for line in layout.body:
        for kind, address, start, end in _in_line(line):
            quote = evidence(layout.page, line.start + start, line.start + end)
            found.setdefault((kind, address), Channel(kind, address, quote))
    return _informed(_faxed(layout, _placed(layout, list(found.values()))))


def _faxed(layout: Layout, found: list[Channel]) -> list[Channel]:
    """The number beside the telephone, where a report may be faxed or no other way is named."""
    numbers = {m["n"]: (line, m) for line in layout.body for m in _FOOTER_FAX.finditer(line.text)}
    bare = [c for c in found if c.type == "fax" and c.address is None]
    if len(numbers) != 1 or (found and not bare):
        return found
    number, (line, m) = next(iter(numbers.items()))
    quote = evidence(layout.page, line.start + m.start(), line.start + m.end())
    if any(c.type == "fax" and c.address == number for c in found):
        return found
    return [*(c for c in found if c not in bare), Channel("fax", number, quote)]


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
    vague = {"email", "fax", "paper", "website", "chat_group"}
    return [c for c in found if c.address or c.type not in vague or c.type not in addressed]


_Hit = tuple[str, str | None, int, int]


def _in_line(line: Line) -> Iterator[_Hit]:
    """The ways one line names, without those it refuses."""
    text = line.text
    for hit in (
        *_mail(text),
        *_exchange(text),
        *_fax(text),
        *_paper(text),
        *_chat(text),
        *_site(text),
        *_meeting(text),
    ):
        kind, address, start, _ = hit
        if (kind == "email" and address) or not _REFUSED.search(text, max(0, start - 40), start):
            yield hit


def _exchange(text: str) -> Iterator[_Hit]:
    yield from (("document_exchange", None, m.start(), m.end()) for m in _EXCHANGE.finditer(text))


def _meeting(text: str) -> Iterator[_Hit]:
    yield from (("meeting", None, m.start(), m.end()) for m in _MEETING.finditer(text))


def _fax(text: str) -> Iterator[_Hit]:
    """A fax number that only stands beside the telephone is no way in by itself."""
    for found in _FAX.finditer(text):
        by_fax = _BY_FAX.match(text, found.start())
        if by_fax and not _BESIDE_TELEPHONE.search(text, max(0, found.start() - 60), found.start()):
            yield "fax", found["n"], found.start(), found.end()


def _mail(text: str) -> Iterator[_Hit]:
    addresses = list(_EMAIL.finditer(text))
    yield from (
        ("email", m.group().replace(" ", ""), m.start(), m.end())
        for m in addresses
        if not _GIVEN_UP.match(text, m.end())
        and not _REFUSED_ADDRESS.search(text, max(0, m.start() - _NEAR), m.start())
        and not _is_for_questions(text[max(0, m.start() - _NEAR) : m.start()])
    )
    if not addresses and not _EXCHANGE.search(text):
        yield from (("email", None, m.start(), m.end()) for m in _MAILBOX.finditer(text))


def _is_for_questions(before: str) -> bool:
    clause = re.split(r"[，。；\n]", before)[-1]
    return bool(_ASKED_THERE.search(clause)) and not _TAKES_REPORTS.search(clause)


def _paper(text: str) -> Iterator[_Hit]:
    for found in (*_PAPER.finditer(text), *_COPIES.finditer(text)):
        after = text[found.start() : found.end() + _NEAR]
        if re.search(r"不再|[无不][需须]", found.group()) or _STAYS.match(text, found.start()):
            continue
        stop = re.search(r"[。；\n]", text[found.start() : found.start() + 120])
        clause = text[found.start() : found.start() + (stop.start() if stop else 120)][:160]
        if "传真" in after and not _PLACE.search(clause):
            continue
        place = next(
            filter(None, (p.search(clause) for p in (_ADDRESS, _ROOM, _NUMBERED_ROOM, _PLACE))), None
        )
        told = _HANDED_IN.search(text, max(0, found.start() - 8), found.start())
        if place or told or re.search(r"报|送|交|寄|及|和|一式|版", after):
            yield (
                "paper",
                place["place"] if place else None,
                found.start(),
                found.start() + len(clause.rstrip("）")),
            )


def _chat(text: str) -> Iterator[_Hit]:
    for found in _GROUP.finditer(text):
        named = found["whole"] or found["name"] or found["kind"] or found["n"]
        if named and not _only_for_questions(text, found):
            yield "chat_group", found["n"] or found["name"] or found["whole"], found.start(), found.end()
    for found in (*_IN_GROUP.finditer(text), *_CHAT.finditer(text)):
        if not _GROUP_NAMED.search(found.group()):
            yield "chat_group", None, found.start(), found.end()


def _only_for_questions(text: str, found: re.Match[str]) -> bool:
    """Whether its clause offers the group for questions, not for reports."""
    begin = max(text.rfind(mark, 0, found.start()) for mark in "，。；\n") + 1
    stop = re.search(r"[，。；\n]", text[found.end() :])
    clause = text[begin : found.end() + (stop.start() if stop else len(text))]
    return bool(_FOR_QUESTIONS.search(clause)) and not _HANDING.search(clause)


def _site(text: str) -> Iterator[_Hit]:
    for found in _NAMED_SITE.finditer(text):
        if _names_exchange(text, found) or not _HANDING.search(text[found.end() : found.end() + _NEAR]):
            continue
        near = found["url"] or next(iter(_URL.findall(text[found.end() : found.end() + _NEAR])), None)
        if not _BESIDE.match(text, found.end()):
            yield "website", near or found["name"], found.start(), found.end()
    yield from (
        ("website", _site_name(m), m.start(), m.end())
        for m in _INTO_SITE.finditer(text)
        if not _BESIDE.match(text, m.end())
    )
    for beside in _BESIDE.finditer(text):
        if _HANDING.search(text[max(0, beside.start() - _NEAR) : beside.end() + _NEAR]):
            yield "website", beside["url"], beside.start("url"), beside.end("url")
    yield from (("website", None, m.start(), m.end()) for m in _ONLINE.finditer(text))
    if not _NAMED_SITE.search(text) and _HANDING.search(text):
        yield from (("website", m.group(), m.start(), m.end()) for m in _URL.finditer(text))


def _names_exchange(text: str, found: re.Match[str]) -> bool:
    other = _EXCHANGE.search(text, found.start("name"))
    return other is not None and other.start() < found.end("name")


def _site_name(found: re.Match[str]) -> str:
    return found["name"] or found["name3"] or found["name2"].strip("“”")
