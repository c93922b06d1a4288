import random
from dataclasses import replace
from datetime import date

import pytest

from tasks.package.tiers.tier import Unfit, check_for, read_below
from tests.status.factory import campaign

HEAD = "单位代码,单位名称,事项代号,指标代号,状态,数值,原件路径,原件SHA256,单元格"


def table(values):
    rows = [f"U{n},单位{n},f,funds,accepted,{'' if v is None else v},,,表!C{n}" for n, v in enumerate(values)]
    return "\n".join([HEAD, *rows])


def summary(total):
    sums = [{"field": "funds", "title": "投入资金", "unit": "万元", "sum": total}]
    return {"superior": "某市局", "obligations": [{"id": "f", "sums": sums}]}


def test_sums_with_decimals_agree_in_whatever_order_they_were_added():
    dice = random.Random(3)
    hundredths = [dice.randrange(10_000) for _ in range(400)]
    below = read_below(summary(sum(hundredths) / 100), table([n / 100 for n in hundredths]))
    assert len(below.figures) == len(hundredths)


@pytest.mark.parametrize("total", [None, 0])
def test_a_sum_over_nothing_known_is_unknown_and_no_contradiction(total):
    assert read_below(summary(total), table([None, None])).figures[0].value is None


@pytest.mark.parametrize(
    ("what", "value"),
    [("unit", 3), ("title", None), ("field", {}), ("sum", "一"), ("sum", float("inf")), ("sum", [1])],
)
def test_a_summary_that_is_none_of_a_package_is_told_and_crashes_nothing(what, value):
    told = summary(1)
    told["obligations"][0]["sums"][0][what] = value
    with pytest.raises(Unfit):
        read_below(told, table([1]))


@pytest.mark.parametrize("value", ["inf", "nan", "1e400", "两百", "1" * 200_000])
def test_what_is_no_figure_is_told_and_crashes_nothing(value):
    with pytest.raises(Unfit):
        read_below(summary(1), table([value]))


@pytest.mark.parametrize("occurrence", ["f.2026-13-01", "f.x", "f.", 7])
def test_an_occurrence_without_a_day_is_told_and_crashes_nothing(occurrence):
    told = summary(1)
    told["obligations"][0]["id"] = occurrence
    if occurrence != "f.":
        with pytest.raises(Unfit):
            read_below(told, table([1]))


@pytest.mark.parametrize(("total", "values"), [(5.01, [2.5, 2.5]), (None, [1.0]), (3, [None])])
def test_a_sum_that_is_not_the_sum_of_the_units_is_told_with_both_figures(total, values):
    with pytest.raises(Unfit, match="投入资金"):
        read_below(summary(total), table(values))


def asked(issued):
    of = campaign()
    return replace(of, notice=replace(of.notice, issuer="某市局", issued_on=issued))


def made(as_of):
    return read_below(summary(1) | {"as_of": as_of}, table([1]))


def test_last_years_package_is_no_answer_to_this_years_notice():
    with pytest.raises(Unfit, match="早于本级通知的成文日期2026年5月4日"):
        check_for(made("2025-06-02T18:00:00+08:00"), asked(date(2026, 5, 4)))


@pytest.mark.parametrize("issued", [date(2026, 5, 4), "unknown"])
def test_a_package_made_since_the_notice_may_answer_it(issued):
    check_for(made("2026-05-04T00:30:00+08:00"), asked(issued))


@pytest.mark.parametrize("as_of", [None, "去年", 7, "0001-01-01T00:00:00+08:00"])
def test_a_package_that_does_not_say_of_when_it_is_is_told_and_crashes_nothing(as_of):
    with pytest.raises(Unfit):
        check_for(made(as_of), asked(date(2026, 5, 4)))
