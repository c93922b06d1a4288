"""The tables of a web page that a reporting system saved under the name .xls; runs only in the bounded child.

What a browser would show is read, or nothing: a page with programs, entry fields or tables within tables, or
whose style sheet strikes out or hides anything, is refused as the web page it is.
"""

import re
from collections.abc import Iterator
from typing import Any

from tasks.documents.cells import RAISED
from tasks.documents.number_format import as_unseen
from tasks.documents.prose import decode_text
from tasks.documents.sheets import TooLarge, laid_out
from tasks.terms.readings import Content, Sheet

LONGEST = 4 << 20
MAX_SPAN = 200
MAX_PLACES = 400_000

_ACTIVE = frozenset({"script", "form", "input", "iframe", "object", "embed", "frame", "frameset", "textarea"})
_UNSEEN = frozenset({"style", "title", "head", "rt", "rp"})
_BLOCKS = frozenset({"p", "div", "tr", "table", "br", "h1", "h2", "h3", "h4", "li", "caption"})
_STRUCK = frozenset({"s", "strike", "del"})
_RAISED = frozenset({"sup", "sub"})
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_STRIKES = re.compile(r"line-through", re.IGNORECASE)
_RAISES = re.compile(r"vertical-align\s*:\s*su(?:per|b)", re.IGNORECASE)
_INK = re.compile(r"(?<![\w-])color\s*:\s*([^;]+)", re.IGNORECASE)
_GROUND = re.compile(r"background", re.IGNORECASE)
_WHITE = re.compile(r"white|#fff|#?f[0-9a-f]f[0-9a-f]f[0-9a-f]|rgb\(255,\s*255,\s*255\)")
_TINY = re.compile(r"font-size\s*:\s*[0-2](?:\.\d+)?\s*(?:pt|px)", re.IGNORECASE)
_RUBY = re.compile(r"(?<![\w.#-])rt\s*\{[^}]*\}", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


class Unsure(Exception):
    """A page of which nobody can say what it shows."""


def read_page(data: bytes) -> Content:
    """The page's tables as sheets, and the words around them as text.

    Raises:
        Unsure: it has no table, or more than plain tables.
        TooLarge: more than any form.
    """
    if len(data) > LONGEST:
        raise TooLarge
    text = _DECLARED.sub("", decode_text(data))
    if _is_cut_short(text):
        raise Unsure
    root = _root(text)
    tags = {e.tag for e in root.iter() if isinstance(e.tag, str)}
    styles = _RUBY.sub("", "".join(e.text or "" for e in root.iter("style")))
    if tags & _ACTIVE or _HIDES.search(styles) or _STRIKES.search(styles):
        raise Unsure
    tables = list(root.iter("table"))
    if not tables or any(next(t.iterancestors("table"), None) is not None for t in tables):
        raise Unsure
    sheets = tuple(_sheet(table, f"表{number}") for number, table in enumerate(tables, 1))
    return Content("html", sheets, "\n".join(_around(root)))


def _is_cut_short(text: str) -> bool:
    lower = text.lower()
    return any(
        len(re.findall(rf"<{name}[\s>]", lower)) != lower.count(f"</{name}>") for name in ("table", "html")
    )


def _root(text: str) -> Any:
    from lxml import etree, html  # noqa: PLC0415  rarely needed

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    return html.document_fromstring(text, parser=parser)


def _around(root: Any) -> Iterator[str]:
    """The lines of the page outside its tables."""
    lines = _text(root, skip=frozenset({"table"})).splitlines()
    yield from (line.strip() for line in lines if line.strip())


def _text(element: Any, skip: frozenset[str] = frozenset()) -> str:
    if element.tag in _UNSEEN | _STRUCK | skip or _is_hidden(element) or _STRIKES.search(_style(element)):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child, skip), child.tail or ""]
    inner = re.sub(r"[ \t\r\n\f]+", " ", "".join(parts)) if element.tag in {"td", "th"} else "".join(parts)
    if any(c.isdigit() for c in inner) and _is_unread(element):
        inner = as_unseen(inner.strip())
    if element.tag in _RAISED or (element.tag not in {"td", "th"} and _RAISES.search(_style(element))):
        inner = inner.translate(RAISED)  # the number of a note is no digit of the figure before it
    return f"\n{inner}\n" if element.tag in _BLOCKS else inner


def _is_unread(element: Any) -> bool:
    """Whether it writes in white where no ground is said, or too small for anybody."""
    style = _style(element)
    ink = _INK.search(style)
    white = _WHITE.fullmatch((ink[1] if ink else element.get("color") or "").strip().lower())
    if white is None:
        return _TINY.search(style) is not None and not _only_holds_larger(element)
    around = (element, *element.iterancestors())
    return not any(e.get("bgcolor") or _GROUND.search(_style(e)) for e in around)


def _only_holds_larger(element: Any) -> bool:
    """Whether no figure is its own and what it holds has its own size: pages space out boxes so."""
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    sized = any("font-size" in _style(e).lower() for e in element.iterdescendants())
    return sized and not any(c.isdigit() for c in own)


def _style(element: Any) -> str:
    return element.get("style") or ""


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or _HIDES.search(_style(element)) is not None


def _sheet(table: Any, name: str) -> Sheet:
    if _is_hidden(table) or any(_is_hidden(a) for a in table.iterancestors()):
        raise Unsure
    taken: dict[tuple[int, int], str | None] = {}
    merged: list[tuple[int, int, int, int]] = []
    hidden: list[int] = []
    rows = list(table.iter("tr"))
    for row, line in enumerate(rows):
        if _is_hidden(line) or _is_hidden(line.getparent()):
            hidden.append(row)
        _place(line, row, len(rows), taken, merged)
    return Sheet(
        name=name,
        rows=laid_out(taken, MAX_PLACES),
        merged=tuple(merged),
        hidden_rows=tuple(hidden),
        hidden_columns=tuple(_hidden_columns(table)),
    )


def _place(
    line: Any,
    row: int,
    height: int,
    taken: dict[tuple[int, int], str | None],
    merged: list[tuple[int, int, int, int]],
) -> None:
    """The cells of a row where the spans of the rows above leave room, as browsers lay them."""
    column = 0
    for cell in line:
        if cell.tag not in {"td", "th"} or _is_hidden(cell):
            continue
        while (row, column) in taken:
            column += 1
        wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan") or height, height - row)
        places = [(r, c) for r in range(row, row + high) for c in range(column, column + wide)]
        if len(taken) + len(places) > MAX_PLACES:
            raise TooLarge
        if any(place in taken for place in places):
            raise Unsure
        taken |= dict.fromkeys(places)
        taken[row, column] = _text(cell).strip() or None
        if len(places) > 1:
            merged.append((row, column, row + high - 1, column + wide - 1))
        column += wide


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    if not said.isascii() or not said.isdigit() or int(said[:6]) > MAX_SPAN:
        raise Unsure
    return int(said) if name == "rowspan" else max(int(said), 1)


def _hidden_columns(table: Any) -> Iterator[int]:
    column = 0
    for each in table.iter("col"):
        wide = max(_span(each, "span"), 1)
        if _is_hidden(each):
            yield from range(column, column + wide)
        column += wide
