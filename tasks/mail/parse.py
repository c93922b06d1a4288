"""A mail taken apart: raw bytes in, a ``Mail`` out, whatever the bytes are."""

import logging
import re
from dataclasses import replace

from tasks.mail.auth import failed
from tasks.mail.bounce import read_bounce
from tasks.mail.charset import decode_text
from tasks.mail.classify import Facts, classify, is_reply, points_elsewhere
from tasks.mail.contents import collect
from tasks.mail.decode import header_text, sender_of
from tasks.mail.found import Contents
from tasks.mail.markup import read_markup
from tasks.mail.mime import Bounds, Part, cut
from tasks.mail.passed_on import authors_of
from tasks.mail.received import parse_date
from tasks.terms.mails import Kind, Mail

log = logging.getLogger(__name__)

LARGEST_MAIL = 50 * 1024 * 1024
HEAD_OF_A_LARGE_ONE = 256 * 1024

LOOKS_LIKE_HTML = re.compile(
    r"^\s*<(!doctype|html|head|body|div|p|table|span|font|meta|style)\b", re.IGNORECASE
)
STUB = re.compile(
    r"不支持\s*html|html\s*格式|does not support html|view .{0,20}html|enable html", re.IGNORECASE
)
SHORT = 200

QUOTE_BEGINS = re.compile(
    r"^[ \t>]*+("
    r"-{2,}[ \t]*(原始邮件|回复的原邮件|转发邮件信息|Original Message|Original|Forwarded message)[ \t]*-{2,}"
    r"|.{0,80}(于|在)[ \t]?\d{4}[-/年.].{4,120}写道[：:]"
    r"|(On|At) .{6,150} wrote:"
    r"|(发件人|From)[ \t]*[：:].{1,200}\n([ \t>]*+\n)?[ \t>]*+"
    r"(发送时间|发送日期|日期|时间|Sent|Date|收件人|To)[ \t]*[：:])",
    re.IGNORECASE | re.MULTILINE,
)
"""Where mail programs begin to repeat the mail that is answered."""


def parse_mail(
    raw: bytes, *, own_addresses: frozenset[str] = frozenset(), receivers: frozenset[str] = frozenset()
) -> Mail:
    """Take a mail apart, within bounds (50 MB, 200 parts, 10 levels).

    What cannot be taken apart is a mail of kind ``needs_person`` with the flag DAMAGED. ``receivers`` are
    our own mail servers, whose word on the sender is heard.

    Raises:
        MemoryError: there is no room for it; nothing else, whatever the bytes are.
    """
    if len(raw) > LARGEST_MAIL:
        return head_only(raw[:HEAD_OF_A_LARGE_ONE])
    try:
        return _parse(raw, frozenset(a.lower() for a in own_addresses), receivers)
    except MemoryError:
        raise
    except Exception:  # any bytes at all must end as something a clerk can see
        log.exception("a mail could not be taken apart")
        return unopened(b"", ("DAMAGED",), "邮件结构异常，无法拆开，请人工查看原件")


def head_only(head: bytes) -> Mail:
    """A mail too large to be taken apart, by its first headers."""
    return unopened(head, (), f"邮件超过 {LARGEST_MAIL >> 20} MB，没有拆开，请人工处理")


def _parse(raw: bytes, own_addresses: frozenset[str], receivers: frozenset[str]) -> Mail:
    bounds = Bounds()
    root = cut(raw, bounds)
    contents = collect(root, bounds)
    name, sender, plain = sender_of(root.headers.get("from", []))
    subject = header_text(root.header("subject"))
    answers = is_reply(root, subject)
    text = _best_text(contents)
    own_words = without_quote(_best_text(contents, own=True)) if answers else text
    facts = Facts(
        root, contents, bounds, sender, plain, subject, text, own_words,
        own=sender in own_addresses, is_reply=answers,
        forged=failed(root.headers.get("authentication-results", []), sender, receivers),
    )  # fmt: skip
    kind, reasons = classify(facts)
    mail = _mail(root, kind, (name, sender, subject), reasons)
    returned = [*contents.returned, *(f.data for f in contents.attachments if f.filename.endswith(".eml"))]
    texts = contents.plain or [text]
    return replace(
        mail,
        text=own_words,
        attachments=tuple(contents.attachments),
        inline_images=tuple(contents.inline_images),
        unpacked=tuple(contents.unpacked),
        opened=tuple(contents.opened),
        broken=tuple(contents.broken),
        flags=contents.flags,
        linked=points_elsewhere(facts),
        by_system="x-baosong-letter" in root.headers,
        authors=(*contents.authors, *(() if answers else authors_of(text))),
        page=_page(contents, text) if kind in {"body_only", "submission"} else "",
        bounced=read_bounce(root, texts, contents.reports, returned, own_addresses)
        if kind == "bounce"
        else None,
    )


def _mail(root: Part, kind: Kind, names: tuple[str, str, str], reasons: tuple[str, ...]) -> Mail:
    name, sender, subject = names
    return Mail(
        kind=kind,
        sender=sender,
        sender_name=name,
        subject=subject,
        message_id=_identity(root, "message-id"),
        sent_at=parse_date(root.header("date")),
        received_at=parse_date(root.header("received").rpartition(b";")[2]),
        text="",
        reasons=reasons,
        in_reply_to=_identity(root, "in-reply-to"),
    )


def unopened(head: bytes, flags: tuple[str, ...], reason: str) -> Mail:
    """A mail of which at most the headers were looked at, for a person."""
    root = cut(head, Bounds(parts=0))
    name, sender, _ = sender_of(root.headers.get("from", []))
    names = (name, sender, header_text(root.header("subject")))
    return replace(_mail(root, "needs_person", names, (reason,)), flags=flags)


def _identity(root: Part, name: str) -> str:
    found = re.search(r"<[^<>\s]{1,500}>", decode_text(root.header(name)[:2000]))
    return found[0] if found else ""


def _best_text(contents: Contents, *, own: bool = False) -> str:
    """The plain text, or the HTML's where the plain part is missing, points to it or cannot strike out.

    ``own`` leaves out what a page marks as the mail it answers.
    """
    html = "\n\n".join(filter(None, (m.own if own else m.text for m in contents.markup)))
    plain = "\n\n".join(contents.plain)
    if LOOKS_LIKE_HTML.match(plain):
        page = read_markup(plain)
        plain = page.own if own else page.text
    struck = any(m.struck for m in contents.markup)
    if not plain or (html and (struck or (len(plain) < SHORT and STUB.search(plain)))):
        return html
    return plain


def _page(contents: Contents, text: str) -> str:
    """The page a report is written into; with another mail repeated in it, its table may be that one's."""
    pages = [m.source for m in contents.markup if m.source]
    repeats = QUOTE_BEGINS.search(text) or any("<blockquote" in page.lower() for page in pages)
    return pages[0] if len(pages) == len(contents.markup) == 1 and not repeats else ""


def without_quote(text: str) -> str:
    """An answer's own words: without the mail it answers, which programs repeat below or behind ``>``."""
    if found := QUOTE_BEGINS.search(text):
        text = text[: found.start()]
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">")).strip()
