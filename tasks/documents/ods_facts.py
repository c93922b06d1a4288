"""What an .ods hides, strikes out, prints smaller or never computed: readers give the stored values only.

Only in the bounded child. OpenDocument 1.3 part 3: rows and columns may be collapsed, cells repeated, and a
cell without a style of its own has its row's or its column's.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tasks.documents.cells import LEAST_HEIGHT, RAISED, SheetFacts, column_letters
from tasks.documents.notes import Notes, of_ods_cell
from tasks.documents.number_format import alters, as_unseen, in_its_format
from tasks.documents.struck import LEAST_SIZE, Cells, hardly_differ
from tasks.documents.xml_root import xml_root

_PAPER = "#ffffff"
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt)")
_POINTS = {"cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pt": 1.0}
_FORMATS = frozenset({"number-style", "percentage-style"})

_MOST_PLACES = 30
"""Decimals any program shows."""

MOST = 10_000
"""Rows or columns one element may stand for; no form has more, and sheets end in a million empty ones."""


@dataclass
class _Looks:
    struck: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    tiny: set[str] = field(default_factory=set)
    low: set[str] = field(default_factory=set)
    inks: dict[str, str] = field(default_factory=dict)
    grounds: dict[str, str] = field(default_factory=dict)

    def is_unseen(self, look: str) -> bool:
        """Whether figures of this look are printed in the colour of their ground, or too small to be seen."""
        ground = self.grounds.get(look, "")
        ground = _PAPER if ground in {"", "transparent"} else ground
        ink = self.inks.get(look, "")
        return look in self.tiny or hardly_differ(ink.removeprefix("#"), ground.removeprefix("#"))


@dataclass
class _Found:
    """One sheet under way."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    shown: Cells = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)


def ods_facts(data: bytes) -> list[tuple[SheetFacts, Cells, Notes]]:
    """Of each sheet in order: what is hidden or wrong, the cells that show something else, and comments."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [xml_root(archive.read(n)) for n in ("styles.xml", "content.xml") if n in archive.namelist()]
    looks = _looks(roots)
    return [_sheet(table, looks) for table in roots[-1].iter() if _name(table) == "table"] if roots else []


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _get(element: Any, name: str) -> str:
    """An attribute by its local name: the standard and the programs differ in the prefix."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _looks(roots: list[Any]) -> _Looks:
    looks = _Looks()
    styles = [e for root in roots for e in root.iter() if _name(e) in {"style", "default-style"}]
    formats = {_get(e, "name"): _code(e) for root in roots for e in root.iter() if _name(e) in _FORMATS}
    for _ in range(2):  # a style may rest on one that comes behind it
        for style in styles:
            name, parent = _get(style, "name"), _get(style, "parent-style-name")
            line = next((r for r in map(_line_through, style) if r is not None), parent in looks.struck)
            (looks.struck.add if line else looks.struck.discard)(name)
            place = _stated(style, "text-position")
            (looks.raised.add if place and not place.startswith("0%") else looks.raised.discard)(name)
            number = _get(style, "data-style-name")
            code = formats.get(number, "") if number else looks.codes.get(parent, "")
            if code and alters(code):
                looks.codes[name] = code
            height = _points(_stated(style, "row-height"))
            (looks.low.add if height < LEAST_HEIGHT else looks.low.discard)(name)
            size = _stated(style, "font-size")
            tiny = _points(size) < LEAST_SIZE if size else parent in looks.tiny
            (looks.tiny.add if tiny else looks.tiny.discard)(name)
            if _get(style, "family") == "table-cell":
                looks.inks[name] = _color(style, "color") or looks.inks.get(parent, "")
                looks.grounds[name] = _color(style, "background-color") or looks.grounds.get(parent, "")
    return looks


def _stated(style: Any, name: str) -> str:
    """What the first properties of a style that say it say of one; empty where none does."""
    return next((said for said in (_get(p, name) for p in style) if said), "")


def _code(style: Any) -> str:
    """A number style (OpenDocument 1.3 part 3, 16.29) as the format code it stands for."""
    return "".join(map(_code_of, style))


def _code_of(part: Any) -> str:
    name = _name(part)
    if name == "text":
        return "%" if (part.text or "").strip() == "%" else f'"{part.text or ""}"'
    if name not in {"number", "scientific-number", "fraction"}:
        return ""
    within = "".join(e.text or "" for e in part if _name(e) == "embedded-text")
    places = min(int(_get(part, "decimal-places") or 0), _MOST_PLACES)
    shrunk = "," if _get(part, "display-factor") not in {"", "1"} else ""
    return ("0" + (f'"{within}"0' if within else "") + ("." + "0" * places if places else "")) + shrunk


def _points(length: str) -> float:
    """A length in points; more than any where none is stated: 0.02cm, 1pt."""
    hit = _LENGTH.fullmatch(length)
    return float(hit[1]) * _POINTS[hit[2]] if hit else float("inf")


def _color(style: Any, name: str) -> str:
    """A colour the properties of a style state; window-font colour is the reader's own, and seen."""
    if name == "color" and any(_get(p, "use-window-font-color") == "true" for p in style):
        return "automatic"
    kind = "text-properties" if name == "color" else "table-cell-properties"
    return next((_get(p, name).lower() for p in style if _name(p) == kind), "")


def _line_through(properties: Any) -> bool | None:
    said = [_get(properties, f"text-line-through-{word}") for word in ("type", "style")]
    return None if not any(said) else "none" not in said


def _sheet(table: Any, looks: _Looks) -> tuple[SheetFacts, Cells, Notes]:
    found = _Found()
    for column in _parts(table, "table-column"):
        again = _times(column, "number-columns-repeated")
        if _get(column, "visibility") in {"collapse", "filter"} or _is_in_hidden(column, table):
            found.hidden_columns += range(len(found.columns), len(found.columns) + min(again, MOST))
        found.columns += [_get(column, "default-cell-style-name")] * min(again, MOST)
    row = 0
    for line in _parts(table, "table-row"):
        again = _times(line, "number-rows-repeated")
        low = _get(line, "style-name") in looks.low and again == 1
        if low or _get(line, "visibility") in {"collapse", "filter"} or _is_in_hidden(line, table):
            found.hidden_rows += range(row, row + min(again, MOST))
        _row(found, line, row, again, looks)
        row += again
    facts = SheetFacts(
        tuple(found.hidden_rows), tuple(found.hidden_columns), tuple(found.uncomputed), tuple(found.errors)
    )
    return facts, found.shown, found.notes


def _parts(table: Any, name: str) -> Iterator[Any]:
    return (e for e in table.iter() if _name(e) == name)


def _is_in_hidden(element: Any, table: Any) -> bool:
    """Whether a group around it is folded up."""
    for group in element.iterancestors():
        if group is table:
            return False
        if _get(group, "display") == "false":
            return True
    return False


def _times(element: Any, name: str) -> int:
    return max(1, int(_get(element, name) or 1))


def _row(found: _Found, line: Any, row: int, again: int, looks: _Looks) -> None:
    column = 0
    for cell in line:
        if _name(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        wide = _times(cell, "number-columns-repeated")
        if len(cell) or _get(cell, "value-type") or _get(cell, "formula"):
            for at in (column, *range(column + 1, min(column + wide, len(found.columns)))):
                usual = found.columns[at] if at < len(found.columns) else ""
                look = _get(cell, "style-name") or _get(line, "default-cell-style-name") or usual
                for below in range(row, row + min(again, MOST)):
                    _cell(found, cell, f"{column_letters(at)}{below + 1}", look, looks)
        column += wide


def _cell(found: _Found, cell: Any, place: str, look: str, looks: _Looks) -> None:
    if note := of_ods_cell(cell):
        found.notes[place] = note
    kinds = [v for k, v in cell.attrib.items() if k.rpartition("}")[2] == "value-type"]
    if "error" in kinds:
        found.errors.append(place)
    elif _get(cell, "formula") and not kinds:
        found.uncomputed.append(place)
    elif look in looks.struck and not _is_relieved(cell, looks):
        found.shown[place] = None
    elif looks.is_unseen(look) and _get(cell, "value") not in {"", "0"}:
        found.shown[place] = as_unseen(_get(cell, "value"))
    elif look in looks.codes and _get(cell, "value") not in {"", "0"}:
        if seen := in_its_format(_get(cell, "value"), looks.codes[look]):
            found.shown[place] = seen
    elif any(_get(e, "style-name") in looks.struck | looks.raised for e in cell.iter() if _name(e) == "span"):
        found.shown[place] = "\n".join(_left(p, looks) for p in cell if _name(p) == "p").strip() or None


def _is_relieved(cell: Any, looks: _Looks) -> bool:
    """Whether every word of a struck cell stands in a span of another look."""
    spans = [e for e in cell.iter() if _name(e) == "span"]
    bare = any((p.text or "").strip() for p in cell if _name(p) == "p")
    return bool(spans) and not bare and not any(_get(s, "style-name") in looks.struck for s in spans)


def _left(paragraph: Any, looks: _Looks) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        look = _get(child, "style-name") if _name(child) == "span" else ""
        inner = "" if look in looks.struck else _left(child, looks)
        parts += [inner.translate(RAISED) if look in looks.raised else inner, child.tail or ""]
    return "".join(parts)
