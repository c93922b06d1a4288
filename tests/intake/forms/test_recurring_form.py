"""Of a report that recurs the week's figure counts, never what has added up since the beginning."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.readings import Content, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER

ONCE = replace(FORM, fields=FORM.fields[:2], quotas=(), through_parent=())
WEEKLY = replace(ONCE, id="figures.2023-04-07")


def read(obligation, *rows):
    content = Content("xlsx", sheets=(Sheet("Sheet1", (("报送单位：", "东城街道"), *rows)),))
    return read_form(content, replace(CAMPAIGN, obligations=(obligation,)), ROSTER)


@pytest.mark.parametrize("now", ["本周", "本周数", "本期", "本月完成", "本次"])
@pytest.mark.parametrize("ever", ["累计", "累计数", "年初以来", "截至本周累计"])
def test_beside_the_sum_the_weeks_own_column_is_read(now, ever):
    down = read(WEEKLY, ("指标", now, ever), ("社区活动", 5, 31), ("走访家庭", 2, 9))
    assert down.values == {"activities": 5, "visits": 2}
    across = read(
        WEEKLY,
        ("单位", f"社区活动（{now}）", f"社区活动（{ever}）", f"走访家庭{now}", f"走访家庭{ever}"),
        ("东城街道", 5, 31, 2, 9),
    )
    assert across.values == {"activities": 5, "visits": 2}


def test_a_sum_alone_is_not_the_weeks_figure():
    found = read(WEEKLY, ("单位", "累计社区活动", "走访家庭"), ("东城街道", 31, 2))
    assert found.values == {"activities": None, "visits": 2}
    assert [f.code for f in found.findings] == ["MISSING"]


def test_of_a_report_over_months_asked_for_once_the_sum_is_read_and_not_the_week_beside_it():
    found = read(ONCE, ("指标", "本周数", "累计"), ("社区活动", 5, 31), ("走访家庭", 2, 9))
    assert found.values == {"activities": 31, "visits": 9}
    assert found.findings == ()


def test_of_a_report_over_months_asked_for_once_the_week_alone_is_not_read():
    found = read(ONCE, ("单位", "社区活动", "本月走访家庭"), ("东城街道", 5, 2))
    assert found.values == {"activities": 5, "visits": None}
    assert [f.code for f in found.findings] == ["MISSING"]


def of_a_month_and_the_year(ever: str, since: date) -> float | None:
    """What is read where 本月 stands beside another column, in a campaign that began on a day."""
    window = replace(CAMPAIGN.windows[0], start=since, end=date(2023, 6, 30))
    campaign = replace(CAMPAIGN, windows=(window,), obligations=(ONCE,))
    head = ("单位", "社区活动（本月）", f"社区活动（{ever}）", "走访家庭")
    rows = (("报送单位：", "东城街道"), head, ("东城街道", 5, 31, 2))
    found = read_form(Content("xlsx", sheets=(Sheet("Sheet1", rows),)), campaign, ROSTER)
    return (found.values or {})["activities"]


@pytest.mark.parametrize(
    ("ever", "found"), [("本年累计", None), ("今年以来累计", None), ("累计", 31), ("活动累计", None)]
)
def test_what_came_of_the_year_is_not_what_is_asked_for_of_some_weeks_of_it(ever: str, found: int | None):
    assert of_a_month_and_the_year(ever, date(2023, 5, 8)) == found


def test_what_came_of_the_year_is_what_a_campaign_since_its_first_months_asks_for():
    assert of_a_month_and_the_year("本年累计", date(2023, 3, 1)) == 31
