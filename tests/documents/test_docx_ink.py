"""Figures of a Word document in the colour of their ground are marked; white on a dark head row stays."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from tests.documents import hostile
from tests.documents.test_formats import read, saved

UNSEEN = "8300（字色或格式使其看不见）"


def run(look: str, text: str = "8300") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "look",
    [
        WHITE,
        '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
        WHITE + '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
        WHITE + '<w:shd w:val="clear" w:color="auto" w:fill="ffffff"/>',
        '<w:color w:val="c00000"/><w:shd w:val="clear" w:fill="C00000"/>',
    ],
)
def test_a_figure_in_the_colour_of_its_ground_is_marked(look: str):
    assert read(hostile.docx(f"<w:p>{run(look)}<w:r><w:t>人次</w:t></w:r></w:p>")).text == UNSEEN + "人次"


@pytest.mark.parametrize(
    "look",
    [
        "",
        '<w:color w:val="auto"/>',
        '<w:color w:val="C00000"/>',
        WHITE + '<w:highlight w:val="red"/>',
        WHITE + '<w:shd w:val="clear" w:fill="C00000"/>',
        WHITE + '<w:shd w:val="pct50" w:color="auto" w:fill="FFFFFF"/>',
        '<w:color w:val="F2F2F2" w:themeColor="background1" w:themeShade="F2"/>',
    ],
)
def test_a_figure_that_can_be_seen_stays(look: str):
    assert read(hostile.docx(f"<w:p>{run(look)}</w:p>")).text == "8300"


def test_white_words_without_a_figure_stay():
    assert read(hostile.docx(f"<w:p>{run(WHITE, '说明')}</w:p>")).text == "说明"


def test_white_in_a_text_box_stays_for_nobody_can_tell_its_fill():
    box = f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run(WHITE)}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    assert read(hostile.docx(box)).text == "8300"


@pytest.mark.parametrize("filled", [True, False])
def test_white_on_a_dark_head_row_stays_and_white_on_a_bare_cell_is_marked(filled: bool):
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("8300").font.color.rgb = RGBColor(255, 255, 255)
    if filled:
        fill = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F4E79"/>')
        cell._tc.get_or_add_tcPr().append(fill)
    (sheet,) = read(saved(document)).sheets
    assert sheet.rows == (("8300" if filled else UNSEEN,),)


def test_white_in_a_table_whose_style_has_a_fill_stays():
    document = docx.Document()
    table = document.add_table(1, 1, style="Medium Shading 1 Accent 1")
    table.cell(0, 0).paragraphs[0].add_run("8300").font.color.rgb = RGBColor(255, 255, 255)
    (sheet,) = read(saved(document)).sheets
    assert sheet.rows == (("8300",),)
