"""A rate, an average, a price: in the package by unit, from lowest to highest, never as a sum."""

import csv
import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from tasks.package.data import figures_csv, summary
from tasks.package.documents.report import summary_report
from tasks.package.figures import figures
from tasks.package.sheets.workbook import summary_workbook
from tasks.package.tiers.tier import read_below
from tasks.status.report import totals
from tasks.terms.obligation import Field, Quota, Target
from tasks.terms.standings import State
from tests.package import factory
from tests.package.documents.test_report import words

RATE = Field(id="rate", title="整改率", unit="%", whole=False, high=100)
FOUND = Field(id="found", title="排查隐患", unit="处")


@pytest.fixture
def rated():
    """Three units: two rates and a nil return."""
    base, _ = factory.nanchuan(towns=3, organisations=0, studios=0)
    form = replace(
        base.campaign.obligations[1],
        fields=(FOUND, RATE),
        quotas=(Quota(field="rate", min=80),),
        targets=(Target(field="rate", min=95, title="全区整改率"),),
    )
    campaign = replace(base.campaign, obligations=(form,))
    told = [
        (State.ACCEPTED, {"found": 4.0, "rate": 75.0}),
        (State.ACCEPTED, {"found": 2.0, "rate": 100.0}),
        (State.NIL, {}),
    ]
    standings = tuple(
        factory.standing(unit.code, "figures", state, values=values)
        for unit, (state, values) in zip(base.roster, told, strict=True)
    )
    return replace(base, campaign=campaign, standings=standings, tallies=())


def test_it_lies_between_the_lowest_and_the_highest_and_a_nil_return_has_none(rated):
    found, rate = figures(rated)[0].sums
    assert (found.total, found.known, found.lowest) == (6.0, 3, None)
    assert (rate.total, rate.lowest, rate.highest, rate.known, rate.unknown) == (None, 75.0, 100.0, 2, ())


def test_a_quota_is_held_against_each_unit_and_never_multiplied(rated):
    (quota,) = figures(rated)[0].quotas
    assert (quota.required, quota.done, quota.lacking) == (None, None, None)
    assert (quota.met, quota.short, quota.open) == (1, 1, 1)


def test_the_report_says_what_there_is_and_no_sum(rated):
    text = words(summary_report(rated, figures(rated)))
    assert "整改率：2个单位最低75%、最高100%，各单位的数不相加" in text
    assert "整改率：每个单位不少于80%，应报单位3个。达到任务数的单位1个，未达到的1个" in text
    assert "“全区整改率”（整改率）：目标为95%，各单位的数不能相加，是否达到须另行统计" in text
    assert "175" not in text


def test_the_workbook_shows_every_rate_and_no_sum(rated):
    book = load_workbook(io.BytesIO(summary_workbook(rated, figures(rated))))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {75, 100, "不相加", "零报告"} <= set(cells)
    assert not {175, 87.5} & set(cells)
    assert sum(isinstance(c, str) and c.startswith("=SUM(") for c in cells) == 1


def test_the_data_say_that_it_does_not_add_up_and_the_tier_above_reads_them(rated):
    told = summary(rated, figures(rated))
    assert told["obligations"][0]["sums"][1] | {"title": "", "unknown_units": []} == {
        "field": "rate", "title": "", "unit": "%", "adds_up": False, "sum": None, "lowest": 75,
        "highest": 100, "units": 2, "unknown_units": [], "absent_units": 0,
    }  # fmt: skip
    data = figures_csv(rated, ()).decode("utf-8-sig")
    assert [r["数值"] for r in csv.DictReader(io.StringIO(data)) if r["指标代号"] == "rate"] == [
        "75",
        "100",
        "",
    ]
    below = read_below(json.loads(json.dumps(told)), data)
    assert [f.value for f in below.figures if f.field == "rate"] == [75.0, 100.0, None]


def test_the_status_has_no_sum_of_it(rated):
    told = totals(rated.campaign, rated.standings)["figures"]
    assert (told["found"]["sum"], told["rate"]["sum"], told["rate"]["quota"]) == (6, None, None)
    assert (told["rate"]["units"], told["rate"]["unknown_units"]) == (2, 0)
