"""Forms as offices lay them out, by seed, as workbook and as Word file; LibreOffice prints them to PDF."""

import io
import random
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

HEADS = (("社区活动", "场"), ("走访家庭", "户"), ("服务人次", "人次"), ("参与志愿者", "人"))
VILLAGES = ("三泉镇观音村社会工作室", "三泉镇窑湾村社会工作室")
BORDERS = ("thin", "thin", "medium", "thick", "double", "hair", "dashed", "dotted", "mediumDashed")
ODD = ("若干", "约30", "3/5", "-4", "12.5", None, None, "无", "三十多", "１2 0", "3\n5")
NOTES = (
    "数据截至5月31日",
    "含与妇联合办的活动",
    "第二次走访与志愿服务一并开展，人数不重复计算，详见附表",
    None,
    None,
)


@dataclass
class Form:
    """One form before it is laid out: rows of cells, merged areas (from 0), how many rows head it."""

    title: str
    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    heads: int = 1
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    @property
    def wide(self) -> int:
        return max(map(len, self.rows))


def form(dice: random.Random, many: int = 0) -> Form:
    """A form of one town; ``many`` gives it as many rows of the town's own, with a total."""
    heads, merged = _heads(dice)
    made = Form("南川区“千场活动、万家走访”统计表", heads, merged, len(heads))
    made.above = [f"填报单位：{'三泉镇' if many == 0 else '东城街道'}"]
    names = [f"东城街道第{n}组" for n in range(1, many + 1)] or list(dice.choice((VILLAGES, VILLAGES[:1])))
    order = [c for c, _ in enumerate(heads[-1])]
    figures = _figure_columns(made)
    total: list[Any] = [None] * len(order)
    for number, name in enumerate(names, 1):
        row: list[Any] = [None] * len(order)
        row[0], row[1] = number, name
        for column in figures:
            row[column] = _figure(dice, plain=many > 0)
            total[column] = (
                (total[column] or 0) + row[column] if isinstance(row[column], int) else total[column]
            )
        row[-1] = dice.choice(NOTES)
        made.rows.append(row)
    if many or dice.random() < 0.6:
        total[0] = "合计"
        made.rows.append(total)
        made.merged.append((len(made.rows) - 1, 0, len(made.rows) - 1, 1))
    made.below = dice.choice(
        (
            [],
            ["填表人：张某某        审核人：李某某        填报日期：2023年6月1日"],
            ["说明：没有发生的填0。"],
        )
    )
    return made


def _heads(dice: random.Random) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    kind = dice.choice(("one", "two", "measure", "numbers"))
    names = [f"{h}（{m}）" for h, m in HEADS]
    if dice.random() < 0.3:
        names = [n.replace("（", "\n（") for n in names]
    one: list[Any] = ["序号", "单位名称", *names, "备注"]
    if kind == "two":
        heads: list[list[Any]] = [
            ["序号", "单位名称", "活动", None, "参与", None, "备注"],
            [None, None, *names, None],
        ]
        return heads, [(0, 2, 0, 3), (0, 4, 0, 5), (0, 0, 1, 0), (0, 1, 1, 1), (0, 6, 1, 6)]
    if kind == "measure":
        plain: list[Any] = ["序号", "单位名称", *(h for h, _ in HEADS), "备注"]
        return [plain, [None, None, *(m for _, m in HEADS), None]], [(0, 0, 1, 0), (0, 1, 1, 1), (0, 6, 1, 6)]
    if kind == "numbers":
        return [one, ["甲", "乙", 1, 2, 3, 4, "丙"]], []
    return [one], []


def _figure_columns(made: Form) -> range:
    return range(2, made.wide - 1)


def _figure(dice: random.Random, *, plain: bool) -> Any:
    value = dice.choice((0, 3, 7, 12, 30, 128, 1234, 2005))
    if plain or dice.random() < 0.55:
        return value
    shown = (
        str(value),
        f"{value:,}",
        str(value).translate({48 + n: 0xFF10 + n for n in range(10)}),
        f"{value} ",
    )
    return dice.choice((*shown, *ODD))


def workbook(made: Form, dice: random.Random) -> bytes:
    """As a workbook: a title over the table, borders of some kind, sizes that fit."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "统计表"
    line = Side(style=dice.choice(BORDERS), color=dice.choice(("000000", "808080", "4472C4")))
    boxed = Border(left=line, right=line, top=line, bottom=line)
    fill = PatternFill("solid", fgColor=dice.choice(("DCE6F1", "FFFF99", "1F4E79")))
    head_row = 1
    for text in (made.title, *made.above):
        sheet.cell(head_row, 1, text)
        if dice.random() < 0.7:
            sheet.merge_cells(start_row=head_row, end_row=head_row, start_column=1, end_column=made.wide)
        head_row += 1
    shaded = dice.random() < 0.5
    for at, row in enumerate(made.rows):
        for column in range(made.wide):
            cell = sheet.cell(head_row + at, column + 1, row[column] if column < len(row) else None)
            cell.border = boxed
            cell.alignment = Alignment(
                horizontal=dice.choice(("center", "left", "right", None)), vertical="center", wrap_text=True
            )
            cell.font = Font(
                name=dice.choice(("宋体", "Arial", "仿宋")),
                size=dice.choice((9, 10.5, 12)),
                bold=at < made.heads,
            )
            if shaded and at < made.heads:
                cell.fill = fill
                if fill.fgColor.rgb.endswith("1F4E79"):
                    cell.font = Font(color="FFFFFF", size=10)
        sheet.row_dimensions[head_row + at].height = 48 if at < made.heads else 30
    for top, left, bottom, right in made.merged:
        sheet.merge_cells(
            start_row=head_row + top, end_row=head_row + bottom, start_column=left + 1, end_column=right + 1
        )
    for at, text in enumerate(made.below):
        sheet.cell(head_row + len(made.rows) + at, 1, text)
    for column in range(1, made.wide + 1):
        sheet.column_dimensions[get_column_letter(column)].width = {1: 8, 2: 28, made.wide: 30}.get(
            column, 16
        )
    sheet.page_setup.orientation = dice.choice(("landscape", "portrait"))
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    if dice.random() < 0.6:
        sheet.print_title_rows = f"{head_row}:{head_row + made.heads - 1}"
    if dice.random() < 0.3:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    return _saved(book)


def document(made: Form, dice: random.Random, *more: Form) -> bytes:
    """As a Word file: the title and the unit as paragraphs, each form a table."""
    file = docx.Document()
    if dice.random() < 0.5:
        section = file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for each in (made, *more):
        file.add_paragraph(each.title)
        for text in each.above:
            file.add_paragraph(text)
        _table(file, each, dice)
        for text in each.below:
            file.add_paragraph(text)
    return _saved(file)


def _table(file: Any, made: Form, dice: random.Random) -> None:
    grid = file.add_table(len(made.rows), made.wide)
    grid.style = "Table Grid"
    for at, row in enumerate(made.rows):
        for column, value in enumerate(row):
            if value is not None:
                grid.cell(at, column).text = str(value)
    for top, left, bottom, right in made.merged:
        grid.cell(top, left).merge(grid.cell(bottom, right))
    if dice.random() < 0.5:
        for row in grid.rows[: made.heads]:
            row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:tblHeader"), {}))


def struck(made: Form, dice: random.Random, kind: str) -> bytes:
    """A file whose first figure is struck through."""
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(workbook(made, dice)))
        cell = next(
            c for row in book.active.iter_rows() for c in row if isinstance(c.value, int) and c.column > 2
        )
        cell.font = Font(strike=True, size=11)
        return _saved(book)
    file = docx.Document(io.BytesIO(document(made, dice)))
    cell = next(c for c in file.tables[0].rows[made.heads].cells[2:] if c.text.strip())
    cell.paragraphs[0].runs[0].font.strike = True
    return _saved(file)


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


KEPT = Path(__file__).with_name("printed.zip")
"""What LibreOffice made of ``sources()``; ``python -m tests.documents.pdf.printed`` makes it again."""


def sources() -> dict[str, bytes]:
    """Files by name, always the same."""
    found = {}
    for number in range(8):
        dice = random.Random(number)
        made = form(dice, 40 if number > 5 else 0)
        kind, write = (("xlsx", workbook), ("docx", document))[number % 2]
        found[f"form{number}.{kind}"] = write(made, dice)
    for kind in ("xlsx", "docx"):
        dice = random.Random(7)
        found[f"struck.{kind}"] = struck(form(dice), dice, kind)
    return found


def kept() -> dict[str, bytes]:
    """What LibreOffice printed, by the source's name."""
    with zipfile.ZipFile(KEPT) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_pdf(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """What LibreOffice makes of files by name, all in one run."""
    source, made = folder / "source", folder / "made"
    source.mkdir(parents=True)
    for name, data in files.items():
        (source / name).write_bytes(data)
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "pdf",
    ]
    command += ["--outdir", str(made), *sorted(map(str, source.iterdir()))]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (made / name).with_suffix(".pdf").read_bytes() for name in files}


def main() -> None:
    """Print the sources anew."""
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(KEPT, "w", zipfile.ZIP_DEFLATED) as archive:
        for source, data in as_pdf(sources(), Path(name) / "x").items():
            archive.writestr(source, data)


if __name__ == "__main__":
    main()
