import datetime as dt
import io
import struct

import docx
import openpyxl
import pytest
from PIL import Image

from tasks.documents.reader import read_contents
from tests.documents import hostile


def read(data: bytes, name: str = "材料"):
    (content,) = read_contents([(name, data)])
    return content


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def biff(*records: tuple[int, bytes]) -> bytes:
    """An .xls with one sheet 统计表 of these records."""
    name = "统计表".encode("utf-16le")
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0x07CC, 0, 6)
    frame = lambda kind, body: struct.pack("<HH", kind, len(body)) + body  # noqa: E731
    head = frame(0x809, bof)
    position = len(head) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IBBBB", position, 0, 0, 3, 1) + name
    sheet = frame(0x809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0x07CC, 0, 6))
    body = b"".join(frame(k, b) for k, b in records)
    return hostile.compound(
        {"Workbook": head + frame(0x85, bound) + frame(0x0A, b"") + sheet + body + frame(10, b"")}
    )


def number(row: int, column: int, value: float) -> tuple[int, bytes]:
    return 0x203, struct.pack("<HHHd", row, column, 0, value)


def test_a_workbook_keeps_real_addresses_hidden_sheets_and_merges():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "统计<表>&1"
    sheet["C3"] = "单位"
    sheet.merge_cells("C3:D4")
    sheet["C5"], sheet["D5"], sheet["D6"] = dt.date(2023, 4, 3), 3, "=D5*2"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("藏").sheet_state = "veryHidden"
    content = read(saved(book))
    first, second = content.sheets
    assert content.format == "xlsx"
    assert first.rows[4] == (None, None, dt.date(2023, 4, 3), 3.0)
    assert first.merged == ((2, 2, 3, 3),)
    assert (first.hidden_rows, first.hidden_columns) == ((4,), (3,))
    assert first.formulas_without_value == ("D6",)
    assert (first.visible, second.visible) == (True, False)


def test_an_empty_text_a_formula_gave_is_a_stored_value():
    empty = '<c r="A1" t="str"><f>IF(1,"","")</f><v></v></c>'
    error = '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    (sheet,) = read(hostile.xlsx(f'<row r="1">{empty}{error}</row>')).sheets
    assert sheet.formulas_without_value == ()
    assert sheet.error_cells == ("B1",)


def test_an_old_workbook_tells_hidden_rows_and_error_cells():
    hidden = (0x208, struct.pack("<8H", 1, 0, 2, 255, 0, 0, 0x20 | 0x100, 0))
    error = (0x205, struct.pack("<HHHBB", 2, 27, 0, 0x07, 1))
    content = read(biff(hidden, number(0, 0, 3), number(1, 1, 30), error))
    assert content.format == "xls"
    assert content.sheets[0].name == "统计表"
    assert content.sheets[0].rows[1][1] == 30
    assert content.sheets[0].hidden_rows == (1,)
    assert content.sheets[0].error_cells == ("AB3",)


def test_an_old_workbook_with_a_password_is_encrypted():
    data = hostile.compound(
        {"Workbook": struct.pack("<HHHHHHIIHHH", 0x809, 16, 0x600, 5, 0, 0, 0, 6, 0x2F, 2, 0)}
    )
    assert [f.code for f in read(data).findings] == ["ENCRYPTED"]


@pytest.mark.parametrize("stream", ["EncryptedPackage"])
def test_a_new_workbook_with_a_password_is_encrypted(stream):
    content = read(hostile.compound({stream: b"x", "EncryptionInfo": b"x"}))
    assert [f.code for f in content.findings] == ["ENCRYPTED"]


def test_an_old_document_with_macros_is_not_opened():
    content = read(hostile.compound({"WordDocument": b"\0" * 20, "_VBA_PROJECT": b"x"}))
    assert [f.code for f in content.findings] == ["HOSTILE"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_is_read_in_the_encodings_offices_use(encoding):
    assert read("东城街道活动总结\n走访㐀户".encode(encoding), "a.txt").text == "东城街道活动总结\n走访㐀户"


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.txt", "\t")])
def test_delimited_text_becomes_a_sheet(name, delimiter):
    text = f"单位{delimiter}场次\n东城街道{delimiter}3\n"
    content = read(text.encode("gb18030"), name)
    assert content.format == "csv"
    assert content.sheets[0].rows == (("单位", "场次"), ("东城街道", "3"))


def test_an_old_word_document_is_read_by_its_piece_table():
    content = read(hostile.word97("东城街道活动总结\n开展活动3场\x13 PAGE \x141\x15"), "a.wps")
    assert (content.format, content.text) == ("doc", "东城街道活动总结\n开展活动3场1")


def test_a_word_document_older_than_97_is_sent_back():
    main = b"\xec\xa5\x65\x00".ljust(600, b"\0")
    content = read(hostile.compound({"WordDocument": main, "1Table": b""}))
    assert [f.code for f in content.findings] == ["WRONG_FORMAT"]


def test_a_word_document_keeps_what_is_printed_and_leaves_out_what_was_deleted():
    body = (
        "<w:p><w:ins><w:r><w:t>走访28户</w:t></w:r></w:ins><w:del><w:r><w:delText>走访32户</w:delText></w:r></w:del></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>划</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>掉</w:t></w:r>"
        '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>始</w:t></w:r>'
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:t>末</w:t><w:tab/><w:br/><w:t>尾</w:t></w:r></w:p>"
    )
    content = read(hostile.docx(body))
    assert content.text == "走访28户\n始末\n尾"
    assert content.unchanged == "走访32户\n始移走末\n尾"
    assert [f.code for f in content.findings] == ["TRACKED_CHANGES"]


def test_the_number_of_a_note_is_no_digit_of_the_figure_before_it():
    raised = '<w:r><w:rPr><w:vertAlign w:val="{}"/></w:rPr><w:t>{}</w:t></w:r>'
    body = (
        "<w:p><w:r><w:t>走访30</w:t></w:r>" + raised.format("superscript", "5") + "<w:r><w:t>户</w:t></w:r>"
    )
    body += raised.format("baseline", "7") + "</w:p>"
    assert read(hostile.docx(body)).text == "走访30⁵户7"


def test_a_table_in_a_word_document_is_also_a_sheet():
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, cells in enumerate((("指标", "数量", ""), ("活动场次", "3", "甲"), ("走访户数", "30", "甲"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 2).merge(table.cell(2, 2))
    (sheet,) = read(saved(document)).sheets
    assert sheet.rows[2][:2] == ("走访户数", "30")
    assert set(sheet.merged) == {(0, 1, 0, 2), (1, 2, 2, 2)}


def test_a_row_of_a_word_table_that_begins_further_right_leaves_its_first_columns_free():
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:tc>" for n in (2, 3))
    begin = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    (sheet,) = read(hostile.docx(f"<w:tbl><w:tr>{begin}{cells}</w:tr></w:tbl>")).sheets
    assert sheet.rows == ((None, "2", "3"),)


def test_a_hyphen_that_does_not_break_is_a_hyphen_in_a_word_document():
    content = read(hostile.docx("<w:p><w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5</w:t></w:r></w:p>"))
    assert content.text == "3-5"


def test_a_scanned_pdf_is_asked_for_as_text():
    content = read(hostile.scanned_pdf())
    assert content.pictures == 1
    assert [f.code for f in content.findings] == ["WRONG_FORMAT"]
    assert content.findings[0].text.startswith("扫描件，请报电子版")


def test_an_ofd_document_is_read_page_by_page():
    page = (
        '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextCode X="1">{}</ofd:TextCode></ofd:Page>'
    )
    parts = {
        f"Doc_0/Pages/Page_{n}/Content.xml": page.format(text) for n, text in ((10, "乙"), (2, "甲&amp;"))
    }
    assert read(hostile.pack({"OFD.xml": "<a/>"} | parts)).text == "甲&\n乙"


def test_a_picture_is_a_picture():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG")
    content = read(out.getvalue())
    assert (content.format, content.pictures, content.findings) == ("image", 1, ())


@pytest.mark.parametrize(
    "data",
    [
        b"Rar!\x1a\x07\x00abc",
        b"7z\xbc\xaf\x27\x1cabc",
        b"MZ\x90\x00" + b"\0" * 90,
        b"{\\rtf1 abc}",
        b"<html><p>1</p></html>",
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
        b"MIME-Version: 1.0\nContent-Type: multipart/related",
        hostile.pack({"a.txt": "x"}),
        hostile.pack({"ppt/presentation.xml": "<a/>"}),
        bytes(range(256)) * 4,
    ],
)
def test_what_nobody_can_read_is_named_and_what_to_send_is_said(data):
    content = read(data, "报表.xls")
    assert [f.code for f in content.findings] == ["WRONG_FORMAT"]
    assert "请改报电子文档" in content.findings[0].text
