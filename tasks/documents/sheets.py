"""Workbooks and delimited text into ``Sheet`` records; runs only inside the bounded child."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import python_calamine as calamine

from tasks.documents import notes, struck
from tasks.documents.cells import SheetFacts, column_number
from tasks.documents.xml_root import named, xml_root
from tasks.terms.readings import Sheet

MAX_CELLS = 4_000_000
MAX_MERGED = 500_000
MAX_CSV_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a sheet's values: what is hidden or wrong, what cells show instead, comments."""

    facts: SheetFacts = field(default_factory=SheetFacts)
    shown: struck.Cells = field(default_factory=dict)
    comments: notes.Notes = field(default_factory=dict)


class TooLarge(Exception):
    """More cells than any form has."""


def read_workbook(
    data: bytes, kind: str, facts: dict[str, SheetFacts], *, strange: bool = False
) -> tuple[Sheet, ...]:
    """Every worksheet of a workbook, hidden ones included, with cells at their real addresses.

    Raises:
        calamine.CalamineError: the file is damaged; calamine.PasswordError: it is encrypted.
        TooLarge: a sheet spans more cells than any form.
    """
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    beside = _beside(data, kind, facts, strange=strange)
    found: list[Sheet] = []
    worksheets = [m for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet]
    for number, meta in enumerate(worksheets):
        known = beside.get(meta.name) or beside.get(number) or _Beside()
        sheet = _sheet(book, meta, known.facts)
        looks = known.shown | _doubted(sheet, known)
        found.append(_as_shown(sheet, looks) if looks else sheet)
    return tuple(found)


def _doubted(sheet: Sheet, known: _Beside) -> struck.Cells:
    """Figures on which a comment hangs that gives another or doubts them, with its words."""
    found: struck.Cells = {}
    for place, note in known.comments.items():
        row, column = _at(place)
        cells = sheet.rows[row] if 0 <= row < len(sheet.rows) else ()
        cell = known.shown.get(place, cells[column] if 0 <= column < len(cells) else None)
        figure = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
        if figure[:1].isdigit() and (said := notes.doubting(note)):
            found[place] = f"{figure}（批注：{said}）"
    return found


def _at(place: str) -> tuple[int, int]:
    letters = place.rstrip("0123456789")
    return int(place[len(letters) :] or 0) - 1, column_number(letters) - 1


def _as_shown(sheet: Sheet, shown: struck.Cells) -> Sheet:
    """With what the cells show where it is not what they store."""
    rows = [list(row) for row in sheet.rows]
    for place, text in shown.items():
        row, column = _at(place)
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            rows[row][column] = text
    return replace(sheet, rows=trimmed(rows))


def _beside(data: bytes, kind: str, facts: dict[str, SheetFacts], *, strange: bool) -> dict[Any, _Beside]:
    """By a sheet's name (.xlsx) or its position (.xls and .ods)."""
    if kind == "xlsx":
        return _beside_by_name(data, facts, strange=strange)
    if kind == "xls":
        from tasks.documents import ole, xls_looks  # noqa: PLC0415  rare, and olefile costs each start 30 ms

        records = list(ole.workbook_records(data))
        looks, comments = dict(enumerate(xls_looks.shown(records))), dict(enumerate(notes.of_xls(records)))
        hidden = enumerate(ole.sheet_facts(records))
        return {n: _Beside(own, looks.get(n, {}), comments.get(n, {})) for n, own in hidden}
    if kind == "ods":
        from tasks.documents.ods_facts import ods_facts  # noqa: PLC0415  brings lxml, which few sheets need

        return {n: _Beside(*each) for n, each in enumerate(ods_facts(data))}
    return {}


def _beside_by_name(data: bytes, facts: dict[str, SheetFacts], *, strange: bool) -> dict[Any, _Beside]:
    told = any(f.hidden_rows or f.hidden_columns or f.formulas_without_value or f.error_cells
               for f in facts.values())  # fmt: skip
    paths = _paths_by_name(data) if strange or told else {}
    parts = sorted(set(paths.values())) if strange else []
    looks, comments = (struck.shown(data, parts), notes.of_xlsx(data, parts)) if strange else ({}, {})
    return {
        name: _Beside(facts.get(path, SheetFacts()), looks.get(path, {}), comments.get(path, {}))
        for name, path in paths.items()
    }


def _paths_by_name(data: bytes) -> dict[str, str]:
    """The part of each worksheet, by the sheet's name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = xml_root(archive.read("xl/workbook.xml"))
        relations = xml_root(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target", "").lstrip("/") for r in named(relations, "Relationship")}
    found: dict[str, str] = {}
    for sheet in named(book, "sheet"):
        relation = next((v for k, v in sheet.items() if k.endswith("}id")), "")
        target = targets.get(relation, "")
        found[sheet.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, facts: SheetFacts) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise TooLarge
    merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    return Sheet(
        name=meta.name,
        rows=trimmed(sheet.to_python(skip_empty_area=False)),
        visible=meta.visible == calamine.SheetVisibleEnum.Visible,
        merged=merged,
        hidden_rows=facts.hidden_rows,
        hidden_columns=facts.hidden_columns,
        formulas_without_value=facts.formulas_without_value,
        error_cells=facts.error_cells,
    )


def is_vast(sheet: Sheet) -> bool:
    """Whether a sheet spans more cells than any form, or its merges do.

    Who looks for labels goes over the empty cells, too, and over all cells of every merge.
    """
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    merged = (
        max(min(bottom, height) - top + 1, 0) * max(min(right, width) - left + 1, 0)
        for top, left, bottom, right in sheet.merged
    )
    return height * width > MAX_CELLS or sum(merged) > MAX_MERGED


def trimmed(rows: Sequence[Sequence[Any]]) -> tuple[tuple[Any, ...], ...]:
    """Rows without empty cells at their ends and without empty rows at the end; blanks become None."""
    kept = [_trimmed_row(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def laid_out(cells: Mapping[tuple[int, int], Any], most: int) -> tuple[tuple[Any, ...], ...]:
    """Rows of cells known by (row, column).

    Raises:
        TooLarge: they span more than ``most`` places.
    """
    height = max((row for row, _ in cells), default=-1) + 1
    width = max((column for _, column in cells), default=-1) + 1
    if height * width > most:
        raise TooLarge
    return trimmed([[cells.get((row, column)) for column in range(width)] for row in range(height)])


def _trimmed_row(row: Sequence[Any]) -> tuple[Any, ...]:
    cells = [_plain(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if cell is None or isinstance(cell, (bool, int, float, dt.date, dt.datetime)):
        return cell
    return str(cell)  # times and spans of time are no figures


def read_csv(text: str) -> Sheet:
    """Delimited text as one sheet; values stay text.

    Raises:
        TooLarge: more rows than any form.
    """
    delimiter = _delimiter(text) or ","
    rows = [
        [_KEPT_TEXT.sub(r"\1", c) for c in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)
    ]
    if len(rows) > MAX_CSV_ROWS:
        raise TooLarge
    return Sheet(name="Sheet1", rows=trimmed(rows))


_KEPT_TEXT = re.compile(r'^="([^"=]*)"$')
"""How a spreadsheet is kept from turning a text into a number or a date."""
_FIGURE = re.compile(r"^[0-9][0-9.]*$")
_LEAST_COLUMNS, _LONGEST_CELL = 3, 30


def overlong_rows(sheet: Sheet) -> list[int]:
    """Rows of figures with more cells than the header above them: a comma within a number parts it in two."""
    widths: list[int] = []
    found = []
    for number, row in enumerate(sheet.rows, 1):
        cells = [c for c in row if c]
        if any(len(c) > _LONGEST_CELL for c in cells):
            continue
        if any(_FIGURE.match(c.strip()) for c in cells):
            found += [number] if widths and len(row) > max(widths) else []
        elif len(cells) >= _LEAST_COLUMNS:
            widths.append(len(row))
    return found


def looks_delimited(text: str) -> bool:
    """Whether plain text is really a table: most lines have the same delimiter, and there are some."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    delimiter = _delimiter(text)
    return (
        len(lines) > 1
        and delimiter is not None
        and (sum(delimiter in line for line in lines) >= 0.8 * len(lines))
    )


def _delimiter(text: str) -> str | None:
    head = text[:4000]
    best = max("\t,;", key=head.count)
    return best if head.count(best) else None
