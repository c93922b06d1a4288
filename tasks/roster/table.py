"""The tables of a roster file as lines of text, whatever program saved it: a workbook or delimited text.

What lies in the file counts, not what it is called. The file is the bureau's own, so it is read here and
not in the bounded child, which takes no more rows than a form has.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from tasks.documents.cells import SheetFacts, column_number, sheet_facts
from tasks.documents.sheets import read_workbook
from tasks.terms.errors import Misconfigured
from tasks.terms.readings import Sheet

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8-sig", "gb18030")
UTF16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",\t;，"
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]|\\s*[\r\n]+\\s*")
"""What no one sees in a cell: direction marks, joiners, the line breaks that make it fit."""
SEEN = re.compile('[^\\s,;，"\u200b-\u200f\u202a-\u202e\u2060\ufeff]')
"""What a text file has that is more than lines of empty cells."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CELL = re.compile(r"([A-Z]+)([0-9]+)")

TOP = 10
"""The headings stand within so many lines: a title and a note may stand above them."""

Line = tuple[int, list[str]]
"""A line number as the clerk's program shows it, and the cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one text file.

    Attributes:
        top: the first lines, with the headings among them.
        below: the others, each read as it is asked for, and once: a country's roster is not held twice.
        odd: cells that hold no value though they look as if: (line, column from 0, what is wrong).
    """

    title: str
    top: tuple[Line, ...]
    below: Iterator[Line]
    odd: tuple[tuple[int, int, str], ...] = ()


def tables(data: bytes, name: str) -> list[Table]:
    """Every table of the file that holds anything.

    Raises:
        Misconfigured: it is no table; as its lines are read, a text file holds what no one can have typed.
    """
    if data.startswith((ZIP, OLE)):
        return [_of_sheet(sheet) for sheet in _sheets(data, name) if sheet.rows]
    text = _decoded(data, name)
    return [_table("", _typed(text, name))] if SEEN.search(text) else []


def _table(title: str, lines: Iterable[Line], odd: Iterable[tuple[int, int, str]] = ()) -> Table:
    below = iter(lines)
    return Table(title, tuple(islice(below, TOP)), below, tuple(odd))


def _typed(text: str, name: str) -> Iterator[Line]:
    for number, cells in _delimited(text):
        if any(map(CONTROL.search, cells)):
            raise Misconfigured(f"{name} 第 {number} 行：含有看不见的控制字符，请删去")
        yield number, cells


def _sheets(data: bytes, name: str) -> Sequence[Sheet]:
    try:
        if data.startswith(OLE):
            return read_workbook(data, "xls", {})
        return read_workbook(data, "xlsx", _facts(data))
    except Exception:  # noqa: BLE001  readers of damaged files fail in every way there is
        raise Misconfigured(f"{name}：工作簿打不开，请用表格软件打开检查并另存为 .xlsx") from None


def _facts(data: bytes) -> dict[str, SheetFacts]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        return {part: sheet_facts(archive.read(part)) for part in parts}


def _of_sheet(sheet: Sheet) -> Table:
    rows = [list(map(_text, row)) for row in sheet.rows]
    for first_row, first, last_row, last in sheet.merged:
        shown = _cell(rows, first_row, first)
        for row in rows[first_row : last_row + 1]:
            row.extend([""] * (last + 1 - len(row)))
            row[first : last + 1] = [shown] * (last + 1 - first)
    return _table(sheet.name, enumerate(rows, start=1), _odd(sheet))


def _cell(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _odd(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for address in sheet.formulas_without_value:
        yield (*_place(address), f"{address} 是公式，文件里没有存下结果，请改成文字")
    for address in sheet.error_cells:
        yield (*_place(address), f"{address} 是错误值，请改正")


def _place(address: str) -> tuple[int, int]:
    found = CELL.fullmatch(address)
    return (int(found[2]), column_number(found[1]) - 1) if found else (0, 0)


def _text(value: object) -> str:
    """A cell as text; a code typed as a number keeps its digits, a date its ISO form."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else plain(str(value))


def plain(text: str) -> str:
    """A cell without what no one sees."""
    return UNSEEN.sub("", text).strip()


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-16",) if data.startswith(UTF16) else ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Misconfigured(f"{name}：不是表格文件，请另存为 .xlsx 或 UTF-8 编码的 .csv")


def _delimited(text: str) -> Iterator[Line]:
    """Lines by the delimiter that the first of them with any has most; commas when none has one."""
    source = io.StringIO(text, newline="")
    heads = ([head.count(each) for each in DELIMITERS] for head in source)
    counts = next((counts for counts in heads if any(counts)), [1])
    source.seek(0)
    reader = csv.reader(source, delimiter=DELIMITERS[counts.index(max(counts))])
    start = 1
    for cells in reader:
        yield start, [plain(cell) for cell in cells]
        start = reader.line_num + 1
