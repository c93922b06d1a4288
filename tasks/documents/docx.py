"""Text and tables of .docx: everything printed, nothing deleted; runs only inside the bounded child.

A walk over ``w:t`` sees text boxes, content controls, tracked insertions and headers, which the usual
libraries miss. Deleted and struck-through text, the second copy of a text box and hidden text are left out.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

from tasks.documents.cells import RAISED
from tasks.documents.docx_ink import mark_unseen
from tasks.documents.guard import TRACKED
from tasks.documents.notes import doubting
from tasks.documents.word_table import Cell, Row, as_sheet
from tasks.documents.xml_root import xml_root
from tasks.terms.readings import Content

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NO_TEXT = frozenset({f"{W}rPrChange", f"{W}pPrChange", f"{W}instrText"})
_LEFT_OUT = _NO_TEXT | {f"{W}del", f"{W}moveFrom"}
_NEW = _NO_TEXT | {f"{W}ins", f"{W}moveTo"}
_CHANGES = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
_PARTS = re.compile(r"word/(?:header\d*|document|footnotes|endnotes|footer\d*)\.xml$")
_COMMENTS = "word/comments.xml"
_STYLES = "word/styles.xml"
_ORDER = ("header", "document", "footnotes", "endnotes", "footer")


def read_docx(data: bytes) -> Content:
    """Text, tables as sheets 表1, 表2 …, the number of pictures, and TRACKED_CHANGES if there are any.

    Raises:
        etree.XMLSyntaxError: a part is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = sorted((n for n in names if _PARTS.match(n)), key=_part_order)
        roots = [_root(archive.read(n)) for n in parts]
        remarks = _root(archive.read(_COMMENTS)) if _COMMENTS in names else None
        mark_unseen(roots, lambda: _root(archive.read(_STYLES)) if _STYLES in names else None)
    if remarks is not None:
        _hang_on(roots, remarks)
    changed = any(map(_tracked, roots))
    pictures = sum(n.startswith("word/media/") for n in names)
    body = next(root for name, root in zip(parts, roots, strict=True) if name == "word/document.xml")
    frames = {t for t in body.iter(f"{W}tbl") if _is_frame(t)}
    tables = [t for t in body.iter(f"{W}tbl") if t not in frames and frames.issuperset(_above(t, "tbl"))]
    return Content(
        "docx",
        tuple(as_sheet(map(_row, _rows(t)), f"表{n}") for n, t in enumerate(tables, 1)),
        _whole(roots),
        (TRACKED,) if changed else (),
        pictures,
        _whole(roots, _NEW) if changed else "",
    )


def _hang_on(roots: list[Any], remarks: Any) -> None:
    """Put comments that doubt a figure behind the words they hang on, as the reader of the page sees them."""
    said = {c.get(f"{W}id"): doubting(_text(c)) for c in remarks.iter(f"{W}comment")}
    for root in roots:
        for mark in list(root.iter(f"{W}commentReference")):
            if words := said.get(mark.get(f"{W}id")):
                mark.tag, mark.text = f"{W}t", f"（批注：{words}）"


def _part_order(name: str) -> tuple[int, str]:
    return (next(i for i, head in enumerate(_ORDER) if name.startswith(f"word/{head}")), name)


def _root(data: bytes) -> Any:
    return xml_root(data.replace(_STRICT, _TRANSITIONAL))


def _tracked(root: Any) -> bool:
    return any(change.find(f".//{W}r") is not None for change in root.iter(*_CHANGES))


def _whole(roots: list[Any], left_out: frozenset[str] = _LEFT_OUT) -> str:
    return "\n".join(filter(None, (_text(root, left_out) for root in roots))).strip()


def _text(element: Any, left_out: frozenset[str] = _LEFT_OUT) -> str:
    pieces: list[str] = []
    _collect(element, pieces, left_out)
    lines = (line.rstrip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: Any, pieces: list[str], left_out: frozenset[str]) -> None:
    tag = element.tag
    if tag in left_out or not isinstance(tag, str) or tag.endswith("}Fallback") or _hidden(element):
        return
    if tag in {f"{W}t", f"{W}delText"}:
        text = element.text or ""
        pieces.append(text.translate(RAISED) if _is_raised(element.getparent()) else text)
    elif tag in {f"{W}br", f"{W}cr"}:
        pieces.append("\n")
    elif tag == f"{W}noBreakHyphen":
        pieces.append("-")
    elif tag == f"{W}tab":
        pieces.append("\t")
    for child in element:
        _collect(child, pieces, left_out)
    if tag == f"{W}p":
        pieces.append("\n")


def _hidden(element: Any) -> bool:
    """Whether a run is hidden, or struck through as people delete by hand."""
    if element.tag != f"{W}r":
        return False
    marks = (element.find(f"{W}rPr/{W}{name}") for name in ("vanish", "strike", "dstrike"))
    return any(m is not None and m.get(f"{W}val") not in {"0", "false", "off"} for m in marks)


def _is_raised(run: Any) -> bool:
    """Whether a run is set off the line: the number of a note is no digit of the figure before it."""
    place = run.find(f"{W}rPr/{W}vertAlign") if run is not None else None
    return place is not None and place.get(f"{W}val") in {"superscript", "subscript"}


def _row(row: Any) -> Row:
    cells = [c for c in row.iter(f"{W}tc") if next(_above(c, "tr")) is row]
    return Row([_cell(c) for c in cells], _columns(row.find(f"{W}trPr/{W}gridBefore"), 0))


def _cell(cell: Any) -> Cell:
    return Cell(
        _text(cell).strip() or None,
        _columns(cell.find(f"{W}tcPr/{W}gridSpan"), 1),
        _downwards(cell.find(f"{W}tcPr/{W}vMerge")),
    )


def _downwards(merge: Any) -> Literal["", "restart", "continue"]:
    if merge is None:
        return ""
    return "restart" if merge.get(f"{W}val") == "restart" else "continue"


def _columns(found: Any, least: int) -> int:
    return min(64, max(least, int(found.get(f"{W}val", least)))) if found is not None else least


def _rows(table: Any) -> list[Any]:
    return [r for r in table.iter(f"{W}tr") if next(_above(r, "tbl")) is table]


def _is_frame(table: Any) -> bool:
    """Whether a table only lays out the page: one cell to a row, and tables in them."""
    rows = _rows(table)
    alone = all(sum(next(_above(c, "tr")) is row for c in row.iter(f"{W}tc")) == 1 for row in rows)
    return alone and table.find(f".//{W}tbl") is not None


def _above(element: Any, name: str) -> Iterator[Any]:
    return (a for a in element.iterancestors() if a.tag == f"{W}{name}")
