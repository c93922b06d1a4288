"""What Excel writes as r="A1" other programs write as r='A1' or r = "A1": the same XML, read the same."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

from tasks.documents.reader import read_contents
from tests.documents import hostile

WRITTEN = {"quoted once": "'{}'", "with space": ' "{}"'}


def struck() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["走访", 35])
    book.active["B1"].font = Font(strike=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def scaled() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["金额", 35800])
    book.active["B1"].number_format = '0.0,"千"'
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


CASES = {
    "a hidden row": lambda: hostile.xlsx('<row r="1" hidden="1"><c r="A1"><v>7</v></c></row>'),
    "an error": lambda: hostile.xlsx('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'),
    "a formula nobody computed": lambda: hostile.xlsx('<row r="1"><c r="A1"><f>1+1</f></c></row>'),
    "a cell at the far corner": hostile.far_cell,
    "a struck figure": struck,
    "a figure shown in thousands": scaled,
    "a link to a web address": lambda: hostile.external_book("http://evil.example/a.xlsx"),
}


def rewritten(data: bytes, quote: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as copy:
        for member in book.infolist():
            copy.writestr(member, other_quotes(book.read(member), quote))
    return out.getvalue()


def other_quotes(xml: bytes, quote: str) -> bytes:
    head, mark, body = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"", b"", xml)
    text = body.decode()
    pieces, inside = [], False
    for piece in text.split('="'):
        if inside:
            value, _, rest = piece.partition('"')
            pieces.append("=" + quote.format(value) + rest)
        else:
            pieces.append(piece)
        inside = True
    return head + mark + "".join(pieces).encode()


@pytest.mark.parametrize("quote", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("what", CASES)
def test_it_is_read_the_same_however_its_attributes_are_quoted(what, quote):
    data = CASES[what]()
    other = rewritten(data, quote)
    assert other != data
    plain, quoted = read_contents([("表.xlsx", data), ("表.xlsx", other)])
    assert quoted.findings == plain.findings
    assert quoted.sheets == plain.sheets


def test_a_worksheet_is_looked_at_wherever_in_the_workbook_it_lies():
    row = '<row r="1" hidden="1"><c r="A1"><v>7</v></c></row>'
    relations = hostile.BOOK_RELS.replace("worksheets/sheet1.xml", "tables/one.xml")
    parts = {"xl/_rels/workbook.xml.rels": relations, "xl/tables/one.xml": hostile.sheet_xml(row)}
    (read,) = read_contents([("表.xlsx", hostile.xlsx(**parts))])
    assert [s.hidden_rows for s in read.sheets] == [(0,)]
