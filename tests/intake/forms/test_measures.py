"""A figure under 万元 is never read as 元, nor the other way round; a campaign's own measures are known."""

from dataclasses import replace

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.obligation import Field
from tasks.terms.readings import Content, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER


def value(unit: str, label: str, cell: object) -> float | None:
    field = Field(id="amount", title="帮扶投入", unit=unit, whole=False)
    form = replace(FORM, fields=(field,), quotas=(), through_parent=())
    rows = (("报送单位：", "东城街道"), ("单位", label), ("东城街道", cell))
    content = Content("xlsx", sheets=(Sheet("Sheet1", rows),))
    found = read_form(content, replace(CAMPAIGN, obligations=(form,)), ROSTER)
    assert found.values is not None
    number = found.values.get("amount")
    assert number is not None or found.findings, "what is not certain is said"
    return number


@pytest.mark.parametrize(
    ("unit", "label", "cell", "expected"),
    [
        ("万元", "帮扶投入（万元）", 12.5, 12.5),
        ("万元", "帮扶投入", 12.5, 12.5),
        ("万元", "帮扶投入（万元）", "12.5万元", 12.5),
        ("万元", "帮扶投入（万元）", "三十", 30),
        ("万元", "帮扶投入（元）", 125000, 12.5),
        ("万元", "帮扶投入（元）", "125000元", 12.5),
        ("元", "帮扶投入（万元）", 12.5, 125000),
        ("元", "帮扶投入（元）", "1.2万元", 12000),
        ("元", "帮扶投入（万元）", "12.5万元", 125000),
        ("人次", "帮扶投入（万人次）", 1.5, 15000),
        ("处", "帮扶投入（处）", 3, 3),
        ("公里", "帮扶投入（千米）", 3, 3),
        ("盏灯", "帮扶投入（盏灯）", 3, 3),
        ("万盏灯", "帮扶投入（盏灯）", 30000, 3),
    ],
)
def test_a_figure_counts_in_the_fields_own_measure(unit, label, cell, expected):
    assert value(unit, label, cell) == expected


@pytest.mark.parametrize(
    ("unit", "label", "cell"),
    [
        ("万元", "帮扶投入", "125000元"),
        ("万元", "帮扶投入（万元）", "125000元"),
        ("万元", "帮扶投入（万元）", "1.2万"),
        ("元", "帮扶投入（万元）", "125000元"),
        ("元", "帮扶投入（万元）", "1.2万"),
        ("人次", "帮扶投入（万人次）", "15000人次"),
        ("处", "帮扶投入（个）", 3),
        ("户", "帮扶投入（户次）", 3),
    ],
)
def test_a_figure_that_may_count_in_another_measure_is_not_read(unit, label, cell):
    assert value(unit, label, cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"), [(1.32, 1.32), (0, 0), (13200, None), (5, None), ("2.5万人次", 2.5)]
)
def test_under_a_title_that_ends_like_half_its_measure_only_a_fraction_is_certain(cell, expected):
    field = Field(id="amount", title="观众人次", unit="万人次", whole=False)
    form = replace(FORM, fields=(field,), quotas=(), through_parent=())
    rows = (("报送单位：", "东城街道"), ("单位", "观众人次"), ("东城街道", cell))
    found = read_form(
        Content("xlsx", sheets=(Sheet("Sheet1", rows),)), replace(CAMPAIGN, obligations=(form,)), ROSTER
    )
    assert (found.values or {}).get("amount") == expected
    assert bool(found.findings) == (expected is None)


@pytest.mark.parametrize(("measure", "cell"), [("万人次", 1.32), ("人次", 13200)])
def test_a_column_of_measures_says_in_what_a_label_counts(measure, cell):
    field = Field(id="amount", title="观众人次", unit="万人次", whole=False)
    form = replace(FORM, fields=(field,), quotas=(), through_parent=())
    rows = (("报送单位：", "东城街道", None), ("项目", "计量单位", "数量"), ("观众人次", measure, cell))
    found = read_form(
        Content("xlsx", sheets=(Sheet("Sheet1", rows),)), replace(CAMPAIGN, obligations=(form,)), ROSTER
    )
    assert ((found.values or {}).get("amount"), found.findings) == (1.32, ())


@pytest.mark.parametrize(
    ("unit", "cell", "expected"),
    [
        ("元", "￥10,800.00", 10800),
        ("元", "¥500", 500),
        ("元", "人民币500元", 500),
        ("万元", "￥1.2", None),
        ("户", "￥5", None),
    ],
)
def test_a_sign_of_money_stands_before_money_alone(unit, cell, expected):
    assert value(unit, f"帮扶投入（{unit}）", cell) == expected


@pytest.mark.parametrize(("measure", "factor"), [("人次", 1), ("万人次", 10000), ("（万人次）", 10000)])
def test_a_row_of_measures_under_the_labels_says_in_what_they_count(measure: str, factor: int):
    field = Field(id="amount", title="服务群众", unit="人次", whole=False, high=10_000_000)
    form = replace(FORM, fields=(FORM.fields[0], field), quotas=(), through_parent=())
    rows = (("报送单位：", "东城街道"), ("社区活动", "服务群众"), ("场", measure), (3, 1.2))
    found = read_form(
        Content("xlsx", sheets=(Sheet("Sheet1", rows),)), replace(CAMPAIGN, obligations=(form,)), ROSTER
    )
    assert (found.values, found.findings) == ({"activities": 3, "amount": 1.2 * factor}, ())


def under_corner(unit: str, corner: str, label: str, cell: object) -> tuple[float | None, float | None, list]:
    money = Field(id="amount", title="帮扶资金", unit=unit, whole=False, high=10_000_000)
    form = replace(
        FORM, fields=(money, Field(id="people", title="帮扶对象", unit="人")), quotas=(), through_parent=()
    )
    rows = (("报送单位：", "东城街道", corner), ("单位", label, "帮扶对象"), ("东城街道", cell, 12))
    content = Content("xlsx", sheets=(Sheet("Sheet1", rows),))
    found = read_form(content, replace(CAMPAIGN, obligations=(form,)), ROSTER)
    assert found.values is not None
    return found.values["amount"], found.values["people"], [f.code for f in found.findings]


@pytest.mark.parametrize(
    ("unit", "corner", "label", "cell", "expected"),
    [
        ("万元", "金额单位：元", "帮扶资金", 98750, 9.875),
        ("万元", "单位：元", "帮扶资金", 98750, 9.875),
        ("元", "（金额单位：万元）", "帮扶资金", 1.2, 12000),
        ("元", "单位：万元", "帮扶资金", 1.2, 12000),
        ("元", "单位：千元", "帮扶资金", 12, 12000),
        ("万元", "单位：万元", "帮扶资金", 9.875, 9.875),
        ("元", "单位：元", "帮扶资金", 12000, 12000),
        ("万元", "金额单位：元", "帮扶资金（万元）", 9.875, 9.875),
        ("元", "货币单位：人民币元", "帮扶资金", 12000, 12000),
    ],
)
def test_what_a_table_says_money_is_counted_in_holds_for_money_alone(unit, corner, label, cell, expected):
    assert under_corner(unit, corner, label, cell) == (expected, 12, [])


def test_a_corner_in_another_measure_than_money_is_asked_about():
    assert under_corner("万元", "单位：公顷", "帮扶资金", 9)[2] == ["VAGUE"]


def test_two_corners_that_differ_leave_money_open():
    money = Field(id="amount", title="帮扶资金", unit="万元", whole=False)
    form = replace(FORM, fields=(money,), quotas=(), through_parent=())
    rows = (("单位：元", None), ("单位", "帮扶资金"), ("东城街道", 9), ("单位：万元", None))
    content = Content("xlsx", sheets=(Sheet("Sheet1", rows),))
    found = read_form(content, replace(CAMPAIGN, obligations=(form,)), ROSTER)
    assert found.values == {"amount": None}
    assert found.findings


@pytest.mark.parametrize(
    ("unit", "heading", "cell", "expected"),
    [
        ("万元", "金额（元）", 98750, 9.875),
        ("元", "金额（万元）", 1.2, 12000),
        ("万元", "金额（万元）", 9.875, 9.875),
        ("元", "数量（个）", 12000, 12000),
        ("人次", "数量（万人次）", 1.5, 15000),
    ],
)
def test_a_column_of_values_is_counted_as_its_heading_says(unit, heading, cell, expected):
    field = Field(id="amount", title="帮扶投入", unit=unit, whole=False, high=10_000_000)
    form = replace(FORM, fields=(field,), quotas=(), through_parent=())
    rows = (("报送单位：", "东城街道", None), ("项目", heading, "备注"), ("帮扶投入", cell, None))
    content = Content("xlsx", sheets=(Sheet("Sheet1", rows),))
    found = read_form(content, replace(CAMPAIGN, obligations=(form,)), ROSTER)
    assert (found.values, found.findings) == ({"amount": expected}, ())
