"""Workbooks whose looks and comments say other than their cells, and LibreOffice's .xls and .ods of them.

``python -m tests.documents.look_papers`` has LibreOffice write ``looks.zip`` anew.
"""

import tempfile
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.documents.test_formats import saved
from tests.documents.word_papers import convert

KEPT = Path(__file__).with_name("looks.zip")
ENDINGS = ("xls", "ods")
STRUCK, PLAIN = InlineFont(strike=True, sz=12), InlineFont(sz=12)


def looks() -> bytes:
    """Struck cells and parts of cells, a figure in thousands, a hidden row and column, an error."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "统计表"
    for row in (
        ["单位", "社区活动", "走访家庭", "藏列", "资金"],
        ["三泉镇", 3, 30, 9, 35800],
        ["东城街道", 4, None, 9, 100],
        ["西城街道", "5", 50, 9, 200],
        ["藏行", 6, 60, 9, 300],
        ["富文本", None, None, 9, 0],
    ):
        sheet.append(row)
    sheet["B2"].font = sheet["B4"].font = Font(strike=True)
    sheet["C3"] = CellRichText(TextBlock(STRUCK, "35"), TextBlock(PLAIN, "42"))
    sheet["B6"] = CellRichText("改后", TextBlock(STRUCK, "三十五"), TextBlock(PLAIN, "四十二"))
    sheet["E2"].number_format = sheet["E6"].number_format = "0.0,"
    sheet["E3"].number_format = "#,##0.00"
    sheet["C6"] = "=1/0"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    other = book.create_sheet("其他")
    other["C4"], other["D4"] = 7, 8
    other["C4"].font = Font(strike=True)
    return saved(book)


def notes() -> bytes:
    """Comments on a heading, a name and figures: some doubt what they hang on, some do not."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "统计表"
    sheet.append(["填报单位", "社区活动（场）", "走访家庭（户）", "服务人次", "参与志愿者"])
    sheet.append(["三泉镇", 86, 30, "12人次", 5])
    for place, said in {
        "B1": "不少于3场",
        "A2": "经办人王某，分机1234",
        "B2": "更正，应为92",
        "C2": "王某 2023-05-31 10:20 已核对",
        "D2": "含上周3人次",
        "E2": "与会议签到表一致",
    }.items():
        sheet[place].comment = Comment(said, "王某")
    return saved(book)


PAPERS = {"looks": looks, "notes": notes}


def kept(ending: str, name: str = "looks") -> bytes:
    """What LibreOffice made of one."""
    with zipfile.ZipFile(KEPT) as archive:
        return archive.read(f"{name}.{ending}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for paper, made in PAPERS.items():
            (folder / f"{paper}.xlsx").write_bytes(made())
        with zipfile.ZipFile(KEPT, "w", zipfile.ZIP_DEFLATED) as archive:
            for ending in ENDINGS:
                convert(folder, ending, [folder / f"{paper}.xlsx" for paper in PAPERS])
                for paper in PAPERS:
                    archive.write(folder / ending / f"{paper}.{ending}", f"{paper}.{ending}")


if __name__ == "__main__":
    main()
