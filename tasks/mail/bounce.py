"""Bounces 退信: which of our letters did not arrive, read out of whatever the server wrote.

Of public bounces a good half carries a machine-readable status part; the rest is prose. All of it is read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.mail.charset import decode_text
from tasks.mail.decode import header_text
from tasks.mail.mime import Part
from tasks.mail.sending.refusal import ENHANCED, LATER, NO_SUCH, no_such_address
from tasks.terms.mails import Bounce

ROBOT = re.compile(
    r"^(mailer-?daemon|mail-?daemon|postmaster|mdaemon|mailerdaemon|bounces?|microsoftexchange[0-9a-f]{32})"
    r"([+_.-]|@)",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"undeliver|delivery (status|failure|has failed|notification|problem)|mail delivery|returned mail"
    r"|failure notice|(message|delivery) .{0,40}(delayed|failed)|message you sent|could ?n.t be delivered"
    r"|not delivered|bounce"
    r"|退信|退回(?!补正)|退件|(投递|传递|传送|递送|发送)(失败|延迟|不成功)|延迟(投递|传递|送达|通知)"
    r"|(无法|未能?|不能)(投递|传递|送达|递送)|投递状态|被拒收",
    re.IGNORECASE,
)
"""What servers write above a bounce; 退回补正 is what we ourselves write above a letter."""
ANSWER = re.compile(
    r"^\s*[\[【(（]?\s*((系统|休假|外出)?自动(回复|答复|回覆)|automatic reply|auto[- ]?(reply|response)"
    r"|out of (the )?office|vacation|re|回复|回覆|答复|答覆|aw|sv)\s*[\]】)）]?\s*(\[\d+\])?\s*([:：]|$)",
    re.IGNORECASE,
)
"""A person's answer, or that of a person's mailbox: it quotes our subject, and speaks of rooms and days."""
ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
RECIPIENT = re.compile(
    rf"(?:^|\n)[ \t>]*(?:final-recipient|original-recipient|x-failed-recipients|x-actual-recipient)[ \t]*:"
    rf"[ \t]*(?:[\w-]+[ \t]*;)?[ \t]*<?({ADDRESS})",
    re.IGNORECASE,
)
FINAL = re.compile(
    rf"(?:^|\n)[ \t>]*final-recipient[ \t]*:[ \t]*(?:[\w-]+[ \t]*;)?[ \t]*<?({ADDRESS})", re.IGNORECASE
)
TO = re.compile(rf"(?:^|\n)to[ \t]*:[^\n]*?({ADDRESS})", re.IGNORECASE)
ANY_ADDRESS = re.compile(rf"(?<![\w.@-])({ADDRESS})")
STATUS = re.compile(r"(?:^|\n)[ \t]*status[ \t]*:[ \t]*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE)
CODES = r"(?:4(?:21|5[0-2]|71)|5(?:0[0-4]|21|30|35|41|5[0-6]|71))(?![ \t-]*(?:[室号房元人户份年字]|办公))"
"""What servers answer with; the same figures before a Chinese measure are rooms and sums."""
REPLY = re.compile(rf"(?<![\d.-])({CODES})(?=[ \t-]|$)(?!\d)", re.MULTILINE)
SAID = re.compile(rf"^.*(?<![\d.-]){CODES}[ \t-].*$", re.MULTILINE)
DIAGNOSTIC = re.compile(
    r"(?:^|\n)[ \t]*diagnostic-code[ \t]*:[ \t]*(?:[\w-]+[ \t]*;)?((?:[^\n]*)(?:\n[ \t]+[^\n]*)*)",
    re.IGNORECASE,
)
ACTION = re.compile(r"(?:^|\n)[ \t]*action[ \t]*:[ \t]*([a-z]+)", re.IGNORECASE)
DELAY = re.compile(
    r"delayed|still (being )?(try|retr)|will (be retried|continue|keep|try)|not yet been delivered"
    r"|warning( message)? only|延迟|继续(尝试|投递)|暂(时)?(未|不能|无法)|尚未(送达|投递)|将(再|重新)",
    re.IGNORECASE,
)
OURS = re.compile(r"(?:^|\n)[ \t>]*x-oq-msgid[ \t]*:\s*(<[^<>\s]{3,300}>)", re.IGNORECASE)
MESSAGE_ID = re.compile(r"(?:^|\n)[ \t>]*message-id[ \t]*:\s*(<[^<>\s]{3,300}>)", re.IGNORECASE)
REFERENCE = re.compile(r"<[^<>\s@]{1,200}@[^<>\s]{1,200}>")

QUOTA = "5.2.2"
FAILED, DELAYED = "failed", "delayed"
DELIVERED = frozenset({"delivered", "relayed", "expanded"})
MAX_TEXT = 200_000
SAID_AT_MOST = 120


@dataclass(frozen=True, slots=True)
class _Told:
    """What a bounce says of one recipient: its status part, or all of its prose."""

    status_text: str
    prose: str
    subject: str


def is_bounce(
    root: Part,
    sender: str,
    subject: str,
    texts: Iterable[str],
    reports: Iterable[bytes],
    *,
    files: int = 0,
    returned: bool = False,
) -> bool:
    """Whether a mail server says that a letter did not arrive, or not yet.

    Out-of-office answers come with an empty return path, too, and quote the subject they answer.
    """
    if any(
        b"final-recipient" in report.lower() and b"disposition:" not in report.lower() for report in reports
    ):
        return not is_delivered(reports)
    if root.header("x-failed-recipients"):
        return True
    if ANSWER.search(subject):
        return False
    prose = "\n".join(texts)[:MAX_TEXT]
    speaks = bool(ENHANCED.search(prose) or NO_SUCH.search(prose) or SAID.search(prose))
    robot = not sender or ROBOT.match(sender) is not None
    if SUBJECT.search(subject):
        null_path = root.header("return-path").strip() == b"<>"
        return robot or (null_path and (speaks or returned))
    return robot and bool(sender) and not files and speaks


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
    subject = header_text(root.header("subject"))
    told = _Told(_of_the_unit(reports, ours), "\n".join(texts)[:MAX_TEXT], subject)
    original = "\n".join(decode_text(each[:MAX_TEXT]) for each in returned)
    status, said = _status(told), _said(told)
    action = _action(told)
    return Bounce(
        recipient=_recipient(root, told, original, ours),
        status=status,
        permanent=action == FAILED and not _passes(told, status),
        message_id=_message_id(root, original, told.prose),
        action=action,
        no_such=no_such_address(said, status),
        said=" ".join(said.split())[:SAID_AT_MOST],
    )


def _of_the_unit(reports: Iterable[bytes], ours: frozenset[str]) -> str:
    """The part of the status that speaks of the unit: the copy to ourselves is a recipient as well."""
    parts = [decode_text(report).replace("\r\n", "\n") for report in reports]
    blocks = [b for part in parts for b in re.split(r"\n[ \t]*\n", part) if RECIPIENT.search(b)]
    about = [b for b in blocks if not (_named(b) & ours)] or blocks
    failed = [b for b in about if (found := ACTION.search(b)) and found[1].lower() == FAILED]
    return next(iter([*failed, *about]), "\n".join(parts))


def _named(block: str) -> set[str]:
    return {address.lower() for address in RECIPIENT.findall(block)}


def _status(told: _Told) -> str:
    text = f"{told.status_text}\n{told.prose}"
    if found := STATUS.search(told.status_text) or ENHANCED.search(text):
        return found[1]
    if found := REPLY.search(told.prose):
        return f"{found[1][0]}.0.0"
    return "5.1.1" if no_such_address(told.prose) else ""


def _said(told: _Told) -> str:
    """The server's own words: its diagnostic, else the lines with a reply in them, else all of the prose."""
    if found := DIAGNOSTIC.search(told.status_text):
        return found[1]
    if told.status_text and STATUS.search(told.status_text):
        return ""
    return "\n".join(SAID.findall(told.prose)) or told.prose


def _action(told: _Told) -> str:
    """The server's own word; where there is none, whether it goes on trying."""
    if found := ACTION.search(told.status_text):
        return found[1].lower()
    return DELAYED if DELAY.search(f"{told.subject}\n{told.prose}") else FAILED


def _passes(told: _Told, status: str) -> bool:
    """A full mailbox and a rate limit pass, and so does what the server calls temporary."""
    if status.startswith("4") or status == QUOTA:
        return True
    return status[:4] != "5.1." and LATER.search(f"{told.status_text}\n{told.prose}") is not None


def _recipient(root: Part, told: _Told, original: str, ours: frozenset[str]) -> str:
    head = f"x-failed-recipients: {decode_text(root.header('x-failed-recipients'))}"
    places: Sequence[tuple[re.Pattern[str], str]] = (
        (FINAL, told.status_text), (RECIPIENT, told.status_text), (RECIPIENT, head), (RECIPIENT, told.prose),
        (TO, original),
    )  # fmt: skip
    for pattern, text in places:
        if found := pattern.search(text):
            return str(found[1]).lower()
    addresses = (a.lower() for a in ANY_ADDRESS.findall(told.prose))
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
