"""The fill-in form on paper: column widths that fit Chinese, A4 landscape, the header on every page."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

PAGE_CHARACTERS = 118
"""Width of an A4 landscape page in characters of the body font."""

_A4 = 9


def column_widths(names: list[str], codes: list[str], fields: int) -> list[float]:
    """Column widths in characters; Chinese ones are two wide. The fields share what names leave over."""
    name = min(44.0, max(20.0, 2.1 * max(map(len, names)) + 1))
    code = max(14.0, 1.1 * max(map(len, codes)) + 2)
    note = 12.0
    share = (PAGE_CHARACTERS - 6 - name - code - note) / max(1, fields)
    return [6.0, name, code, *[max(9.5, min(20.0, share))] * fields, note]


def set_up_page(sheet: Worksheet, widths: list[float], *, header_row: int, first_open_column: int) -> None:
    """Widths, print set-up and the panes that stay in sight."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup = PrintPageSetup(orientation="landscape", paperSize=_A4, fitToWidth=1, fitToHeight=0)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.HeaderFooter.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
    sheet.freeze_panes = f"{get_column_letter(first_open_column)}{header_row + 1}"
    sheet.sheet_view.showGridLines = False
