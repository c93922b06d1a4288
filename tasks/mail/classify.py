"""What a mail is, by what robots and people leave in it. Pure: facts in, kind and Chinese reasons out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.mail import intent
from tasks.mail.archives import tnef
from tasks.mail.bounce import ROBOT, is_bounce, is_delivered
from tasks.mail.found import ICON_SIZE, PHOTO_SIZE, Contents
from tasks.mail.links import LINK, links_to_cloud
from tasks.mail.mime import Bounds, Part
from tasks.terms.mails import File, Kind

NO_REPORT = re.compile(r"\.(eml|msg|vcf|ics|p7s|p7m|p7c|asc|sig|pgp)$", re.IGNORECASE)
"""Attachments that are no document by themselves."""
WRAPPED = re.compile(r"\.(msg|p7m|pgp|gpg)$", re.IGNORECASE)
"""What holds files this program cannot take out: mails of Outlook's own format, what is encrypted."""
SCRAP_NAME = re.compile(r"(ATT|Part)[\d.]{1,9}\.(txt|html?|dat)$", re.IGNORECASE)
SCRAP = 2048
"""Exchange hangs the words below a file on the mail as a file of that name."""
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
    r"^\s*[\[【(（]?\s*(已读|未读|not read|已读回执|阅读回执|已送达|送达回执|read|read receipt)"
    r"\s*[\]】)）]?\s*[:：]",
    re.IGNORECASE,
)

UNREAD = re.compile(r"^\s*[\[【(（]?\s*(未读|not read)", re.IGNORECASE)

ATTACHED = re.compile(r"附件|见附|附后|附上|随信附|随文附|attach(ed|ment)", re.IGNORECASE)
NOT_ATTACHED = re.compile(r"(无|没有|不带|不含|无需|无须|不需要?|未带)[^，。；\n]{0,4}附件")
BAIT = re.compile(
    r"(邮箱|邮件|账号|帐号|账户|帐户|密码|云盘|网盘)[^。；\n]{0,20}(过期|到期|停用|冻结|注销|升级|异常|验证|认证|备案|解锁|扩容|重新激活)"
    r"|(补贴|补助|津贴|退税|中奖)[^。；\n]{0,20}(领取|申领|扫码|登记)"
    r"|verify your (account|password)|password (has )?expire",
    re.IGNORECASE,
)


POINTS_TO_A_PICTURE = re.compile(r"[下附]图|见图|图片|截图|照片|拍照|扫描|(如|见)下")


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
    for rule in (
        _robot,
        _forged,
        _unsafe,
        _dangerous,
        _taken_back,
        _test,
        _with_files,
        _with_links,
        _without_files,
    ):
        if found := rule(facts):
            kind, reason = found
            return kind, (reason, *facts.contents.reasons)
    return "empty", ("邮件没有附件，也没有正文", *facts.contents.reasons)


def documents(contents: Contents) -> int:
    """How many files may be a report: signatures, cards and bare containers do not count."""
    return len(_reports(contents))


def may_report(file: File) -> bool:
    """Whether a file may be a report by itself."""
    if not file.size or NO_REPORT.search(file.filename) or file.data.startswith(tnef.SIGNATURE):
        return False
    return not (file.size < SCRAP and SCRAP_NAME.match(file.filename))


def _reports(contents: Contents) -> list[File]:
    return [f for f in (*contents.attachments, *contents.unpacked) if may_report(f)]


def _came_whole(contents: Contents) -> bool:
    """Whether anything that may be a report came out, and came out whole."""
    spoilt = {*contents.opened, *contents.shut, *contents.broken}
    return any(f.digest not in spoilt for f in _reports(contents))


def is_reply(root: Part, subject: str) -> bool:
    """Whether it answers another mail rather than passing one on."""
    if FORWARD.search(subject):
        return False
    return bool(REPLY.search(subject) or root.header("in-reply-to").strip())


def _robot(facts: Facts) -> tuple[Kind, str] | None:
    root, contents = facts.root, facts.contents
    words, files = contents.plain or [facts.text], documents(contents)
    back = bool(contents.returned)
    if is_bounce(root, facts.sender, facts.subject, words, contents.reports, files=files, returned=back):
        return "bounce", "退信：邮件服务器报告我方信件未送达或延迟"
    if is_delivered(contents.reports):
        return "read_receipt", "送达回执：邮件服务器报告我方信件已送达"
    if facts.own:
        return "own_mail", f"发件人 {facts.sender} 是本机关自己的邮箱"
    if _is_read_receipt(facts):
        return "read_receipt", _receipt(facts)
    if reason := _automatic(facts):
        return "auto_reply", reason
    return None


def _receipt(facts: Facts) -> str:
    """What the receipt says became of our letter: some tell that nobody has read it."""
    told = [line for report in facts.contents.reports for line in report.lower().splitlines()]
    deleted = any(line.startswith(b"disposition:") and b"deleted" in line for line in told)
    if deleted or UNREAD.search(facts.subject):
        return "阅读回执：信件未经阅读即被删除，对方可能没有看到"
    return "阅读回执：只说明信件已被打开"


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
    return None


def _dangerous(facts: Facts) -> tuple[Kind, str] | None:
    if facts.contents.programs:
        return "suspicious", f"附件中有可执行程序：{'、'.join(facts.contents.programs[:3])}"
    if facts.contents.traps:
        return "suspicious", f"附件是要求输入密码或可疑的网页：{'、'.join(facts.contents.traps[:3])}"
    if any(markup.asks_password for markup in facts.contents.markup):
        return "suspicious", "疑似钓鱼邮件：正文里有要求输入密码的表单"
    if not facts.sender_is_plain:
        return "suspicious", f"发件人写有不止一个地址，实际地址为 {facts.sender}，请核实"
    bait = BAIT.search(f"{facts.subject}\n{facts.own_words[:5000]}")
    leads = LINK.search(facts.text) or any(markup.leads for markup in facts.contents.markup)
    if bait and leads and not documents(facts.contents):
        return "suspicious", f"疑似钓鱼邮件：正文含“{bait[0]}”并带有链接"
    return None


def _taken_back(facts: Facts) -> tuple[Kind, str] | None:
    if intent.takes_back(facts.subject, "" if documents(facts.contents) else facts.own_words):
        return "needs_person", "来信要撤回先前的邮件；已收的报件不会因此作废，请人工处理"
    return None


def _test(facts: Facts) -> tuple[Kind, str] | None:
    if intent.only_tests(facts.subject, facts.own_words):
        return "needs_person", "来信说是测试邮件，没有当作报件收取，请人工核实"
    return None


def _with_files(facts: Facts) -> tuple[Kind, str] | None:
    count = documents(facts.contents)
    if (count or facts.contents.shut) and not _came_whole(facts.contents):
        if "HOSTILE" in facts.contents.flags:
            return "needs_person", "随信的文件没有一个能够打开，疑似恶意或异常，请人工查看"
        return "incomplete", "随信的文件没有一个能够打开或是完整的，请重新发送"
    if count:
        return "submission", f"邮件带有 {count} 个文件"
    if wrapped := [f.filename for f in facts.contents.attachments if WRAPPED.search(f.filename)]:
        listed = "、".join(f"“{name}”" for name in wrapped[:3])
        what = "是另存的邮件或加密的文件，里面的材料取不出来，请把材料本身作为附件重新发送"
        return "incomplete", f"附件{listed}{what}"
    if any(not f.size for f in facts.contents.attachments):
        return "incomplete", "附件是空文件（0 字节），请重新发送"
    return None


def points_elsewhere(facts: Facts) -> bool:
    """Whether the sender's own words, not those answered, point to a file that did not come."""
    if facts.is_reply:
        return links_to_cloud(facts.own_words)
    large = any(markup.large_attachment for markup in facts.contents.markup)
    return large or facts.contents.cloud_links


def _with_links(facts: Facts) -> tuple[Kind, str] | None:
    if any(markup.large_attachment for markup in facts.contents.markup):
        return "large_attachment_link", "超大附件只是一个下载链接，文件没有随信发来，请改用普通附件"
    if points_elsewhere(facts):
        return "large_attachment_link", "材料放在网盘或在线文档，文件没有随信发来，请改用普通附件"
    return None


def _without_files(facts: Facts) -> tuple[Kind, str] | None:
    words = facts.own_words
    asks = intent.asks(words)
    if _says_attached(facts, asks=asks):
        return "incomplete", "主题或正文提到附件，但邮件没有附件，请重新发送"
    if intent.reports(words) and not intent.begs(words):
        return "body_only", "邮件没有附件，内容写在正文里"
    return _no_report(facts, asks=asks)


def _no_report(facts: Facts, *, asks: bool) -> tuple[Kind, str] | None:
    """A mail with neither a file nor figures nor the length of a report."""
    words = facts.own_words
    long = len(words) >= intent.REPORT
    if facts.is_reply and not long:
        return "reply", "对来信的答复，没有附件"
    if intent.begs(f"{facts.subject}\n{words}"):
        return "needs_person", "来信申请延期、免报或请求批示，没有材料，请人工答复"
    if asks or intent.asks(facts.subject):
        return "needs_person", "来信是询问，没有材料，请人工答复"
    return ("body_only", "邮件没有附件，内容写在正文里") if long else _next_to_nothing(facts)


def _next_to_nothing(facts: Facts) -> tuple[Kind, str] | None:
    """A few words, a signature, a picture of one."""
    words = facts.own_words
    if words and not intent.REPORTS.search(f"{facts.subject}\n{words}"):
        return "needs_person", "邮件没有附件，正文也不像报送材料，请人工查看"
    if shows_photo(words, facts.contents.inline_images):
        return "incomplete", "邮件没有附件，材料像是贴在正文里的图片，读不出文字和数字，请改用表样或文字材料"
    if words or facts.contents.inline_images:
        what = "签名" if words else "图片"
        return "incomplete", f"邮件没有附件，正文里只有{what}或客套话，没有报送内容，请补发材料"
    return None


def shows_photo(words: str, pictures: Sequence[File]) -> bool:
    """Whether a picture set into a mail may be a photo of a report: by its size, or as the words say."""
    largest = max((picture.size for picture in pictures), default=0)
    return largest >= PHOTO_SIZE or (largest >= ICON_SIZE and POINTS_TO_A_PICTURE.search(words) is not None)


def _says_attached(facts: Facts, *, asks: bool) -> bool:
    """Whether a file is promised. Who only asks about an attachment promises none."""
    subject = "" if facts.is_reply else facts.subject
    said = NOT_ATTACHED.sub("", f"{subject}\n{facts.own_words}")
    if asks and (facts.is_reply or not intent.PROMISES.search(said)):
        return False
    return ATTACHED.search(said) is not None
