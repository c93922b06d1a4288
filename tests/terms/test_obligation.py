"""An obligation and its occurrences; whose inner deadline it is; which due day is yet to be found."""

from datetime import date

import pytest

from tasks.terms.due import Due, Inner, Window
from tasks.terms.obligation import Field, NarrativeRule
from tests.status.factory import obligation

DAY = date(2023, 4, 4)


def test_an_occurrence_is_known_by_the_obligation_of_the_file_and_its_own_date():
    week = obligation(id="progress.2023-03-24", title="进展（周报）（3月24日）")
    assert (week.recurs, week.series, week.series_title) == (True, "progress", "进展（周报）")


def test_what_is_owed_once_is_its_own_series_whatever_stands_in_its_title():
    once = obligation(id="progress", title="进展（终报）")
    assert (once.recurs, once.series, once.series_title) == (False, "progress", "进展（终报）")


@pytest.mark.parametrize(
    "more",
    [{"working_days_after": 0}, {"working_days_after": 2}, {"working_days_before": 2},
     {"month_end": True}, {"inclusive": False},
     {"roll": "next_working_day"}, {"roll": "previous_working_day"}],
)  # fmt: skip
def test_a_day_that_is_counted_rolled_or_not_included_is_yet_to_be_found(more):
    assert Due(date=DAY, **more).reckoned


def test_a_plain_date_is_the_very_day():
    assert not Due(date=DAY).reckoned
    assert not Due(date=DAY, time="24:00").reckoned


@pytest.mark.parametrize(
    ("inner", "holds"),
    [
        (Inner(tier="村社", working_days=2), True),
        (Inner(kind="village", working_days=2), True),
        (Inner(tier="村社", kind="village", working_days=2), True),
        (Inner(tier="镇街", working_days=2), False),
        (Inner(tier="村社", kind="studio", working_days=2), False),
        (Inner(tier="镇街", kind="village", working_days=2), False),
    ],
)
def test_an_inner_deadline_is_for_those_that_meet_all_it_names(inner, holds):
    assert inner.holds_for(tier="村社", kind="village") is holds


def test_what_a_file_does_not_say_of_a_figure_is_a_whole_number_that_must_be_there():
    plain = Field(id="a", title="社区活动")
    assert (plain.required, plain.whole, plain.low, plain.high) == (True, True, 0, 100_000)
    assert NarrativeRule().min_characters == 100
    assert not obligation().optional
    assert Window(id="w", title="宣传周", start=DAY, end=DAY).start == DAY
