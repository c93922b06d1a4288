"""Figures an .xlsx shows otherwise than it stores them: struck through, or made small by their number format.

Readers of values give “3542” for a 35 struck through before a 42, and 35800 for what prints as 3.6. As in a
text document what is struck through is left out; a figure printed smaller than stored becomes a text that
is no number, for nobody can tell which of the two was meant. Runs only inside the bounded child.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from tasks.documents.cells import column_letters, column_number
from tasks.documents.xml_root import named, xml_root

_STRIKE = re.compile(rb"<(?:\w+:)?strike(?:\s*/>|>|\s+val=\"(?:1|true)\")")
_SMALLER = re.compile(rb'formatCode="[^"]*[0#?](?:,+(?![0#?])|(?:!|\\\\)\.)')
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.')
_IS_SMALLER = re.compile(r"[0#?](?:,+(?![0#?])|(?:!|\\)\.)")
_OFF = frozenset({"0", "false"})

Cells = dict[str, str | None]
"""By cell: the text that is left, None where nothing is."""

Shown = dict[str, Cells]
"""By worksheet part."""


def worth_a_look(name: str, data: bytes) -> bool:
    """Whether a part of a workbook may strike out or shrink any figure."""
    if name == "xl/styles.xml":
        return bool(_STRIKE.search(data) or _SMALLER.search(data))
    holds_text = name == "xl/sharedstrings.xml" or name.startswith("xl/worksheets/")
    return holds_text and b"strike" in data and _STRIKE.search(data) is not None


def shown(data: bytes, parts: list[str]) -> Shown:
    """What the cells of a workbook show where that is not what they store."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        styles = xml_root(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else None
        strings = _strings(archive, names)
        struck, smaller = _looks(styles) if styles is not None else (set(), set())
        return {p: _cells(xml_root(archive.read(p)), strings, struck, smaller) for p in parts if p in names}


def _child(element: Any, name: str) -> Any:
    return next((e for e in element if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name), None)


def _is_struck(properties: Any) -> bool:
    strike = None if properties is None else _child(properties, "strike")
    return strike is not None and strike.get("val") not in _OFF


def _strings(archive: zipfile.ZipFile, names: set[str]) -> dict[int, str]:
    """The shared strings of which a part is struck out, by their number, without that part."""
    path = next((n for n in names if n.lower() == "xl/sharedstrings.xml"), "")
    items = named(xml_root(archive.read(path)), "si") if path else []
    return {n: _left(item) for n, item in enumerate(items) if _has_struck_run(item)}


def _has_struck_run(item: Any) -> bool:
    return any(_is_struck(_child(run, "rPr")) for run in named(item, "r"))


def _left(item: Any) -> str:
    runs = [run for run in named(item, "r") if not _is_struck(_child(run, "rPr"))]
    return "".join(text.text or "" for run in runs for text in named(run, "t"))


def _looks(styles: Any) -> tuple[set[str], set[str]]:
    """The cell formats that strike out, and those that print a figure smaller."""
    fonts = _child(styles, "fonts")
    struck = {str(n) for n, font in enumerate(fonts if fonts is not None else ()) if _is_struck(font)}
    codes = {f.get("numFmtId"): f.get("formatCode") or "" for f in named(styles, "numFmt")}
    small = {n for n, code in codes.items() if is_printed_smaller(code)}
    formats = _child(styles, "cellXfs")
    every = list(enumerate(formats if formats is not None else ()))
    return (
        {str(n) for n, xf in every if xf.get("fontId") in struck},
        {str(n) for n, xf in every if xf.get("numFmtId") in small},
    )


def as_printed_smaller(figure: str) -> str:
    """What is read of a figure that prints smaller than it is stored: a text that is no number."""
    return f"{figure}（显示时被格式缩小）"


def is_printed_smaller(code: str) -> bool:
    """Whether a number format prints a figure in thousands or tenths of what is stored."""
    return _IS_SMALLER.search(_ASIDE.sub("", code.partition(";")[0])) is not None


def _cells(sheet: Any, strings: dict[int, str], struck: set[str], smaller: set[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for place, cell in _placed(sheet):
        value, look = _child(cell, "v"), cell.get("s", "0")
        inline = _child(cell, "is")
        if look in struck and (value is not None or inline is not None):
            found[place] = None
        elif inline is not None and _has_struck_run(inline):
            found[place] = _left(inline).strip() or None
        elif value is not None and cell.get("t") == "s" and int(value.text or -1) in strings:
            found[place] = strings[int(value.text or -1)].strip() or None
        elif value is not None and look in smaller and cell.get("t", "n") == "n" and _is_figure(value.text):
            found[place] = as_printed_smaller(value.text)
    return found


def _placed(sheet: Any) -> Iterator[tuple[str, Any]]:
    """Cells with their addresses; one without its own comes right behind the one before."""
    number = 0
    for row in named(sheet, "row"):
        number, column = int(row.get("r") or number + 1), 0
        for cell in named(row, "c"):
            letters = (cell.get("r") or "").rstrip("0123456789")
            column = column_number(letters) if letters else column + 1
            yield f"{column_letters(column - 1)}{number}", cell


def _is_figure(text: str | None) -> bool:
    return bool(text) and text != "0"
