"""A workbook of printed sheets: styles, page set-up, and a cursor that writes from the top down."""

import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from tasks.package.words import clean

_BODY, _TITLE = 10.5, 18.0  # points
_FONT = {"font_name": "宋体", "font_size": _BODY, "valign": "vcenter", "text_wrap": True}
_BORDER = {**_FONT, "border": 1}
STYLES: dict[str, dict[str, Any]] = {
    "title": {
        "font_name": "方正小标宋简体",
        "font_size": _TITLE,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "section": {**_FONT, "font_name": "黑体", "font_size": 12, "text_wrap": False},
    "note": {**_FONT, "text_wrap": True},
    "head": {**_BORDER, "font_name": "黑体", "align": "center", "bg_color": "#E7EDF4"},
    "text": {**_BORDER, "align": "left"},
    "number": {**_BORDER, "align": "right", "indent": 1, "num_format": "#,##0.##########"},
    "whole": {**_BORDER, "align": "right", "indent": 1, "num_format": "#,##0"},
    "middle": {**_BORDER, "align": "center", "num_format": "0"},
    "percent": {**_BORDER, "align": "right", "indent": 1, "num_format": "0.0%"},
    "fine percent": {**_BORDER, "align": "right", "indent": 1, "num_format": "0.000%"},
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
_LEAST = 0.0005  # what one decimal of per cent can still show


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, 0 to 1, printed as per cent."""

    value: float

    @property
    def style(self) -> str:
        """More digits where one decimal would print a false 0% or 100%."""
        return "fine percent" if 0 < self.value < _LEAST or 1 - _LEAST < self.value < 1 else "percent"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that stands where a figure would."""

    text: str


Cell = str | float | int | Rate | Mark | None


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names a spreadsheet program takes: 31 characters, none that Excel forbids, no two alike."""
    found: list[str] = []
    for title in titles:
        name = _FORBIDDEN.sub("_", clean(title)).strip("'")[:_LONGEST].strip("'") or "事项"
        # Excel keeps the name History for itself.
        name = f"{name}_" if name.lower() == "history" else name
        found.append(_free(name, {n.lower() for n in found}))
    return found


def _free(name: str, taken: set[str]) -> str:
    count, free = 2, name
    while free.lower() in taken:
        free = f"{name[: _LONGEST - 4]}({count})"
        count += 1
    return free


class Book:
    """A workbook whose bytes depend on nothing but what is written."""

    def __init__(self, *, title: str, author: str, created: datetime, large: bool = False) -> None:
        self._out = io.BytesIO()
        # A large book goes through files row by row: 41,000 rows would take 150 MB of memory otherwise.
        how = {"constant_memory": True} if large else {"in_memory": True}
        self.writer = xlsxwriter.Workbook(self._out, how)
        self.writer.set_properties({"title": title, "author": clean(author), "created": created})
        self._styles = {
            (name, bold): self.writer.add_format({**style, "bold": True} if bold else style)
            for name, style in STYLES.items()
            for bold in (False, True)
        }

    def page(self, name: str, widths: Sequence[float], *, middle: Collection[int] = ()) -> "Page":
        """A new sheet with these column widths; the columns ``middle`` are centred."""
        return Page(self.writer.add_worksheet(name), self._styles, widths, middle)

    def finish(self) -> bytes:
        """The workbook's bytes; nothing more can be written."""
        self.writer.close()
        return self._out.getvalue()


class Page:
    """A sheet written from the top down. ``row`` is the next free row, from 0."""

    def __init__(
        self,
        sheet: Any,
        styles: Mapping[tuple[str, bool], Any],
        widths: Sequence[float],
        middle: Collection[int],
    ) -> None:
        self.sheet = sheet
        self._middle = middle
        self.width = len(widths)
        self.at = 0
        self.rows = 0
        self._styles = styles
        self._widths = list(widths)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self._print_setup()

    def _print_setup(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.set_footer('&C&"宋体"&9第 &P 页　共 &N 页')
        self.sheet.hide_gridlines(2)

    def style(self, name: str, *, bold: bool = False) -> Any:
        """The shared format of that name."""
        return self._styles[name, bold]

    def title(self, text: str) -> None:
        """The sheet's title across its width."""
        self.sheet.set_row(self.at, 32 * _lines(text, sum(self._widths) * _BODY / _TITLE))
        self._across(text, "title")

    def section(self, text: str) -> None:
        """A heading between two tables."""
        self.sheet.set_row(self.at, 24)
        self.sheet.write_string(self.at, 0, clean(text), self.style("section"))
        self.at += 1

    def note(self, text: str) -> None:
        """A line of text across the sheet's width, as tall as it needs."""
        self.sheet.set_row(self.at, 16 * _lines(text, sum(self._widths)))
        self._across(text, "note")

    def notes(self, texts: Sequence[str], otherwise: str) -> None:
        """Numbered lines, or one line when there are none."""
        for count, text in enumerate(texts, 1):
            self.note(f"{count}．{text}")
        if not texts:
            self.note(otherwise)

    def heads(self, titles: Sequence[str], *, repeat: bool = False) -> None:
        """A table's head; ``repeat`` prints it on every page and keeps it in sight."""
        tallest = 1
        for column, title in enumerate(titles):
            text = "\n".join(clean(line) for line in title.split("\n"))
            tallest = max(tallest, sum(_lines(t, self._widths[column]) for t in text.split("\n")))
            self.sheet.write_string(self.at, column, text, self.style("head"))
        self.sheet.set_row(self.at, max(30, 15 * tallest))
        if repeat:
            self.sheet.repeat_rows(self.at)
            self.sheet.freeze_panes(self.at + 1, 2)
        self.at += 1

    def sums(self, label: str, columns: Mapping[int, tuple[str, float | str]]) -> None:
        """A closing row: a label and, by column, a formula with the value it comes to, or a word alone."""
        for column in range(self.width):
            self.sheet.write_blank(self.at, column, None, self.style("text"))
        self.sheet.merge_range(self.at, 0, self.at, 1, "", self.style("middle", bold=True))
        self.sheet.write_string(self.at, 0, label, self.style("middle", bold=True))
        for column, (formula, value) in columns.items():
            if formula:
                self.formula(self.at, column, formula, value)
            else:
                self.write(self.at, column, Mark(str(value)), bold=True)
        self.at += 1

    def formula(self, row: int, column: int, formula: str, value: float | str) -> None:
        """A formula of ours, its value stored beside it for readers that do not recalculate."""
        style = "middle" if isinstance(value, str) else "whole" if value == int(value) else "number"
        self._room(column, value)
        self.sheet.write_formula(row, column, formula, self.style(style, bold=True), value)

    def row(self, cells: Sequence[Cell], *, bold: bool = False) -> None:
        """A table's row, as tall as its longest text needs."""
        tallest = max(
            (_lines(c, w) for c, w in zip(cells, self._widths, strict=False) if isinstance(c, str)), default=1
        )
        self.sheet.set_row(self.at, min(16 * tallest + 4, 400))
        for column, cell in enumerate(cells):
            self.write(self.at, column, cell, bold=bold)
        self._forget(self.at - 1)
        self.at += 1
        self.rows += 1

    def _forget(self, row: int) -> None:
        """In a large book a row goes to its file when the next one begins; kept, its height is 240 bytes."""
        if self.sheet.constant_memory:
            self.sheet.row_info.pop(row, None)
            self.sheet.row_sizes.pop(row, None)

    def write(self, row: int, column: int, cell: Cell, *, bold: bool = False) -> None:
        """One cell: a number as a number, text as text, never a formula."""
        middle = column in self._middle
        if cell is None:
            self.sheet.write_string(row, column, "—", self.style("middle", bold=bold))
        elif isinstance(cell, str):
            style = "middle" if middle else "text"
            self.sheet.write_string(row, column, clean(cell), self.style(style, bold=bold))
        elif isinstance(cell, Mark):
            self.sheet.write_string(row, column, clean(cell.text), self.style("middle", bold=bold))
        elif isinstance(cell, Rate):
            self.sheet.write_number(row, column, cell.value, self.style(cell.style, bold=bold))
        else:
            self._room(column, cell)
            style = "middle" if middle else "whole" if cell == int(cell) else "number"
            self.sheet.write_number(row, column, cell, self.style(style, bold=bold))

    def _room(self, column: int, value: float | str) -> None:
        """Widen the column to the figure: one that does not fit prints as ###, and nobody reads it."""
        need = 0.0 if isinstance(value, str) else _figure_width(value)
        if need > self._widths[column]:
            self._widths[column] = need
            self.sheet.set_column(column, column, need)

    def single(self) -> None:
        """Print the whole sheet on one page."""
        self.sheet.fit_to_pages(1, 1)

    def _across(self, text: str, style: str) -> None:
        self.sheet.merge_range(self.at, 0, self.at, self.width - 1, "", self.style(style))
        self.sheet.write_string(self.at, 0, clean(text), self.style(style))
        self.at += 1


def _figure_width(value: float) -> float:
    """The column width a figure needs as it is printed, in bold and in whatever font stands in for ours."""
    shown = f"{int(value):,}" if value == int(value) else f"{value:,.10f}".rstrip("0")
    return len(shown) * 1.25 + 2


def _lines(text: str, width: float) -> int:
    """How many lines the text takes in a column: a Chinese character is two of its units wide."""
    units = sum(1 if c.isascii() else 2 for c in text)
    return max(1, -(-units // max(1, int(width) - 1)))
