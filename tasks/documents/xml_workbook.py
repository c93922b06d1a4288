"""The tables of an “XML 表格 2003”, which many reporting systems save under the name .xls; only in the child.

Its form is published (SpreadsheetML of Office 2003). What is struck through is left out, and what prints
smaller than it is stored becomes a text that is no number, as in ``struck.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tasks.documents.cells import column_letters
from tasks.documents.number_format import alters, in_its_format
from tasks.documents.sheets import TooLarge, laid_out
from tasks.documents.xml_root import xml_root
from tasks.terms.readings import Content, Sheet

LONGEST = 8 << 20
MAX_PLACES = 400_000
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_STRUCK = frozenset({"S", "Del", "Strike"})
_NAMED = {"Percent": "0.00%", "Long Date": "", "Short Date": "", "Medium Date": "", "General Date": "",
          "Long Time": "", "Medium Time": "", "Short Time": "", "Yes/No": '"Yes";"Yes";"No"',
          "True/False": "", "On/Off": '"On";"On";"Off"', "Currency": "", "Euro Currency": "", "Fixed": "",
          "Standard": "", "Scientific": "", "General Number": ""}  # fmt: skip
"""Formats SpreadsheetML calls by name, and what they print; empty for those that change no figure."""


@dataclass
class _Page:
    """One worksheet under way."""

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)


def read_xml(data: bytes) -> Content:
    """Every worksheet, hidden ones included.

    Raises:
        SyntaxError, ValueError: it is no well-formed XML, or no workbook.
        TooLarge: more than any form.
    """
    if len(data) > LONGEST:
        raise TooLarge
    root = xml_root(data)
    if root.tag != f"{_SS}Workbook":
        raise ValueError
    struck, codes = _looks(root)
    return Content("xml", tuple(_sheet(s, struck, codes) for s in root.iter(f"{_SS}Worksheet")))


def _looks(root: Any) -> tuple[set[str], dict[str, str]]:
    """The styles that strike out, and the format of those that show a figure otherwise.

    A style may rest on another.
    """
    struck: set[str] = set()
    codes: dict[str, str] = {}
    for style in root.iter(f"{_SS}Style"):
        name, parent = style.get(f"{_SS}ID") or "", style.get(f"{_SS}Parent") or "Default"
        font, form = style.find(f"{_SS}Font"), style.find(f"{_SS}NumberFormat")
        said = font.get(f"{_SS}StrikeThrough") if font is not None else None
        if said == "1" or (said is None and parent in struck):
            struck.add(name)
        code = codes.get(parent, "") if form is None else form.get(f"{_SS}Format") or ""
        code = _NAMED.get(code, code)
        if code and alters(code):
            codes[name] = code
    return struck, codes


def _sheet(element: Any, struck: set[str], codes: dict[str, str]) -> Sheet:
    page, table = _Page(), element.find(f"{_SS}Table")
    row = -1
    for line in table.iterchildren(f"{_SS}Row") if table is not None else ():
        row = _index(line, row)
        again = int(line.get(f"{_SS}Span") or 0)
        if line.get(f"{_SS}Hidden") == "1":
            page.hidden_rows += range(row, row + again + 1)
        _read_row(page, line, row, struck, codes)
        row += again
    visible = next((e.text for e in element.iter() if _is_visibility(e)), "SheetVisible")
    return Sheet(
        name=element.get(f"{_SS}Name") or "表",
        rows=laid_out(page.cells, MAX_PLACES),
        visible=visible == "SheetVisible",
        merged=tuple(page.merged),
        hidden_rows=tuple(page.hidden_rows),
        hidden_columns=tuple(_hidden_columns(table)) if table is not None else (),
        formulas_without_value=tuple(page.uncomputed),
        error_cells=tuple(page.errors),
    )


def _is_visibility(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("excel}Visible")


def _index(element: Any, before: int) -> int:
    """The place of a row or cell from 0: its own number, or the next one."""
    said = element.get(f"{_SS}Index")
    return int(said) - 1 if said else before + 1


def _read_row(page: _Page, line: Any, row: int, struck: set[str], codes: dict[str, str]) -> None:
    column = -1
    for cell in line.iterchildren(f"{_SS}Cell"):
        column = _index(cell, column)
        across, down = (int(cell.get(f"{_SS}{name}") or 0) for name in ("MergeAcross", "MergeDown"))
        look = cell.get(f"{_SS}StyleID") or line.get(f"{_SS}StyleID") or "Default"
        if row < 0 or column < 0 or (row + 1) * (column + 1) > MAX_PLACES:
            raise TooLarge
        if any(r <= row <= d and c <= column <= e for r, c, d, e in page.merged):
            raise ValueError  # a cell under another one: nobody knows where the writer meant it to stand
        page.cells[row, column] = _value(
            page, cell, f"{column_letters(column)}{row + 1}", look in struck, codes.get(look, "")
        )
        if across or down:
            page.merged.append((row, column, row + down, column + across))
        column += across


def _value(page: _Page, cell: Any, place: str, struck: bool, code: str) -> Any:
    data = cell.find(f"{_SS}Data")
    text = "".join(_left(data)).strip() if data is not None and not struck else ""
    kind = data.get(f"{_SS}Type") if data is not None else ""
    if kind == "Error":
        page.errors.append(place)
        return text or None
    if not text:
        page.uncomputed += [place] if cell.get(f"{_SS}Formula") and not struck else []
        return None
    if kind == "Number" and code and text != "0" and (seen := in_its_format(text, code)):
        return seen
    if kind == "Number":
        return float(text)
    return text[:10] if kind == "DateTime" else text


def _left(data: Any) -> Iterator[str]:
    """The text that is not struck through."""
    if data.tag.rpartition("}")[2] not in _STRUCK:
        yield data.text or ""
        for child in data:
            yield from _left(child)
            yield child.tail or ""


def _hidden_columns(table: Any) -> Iterator[int]:
    column = -1
    for each in table.iterchildren(f"{_SS}Column"):
        column = _index(each, column)
        again = min(int(each.get(f"{_SS}Span") or 0), 1000)
        if each.get(f"{_SS}Hidden") == "1":
            yield from range(column, column + again + 1)
        column += again
