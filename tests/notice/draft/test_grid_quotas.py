"""Tables that give units their figures: read where every cell is certain, else left to the clerk whole."""

import pytest
import yaml
from docx import Document

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_yaml import as_yaml
from tasks.notice.draft.source import notice_text
from tests.notice.draft.score import calendar
from tests.notice.draft.texts import notice, read

HEAD = "单位类别|入户走访（户）|助残活动（场）"
ROWS = ("街道残联|40|3", "社区残协|15|1")


def found(*lines: str) -> dict:
    return read(notice("请于3月15日前报送总结。\n" + "\n".join(lines)))


def owed(*lines: str) -> list[tuple]:
    return [(q["per"], q["item"], q["min"], q["max"]) for q in found(*lines)["quotas"]]


def asked(*lines: str) -> bool:
    return "quotas" in found(*lines)["unknown"]


def test_every_unit_has_the_figures_of_its_row():
    assert owed("各类单位任务如下表：", HEAD, *ROWS) == [
        ("街道残联", "入户走访", 40, None),
        ("街道残联", "助残活动", 3, None),
        ("社区残协", "入户走访", 15, None),
        ("社区残协", "助残活动", 1, None),
    ]
    assert not asked("各类单位任务如下表：", HEAD, *ROWS)


def test_a_row_of_sums_that_agrees_is_nobodys():
    assert len(owed("任务分配见下表。", HEAD, *ROWS, "合计|55|4")) == 4


def test_places_are_a_most_as_well_as_a_least():
    table = ("名额分配表", "|单位|推荐名额（名）|", "|城关镇|3|", "|双河镇|2|")
    assert owed(*table) == [("城关镇", "推荐名额", 3, 3), ("双河镇", "推荐名额", 2, 2)]


def test_a_number_of_the_row_is_no_figure():
    table = ("任务分解表", "序号|乡镇|植树（株）", "1|城关镇|300", "2|双河镇|200")
    assert owed(*table) == [("城关镇", "植树", 300, None), ("双河镇", "植树", 200, None)]


def test_districts_may_be_the_units():
    assert (
        len(owed("任务分解如下：", "县（区）|技能培训（人次）|招聘会（场）", "灵东区|600|4", "灵西区|540|4"))
        == 4
    )


def test_a_cell_left_open_is_no_figure_of_that_unit():
    assert owed("任务分解表", HEAD, "街道残联|40|—", "社区残协|15|1")[0] == ("街道残联", "入户走访", 40, None)
    assert len(owed("任务分解表", HEAD, "街道残联|40|—", "社区残协|15|1")) == 3


@pytest.mark.parametrize(
    "lines",
    [
        ("任务分配见下表。", HEAD, *ROWS, "合计|56|4"),
        ("任务分配见下表。", HEAD, "街道残联|40户左右|3", "社区残协|15|1"),
        ("任务分配见下表。", HEAD, "街道残联|40|3", "街道残联|15|1"),
        ("任务分配见下表。", "|单位|入户走访|", "|城关镇|40|", "|双河镇|15|"),
    ],
)
def test_a_table_with_one_doubtful_cell_is_left_to_the_clerk(lines):
    assert owed(*lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("任务分配见下表。", HEAD, *ROWS, "合计|56|4"),
        ("任务分配见下表。", HEAD, "街道残联|40户左右|3", "社区残协|15|1"),
    ],
)
def test_what_is_left_to_the_clerk_is_asked(lines):
    assert asked(*lines)


def test_a_table_to_be_filled_in_is_not_asked():
    assert not asked("任务完成情况填入下表：", HEAD, "街道残联||", "社区残协||")
    assert not asked("计划数填入下表：", HEAD, "街道残联||", "社区残协||")


@pytest.mark.parametrize("above", ["上季度完成情况如下表：", "各单位现有人员如下：", "受灾情况统计"])
def test_figures_of_what_happened_are_nobodys_task(above):
    assert owed(above, HEAD, *ROWS) == []


@pytest.mark.parametrize("width", [2, 3])
def test_the_table_of_a_word_document_is_read(tmp_path, width):
    document = Document()
    for line in notice("请于3月15日前报送总结。\n任务分配见下表。").split("\n"):
        document.add_paragraph(line)
        if line.startswith("任务分配"):
            table = document.add_table(3, width)
            for n, row in enumerate((HEAD, *ROWS)):
                for m, cell in enumerate(row.split("|")[:width]):
                    table.cell(n, m).text = cell
    path = tmp_path / "notice.docx"
    document.save(str(path))
    draft = draft_of(notice_text(path), calendar())
    assert [q.min for q in draft.quotas] == ([40, 3, 15, 1] if width > 2 else [40, 15])
    assert draft.quotas[-1].per == "社区残协"


def test_units_with_the_same_figures_share_a_form():
    lines = ("任务分解表", HEAD, "城关镇|40|3", "双河镇|15|1", "石门镇|40|3")
    text = as_yaml(draft_of(notice("请于3月15日前报送总结。\n" + "\n".join(lines)), calendar()), "x")
    forms = [each for each in yaml.safe_load(text)["obligations"] if each["id"].startswith("figures")]
    assert [each["title"] for each in forms] == [
        "任务数统计表（城关镇、石门镇）",
        "任务数统计表（双河镇）",
    ]
    assert len(forms[0]["fields"]) == 2


def test_a_table_of_figures_behind_the_signature_is_read_too():
    rows = "|1|城关镇|1200|8|\n|2|崇文镇|950|6|\n||合计|2150|14|"
    annex = f"2.活动情况统计表\n附件1\n任务分解表\n|序号|乡（镇）|入户（户）|演练（场）|\n{rows}"
    found = read(notice("请于3月15日前报送总结。各乡镇任务见附件1。") + f"\n{annex}")
    assert [(q["per"], q["item"], q["min"]) for q in found["quotas"]] == [
        ("城关镇", "入户", 1200),
        ("城关镇", "演练", 8),
        ("崇文镇", "入户", 950),
        ("崇文镇", "演练", 6),
    ]
    assert "quotas" not in found["unknown"]


def test_a_column_of_figures_without_a_measure_leaves_the_table_to_the_clerk():
    annex = "附件1\n目标任务表\n|县（市、区）|募捐目标|讲座（场）|\n|东城区|120|5|\n|西城区|95.5|5|"
    found = read(notice("请于3月15日前报送总结。") + f"\n{annex}")
    assert found["quotas"] == []
    assert "quotas" in found["unknown"]


def test_a_blank_form_behind_the_signature_sets_no_figures():
    annex = "附件\n任务完成情况统计表\n|乡镇|入户（户）|演练（场）|\n|城关镇|||\n|崇文镇|||"
    found = read(notice("请于3月15日前报送总结。") + f"\n{annex}")
    assert found["quotas"] == []
    assert "quotas" not in found["unknown"]
