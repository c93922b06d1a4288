"""The cells of a register as exported, whatever program wrote it; runs only inside the bounded child."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import python_calamine as calamine

from tasks.mail.charset import decode_text

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
MAX_ROWS = 100_000
MAX_COLUMNS = 200
LONGEST_CELL = 20_000
MAX_CELLS = 8_000_000
_FAULTS = (calamine.CalamineError, csv.Error, OSError, ValueError, KeyError, IndexError)


def read_table(name: str, data: bytes) -> list[list[Any]] | str:
    """Rows of text, numbers, and moments as ``{"at": …}``; or the name of what is wrong with the file."""
    try:
        rows = _sheet(data) if name.lower().endswith(WORKBOOKS) else _lines(data)
        return [[_plain(cell) for cell in row[:MAX_COLUMNS]] for row in islice(rows, MAX_ROWS)]
    except _FAULTS as fault:
        return type(fault).__name__


def _sheet(data: bytes) -> Sequence[Sequence[Any]]:
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise ValueError
    return sheet.to_python(skip_empty_area=False)


def _lines(data: bytes) -> Iterable[Sequence[Any]]:
    text = decode_text(data)
    first = text[:4000]
    delimiter = max(",\t;", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _plain(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"on": cell.isoformat()}
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if cell is None or cell == "" or isinstance(cell, (bool, int, float)):
        return None if cell == "" else cell
    return str(cell)[:LONGEST_CELL]
