"""Papers as offices make them: workbooks, Word files, plain text, built in memory."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
import openpyxl

from tests.documents import hostile

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Paper:
    """One document with one quirk, and what a careful clerk would say of it.

    Attributes:
        quirk: its name; unit: whose it is for certain, or None.
        values: the figures that are certain; every other must stay unknown.
        codes: the findings, each once.
    """

    quirk: str
    filename: str
    data: bytes
    unit: str | None
    values: dict[str, float] = field(default_factory=dict)
    codes: tuple[str, ...] = ()


def book(rows: Rows, *, merged: Sequence[str] = (), hidden: Sequence[int] = (), more: Rows = ()) -> bytes:
    """An .xlsx; text that begins with = is a formula nobody computed."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "统计表"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    if more:
        second = made.create_sheet("Sheet2")
        for row in more:
            second.append(list(row))
    return _saved(made)


def word(*paragraphs: str, table: Rows = (), struck: str = "") -> bytes:
    """A .docx of paragraphs and, below them, a table; ``struck`` is struck through at the end."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if struck:
        made.paragraphs[-1].add_run(struck).font.strike = True
    if table:
        grid = made.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, value in enumerate(cells):
                grid.cell(row, column).text = "" if value is None else str(value)
    return _saved(made)


def ofd(*lines: str) -> bytes:
    """An .ofd with one page of lines."""
    codes = "".join(f"<ofd:TextCode>{line}</ofd:TextCode>" for line in lines)
    return hostile.pack({"OFD.xml": "<ofd:OFD/>", "Doc_0/Pages/Page_0/Content.xml": f"<p>{codes}</p>"})


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
