"""Bounces 退信: which of our letters did not arrive, read out of whatever the server wrote.

Of public bounces a good half carries a machine-readable status part; the rest is prose. All of it is read.
"""

import re
from collections.abc import Iterable

from tasks.mail.charset import decode_text
from tasks.mail.mime import Part
from tasks.terms.mails import Bounce

ROBOT = re.compile(
    r"^(mailer-?daemon|mail-?daemon|postmaster|mdaemon|mailerdaemon|bounces?)([+_.-]|@)", re.IGNORECASE
)
SUBJECT = re.compile(
    r"undeliver|delivery (status|failure|has failed|notification|problem)|mail delivery|returned mail"
    r"|failure notice|(message|delivery) .{0,40}(delayed|failed)|message you sent|could ?n.t be delivered"
    r"|not delivered|bounce"
    r"|退信|退回|退件|投递失败|无法投递|未送达|发送失败|无法送达|投递状态|未能送达|被拒收",
    re.IGNORECASE,
)
ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
RECIPIENT = re.compile(
    rf"(?:^|\n)[ \t>]*(?:final-recipient|original-recipient|x-failed-recipients|x-actual-recipient)[ \t]*:"
    rf"[ \t]*(?:[\w-]+[ \t]*;)?[ \t]*<?({ADDRESS})",
    re.IGNORECASE,
)
TO = re.compile(rf"(?:^|\n)to[ \t]*:[^\n]*?({ADDRESS})", re.IGNORECASE)
ANY_ADDRESS = re.compile(rf"(?<![\w.@-])({ADDRESS})")
STATUS = re.compile(r"(?:^|\n)[ \t]*status[ \t]*:[ \t]*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE)
ENHANCED = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.-])([45])[0-5]\d(?=[ \t-]|$)(?!\d)")
ACTION = re.compile(r"(?:^|\n)[ \t]*action[ \t]*:[ \t]*([a-z]+)", re.IGNORECASE)
OURS = re.compile(r"(?:^|\n)[ \t>]*x-oq-msgid[ \t]*:\s*(<[^<>\s]{3,300}>)", re.IGNORECASE)
MESSAGE_ID = re.compile(r"(?:^|\n)[ \t>]*message-id[ \t]*:\s*(<[^<>\s]{3,300}>)", re.IGNORECASE)
REFERENCE = re.compile(r"<[^<>\s@]{1,200}@[^<>\s]{1,200}>")

LATER = re.compile(
    r"frequen|rate limit|too many|quota|mailbox( is)? full|over ?quota|频率|频繁|已满|超出容量|空间不足",
    re.IGNORECASE,
)
QUOTA = "5.2.2"
NOT_THERE = re.compile(
    r"user (unknown|not found)|unknown user|no such (user|recipient)|does ?n.t exist|not exist"
    r"|不存在|无此用户|查无此人",
    re.IGNORECASE,
)
FAILED = "failed"
DELIVERED = frozenset({"delivered", "relayed", "expanded"})
MAX_TEXT = 200_000


def is_bounce(root: Part, sender: str, subject: str, texts: Iterable[str], reports: Iterable[bytes]) -> bool:
    """Whether a mail server says that a letter did not arrive, or not yet."""
    if any(
        b"final-recipient" in report.lower() and b"disposition:" not in report.lower() for report in reports
    ):
        return not is_delivered(reports)
    if root.header("x-failed-recipients"):
        return True
    if SUBJECT.search(subject):
        null_path = root.header("return-path").strip() == b"<>"
        return null_path or not sender or ROBOT.match(sender) is not None
    prose = "\n".join(texts)[:MAX_TEXT]
    return ROBOT.match(sender) is not None and bool(ENHANCED.search(prose) or NOT_THERE.search(prose))


def is_delivered(reports: Iterable[bytes]) -> bool:
    """Whether every status part speaks of success."""
    actions = [action.lower() for report in reports for action in ACTION.findall(decode_text(report))]
    return bool(actions) and all(action in DELIVERED for action in actions)


def read_bounce(
    root: Part,
    texts: Iterable[str],
    reports: Iterable[bytes],
    returned: Iterable[bytes],
    ours: frozenset[str],
) -> Bounce:
    """Recipient, status and Message-ID of the letter that came back; empty where the bounce does not say."""
    status_text = "\n".join(map(decode_text, reports))
    prose = "\n".join(texts)[:MAX_TEXT]
    original = "\n".join(decode_text(each[:MAX_TEXT]) for each in returned)
    status = _status(status_text, prose)
    return Bounce(
        recipient=_recipient(root, status_text, prose, original, ours),
        status=status,
        permanent=_permanent(status, status_text, prose),
        message_id=_message_id(root, original, prose),
    )


def _status(status_text: str, prose: str) -> str:
    if found := STATUS.search(status_text) or ENHANCED.search(f"{status_text}\n{prose}"):
        return found[1]
    if found := REPLY.search(prose):
        return f"{found[1]}.0.0"
    return "5.1.1" if NOT_THERE.search(prose) else ""


def _permanent(status: str, status_text: str, prose: str) -> bool:
    """Delayed is not failed; a full mailbox and a rate limit pass."""
    action = ACTION.search(status_text)
    if action and action[1].lower() != FAILED:
        return False
    text = f"{status_text}\n{prose}"
    return status.startswith("5") and status != QUOTA and (status[:4] == "5.1." or not LATER.search(text))


def _recipient(root: Part, status_text: str, prose: str, original: str, ours: frozenset[str]) -> str:
    head = f"x-failed-recipients: {decode_text(root.header('x-failed-recipients'))}"
    for text in (status_text, head, prose):
        if found := RECIPIENT.search(text):
            return found[1].lower()
    if found := TO.search(original):
        return str(found[1]).lower()
    addresses = (a.lower() for a in ANY_ADDRESS.findall(prose))
    return next((a for a in addresses if a not in ours and not ROBOT.match(a)), "")


def _message_id(root: Part, original: str, prose: str) -> str:
    """Our own Message-ID; smtp.qq.com replaces it and keeps ours as X-OQ-MSGID."""
    for text in (original, prose):
        if found := OURS.search(text) or MESSAGE_ID.search(text):
            return str(found[1])
    for name in ("in-reply-to", "references"):
        if references := REFERENCE.findall(decode_text(root.header(name))):
            return str(references[-1])
    return ""
