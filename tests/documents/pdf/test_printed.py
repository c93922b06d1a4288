"""What LibreOffice printed of a form reads as the file it was printed from, or is asked for again."""

import pytest

from tasks.documents.parse import parse
from tasks.documents.pdf import filling
from tasks.intake.judge import read_document
from tests.documents.pdf.printed import kept, sources
from tests.intake.factory import CAMPAIGN, ROSTER

SOURCES, PRINTED = sources(), kept()
FORMS = [name for name in SOURCES if name.startswith("form")]
STRUCK = [name for name in SOURCES if name.startswith("struck")]
CUT = "form7.docx"
"""Its rows are cut in two where a page ends."""


def judged(content):
    reading = read_document(content, CAMPAIGN, ROSTER, filename="表")
    return reading.unit, reading.values, [(row.unit, row.values) for row in reading.rows]


@pytest.mark.parametrize("name", [name for name in FORMS if name != CUT])
def test_a_printed_form_says_what_its_source_says(name):
    content = parse("表.pdf", PRINTED[name])
    assert content.unread == ()
    assert judged(content) == judged(parse(name, SOURCES[name]))


def test_a_row_cut_in_two_by_the_end_of_the_page_leaves_the_table_in_doubt():
    content = parse("表.pdf", PRINTED[CUT])
    assert (content.sheets, content.unread) == ((), ("第2页的表不能确定是不是接着上一页的表",))


@pytest.mark.parametrize("name", STRUCK)
def test_a_figure_struck_through_before_it_was_printed_leaves_the_table_in_doubt(name):
    content = parse("表.pdf", PRINTED[name])
    assert (content.sheets, content.unread) == ((), (f"第1页的表{filling.STRUCK}",))
