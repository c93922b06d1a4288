"""Figures an .xlsx shows otherwise than it stores them: struck, raised, small, as per cent, or not at all.

Readers of values give “3542” for a 35 struck through before a 42, and 35800 for what prints as 3.6. As in a
text document what is struck through is left out, and a raised digit stays apart from the figure it is a note
to. A figure printed smaller than stored, in the colour of its ground, or by a format that prints nothing
becomes a text that is no number: nobody can tell what was meant, or whether anybody saw it. Only in the
bounded child.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any

from tasks.documents.cells import RAISED, column_letters, column_number
from tasks.documents.number_format import BUILT_IN, alters, as_unseen, in_its_format
from tasks.documents.xml_root import named, xml_root

_STRIKE = re.compile(rb"<(?:\w+:)?strike(?:\s*/>|>|\s+val=\"(?:1|true)\")")
_RAISED = re.compile(rb'<(?:\w+:)?vertAlign\s+val="superscript"')
_WHITE = re.compile(rb'<(?:\w+:)?color\s[^>]*(?:rgb="(?:FF|00)?(?:F[0-9A-F]){3}"|theme="0")', re.IGNORECASE)
_INKS = re.compile(rb"<(?:\w+:)?color\s([^>]*?)\s*/>")
_GROUNDS = re.compile(rb"<(?:\w+:)?fgColor\s([^>]*?)\s*/>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_BUILT_IN_PERCENT = re.compile(rb'numFmtId="(?:9|10)"')
_PAPER = "FFFFFF"
_CODES = re.compile(rb'formatCode="([^"]*)"')
_TINY = re.compile(rb'<(?:\w+:)?sz\s+val="[0-2](?:\.\d*)?"')
LEAST_SIZE = 3
"""Points of the smallest writing anybody reads."""
_HARDLY = 15
"""Steps of 255 by which two colours must differ for anybody to tell them apart."""
_OFF = frozenset({"0", "false"})

Cells = dict[str, str | None]
"""By cell: the text that is left, None where nothing is."""

Shown = dict[str, Cells]
"""By worksheet part."""


def worth_a_look(name: str, data: bytes) -> bool:
    """Whether a part of a workbook may strike out or shrink any figure."""
    if name == "xl/styles.xml":
        return (_known_styles if len(data) <= _FEW_STYLES else _worth_a_look)(data)
    holds_text = name == "xl/sharedstrings.xml" or name.startswith("xl/worksheets/")
    if not holds_text or not (b"strike" in data or b"vertAlign" in data):
        return False
    return _STRIKE.search(data) is not None or _RAISED.search(data) is not None


def _worth_a_look(styles: bytes) -> bool:
    used = _CELL_FORMATS.search(styles)  # the named style “percent” lies unused in most workbooks
    percent = used is not None and _BUILT_IN_PERCENT.search(used[0]) is not None
    alike = not {*_INKS.findall(styles)}.isdisjoint(_GROUNDS.findall(styles))
    return (
        percent
        or alike
        or any(look.search(styles) for look in (_STRIKE, _WHITE, _TINY))
        or any(alters(unescape(code.decode("utf-8", "replace"))) for code in _CODES.findall(styles))
    )


_FEW_STYLES = 64 << 10
_known_styles = lru_cache(maxsize=16)(_worth_a_look)
"""The offices of one campaign fill in one form, and its styles come again in all they send."""


def shown(data: bytes, parts: list[str]) -> Shown:
    """What the cells of a workbook show where that is not what they store."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        styles = xml_root(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else None
        strings = _strings(archive, names)
        looks = _looks(styles) if styles is not None else _Looks()
        return {p: _cells(xml_root(archive.read(p)), strings, looks) for p in parts if p in names}


def _child(element: Any, name: str) -> Any:
    return next((e for e in element if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name), None)


def _is_struck(properties: Any) -> bool:
    strike = None if properties is None else _child(properties, "strike")
    return strike is not None and strike.get("val") not in _OFF


def _is_raised(properties: Any) -> bool:
    raised = None if properties is None else _child(properties, "vertAlign")
    return raised is not None and raised.get("val") == "superscript"


def _strings(archive: zipfile.ZipFile, names: set[str]) -> dict[int, str]:
    """The shared strings of which a part is struck out or raised, by their number, as they are seen."""
    path = next((n for n in names if n.lower() == "xl/sharedstrings.xml"), "")
    items = named(xml_root(archive.read(path)), "si") if path else []
    return {n: _left(item) for n, item in enumerate(items) if _has_marked_run(item)}


def _has_marked_run(item: Any) -> bool:
    looks = [_child(run, "rPr") for run in named(item, "r")]
    return any(_is_struck(look) or _is_raised(look) for look in looks)


def _left(item: Any) -> str:
    parts = []
    for run in named(item, "r"):
        look, text = _child(run, "rPr"), "".join(each.text or "" for each in named(run, "t"))
        if not _is_struck(look):
            parts.append(text.translate(RAISED) if _is_raised(look) else text)
    return "".join(parts)


@dataclass
class _Looks:
    """The cell formats that strike out, in which nobody sees a figure, or that show it otherwise.

    ``codes`` gives the number format of each of the last.
    """

    struck: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)


def _looks(styles: Any) -> _Looks:
    fonts, fills = _members(styles, "fonts"), _members(styles, "fills")
    struck = {str(n) for n, font in enumerate(fonts) if _is_struck(font)}
    inks = {str(n): _colour(_child(font, "color")) for n, font in enumerate(fonts)}
    grounds = {str(n): _ground(fill) for n, fill in enumerate(fills)}
    own = {f.get("numFmtId"): f.get("formatCode") or "" for f in named(styles, "numFmt")}
    codes = {n: code for n, code in {**BUILT_IN, **own}.items() if alters(code)}
    formats = {str(n): look for n, look in enumerate(_members(styles, "cellXfs"))}
    on_itself = {
        n
        for n, f in formats.items()
        if hardly_differ(inks.get(f.get("fontId"), ""), grounds.get(f.get("fillId", "0"), ""))
    }
    tiny = {str(n) for n, font in enumerate(fonts) if _size(font) < LEAST_SIZE}
    on_itself |= {n for n, f in formats.items() if f.get("fontId") in tiny}
    return _Looks(
        struck={n for n, f in formats.items() if f.get("fontId") in struck},
        unseen=on_itself,
        codes={n: codes[i] for n, f in formats.items() if (i := f.get("numFmtId")) in codes},
    )


def _members(styles: Any, name: str) -> list[Any]:
    held = _child(styles, name)
    return [] if held is None else [e for e in held if isinstance(e.tag, str)]


def _colour(color: Any) -> str:
    """A colour by what the workbook calls it, white by one name; nothing for the reader's own."""
    if color is None or color.get("auto") in {"1", "true"}:
        return ""
    tint = color.get("tint", "0")
    plain = tint in {"0", "0.0"}
    rgb, theme = (color.get("rgb") or "").upper()[-6:], color.get("theme")
    if plain and (theme == "0" or rgb == _PAPER):
        return _PAPER
    return "/".join((rgb, theme or "", color.get("indexed") or "", "" if plain else tint)).strip("/")


def hardly_differ(ink: str, ground: str) -> bool:
    """Whether writing in one colour on the other is seen by nobody; an empty one is not known."""
    if not ink or not ground:
        return False
    try:
        one, other = (bytes.fromhex(colour) for colour in (ink, ground))
    except ValueError:  # a colour of a theme
        return ink == ground
    return max(abs(a - b) for a, b in zip(one, other, strict=False)) <= _HARDLY


def _size(font: Any) -> float:
    size = _child(font, "sz")
    return float(size.get("val") or LEAST_SIZE) if size is not None else LEAST_SIZE


def _ground(fill: Any) -> str:
    """The colour under a cell: the paper's where there is no fill; nothing for a pattern."""
    pattern = _child(fill, "patternFill")
    if pattern is None:
        return ""
    kind = pattern.get("patternType", "none")
    return {"none": _PAPER, "solid": _colour(_child(pattern, "fgColor"))}.get(kind, "")


def _cells(sheet: Any, strings: dict[int, str], looks: _Looks) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for place, cell in _placed(sheet):
        value, look = _child(cell, "v"), cell.get("s", "0")
        inline = _child(cell, "is")
        if look in looks.struck and (value is not None or inline is not None):
            found[place] = None
        elif inline is not None and _has_marked_run(inline):
            found[place] = _left(inline).strip() or None
        elif value is not None and cell.get("t") == "s" and int(value.text or -1) in strings:
            found[place] = strings[int(value.text or -1)].strip() or None
        elif value is not None and cell.get("t", "n") == "n" and _is_figure(value.text):
            if look in looks.unseen:
                found[place] = as_unseen(value.text)
            elif look in looks.codes and (seen := in_its_format(value.text, looks.codes[look])):
                found[place] = seen
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
