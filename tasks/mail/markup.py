"""HTML bodies: their text, and the elements that stand for large attachments.

A single pass with patterns that cannot run wild: the input is a stranger's, up to a megabyte of it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

LONGEST = 1_000_000
HIDDEN = re.compile(r"<(!--|style|script|title|xml)", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20}+)([^<>]*+)>")
ATTRIBUTE = re.compile(
    r"""(?<![\w-])(id|class|href|src)\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE
)
BREAKS = frozenset("br p div tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote hr section article pre".split())  # noqa: SIM905
LEADS = re.compile(r"""\bhref\s{0,9}=\s{0,9}["']?\s{0,9}https?://""", re.IGNORECASE)
PASSWORD = re.compile(r"type\s{0,9}=\s{0,9}[\"']?password", re.IGNORECASE)
TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
CELLS = frozenset({"td", "th"})
VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "wbr", "col", "area", "base"})
"""Elements that hold nothing and have no end."""
STRUCK = frozenset({"s", "strike", "del"})
STRIKES = re.compile(r"\bstyle\s{0,9}=[^=]{0,500}line-through", re.IGNORECASE)
QUOTING = frozenset({"blockquote", "div"})
QUOTES = re.compile(
    r"\btype\s{0,9}=\s{0,9}[\"']?cite|\bclass\s{0,9}=\s{0,9}[\"']?[^\"'=<>]{0,80}quote\b"
    r"|\bid\s{0,9}=\s{0,9}[\"']?isReplyContent",
    re.IGNORECASE,
)
HOLDS_QUOTES = re.compile(r"<blockquote|quote\b|isReplyContent", re.IGNORECASE)
BLOCKQUOTE = re.compile(r"<(/?)blockquote\b", re.IGNORECASE)
"""How Apple Mail, Thunderbird, Gmail and NetEase mark the mail that is answered."""
CELL_GAP = re.compile(r" ?\t[ \t]*")
CID = re.compile(r"cid:([^\"'\s<>)]+)", re.IGNORECASE)

LARGE_ATTACHMENT = frozenset(
    {"qqmailbigattach", "qqmailbgattach", "divneteasebigattach", "netease-attdown"}
    | {"foxmail_hugeattachment", "foxmailclientbigattach"}
)
"""Ids and classes QQ, NetEase and Foxmail give the block of a large attachment; ordinary mails carry the same
words in their style sheets, so only elements count."""


@dataclass(frozen=True, slots=True)
class Markup:
    """What an HTML body holds.

    Attributes:
        source: the page itself where it holds a table, so that cells can be read as cells.
        struck: words in it are struck out, and are not in the text.
        own: the text without the mail it answers, where the page marks that.
        leads: it has links that lead somewhere.
    """

    text: str
    large_attachment: bool
    pictures: frozenset[str]
    asks_password: bool = False
    source: str = ""
    struck: bool = False
    own: str = ""
    leads: bool = False


def read_markup(html: str) -> Markup:
    """Text, large-attachment elements, and the content ids or places of the pictures it shows."""
    source = html if len(html) <= LONGEST and TABLE.search(html) else ""
    html = "".join(_shown(html[:LONGEST]))
    pictures = {unescape(cid).lower() for cid in CID.findall(html)}
    large = asks = leads = False
    for tag in TAG.finditer(html):
        large = large or _is_large_attachment(tag[3])
        asks = asks or (tag[2].lower() == "input" and PASSWORD.search(tag[3]) is not None)
        leads = leads or (tag[2].lower() == "a" and LEADS.search(tag[3]) is not None)
        if tag[2].lower() == "img":
            pictures.update(_sources(tag[3]))
    standing = _without_struck(html)
    text, own = _text(standing), _without_quoted(standing)
    return Markup(
        text, large, frozenset(pictures), asks, source, len(standing) < len(html),
        own=text if own is standing else _text(own), leads=leads,
    )  # fmt: skip


def _shown(html: str) -> Iterator[str]:
    """The source without comments, styles and scripts."""
    position = 0
    lower = html.lower()
    while found := HIDDEN.search(html, position):
        yield html[position : found.start()]
        closer = "-->" if found[1] == "!--" else f"</{found[1].lower()}"
        end = lower.find(closer, found.end())
        if end < 0:
            return
        position = end if closer != "-->" else end + len(closer)
    yield html[position:]


def _is_large_attachment(attributes: str) -> bool:
    for name, value in ATTRIBUTE.findall(attributes):
        if name.lower() in {"id", "class"}:
            words = value.strip("\"'").lower().split()
            if any(word in LARGE_ATTACHMENT for word in words):
                return True
    return False


def _sources(attributes: str) -> Iterator[str]:
    for name, value in ATTRIBUTE.findall(attributes):
        if name.lower() == "src":
            yield unescape(value.strip("\"'")).lower()


def _text(html: str) -> str:
    text = TAG.sub(_replacement, re.sub(r"[ \t\r\n]+", " ", html))
    lines = (
        CELL_GAP.sub("\t", re.sub(r"[ \xa0]+", " ", line)).strip() for line in unescape(text).split("\n")
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_struck(html: str) -> str:
    """The source without what is struck out: beside 5 a struck 3 is no 35. What no tag closes is kept."""
    return _without(html, lambda tag: tag[2].lower() in STRUCK or _is_struck(tag))


def _is_struck(tag: re.Match[str]) -> bool:
    return tag[2].lower() not in VOID and STRIKES.search(tag[3]) is not None


def _without(html: str, drops: Callable[[re.Match[str]], bool]) -> str:
    """The source without the elements whose opening tag is one to drop."""
    kept: list[str] = []
    begins = after = depth = 0
    closes = ""
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if depth:
            depth += (-1 if tag[1] else 1) if name == closes and not tag[3].endswith("/") else 0
            after = after if depth else tag.end()
        elif not tag[1] and drops(tag):
            kept.append(html[after : tag.start()])
            begins, closes, depth = tag.start(), name, 1
    return "".join([*kept, html[begins if depth else after :]])


def _without_quoted(html: str) -> str:
    """The source without the mail it answers: what is marked as that, or set in down to the page's end."""
    if not HOLDS_QUOTES.search(html):
        return html
    html = _without(html, lambda tag: tag[2].lower() in QUOTING and QUOTES.search(tag[3]) is not None)
    opened: list[int] = []
    begins = ends = 0
    for tag in BLOCKQUOTE.finditer(html):
        if not tag[1]:
            opened.append(tag.start())
        elif opened:
            begins, ends = opened.pop(), html.find(">", tag.end()) + 1
    last = ends and not opened and not _text(html[ends:]) and _text(html[:begins])
    return html[:begins] if last else html


def _replacement(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in BREAKS:
        return "\n"
    return "\t" if name in CELLS else ""
