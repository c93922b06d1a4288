"""A notice's file into its text, its tables as rows."""

from tasks.notice.draft.source import notice_text
from tests.documents.pdf.paper import TITLE, grid, pdf, text, words

ROWS = (("单位", "联系人", "联系电话"), ("区应急局", "张某某", "000-00000001"))


OTHERS = (("资料", "时限", "备注"), ("康复需求调查表", "2025年7月10日前", ""))


def test_a_table_of_other_things_has_a_line_for_each_row(tmp_path):
    path = tmp_path / "通知.pdf"
    path.write_bytes(pdf(text(60, 770, f"关于报送{TITLE}的通知") + grid(2, 3) + words(OTHERS)))
    assert notice_text(path).splitlines()[1:] == ["资料 时限 备注", "康复需求调查表 2025年7月10日前"]


def test_a_table_drawn_in_a_pdf_is_read_row_by_row(tmp_path):
    path = tmp_path / "通知.pdf"
    path.write_bytes(pdf(text(60, 770, f"关于报送{TITLE}的通知") + grid(2, 3) + words(ROWS)))
    assert notice_text(path).splitlines() == [f"关于报送{TITLE}的通知", *map(" | ".join, ROWS)]
