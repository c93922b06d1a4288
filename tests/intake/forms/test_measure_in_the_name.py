"""A name that ends like a measure of its own: 培训场次 asked for in 期 is counted in 期."""

from dataclasses import replace

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.obligation import Field
from tasks.terms.readings import Content, Reading, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER


def read(field: Field, *rows: list[object]) -> Reading:
    form = replace(FORM, fields=(field,), quotas=(), through_parent=())
    content = Content("xlsx", sheets=(Sheet("Sheet1", tuple(map(tuple, rows))),))
    return read_form(content, replace(CAMPAIGN, obligations=(form,)), ROSTER)


TRAINING = Field(id="n", title="培训场次", unit="期", aliases=("培训班",))
SERVED = Field(id="n", title="受益群众", unit="人次", aliases=("受益人数",))


@pytest.mark.parametrize(
    ("field", "head", "cell"),
    [
        (TRAINING, "培训场次（期）", 3),
        (TRAINING, "培训场次", "3期"),
        (TRAINING, "培训场次（场）", 3),
        (TRAINING, "培训班（期）", "3期"),
        (SERVED, "受益人数（人次）", 3),
        (SERVED, "受益人数", "3人次"),
        (SERVED, "受益人数", "3人"),
    ],
)
def test_a_label_may_state_the_measure_the_notice_asks_for_or_that_of_the_name(field, head, cell):
    found = read(field, ["单位", head], ["三泉镇", cell])
    assert (found.findings, found.values) == ((), {"n": 3})


@pytest.mark.parametrize("head", ["培训场次（人）", "培训场次（天）"])
def test_a_label_in_a_third_measure_is_not_what_was_asked_for(head):
    found = read(TRAINING, ["单位", head], ["三泉镇", 3])
    assert (found.values or {}).get("n") is None
    assert found.findings


def test_a_measure_in_a_bracket_of_the_name_itself_is_not_the_notices_to_change():
    field = Field(id="n", title="参训（人）", unit="人次")
    found = read(field, ["单位", "参训（人次）"], ["三泉镇", 3])
    assert (found.values or {}).get("n") is None


@pytest.mark.parametrize("head", ["鉴定为危房栋数（栋）", "鉴定为危房栋数", "危房栋数"])
def test_the_measure_asked_for_may_end_a_name_as_a_count_of_it(head):
    field = Field(id="n", title="鉴定为危房", unit="栋", aliases=("危房",))
    found = read(field, ["单位", head], ["三泉镇", 3])
    assert (found.findings, found.values) == ((), {"n": 3})


def test_a_group_of_heads_is_told_apart_by_their_measures():
    field = Field(id="n", title="鉴定为危房", unit="栋")
    head: list[list[object]] = [["单位", "鉴定为危房", None], [None, "栋数（栋）", "面积（平方米）"]]
    form = replace(FORM, fields=(field,), quotas=(), through_parent=())
    rows = tuple(map(tuple, [*head, ["三泉镇", 12, 880]]))
    content = Content("xlsx", sheets=(Sheet("Sheet1", rows, merged=((0, 1, 0, 2), (0, 0, 1, 0))),))
    found = read_form(content, replace(CAMPAIGN, obligations=(form,)), ROSTER)
    assert (found.findings, found.values) == ((), {"n": 12})


@pytest.mark.parametrize(
    ("head", "figure", "left"),
    [
        ("帮扶资金", 12.8, 12.8),
        ("帮扶资金", 128000, None),
        ("帮扶资金（万元）", 12000, 12000),
        ("帮扶资金（元）", 128000, 12.8),
    ],
)
def test_a_sum_of_hundreds_of_millions_under_a_head_without_measure_may_be_in_yuan(head, figure, left):
    money = Field(id="funds", title="帮扶资金", unit="万元", whole=False, high=1000000)
    form = replace(FORM, fields=(*FORM.fields[:2], money), quotas=())
    across = (("填报单位：三泉镇",), ("社区活动（场）", "走访家庭（户）", head), (3, 30, figure))
    down = (("填报单位：三泉镇",), ("社区活动（场）", 3), ("走访家庭（户）", 30), (head, figure))
    for rows in (across, down):
        content = Content("xlsx", (Sheet("统计表", rows),))
        found = read_form(content, replace(CAMPAIGN, obligations=(form,)), ROSTER)
        assert found.values["funds"] == left
        assert (left is None) == any("没写是否以万元计" in f.text for f in found.findings)
