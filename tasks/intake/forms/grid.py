"""A worksheet to look things up in: values, labels spread over merged cells, real addresses."""

import re
from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any

from tasks.documents.cells import column_letters
from tasks.intake.words.numbers import Number, is_measure, is_scaled, read_number
from tasks.terms.readings import Sheet
from tasks.terms.text import fold, remembered

_MEASURE = r"(?:[场户人篇]?次|[场户人家名位个篇张条件份期]|小时)?"
_NUMBERISH = re.compile(
    r"^(?:约|近|超|共|达|不足|不少于|大约|[<>≥≤])*"
    rf"(?:[0-9][0-9,.]*[万千百亿]?|[一二三四五六七八九十两几数百千万]+)(?:多|余|来|几|%|\+)*{_MEASURE}"
    rf"(?:[-~—至到、/][0-9一二三四五六七八九十]+[万千百亿]?{_MEASURE})?(?:左右|以上|以内|以下|多|余)?$"
)
_FILLERS = frozenset({"若干", "无", "-", "--", "/", "—", "——", "未统计", "不详"})
_LONGEST_NUMBER = 12
MAX_ROWS = 20_000


class Grid:
    """One worksheet; rows and columns count from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = min(len(sheet.rows), MAX_ROWS)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._no_value = frozenset(sheet.formulas_without_value)
        self._errors = frozenset(sheet.error_cells)
        self._headers: dict[int, bool] = {}
        self._labels: dict[int, list[str]] = {}
        self._seen: dict[int, list[str]] = {}
        self._as_wide: dict[tuple[int, int, int], bool] = {}

    def raw(self, row: int, column: int) -> Any:
        """The cell's own value, None where empty."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    @cached_property
    def _texts(self) -> list[list[str]]:
        rows = self.sheet.rows[: self.height]
        return [[fold(cell) if isinstance(cell, str) else "" for cell in row] for row in rows]

    def text(self, row: int, column: int) -> str:
        """The cell's own text without spaces, empty for anything but text."""
        cells = self._texts[row]
        return cells[column] if column < len(cells) else ""

    def words(self, row: int) -> list[tuple[int, str]]:
        """The columns of a row in which a text stands, with it."""
        return [(column, text) for column, text in enumerate(self._texts[row]) if text]

    @cached_property
    def _merges(self) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        found = {}
        for top, left, bottom, right in self.sheet.merged:
            for row in range(top, min(bottom, self.height - 1) + 1):
                for column in range(left, min(right, self.width - 1) + 1):
                    found[row, column] = (top, left, bottom, right)
        return found

    def merge(self, row: int, column: int) -> tuple[int, int, int, int]:
        """The merged range a cell lies in; itself when it is not merged."""
        return self._merges.get((row, column), (row, column, row, column))

    @cached_property
    def _widths(self) -> dict[int, dict[tuple[int, int], int]]:
        """By column, from where to where cells with figures in it reach, and the last row one does."""
        found: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
        for row in range(self.height):
            for column in range(len(self.sheet.rows[row])):
                if self.numberish(row, column):
                    _, left, _, right = self.merge(row, column)
                    if found[column].get((left, right)) == row:
                        continue  # a figure of the same wide cell
                    for each in range(left, min(right + 1, self.width)):
                        found[each][left, right] = row
        return found

    def is_rest(self, row: int, column: int) -> bool:
        """Whether a column is no more than the rest of a wide header cell: all figures below are as wide."""
        _, left, _, right = self.merge(row, column)
        return column != left and self._all_as_wide(row, left, right)

    def _all_as_wide(self, row: int, left: int, right: int) -> bool:
        if (row, left, right) not in self._as_wide:
            columns = range(left, min(right + 1, self.width))
            below = (width for c in columns for width, last in self._widths[c].items() if last > row)
            self._as_wide[row, left, right] = all(width == (left, right) for width in below)
        return self._as_wide[row, left, right]

    def label(self, row: int, column: int) -> str:
        """The text seen at a cell: a merged cell's text stands in all of its range."""
        texts = self.seen(row)
        return texts[column] if column < len(texts) else ""

    def seen(self, row: int) -> list[str]:
        """The texts seen in a row, column by column; a merged cell's text stands in all of its range."""
        if row not in self._seen:
            own = self._texts[row]
            self._seen[row] = texts = own + [""] * (self.width - len(own))
            for column, text in self._spread[row]:
                texts[column] = text
        return self._seen[row]

    @cached_property
    def _spread(self) -> dict[int, list[tuple[int, str]]]:
        """By row, the columns that lie in a merged cell, with its text."""
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), (top, left, _, _) in self._merges.items():
            found[row].append((column, self.text(top, left)))
        return found

    def address(self, row: int, column: int) -> str:
        """The cell as people name it: 统计表!C7."""
        return address(self.sheet, row, column)

    def number(self, row: int, column: int, units: frozenset[str] = frozenset()) -> Number:
        """The cell as a number; a formula nobody computed and an error are no blanks."""
        if self._no_value or self._errors:
            place = f"{column_letters(column)}{row + 1}"
            if place in self._no_value:
                return Number(None, "FORMULA_NO_CACHE")
            if place in self._errors:
                return Number(None, "ERROR_CELL")
        return read_number(self.raw(row, column), units)

    def numberish(self, row: int, column: int) -> bool:
        """Whether a cell is a figure, or was meant as one (约30)."""
        value = self.raw(row, column)
        if isinstance(value, str):
            return is_numberish(value)
        if isinstance(value, (int, float, date)):
            return True
        if not (self._no_value or self._errors):
            return False
        return self.number(row, column).problem in {"FORMULA_NO_CACHE", "ERROR_CELL"}

    def hidden(self, row: int, column: int) -> bool:
        """Whether the reader of the sheet does not see the cell."""
        return row in self.sheet.hidden_rows or column in self.sheet.hidden_columns

    def is_header(self, row: int) -> bool:
        """Whether a row is all words: nothing in it is a figure."""
        if row not in self._headers:
            width = self.width if self._no_value or self._errors else len(self._texts[row])
            self._headers[row] = any(self._texts[row]) and not any(
                self.numberish(row, c) for c in range(width)
            )
        return self._headers[row]

    def labels(self, row: int) -> list[str]:
        """The distinct texts seen in a row, from left to right."""
        if row not in self._labels:
            self._labels[row] = list(dict.fromkeys(filter(None, self.seen(row))))
        return self._labels[row]


def address(sheet: Sheet, row: int, column: int) -> str:
    """A cell as people name it: 统计表!C7."""
    return f"{sheet.name}!{column_letters(column)}{row + 1}"


@remembered
def is_numberish(text: str) -> bool:
    """Whether a text is a figure, or was meant as one."""
    plain = fold(text)
    if is_scaled(plain) and is_measure(plain[1:]):
        return False  # 万人次 alone is what a column counts in
    if read_number(text).problem != "VAGUE":
        return True
    return plain in _FILLERS or (len(plain) <= _LONGEST_NUMBER and _NUMBERISH.match(plain) is not None)
