"""What is bent: honest files of every kind a clerk sends, and the hostile ones that are known."""

import io
import tarfile
import zipfile
from pathlib import Path

import openpyxl

from tests.documents import hostile, test_web_table, word97
from tests.documents.pdf import paper
from tests.documents.test_formats import biff, number
from tests.documents.word_papers import kept
from tests.line import papers

ROOT = Path(__file__).parents[2]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["防汛演练统计表"],
        ["单位", "演练场次", "参演人数"],
        ["东山镇", 3, 120],
        ["合计", "=SUM(B3)", 120],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[4].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table() -> bytes:
    """A form in Word 97 with a merged head, its text in pieces of either width."""
    head = word97.row(["单位", "演练"], edges=(0, 1440, 4320))
    rows = word97.rows(("东山镇", "3", "120"), ("西山镇", "", "5"), ("合计", "3", "125"))
    return word97.doc([word97.par("防汛演练统计表"), *head, *rows, word97.par("abc")], word97.Made(narrow=3))


def drawn_forms() -> tuple[str, str]:
    """A form of two pages, the second with a clip, a picture, a layer and a text drawn through."""
    more = f"q 0 0 500 500 re W n {paper.stroke(60, 400, 300, 390)} /I1 Do Q /OC /L1 BDC 1 0 0 rg EMC"
    return paper.form(), paper.form(more=more)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("东山镇/统计表.xlsx")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def documents() -> dict[str, bytes]:
    """By a name with the ending they go under."""
    book, text = workbook(), papers.narrative("东山镇")
    return {
        "统计表.xlsx": book,
        "总结.docx": text,
        "统计表.xls": biff(number(0, 0, 3), number(2, 1, 120)),
        "统计表.doc": table(),
        "统计表.wps": kept("merged.doc"),
        "系统导出.xls": test_web_table.table(test_web_table.HEAD + test_web_table.ROW),
        "另存.xls": test_web_table.workbook(
            "<Row>" + test_web_table.cell(3, more="ss:MergeAcross='1'") + "</Row>"
        ),
        "总结.doc": hostile.word97("东山镇防汛演练总结\n开展演练 3 场，参演 120 人。"),
        "总结.pdf": hostile.scanned_pdf(),
        "统计表.pdf": paper.pdf(*drawn_forms()),
        "表.ods": hostile.ods_repeat_bomb(),
        "统计表.csv": "单位,演练场次,参演人数\n东山镇,3,120\n".encode("gb18030"),
        "说明.txt": "东山镇开展演练3场，参演120人。".encode(),
        "材料.zip": zipped(a=book, b__c=text, d=zipped(e=book)),
        "材料.tgz": tarred(book),
        "宏.xlsm": hostile.macro_book(),
        "谎.xlsx": hostile.string_count_lie(),
        "谎.zip": hostile.lying_size(),
        "深.docx": hostile.docx("<w:p><w:r><w:t>东山镇</w:t></w:r></w:p>" * 20),
        "外.xlsx": hostile.external_book("file:///etc/passwd"),
    }


def campaigns() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "config" / "campaigns").glob("*.yaml"))]


def rosters() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "config" / "rosters").glob("*.csv"))]


def notices() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "tests" / "notice" / "draft").glob("*/*.txt"))]
