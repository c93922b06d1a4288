"""Forms as offices really send them back: read as a careful clerk would read them, or asked about."""

from dataclasses import replace

import pytest

from tasks.intake.forms.form import read_form
from tasks.intake.judge import read_document
from tasks.terms.obligation import Field
from tasks.terms.readings import Content, Reading, Sheet
from tasks.terms.units import Roster, Unit
from tests.intake.factory import CAMPAIGN, FORM, ROSTER
from tests.intake.forms.test_form import HEAD, ROW, SPRING, codes, content, figures, read

TOWN = ["填报单位：三泉镇"]


def clean(reading: Reading) -> tuple:
    return codes(reading), figures(reading)


@pytest.mark.parametrize(
    "rows",
    [
        [["单位", "社区活动", "走访家庭", "参与志愿者"], [None, "场", "户", "人"], ["三泉镇", 3, 30, 8]],
        [["单位", "社区活动", "走访家庭"], [None, "（场）", "（户）"], ["三泉镇", 3, 30]],
        [["单位", "社区活动目标（场）", "社区活动已完成（场）", "走访家庭目标（户）", "走访家庭已完成（户）"],
         ["三泉镇", 5, 3, 50, 30]],
        [["单位", "本周社区活动", "累计社区活动", "本周走访家庭", "累计走访家庭"], ["三泉镇", 1, 3, 10, 30]],
        [["单位", "社区活动本月", "社区活动累计", "走访户数（本月）", "走访户数（累计）"],
         ["三泉镇", 1, 3, 10, 30]],
        [["序号", "单位", "填报人", "联系电话", "填报日期", "社区活动（场）", "走访家庭（户）"],
         [1, "三泉镇", "张某某", "000-00000001", "2023-05-31", 3, 30]],
        [HEAD, ["三泉镇", "\u202d3\u202c", "\u200e30\u200f"]],
        [HEAD, ["三泉镇", "'3", "’30"]],
        [HEAD, ["三泉镇", "已开展3场", "已走访30户"]],
        [HEAD, ["三泉镇", "共开展3场", "累计走访30户"]],
        [TOWN, HEAD, ["三泉镇", 3, 30], TOWN, HEAD],
        [["填报单位", "社区活动（场）", "走访家庭（户）"], ["三泉镇", 3, 30],
         ["填报单位", "社区活动（场）", "走访家庭（户）"]],
        [["单位", "①社区活动（场）", "③走访家庭＝①＋②（户）"], ["三泉镇", 3, 30]],
        [["单位", "社区活动（场，桌面推演不计）", "走访家庭（户，保留整数）"], ["三泉镇", 3, 30]],
    ],
)  # fmt: skip
def test_what_a_person_reads_without_doubt_is_read(rows):
    assert clean(read(*rows)) == ([], (3, 30))


@pytest.mark.parametrize(
    "cell",
    [
        "应走访30户",
        "未走访30户",
        "计划30",
        "预计走访30户",
        "服务30户",
        "\u202e30\u202c",
        "'约30",
        "已走访近30户",
    ],
)
def test_what_only_looks_like_it_is_not(cell):
    reading = read(HEAD, ["三泉镇", 3, cell])
    assert clean(reading) == (["VAGUE"], (3, None))


@pytest.mark.parametrize("facts", [{"formulas_without_value": ("C4",)}, {"error_cells": ("C4",)}])
def test_a_total_nobody_computed_is_asked_for(facts):
    reading = read(HEAD, ["观音村", 3, 30], ["窑湾村", 4, 31], ["合计", 7, None], **facts)
    assert codes(reading) == ["FORMULA_NO_CACHE" if "formulas_without_value" in facts else "ERROR_CELL"]
    assert figures(reading) == (7, None)
    assert [r.values["visits"] for r in reading.rows] == [30, 31], "the rows say what they say"


@pytest.mark.parametrize(
    "remark",
    [
        "走访家庭应为54户，请以此为准", "走访家庭更正为54户", "走访户数实为54",
        "走访家庭一栏数字有误，待核实",
        "走访家庭改为五十四户",
    ],
)  # fmt: skip
def test_a_remark_that_takes_a_figure_back_leaves_it_open(remark):
    reading = read([*HEAD, "备注"], [*ROW, remark])
    assert clean(reading) == (["VAGUE"], (3, None))
    assert clean(read(HEAD, ROW, [f"备注：{remark}"])) == (["VAGUE"], (3, None))


@pytest.mark.parametrize("remark", ["数字有误，以电话报送为准", "以上应为54，请核对"])
def test_a_remark_that_takes_back_it_does_not_say_what_leaves_the_row_open(remark):
    reading = read([*HEAD, "备注"], [*ROW, remark])
    assert (set(codes(reading)), figures(reading)) == ({"VAGUE"}, (None, None))


@pytest.mark.parametrize(
    "remark",
    [
        "无",
        "含线上1场",
        "如有错误请及时更正",
        "数据截至5月31日",
        "说明：如数字有误，以纸质件为准",
        "走访家庭应填实际走访户数",
    ],
)
def test_a_remark_that_takes_nothing_back_is_no_fault(remark):
    assert clean(read([*HEAD, "备注"], [*ROW, remark])) == ([], (3, 30))
    assert clean(read(HEAD, ROW, [f"备注：{remark}"])) == ([], (3, 30))


@pytest.mark.parametrize(
    "rows",
    [
        [TOWN, HEAD, ROW, [], ["填报单位：东城街道"], HEAD, ["东城街道", 7, 52]],
        [["填报单位：东城街道"], HEAD, ["三泉镇", 3, 30]],
        [["填报单位", "东城街道"], HEAD, ["三泉镇", 3, 30], ["合计", 3, 30]],
        [["填报单位：白沙"], HEAD, ["白沙", 3, 30]],
    ],
)
def test_a_form_that_names_two_units_is_nobodys_until_a_person_says(rows):
    reading = read(*rows)
    assert reading.unit is None
    assert len(reading.rows) == 1 or figures(reading) == (None, None), "nothing is added up over both"
    assert "AMBIGUOUS_UNIT" in codes(reading)


@pytest.mark.parametrize("name", ["三泉村", "三泉社区", "三泉村委会", "三泉一组", "东城小学"])
def test_a_village_called_like_a_town_is_not_the_town(name):
    reading = read(TOWN, HEAD, ["观音村", 3, 30], [name, 4, 31])
    assert clean(reading) == (["UNKNOWN_UNIT"], (None, None))


def test_the_form_of_others_is_told_by_its_subject_and_its_sender():
    rows = [["河塘区2024年重大事故隐患排查整治情况统计表"], TOWN,
            ["单位", "检查企业（家）", "排查隐患（条）"], ["三泉镇", 86, 132]]  # fmt: skip
    reading = read(*rows)
    assert (reading.unit, codes(reading)) == (SPRING, ["WRONG_CAMPAIGN"])


def in_word(text: str, *rows: tuple) -> Reading:
    cells = "\n".join(str(c) for row in rows for c in row if c is not None)
    content = Content("docx", (Sheet("表1", rows),), f"{text}\n{cells}")
    return read_document(content, CAMPAIGN, ROSTER)


def test_a_form_in_word_says_whose_and_when_above_its_table():
    rows = (("项目", "计划", "完成"), ("社区活动（场）", "5", "3"), ("走访家庭（户）", "50", "30"))
    reading = in_word("统计表\n填报单位：三泉镇  填报日期：2023年5月31日", *rows)
    assert (reading.unit, reading.date, *clean(reading)) == (SPRING, "2023-05-31", [], (3, 30))
    assert codes(in_word("2022年统计表\n填报单位：三泉镇", *rows)) == ["WRONG_YEAR"]
    assert codes(in_word("统计表\n填报单位：凤凰镇", *rows)) == ["UNKNOWN_UNIT"]


@pytest.mark.parametrize("format_", ["doc", "pdf"])
def test_a_printed_form_is_sent_back_to_the_unit_it_names(format_):
    head = "“千场活动、万家走访”统计表\n填报单位：三泉镇        统计时段：2023年3月21日至5月31日\n"
    text = f"{head}单位 社区活动（场） 走访家庭（户）\n三泉镇 3 30"
    reading = read_document(Content(format_, text=text), CAMPAIGN, ROSTER)
    assert (reading.unit, codes(reading), reading.values) == (SPRING, ["WRONG_FORMAT"], {})
    other = read_document(Content(format_, text=text), CAMPAIGN, ROSTER, filename="东城街道统计表.doc")
    assert (other.unit, len(other.candidates)) == (None, 2)


def test_the_same_form_twice_on_one_sheet_counts_once():
    again = [[], TOWN, HEAD]
    assert clean(read(TOWN, HEAD, ROW, *again, ROW)) == ([], (3, 30))
    reading = read(TOWN, HEAD, ROW, *again, ["三泉镇", 3, 54])
    assert clean(reading) == (["CONTRADICTION"], (3, None))


def test_a_unit_that_names_itself_twice_is_asked_which_row_counts():
    reading = read(TOWN, HEAD, ROW, ["三泉镇人民政府", 4, 31])
    assert clean(reading) == (["CONTRADICTION"], (None, None))
    assert clean(read(TOWN, HEAD, ROW, ["三泉镇", 4, 31], ["合计", 7, 61])) == ([], (7, 61))


def test_a_village_written_with_its_town_is_not_the_town():
    reading = read(TOWN, HEAD, ["观音村", 3, 30], ["三泉镇莲花村", 4, 31])
    assert clean(reading) == (["UNKNOWN_UNIT"], (None, None))
    street = read(["填报单位：东城街道"], HEAD, ["东城街道鼓楼坝社区", 3, 30], ["东城街道长亭社区", 4, 31])
    assert clean(street) == ([], (7, 61))


@pytest.mark.parametrize(("cell", "value"), [(0.958, None), (1, None), (95.8, 95.8), ("95.8%", 95.8), (0, 0)])
def test_a_share_below_one_may_be_a_hundred_times_as_much(cell, value):
    rate = Field(id="rate", title="合格率", unit="%", whole=False)
    form = replace(FORM, fields=(rate,), quotas=())
    sheet = Sheet("统计表", (("单位", "合格率（%）"), ("三泉镇", cell)))
    reading = read_form(Content("xlsx", (sheet,)), replace(CAMPAIGN, obligations=(form,)), ROSTER)
    assert ((reading.values or {})["rate"], codes(reading)) == (value, [] if value is not None else ["VAGUE"])


def test_a_village_several_towns_have_is_asked_for_its_town():
    names = ("南平镇玉龙村社会工作室", "庆元镇玉龙村社会工作室")
    roster = Roster(tuple(Unit(f"V{n}", name, "studio") for n, name in enumerate(names)))
    reading = read_form(content(["填报单位：玉龙村"], HEAD[1:], [3, 30]), CAMPAIGN, roster)
    assert (reading.unit, reading.candidates, codes(reading)) == (None, ("V0", "V1"), ["AMBIGUOUS_UNIT"])


def test_figures_of_a_column_in_doubt_are_no_blank_form():
    rows = [["单位", "走访家庭（户）", "走访户数"], ["三泉镇", 30, 31]]
    reading = read_form(Content("xlsx", (Sheet("统计表", tuple(map(tuple, rows))),)), CAMPAIGN, ROSTER)
    assert "BLANK_FORM" not in codes(reading)
    assert "VAGUE" in codes(reading)


PARTS = (["观音村", 3, 30], ["窑湾村", 4, 31])


@pytest.mark.parametrize(
    ("rows", "found", "values"),
    [
        ([["三泉镇", 7, 61], *PARTS], [], (7, 61)),
        ([["三泉镇", 7, 61], ["其中：观音村", 3, 30], PARTS[1]], [], (7, 61)),
        ([["三泉镇", 7, 61], *PARTS, ["合计", 7, 61]], [], (7, 61)),
        ([["三泉镇", 1, 10], *PARTS, ["合计", 8, 71]], [], (8, 71)),
        ([["本级", 1, 10], *PARTS], [], (8, 71)),
        ([["三泉镇", 1, 10], *PARTS], ["TOTAL_MISMATCH"], (None, None)),
        ([["三泉镇", 8, 61], *PARTS], ["TOTAL_MISMATCH"], (None, None)),
    ],
)
def test_a_town_above_its_villages_is_their_sum_or_is_asked_about(rows, found, values):
    reading = read(TOWN, HEAD, *rows)
    assert (list(dict.fromkeys(c for c in codes(reading) if c != "BELOW_TARGET")), figures(reading)) == (
        found,
        values,
    )


def test_a_group_heading_nobody_merged_is_no_blank_form():
    reading = read(["单位", "走访家庭", None], [None, "老人", "儿童"], ["三泉镇", 20, 24])
    assert "BLANK_FORM" not in codes(reading)


def test_rows_that_contradict_each_other_send_the_form_back():
    reading = read(TOWN, HEAD, ["观音村", 3, 30], ["观音村", 4, 31])
    assert [f.code for f in reading.blocking] == ["CONTRADICTION"]


@pytest.mark.parametrize("day", ["今日", "本日", "当天", "昨日", "前一日"])
def test_a_figure_of_one_day_is_never_the_campaigns(day: str):
    found = read(["单位名称", f"{day}社区活动（场）", "走访家庭（户）"], ["三泉镇", 3, 30])
    assert ("MISSING" in codes(found), figures(found)) == (True, (None, 30))


WIDE = ((0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 0, 5))


def test_columns_merged_in_the_head_and_over_every_figure_are_one_column():
    head = ["单位", None, "社区活动（场）", None, "走访家庭（户）", None]
    row = ["三泉镇", None, 3, None, 30, None]
    down = tuple((1, left, 1, right) for _, left, _, right in WIDE)
    assert clean(read(head, row, merged=(*WIDE, *down))) == ([], (3, 30))
    apart = read(head, ["三泉镇", None, 3, 4, 30, None], merged=(*WIDE, (1, 0, 1, 1), (1, 4, 1, 5)))
    assert clean(apart) == (["VAGUE"], (None, 30))


def test_a_figure_that_begins_below_another_columns_head_is_nobodys():
    head = ["单位", None, "社区活动（场）", None, "走访家庭（户）", None]
    row = ["三泉镇", 3, None, 30, None, None]
    merged = (*WIDE, (1, 1, 1, 2), (1, 3, 1, 4))
    assert clean(read(head, row, merged=merged))[1] == (None, None)
