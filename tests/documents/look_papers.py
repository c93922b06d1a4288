"""A workbook whose looks say other than its cells, and what LibreOffice makes of it as .xls and .ods.

``python -m tests.documents.look_papers`` has LibreOffice write ``looks.zip`` anew.
"""

import tempfile
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
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


def kept(ending: str) -> bytes:
    """What LibreOffice made of it."""
    with zipfile.ZipFile(KEPT) as archive:
        return archive.read(f"looks.{ending}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "looks.xlsx").write_bytes(looks())
        with zipfile.ZipFile(KEPT, "w", zipfile.ZIP_DEFLATED) as archive:
            for ending in ENDINGS:
                convert(folder, ending, [folder / "looks.xlsx"])
                archive.write(folder / ending / f"looks.{ending}", f"looks.{ending}")


if __name__ == "__main__":
    main()
