"""A note in a form that its figures are guesses, incomplete or more than asked for leaves them open."""

import pytest

from tests.intake.forms.test_form import HEAD, ROW, codes, figures, read

ALL_OPEN = [
    "为初步统计数，最终以审核为准",
    "以上数据为预估数",
    "本表为预计完成数",
    "估算",
    "预计数",
    "暂估",
    "数据尚未核实",
    "未核实",
    "丙村尚未上报",
    "丙村未报",
    "数据未含丙村",
    "不含滨河社区数据",
    "缺丙村数据，后补报",
    "含去年结转的1场",
    "包括4月计划开展的1场",
    "含拟开展的1场",
    "数据不全",
]


@pytest.mark.parametrize("remark", ALL_OPEN)
def test_below_the_table(remark: str):
    found = read(HEAD, ROW, [f"备注：{remark}"])
    assert (set(codes(found)), figures(found)) == ({"VAGUE"}, (None, None))


@pytest.mark.parametrize("remark", ALL_OPEN)
def test_beside_the_figures(remark: str):
    found = read([*HEAD, "备注"], [*ROW, remark])
    assert (set(codes(found)), figures(found)) == ({"VAGUE"}, (None, None))


@pytest.mark.parametrize(
    "remark", ["走访家庭为人数", "走访家庭按人次统计", "走访家庭为预估数", "走访户数含上年10户"]
)
def test_of_the_figure_it_names_alone(remark: str):
    found = read(HEAD, ROW, [f"备注：{remark}"])
    assert (codes(found), figures(found)) == (["VAGUE"], (3, None))


@pytest.mark.parametrize(
    "remark",
    [
        "走访家庭为户数",
        "含线上活动1场",
        "含计划外活动1场",
        "不含重复走访",
        "较去年增加5场",
        "下一步计划走访50户",
        "各村数据已核实",
        "预计6月底全部完成整改",
        "数据以5月31日为准",
        "如有村未报，请于6月3日前补报",
        "与南城街道合办",
        "已按要求上报",
        "填报时须核实，不得估算",
        "未发生安全事故",
        "村级未设站的不填",
        "各社区未报送的视为零报告",
        "不含上年结转",
        "本表一式两份",
        "所有数据真实有效",
    ],
)
def test_any_other_note_leaves_them_as_they_are(remark: str):
    assert (codes(found := read(HEAD, ROW, [f"备注：{remark}"])), figures(found)) == ([], (3, 30))
    assert (codes(found := read([*HEAD, "备注"], [*ROW, remark])), figures(found)) == ([], (3, 30))


def test_the_heads_of_columns_are_no_notes():
    head = [HEAD[0], "社区活动预计数", HEAD[1], "走访家庭预计数", HEAD[2]]
    assert figures(read(head, ["三泉镇", 9, 3, 90, 30])) == (3, 30)
    rows: list[list[object]] = [["项目", "预计数", "完成数"], ["社区活动", 9, 3], ["走访家庭", 90, 30]]
    assert figures(read(["填报单位：三泉镇"], *rows)) == (3, 30)


def test_a_text_in_the_place_of_a_figure_speaks_of_that_figure_alone():
    found = read(["填报单位：三泉镇"], HEAD[1:], [3, "30（批注：此数为预估）"])
    assert (codes(found), figures(found)) == (["VAGUE"], (3, None))
