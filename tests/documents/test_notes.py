"""Comments hung on figures: one that gives another figure or doubts it leaves the figure open."""

import io

import docx
import pytest

from tasks.documents.notes import doubting
from tests.documents.look_papers import ENDINGS, kept, notes
from tests.documents.test_formats import read


@pytest.mark.parametrize("ending", ["xlsx", *ENDINGS])
def test_a_doubting_comment_makes_a_figure_a_text_in_any_kind_of_workbook(ending: str):
    content = read(notes() if ending == "xlsx" else kept(ending, "notes"), f"统计表.{ending}")
    assert content.findings == ()
    (sheet,) = content.sheets
    assert sheet.rows == (
        ("填报单位", "社区活动（场）", "走访家庭（户）", "服务人次", "参与志愿者"),
        ("三泉镇", "86（批注：更正，应为92）", 30, "12人次（批注：含上周3人次）", 5),
    )


@pytest.mark.parametrize(
    "note",
    [
        "更正，应为92",
        "这个数待核实",
        "未经核实",
        "未核实",
        "92",
        "实际走访三十户",
        (
            "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
            "learn more: https://go.example/fwlink/?linkid=870924\n\nComment:\n    改为92"
        ),
    ],
)
def test_a_comment_doubts_by_another_figure_or_by_saying_so(note: str):
    assert doubting(note)


@pytest.mark.parametrize(
    "note",
    [
        "已核对",
        "已核实",
        "核实无误",
        "王某 2023-05-31 10:20 已核对",
        "5月31日王某填报",
        "分管领导已阅",
        "联系电话 13000000000",
        "",
    ],
)
def test_names_days_and_telephone_numbers_doubt_nothing(note: str):
    assert doubting(note) == ""


def test_a_comment_in_word_stands_behind_the_words_it_hangs_on():
    paper = docx.Document()
    table = paper.add_table(1, 2)
    table.cell(0, 0).text = "社区活动"
    figure = table.cell(0, 1).paragraphs[0].add_run("25")
    said = paper.add_paragraph().add_run("全镇走访家庭30户")
    paper.add_comment([figure], text="应为26", author="王某")
    paper.add_comment([said], text="已核对", author="王某")
    out = io.BytesIO()
    paper.save(out)
    content = read(out.getvalue(), "统计表.docx")
    assert content.sheets[0].rows == (("社区活动", "25（批注：应为26）"),)
    assert "全镇走访家庭30户" in content.text.splitlines()
