"""What a mail asks beside the report or the answer it is: a person has to reply to it. Pure."""

import re

from tasks.intake.forms.remarks import sentences
from tasks.mail import intent
from tasks.mail.classify import FORWARD, REPLY
from tasks.mail.links import LINK
from tasks.mail.parse import without_quote
from tasks.terms.mails import Mail

_HEAD = 600
"""Who asks beside a report does it in the few words above it; a long text is a report itself."""
_ONLY_A_RECEIPT = re.compile(
    r"收到|收悉|查收|回执|回复一下|打(?:得)?开|^(?:如|若|倘)?(?:有|存在)?(?:什么|任何|其他)?(?:不妥|问题|疑问|错漏|遗漏)"
    r"|(?:如|若)(?:果)?(?:有|还有|存在)[^。；\n]{0,12}(?:不妥|问题|疑问|错)"
)
"""The receipt answers these by itself."""
_LONGEST = 60

_SIGNED = re.compile(
    r"^\s*(?:发|来)自[^\n]{0,12}(?:手机|iphone|ipad|邮箱|客户端|华为|荣耀|小米|红米|oppo|vivo|mail)[^\n]{0,12}$"
    r"|^\s*sent from [^\n]{0,30}$|^\s*(?:-{2,}|_{2,})\s*$.*",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
"""What a telephone or a signature puts under the words."""
_CLAUSES = re.compile(r"[^\w]+")
_WE = (
    r"(?:我|我们|我(?:镇|乡|街道|局|单位|处|办|站|社区|村|中心|校|院|区|县|市)|本(?:镇|乡|街道|局|单位))?"
    r"(?:们)?"
)
_POLITE = re.compile(
    r"(?:收到|已?收悉|来(?:信|函)收悉|已(?:收到|阅|知悉|知晓)|好的?|好嘞|行|可以|嗯|没问题|知道|知悉|明白|了解|清楚"
    r"|谢谢|感谢|多谢|辛苦|麻烦|不客气|您好|你好|ok|okay|thanks|thank|you|noted|received)+(?:了|啦|哈|您|你|们|大家)*"
    r"(?:您|[\u4e00-\u9fff]{0,2}(?:科长|主任|局长|处长|股长|所长|老师|领导|同志|同事|姐|哥))?(?:们)?(?:了|啦)?"
    rf"|{_WE}(?:会|将|就|已经?|定|一定|正在?|马上|立即|尽快|及时|按时|按期|按要求|抓紧|认真|严格|遵照|照此)+"
    r"(?:报送?|上报|填报?|报来|报上|办理?|落实|组织|转(?:办|发|达|给)?|安排|部署|准备|统计|执行|处理)+"
    r"(?:各?(?:村|社区|单位|领导|科室))*(?:了|好|报送?|上报|办理)*"
    r"|遵照(?:办理|执行)|按时报送",
    re.IGNORECASE,
)
_NOT_THE_REPORT = (
    r"安排|组织|通知|要求各|部署|督促|转|收到|布置|开始|着手|正在|准备|会|将|"
    r"知悉|知晓|阅|明白|了解|尽快|抓紧|马上"
)
_SAYS_DONE = re.compile(
    rf"(?:已经?|早已|早就|都)(?:(?!{_NOT_THE_REPORT})[^,，。;；\n]){{0,14}}?"
    r"(?:报送|上报|填报|填好|报来|报上|报出|提交|呈报|报了|报过|交了|交过|发了|发过|传了)"
    r"|(?<![没未不])(?:报|交|发|寄|传)过了"
    r"|(?:不要|勿|无需|不必|不用|别)(?:再|重复|反复)*催"
)
"""They hold it for done: either it went astray, or somebody is chased for nothing."""


def says_done(text: str) -> bool:
    """Whether who answers without a file says that the report was handed in."""
    return _SAYS_DONE.search(text) is not None


def asked_besides(mail: Mail) -> str:
    """Why a person must answer a mail whose report was taken, or nothing."""
    subject = "" if REPLY.search(mail.subject) or FORWARD.search(mail.subject) else mail.subject
    words = f"{subject}\n{without_quote(mail.text)[:_HEAD]}"
    for sentence in sentences(LINK.sub(" ", words)):
        said = sentence[:_LONGEST]
        if intent.begs(sentence):
            return f"材料已按报件收取，来信另申请延期、免报或请求批示：“{said}”，请人工答复"
        if intent.ASKS_PLAINLY.search(sentence) and not _ONLY_A_RECEIPT.search(sentence):
            return f"材料已按报件收取，来信另有询问：“{said}”，请人工答复"
    return ""


def asked_in_answer(mail: Mail) -> str:
    """Why a person must reply to an answer without a file, or nothing."""
    if mail.kind != "reply":
        return ""
    if intent.begs(mail.text):
        return "答复中申请延期、免报或请求批示，请人工答复"
    if says_done(without_quote(mail.text)):
        return "答复说材料已经报过，这里没有对应的来件，请查找核实；查明前不再催报该单位"
    return "答复中有询问，请人工答复" if intent.asks(mail.text) else ""


def is_polite(text: str) -> bool:
    """Whether an answer only says that it came and will be seen to: every clause of it."""
    if says_done(text):
        return False
    return all(_POLITE.fullmatch(clause) for clause in _CLAUSES.split(_SIGNED.sub("", text)) if clause)
