"""Of a report that recurs the week's figure counts, never what has added up since the beginning."""

from dataclasses import replace

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


def test_of_a_report_asked_for_once_two_columns_leave_the_figure_open_and_the_form_is_not_called_blank():
    found = read(ONCE, ("指标", "本周数", "累计"), ("社区活动", 5, 31), ("走访家庭", 2, 9))
    assert found.values == {"activities": None, "visits": None}
    assert {f.code for f in found.findings} == {"VAGUE"}
