"""Text and tables of .docx: everything printed, nothing deleted; runs only inside the bounded child.

A walk over ``w:t`` sees text boxes, content controls, tracked insertions and headers, which the usual
libraries miss. Deleted and struck-through text, the second copy of a text box and hidden text are left out.
"""

import io
import re
import zipfile
from typing import Any

from lxml import etree

from tasks.terms.readings import Content, Finding, Sheet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NO_TEXT = frozenset({f"{W}rPrChange", f"{W}pPrChange", f"{W}instrText"})
_LEFT_OUT = _NO_TEXT | {f"{W}del", f"{W}moveFrom"}
_NEW = _NO_TEXT | {f"{W}ins", f"{W}moveTo"}
_CHANGES = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
_PARTS = re.compile(r"word/(?:header\d*|document|footnotes|endnotes|footer\d*)\.xml$")
_ORDER = ("header", "document", "footnotes", "endnotes", "footer")
TRACKED = Finding(
    "TRACKED_CHANGES",
    "文档中还有未接受的修订，无法确定以哪种文字为准，请在“审阅”中接受或拒绝全部修订后重新报送",
)


def read_docx(data: bytes) -> Content:
    """Text, tables as sheets 表1, 表2 …, the number of pictures, and TRACKED_CHANGES if there are any.

    Raises:
        etree.XMLSyntaxError: a part is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = sorted((n for n in names if _PARTS.match(n)), key=_part_order)
        roots = [_root(archive.read(n)) for n in parts]
    changed = any(map(_tracked, roots))
    pictures = sum(n.startswith("word/media/") for n in names)
    body = next(root for name, root in zip(parts, roots, strict=True) if name == "word/document.xml")
    tables = [t for t in body.iter(f"{W}tbl") if not any(a.tag == f"{W}tbl" for a in t.iterancestors())]
    return Content(
        "docx",
        tuple(_sheet(t, f"表{n}") for n, t in enumerate(tables, 1)),
        _whole(roots),
        (TRACKED,) if changed else (),
        pictures,
        _whole(roots, _NEW) if changed else "",
    )


def _part_order(name: str) -> tuple[int, str]:
    return (next(i for i, head in enumerate(_ORDER) if name.startswith(f"word/{head}")), name)


def _root(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)


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
        pieces.append(element.text or "")
    elif tag in {f"{W}br", f"{W}cr"}:
        pieces.append("\n")
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


def _sheet(table: Any, name: str) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    merged: list[tuple[int, int, int, int]] = []
    open_merges: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(r for r in table.iter(f"{W}tr") if _outer(r) is table):
        rows.append(_row(row, number, merged, open_merges))
    return Sheet(name=name, rows=tuple(rows), merged=tuple(_joined(merged)))


def _outer(row: Any) -> Any:
    return next(a for a in row.iterancestors() if a.tag == f"{W}tbl")


def _row(
    row: Any, number: int, merged: list[tuple[int, int, int, int]], open_merges: dict[int, tuple[int, int]]
) -> tuple[Any, ...]:
    cells: list[Any] = []
    for cell in row.iter(f"{W}tc"):
        if next(a for a in cell.iterancestors() if a.tag == f"{W}tr") is not row:
            continue
        column, span = len(cells), _span(cell)
        restart = _vertical(cell)
        if restart == "continue" and column in open_merges:
            first, last = open_merges[column]
            merged.append((first, column, number, last))
            cells += [None] * span
            continue
        open_merges.pop(column, None)
        if restart == "restart":
            open_merges[column] = (number, column + span - 1)
        if span > 1:
            merged.append((number, column, number, column + span - 1))
        cells += [_text(cell).strip() or None, *[None] * (span - 1)]
    return tuple(cells)


def _span(cell: Any) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    return min(64, max(1, int(found.get(f"{W}val", 1)))) if found is not None else 1


def _vertical(cell: Any) -> str:
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if found is None else found.get(f"{W}val") or "continue"


def _joined(merged: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """The largest range from each top-left corner: a merge grows row by row while it is read."""
    largest: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for range_ in merged:
        corner = range_[:2]
        if corner not in largest or range_[2:] > largest[corner][2:]:
            largest[corner] = range_
    return list(largest.values())
