"""What a mail is, by what robots and people leave in it. Pure: facts in, kind and Chinese reasons out."""

import re
from dataclasses import dataclass

from tasks.mail.bounce import ROBOT, is_bounce, is_delivered
from tasks.mail.contents import Contents
from tasks.mail.markup import LINK
from tasks.mail.mime import Bounds, Part
from tasks.terms.mails import Kind

NO_REPORT = re.compile(r"\.(eml|vcf|ics|p7s|p7m|asc|sig|dat)$", re.IGNORECASE)
"""Attachments that are no document by themselves."""
REPLY = re.compile(r"^\s*(re|回复|回覆|答复|答覆|aw|sv)\s*(\[\d+\]|\(\d+\))?\s*[:：]", re.IGNORECASE)
FORWARD = re.compile(r"^\s*((re|回复|答复)\s*[:：]\s*)*(fwd?|转发|轉發|转)\s*[:：]", re.IGNORECASE)

AUTO_HEADERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-mail-autoreply",
    "x-qq-autoreply",
)
AUTO_SUBJECT = re.compile(
    r"^\s*[\[【(（]?\s*((系统|休假|外出)?自动(回复|答复|回覆)|automatic reply|auto[- ]?reply"
    r"|auto[- ]?response|out of (the )?office|vacation)",
    re.IGNORECASE,
)
AUTO_BODY = re.compile(
    r"^.{0,40}(这是一封(系统)?自动(回复|发送)的?邮件|本邮件(为|是|由)系统自动(回复|发送|发出)|自动回复[：:]"
    r"|this is an automat(ed|ic) (reply|response))",
    re.IGNORECASE | re.DOTALL,
)
NO_REPLY = re.compile(r"(no|do-?not)[-_.]?reply", re.IGNORECASE)
RECEIPT_SUBJECT = re.compile(
    r"^\s*[\[【(（]?\s*(已读|已读回执|阅读回执|已送达|送达回执|read|read receipt)\s*[\]】)）]?\s*[:：]",
    re.IGNORECASE,
)

ATTACHED = re.compile(r"附件|见附|附后|附上|随信附|随文附|attach(ed|ment)", re.IGNORECASE)
NOT_ATTACHED = re.compile(r"(无|没有|不带|不含|无需|无须|不需要?|未带)[^，。；\n]{0,4}附件")
QUESTION = re.compile(r"[?？]|请问|怎么|怎样|如何|是否|能否|可否|咨询|吗[。！\s]|吗$")
MIN_REPORT_TEXT = 100
"""A reply's own words beyond this may be a report typed into the mail."""

BAIT = re.compile(
    r"(邮箱|邮件|账号|帐号|账户|帐户|密码|云盘|网盘)[^。；\n]{0,20}(过期|到期|停用|冻结|注销|升级|异常|验证|认证|备案|解锁|扩容|重新激活)"
    r"|(补贴|补助|津贴|退税|中奖)[^。；\n]{0,20}(领取|申领|扫码|登记)"
    r"|verify your (account|password)|password (has )?expire",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the kinds are told apart by."""

    root: Part
    contents: Contents
    bounds: Bounds
    sender: str
    sender_is_plain: bool
    subject: str
    text: str
    own_words: str
    own: bool
    is_reply: bool
    forged: str


def classify(facts: Facts) -> tuple[Kind, tuple[str, ...]]:
    """The mail's kind and why, in the order in which the signs are to be trusted."""
    for rule in (_robot, _forged, _unsafe, _with_files, _with_links, _without_files):
        if found := rule(facts):
            kind, reason = found
            return kind, (reason, *facts.contents.reasons)
    return "empty", ("邮件没有附件，也没有正文", *facts.contents.reasons)


def documents(contents: Contents) -> int:
    """How many files may be a report: signatures, cards and bare containers do not count."""
    files = [*contents.attachments, *contents.unpacked]
    return sum(1 for f in files if f.size and not NO_REPORT.search(f.filename))


def is_reply(root: Part, subject: str) -> bool:
    """Whether it answers another mail rather than passing one on."""
    if FORWARD.search(subject):
        return False
    return bool(REPLY.search(subject) or root.header("in-reply-to").strip())


def _robot(facts: Facts) -> tuple[Kind, str] | None:
    root, contents = facts.root, facts.contents
    if is_bounce(root, facts.sender, facts.subject, contents.plain or [facts.text], contents.reports):
        return "bounce", "退信：邮件服务器报告我方信件未送达或延迟"
    if is_delivered(contents.reports):
        return "read_receipt", "送达回执：邮件服务器报告我方信件已送达"
    if facts.own:
        return "own_mail", f"发件人 {facts.sender} 是本机关自己的邮箱"
    if _is_read_receipt(facts):
        return "read_receipt", "阅读回执：只说明信件已被打开"
    if reason := _automatic(facts):
        return "auto_reply", reason
    return None


def _is_read_receipt(facts: Facts) -> bool:
    if any(b"disposition:" in report.lower() for report in facts.contents.reports):
        return True
    return bool(RECEIPT_SUBJECT.search(facts.subject)) and not documents(facts.contents)


def _automatic(facts: Facts) -> str:
    """Why it is an automatic mail, or nothing. A unit's office system may send its reports by itself."""
    root = facts.root
    submitted = root.header("auto-submitted").partition(b";")[0].strip().lower()
    precedence = root.header("precedence").strip().lower()
    if submitted.startswith(b"auto-replied") or any(name in root.headers for name in AUTO_HEADERS):
        return "自动回复：邮件头标明由程序答复"
    if precedence in {b"auto_reply", b"auto-reply"} or AUTO_SUBJECT.search(facts.subject):
        return "自动回复：邮件头或主题标明"
    if documents(facts.contents):
        return ""
    if submitted not in {b"", b"no"} or precedence in {b"bulk", b"junk"}:
        return "自动邮件：邮件头标明由程序发出，且没有附件"
    if AUTO_BODY.search(facts.text[:200]) or ROBOT.match(facts.sender) or NO_REPLY.match(facts.sender):
        return "自动邮件：由程序发出，且没有附件"
    return ""


def _forged(facts: Facts) -> tuple[Kind, str] | None:
    if not facts.forged:
        return None
    return "suspicious", f"本单位邮件服务器核验发件人未通过（{facts.forged}），可能是冒名，请核实"


def _unsafe(facts: Facts) -> tuple[Kind, str] | None:
    if facts.bounds.too_deep or facts.bounds.too_many:
        return "needs_person", "邮件的层数或部分过多，没有全部拆开，请人工查看"
    if not facts.sender:
        return "needs_person", "邮件没有可辨认的发件地址，请人工查看"
    if facts.contents.programs:
        return "suspicious", f"附件中有可执行程序：{'、'.join(facts.contents.programs[:3])}"
    if not facts.sender_is_plain:
        return "suspicious", f"发件人写有不止一个地址，实际地址为 {facts.sender}，请核实"
    bait = BAIT.search(f"{facts.subject}\n{facts.own_words[:5000]}")
    if bait and not documents(facts.contents) and LINK.search(facts.text):
        return "suspicious", f"疑似钓鱼邮件：正文含“{bait[0]}”并带有链接"
    return None


def _with_files(facts: Facts) -> tuple[Kind, str] | None:
    count = documents(facts.contents)
    if count:
        return "submission", f"邮件带有 {count} 个文件"
    if any(not f.size for f in facts.contents.attachments):
        return "incomplete", "附件是空文件（0 字节），请重新发送"
    return None


def _with_links(facts: Facts) -> tuple[Kind, str] | None:
    if any(markup.large_attachment for markup in facts.contents.markup):
        return "large_attachment_link", "超大附件只是一个下载链接，文件没有随信发来，请改用普通附件"
    if facts.contents.cloud_links and not facts.is_reply:
        return "large_attachment_link", "材料放在网盘或在线文档，文件没有随信发来，请改用普通附件"
    return None


def _without_files(facts: Facts) -> tuple[Kind, str] | None:
    words = facts.own_words
    asks = QUESTION.search(words) is not None
    if _says_attached(facts) and not (facts.is_reply and asks):
        return "incomplete", "主题或正文提到附件，但邮件没有附件，请重新发送"
    if facts.is_reply and len(words) < MIN_REPORT_TEXT:
        return "reply", "对来信的答复，没有附件"
    if words:
        return "body_only", "邮件没有附件，内容写在正文里"
    if facts.contents.inline_images:
        return "body_only", "邮件没有附件，正文里只有图片"
    return None


def _says_attached(facts: Facts) -> bool:
    subject = "" if facts.is_reply else facts.subject
    said = NOT_ATTACHED.sub("", f"{subject}\n{facts.own_words}")
    return ATTACHED.search(said) is not None
