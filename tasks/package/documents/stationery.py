"""Make the document templates ``templates/report/*.docx`` from the texts ``templates/report/*.txt``.

Run ``python -m tasks.package.documents.stationery`` after changing a text; a test keeps both in step.
The layout follows GB/T 9704-2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters, 仿宋 16 pt body,
page number in dashes outside. Each line of a text is ``style|words``; ``控制`` lines steer docxtpl and
print nothing.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tasks.documents.same_bytes import normalised

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "report"
FANGSONG, KAITI, HEITI = "仿宋_GB2312", "楷体_GB2312", "黑体"
TITLE, SONGTI = "方正小标宋简体", "宋体"
LINE = 28.95  # points: 22 lines in the 225 mm a page has
_LEFT, _MIDDLE, _RIGHT = (getattr(WD_ALIGN_PARAGRAPH, n) for n in ("LEFT", "CENTER", "RIGHT"))
_BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY

# name: font, points, alignment, first-line indent, outline level, line spacing in points
_STYLES: dict[str, tuple[str, float, Any, bool, int | None, float]] = {
    "标题": (TITLE, 22, _MIDDLE, False, None, 33),
    "正文": (FANGSONG, 16, _BOTH, True, None, LINE),
    "结尾": (FANGSONG, 16, _BOTH, True, None, LINE),
    "控制": (FANGSONG, 16, _LEFT, False, None, LINE),
    "空行": (FANGSONG, 16, _LEFT, False, None, LINE),
    "顶格": (FANGSONG, 16, _LEFT, False, None, LINE),
    "一级": (HEITI, 16, _BOTH, True, 0, LINE),
    "二级": (KAITI, 16, _BOTH, True, 1, LINE),
    "附件": (FANGSONG, 16, _LEFT, False, None, LINE),
    "附件页": (HEITI, 16, _LEFT, False, None, LINE),
    "署名": (FANGSONG, 16, _RIGHT, False, None, LINE),
    "日期": (FANGSONG, 16, _RIGHT, False, None, LINE),
    "表题": (KAITI, 14, _MIDDLE, False, None, LINE),
    "表文": (FANGSONG, 10.5, _LEFT, False, None, 16),
    "表注": (FANGSONG, 10.5, _MIDDLE, False, None, LINE),
    "表中": (FANGSONG, 10.5, _MIDDLE, False, None, 16),
    "表头": (HEITI, 10.5, _MIDDLE, False, None, 16),
}
_KEPT = frozenset({"公文结尾", "公文空行", "公文附件", "公文署名", "公文日期", "公文表题", "公文表注"})
"""Styles kept with what follows: signature and contact never stand on a page without a line of text."""
_WIDE = frozenset({"单位", "数据及说明", "原因", "催报情况", "事项"})
"""Table columns of running text; the others are centred."""


def main() -> None:
    """Write every template anew."""
    for text in sorted(FOLDER.glob("*.txt")):
        text.with_suffix(".docx").write_bytes(template(text.read_text(encoding="utf-8")))


def template(text: str) -> bytes:
    """The docxtpl template of one text."""
    document = _blank()
    for line in text.splitlines():
        style, _, words = line.partition("|")
        if style == "表格":
            _table(document, words)
        else:
            _special(style)(document.add_paragraph(words, style=f"公文{style}"))
    out = io.BytesIO()
    document.save(out)
    return normalised(out.getvalue())


def _blank() -> Any:
    document = Document()
    _page(document.sections[0])
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _fonts(defaults, FANGSONG)
    defaults.find(qn("w:lang")).set(qn("w:eastAsia"), "zh-CN")
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _fonts(normal.element.get_or_add_rPr(), FANGSONG)
    for name, form in _STYLES.items():
        _style(document, f"公文{name}", form)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _page_number(section.footer.paragraphs[0], right=True)
    _page_number(section.even_page_footer.paragraphs[0], right=False)
    return document


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24.5)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001  python-docx has no name for it
    if grid is not None:
        # No grid: LibreOffice lays linesAndChars out wrongly; exact line spacing gives the 22 lines.
        section._sectPr.remove(grid)  # noqa: SLF001


def _style(document: Any, name: str, form: tuple[str, float, Any, bool, int | None, float]) -> None:
    font, size, alignment, indent, outline, line = form
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.font.size = document.styles["Normal"], Pt(size)
    run = style.element.get_or_add_rPr()
    _fonts(run, font)
    if size == 16:  # noqa: PLR2004  the body's size: a quarter point closer, so that 28 characters fit
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), "-5")
        run.find(qn("w:sz")).addprevious(spacing)
    layout = style.paragraph_format
    layout.alignment, layout.space_before, layout.space_after = alignment, Pt(0), Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    layout.widow_control = False  # a widow rule would leave 21 lines on a page
    layout.keep_with_next = True if outline is not None or name in _KEPT else None
    if indent:
        _indent(style.element.get_or_add_pPr(), firstLineChars=200, firstLine=int(size * 40))
    if outline is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(outline))
        style.element.get_or_add_pPr().append(level)


def _fonts(run: Any, east_asia: str, latin: str = "Times New Roman") -> None:
    fonts = run.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]  # theme fonts would win over named ones
    for part, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asia), ("cs", latin)):
        fonts.set(qn(f"w:{part}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _properties(paragraph: Any) -> Any:
    return paragraph._p.get_or_add_pPr()  # noqa: SLF001  python-docx has no name for it


def _indent(properties: Any, **sides: int) -> None:
    indent = properties.get_or_add_ind()
    for side, amount in sides.items():
        indent.set(qn(f"w:{side}"), str(amount))


def _special(style: str) -> Callable[[Any], None]:
    """What a paragraph of that style needs beyond it."""
    return {
        "附件页": lambda p: setattr(p.paragraph_format, "page_break_before", True),
        # Without a seal the signature stands two characters in from the right, the date under it.
        "署名": lambda p: _indent(_properties(p), rightChars=200, right=640),
        "日期": lambda p: _indent(_properties(p), rightChars=400, right=1280),
        # 附件： hangs two characters in; a second line stands under the first one's words.
        "附件": lambda p: _indent(
            _properties(p),
            leftChars=600,
            left=1920,
            hangingChars=400,
            hanging=1280,
        ),
    }.get(style, lambda _: None)


def _page_number(paragraph: Any, *, right: bool) -> None:
    paragraph.alignment = _RIGHT if right else _LEFT
    side = {"rightChars": 100, "right": 280} if right else {"leftChars": 100, "left": 280}
    _indent(_properties(paragraph), **side)
    _run(paragraph, "— ")
    for kind in ("begin", None, "separate"):
        run = _run(paragraph, "")
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = " PAGE "
        run._r.append(mark)  # noqa: SLF001
    _run(paragraph, "1")
    end = OxmlElement("w:fldChar")
    end.set(qn("w:fldCharType"), "end")
    _run(paragraph, "")._r.append(end)  # noqa: SLF001
    _run(paragraph, " —")


def _run(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(14)
    _fonts(run._r.get_or_add_rPr(), SONGTI, SONGTI)  # noqa: SLF001
    return run


def _table(document: Any, words: str) -> None:
    """A table whose one row is repeated: ``name in rows|heading:millimetres …``."""
    loop, _, columns = words.partition("|")
    name = loop.split(" in ")[0]
    parts = [column.split(":") for column in columns.split()]
    table = document.add_table(rows=4, cols=len(parts))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, (heading, width) in enumerate(parts):
        table.columns[column].width = Mm(int(width))  # the grid too: LibreOffice and WPS follow it
        body = "公文表文" if heading in _WIDE else "公文表中"
        _cell(table.cell(0, column), heading, "公文表头", width)
        _cell(table.cell(2, column), f"{{{{ {name}.{heading} }}}}", body, width)
    table.cell(1, 0).paragraphs[0].add_run(f"{{%tr for {loop} %}}")
    table.cell(3, 0).paragraphs[0].add_run("{%tr endfor %}")
    for row, marks in ((0, ("w:cantSplit", "w:tblHeader")), (2, ("w:cantSplit",))):
        for mark in marks:
            table.rows[row]._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001


def _cell(cell: Any, text: str, style: str, width: str) -> None:
    cell.width, cell.vertical_alignment = Mm(int(width)), WD_ALIGN_VERTICAL.CENTER
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)


if __name__ == "__main__":
    main()
