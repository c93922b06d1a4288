"""What readers of values do not tell: hidden rows, formulas without a stored value, error cells.

Taken from the worksheet's XML with real cell addresses. The usual sheet has none of these, so a search
over the bytes decides first whether a parse is worth it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tasks.terms.readings import Finding

MAX_ROW = 20_000
MAX_COLUMN = 400
"""Beyond any form; readers lay out every cell up to the last one that holds something."""

_WORTH_A_PARSE = re.compile(
    rb'<(?:\w+:)?f[\s>/]|t="e"|hidden="(?:1|true)"|\bht="[0-3](?:\.\d*)?"|\bwidth="0(?:\.\d*)?"'
)
LEAST_HEIGHT, LEAST_WIDTH = 4, 1
"""Points of the lowest row and characters of the narrowest column in which anybody sees a figure."""
_FAR_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_TAIL = 1 << 16


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts of one worksheet; rows and columns count from 0, cells are named as in A1."""

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formulas_without_value: tuple[str, ...] = ()
    error_cells: tuple[str, ...] = ()
    last_row: int = 0
    last_column: int = 0
    broken: bool = False

    def refusal(self) -> list[Finding]:
        """Why the sheet must not be opened, if it must not."""
        if self.broken:
            return [Finding("DAMAGED", "表格内容已损坏，不能打开，请在本机打开检查并另存后重新报送")]
        if self.last_row > MAX_ROW or self.last_column > MAX_COLUMN:
            text = (
                f"表格在第 {self.last_row} 行、第 {self.last_column} 列还有内容，远超填报表范围，"
                "未予打开，请删除多余的行列后重新报送"
            )
            return [Finding("HOSTILE", text)]
        return []


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""A raised digit is a note to the figure before it, never one more digit of it."""


@lru_cache(MAX_COLUMN)
def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    head, tail = divmod(column, 26)
    return (column_letters(head - 1) if head else "") + chr(65 + tail)


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def sheet_facts(data: bytes) -> SheetFacts:
    """The facts of one worksheet part."""
    addresses = {(a, int(b)) for a, b in _FAR_CELL.findall(data)}
    last_row = max((row for _, row in addresses), default=0)
    last_column = max((column_number(a.decode()) for a in {a for a, _ in addresses}), default=0)
    far = last_row > MAX_ROW or last_column > MAX_COLUMN
    if not far and not _WORTH_A_PARSE.search(data):
        return SheetFacts(last_row=last_row, last_column=last_column)
    return _parsed(data)


def _parsed(data: bytes) -> SheetFacts:
    from lxml import etree  # noqa: PLC0415  most sheets never need it, and it is half of the child's start

    walk = _Walk()
    parser = etree.XMLPullParser(("end",), resolve_entities=False, no_network=True, huge_tree=False)
    try:
        for start in range(0, len(data), _TAIL):
            parser.feed(data[start : start + _TAIL])
            for _, element in parser.read_events():
                walk.see(etree.QName(element).localname, element)
    except etree.XMLSyntaxError:
        return SheetFacts(broken=True)
    return walk.facts()


class _Walk:
    """Collects facts while the sheet streams by; rows are dropped once seen."""

    def __init__(self) -> None:
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.slim: set[int] = set()
        self.filled: set[int] = set()
        self.no_value: list[str] = []
        self.errors: list[str] = []
        self.row = 0
        self.last = (0, 0)

    def see(self, tag: str, element: Any) -> None:
        if tag == "col":
            columns = range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), MAX_COLUMN))
            if _true(element.get("hidden")):
                self.hidden_columns += columns
            elif float(element.get("width") or LEAST_WIDTH) < LEAST_WIDTH:
                self.slim |= set(columns)
        elif tag == "row":
            self._see_row(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]

    def _see_row(self, element: Any) -> None:
        self.row = int(element.get("r") or self.row + 1)
        filled = [c for c in element if len(c)]
        for cell in filled:
            self._see_cell(cell)
        low = float(element.get("ht") or LEAST_HEIGHT) < LEAST_HEIGHT
        if filled and (low or _true(element.get("hidden"))):
            self.hidden_rows.append(self.row - 1)

    def _see_cell(self, cell: Any) -> None:
        address = cell.get("r") or ""
        parts = {child.tag.rpartition("}")[2]: child for child in cell}
        value = parts.get("v")
        stored = cell.get("t") == "str" or (value is not None and bool(value.text)) or "is" in parts
        if letters := re.match("[A-Z]+", address):
            self.last = (max(self.last[0], self.row), max(self.last[1], column_number(letters[0])))
            self.filled.add(column_number(letters[0]) - 1)
        if "f" in parts and not stored:
            self.no_value.append(address)
        if cell.get("t") == "e":
            self.errors.append(address)

    def facts(self) -> SheetFacts:
        return SheetFacts(
            tuple(self.hidden_rows),
            tuple(sorted({*self.hidden_columns, *(self.slim & self.filled)})),
            tuple(self.no_value),
            tuple(self.errors),
            *self.last,
        )


def _true(text: str | None) -> bool:
    return text in {"1", "true"}
