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
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from tasks.documents.cells import RAISED, column_letters, column_number
from tasks.documents.xml_root import named, xml_root

_STRIKE = re.compile(rb"<(?:\w+:)?strike(?:\s*/>|>|\s+val=\"(?:1|true)\")")
_SMALLER = re.compile(rb'formatCode="[^"]*[0#?](?:,+(?![0#?])|(?:!|\\\\)\.)')
_RAISED = re.compile(rb'<(?:\w+:)?vertAlign\s+val="superscript"')
_WHITE = re.compile(rb'<(?:\w+:)?color\s[^>]*(?:rgb="(?:FF|00)?FFFFFF"|theme="0")', re.IGNORECASE)
_INKS = re.compile(rb"<(?:\w+:)?color\s([^>]*?)\s*/>")
_GROUNDS = re.compile(rb"<(?:\w+:)?fgColor\s([^>]*?)\s*/>")
_NOTHING = re.compile(rb'formatCode="(?:\[[^\]]*\])*;')
_PRINTS_NOTHING = re.compile(r"(?:\[[^\]]*\])*;")
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.')
_IS_SMALLER = re.compile(r"[0#?](?:,+(?![0#?])|(?:!|\\)\.)")
_PERCENT = re.compile(rb'formatCode="[^"]*%')
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
PERCENT = {9: 0, 10: 2}
"""The built-in number formats 0% and 0.00% (ECMA-376 18.8.30) and the decimals they show."""
_BUILT_IN_PERCENT = re.compile(rb'numFmtId="(?:9|10)"')
_PERCENT_PLACES = re.compile(r"(?:\.([0#?]+))?\s*%")
_PAPER = "FFFFFF"
_LARGE = re.compile('formatCode="[^"]*[万亿]'.encode())
_LARGE_WORD = re.compile(r'[0#?]\s*["\\]?([万亿][\u4e00-\u9fff]{0,3})"?\s*$')
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
    looks = (_STRIKE, _SMALLER, _WHITE, _NOTHING, _PERCENT, _LARGE)
    return percent or alike or any(look.search(styles) for look in looks)


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
    """The cell formats that strike out, print a figure smaller, in which nobody sees it, or as per cent.

    ``percent`` gives the decimals each shows, ``large`` the word 万 or 亿元 each prints behind a figure.
    """

    struck: set[str] = field(default_factory=set)
    smaller: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    percent: dict[str, int] = field(default_factory=dict)
    large: dict[str, str] = field(default_factory=dict)


def _looks(styles: Any) -> _Looks:
    fonts, fills = _members(styles, "fonts"), _members(styles, "fills")
    struck = {str(n) for n, font in enumerate(fonts) if _is_struck(font)}
    inks = {str(n): _colour(_child(font, "color")) for n, font in enumerate(fonts)}
    grounds = {str(n): _ground(fill) for n, fill in enumerate(fills)}
    codes = {f.get("numFmtId"): f.get("formatCode") or "" for f in named(styles, "numFmt")}
    small = {n for n, code in codes.items() if is_printed_smaller(code)}
    places = {n: p for n, code in codes.items() if (p := percent_places(code)) is not None}
    shares = {**{str(n): shown for n, shown in PERCENT.items()}, **places}
    large = {n: word for n, code in codes.items() if (word := large_word(code))}
    nothing = {n for n, code in codes.items() if _PRINTS_NOTHING.match(code)}
    formats = {str(n): look for n, look in enumerate(_members(styles, "cellXfs"))}
    on_itself = {
        n
        for n, f in formats.items()
        if (ink := inks.get(f.get("fontId"), "")) and ink == grounds.get(f.get("fillId", "0"))
    }
    return _Looks(
        struck={n for n, f in formats.items() if f.get("fontId") in struck},
        smaller={n for n, f in formats.items() if f.get("numFmtId") in small},
        unseen=on_itself | {n for n, f in formats.items() if f.get("numFmtId") in nothing},
        large={n: large[i] for n, f in formats.items() if (i := f.get("numFmtId")) in large},
        percent={n: shares[i] for n, f in formats.items() if (i := f.get("numFmtId")) in shares},
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


def _ground(fill: Any) -> str:
    """The colour under a cell: the paper's where there is no fill; nothing for a pattern."""
    pattern = _child(fill, "patternFill")
    if pattern is None:
        return ""
    kind = pattern.get("patternType", "none")
    return {"none": _PAPER, "solid": _colour(_child(pattern, "fgColor"))}.get(kind, "")


def as_printed_smaller(figure: str) -> str:
    """What is read of a figure that prints smaller than it is stored: a text that is no number."""
    return f"{figure}（显示时被格式缩小）"


def as_unseen(figure: str) -> str:
    """What is read of a figure nobody sees: a text that is no number."""
    return f"{figure}（字色或格式使其看不见）"


def is_printed_smaller(code: str) -> bool:
    """Whether a number format prints a figure in thousands or tenths of what is stored."""
    return _IS_SMALLER.search(_ASIDE.sub("", code.partition(";")[0])) is not None


def large_word(code: str) -> str:
    """The word 万 or 亿元 a number format prints behind figures it leaves as they are: 3 shows as 3万."""
    hit = _LARGE_WORD.search(code.partition(";")[0])
    return hit[1] if hit and not is_printed_smaller(code) else ""


def percent_places(code: str) -> int | None:
    """How many decimals of a percentage a number format shows; None where it shows none."""
    found = _PERCENT_PLACES.search(_ASIDE.sub("", code.partition(";")[0]))
    return None if found is None else len(found[1] or "")


def as_percent(figure: str, places: int) -> str:
    """What is read of 0.9615 that shows as 96.15%: just that, so 95 that shows as 9500% is not 95."""
    try:
        share = Decimal(figure).scaleb(2)
        return f"{share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}%"
    except ArithmeticError:  # too large a number, or none, or more decimals than anyone reads
        return f"{figure}（显示为百分数）"


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
            elif look in looks.smaller:
                found[place] = as_printed_smaller(value.text)
            elif look in looks.large:
                found[place] = value.text + looks.large[look]
            elif look in looks.percent:
                found[place] = as_percent(value.text, looks.percent[look])
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
