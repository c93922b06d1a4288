"""A campaign's target against a recurring report: new figures are added up, growing ones are not."""

from dataclasses import replace
from datetime import date, time

import pytest

from tasks.notice.calendar import Calendar
from tasks.notice.unfold import unfolded
from tasks.status import report
from tasks.status.board import _goal
from tasks.status.series import falling, goals, of_the_series
from tasks.terms import times
from tasks.terms.due import Due, Recurrence
from tasks.terms.obligation import Field, Selector, Target
from tasks.terms.standings import State
from tests.status.factory import ROSTER, campaign, obligation, standings, version

FIRST = date(2023, 3, 24)
WEEKS = ("progress.2023-03-24", "progress.2023-03-31", "progress.2023-04-07")
ON = times.parse("2023-03-30T10:00")
"""Two weeks have begun."""


def weekly(over=None, **more):
    known = {
        "id": "progress", "title": "每周进度", "deliverable": "form", "due": Due(date=FIRST),
        "recurrence": Recurrence(every="weekly", until=date(2023, 4, 7)),
        "owed_by": (Selector(kind="town"),),
        "fields": (Field(id="visits", title="家庭走访", unit="户"), Field(id="led", title="带队")),
        "targets": (Target(field="visits", min=100, title="百户走访", over=over),),
    }  # fmt: skip
    made = campaign(obligation(**known | more))
    return unfolded(made, Calendar({}), lambda _: time(18))


def week(number, **figures):
    """The reports of one week: a figure, ``nil``, or None for one that cannot be read."""
    return [
        version(
            number * 10 + n, State.ACCEPTED, ON, obligation=WEEKS[number], reporter=unit,
            rows={} if value == "nil" else {unit: {"visits": value, "led": 1.0}}, nil=value == "nil",
        )
        for n, (unit, value) in enumerate(figures.items())
    ]  # fmt: skip


def stand(of, *weeks, as_of=ON, **facts):
    return standings(*(each for one in weeks for each in one), as_of=as_of, of=of, **facts)


def only(of, *weeks, **more):
    (goal,) = goals(of, stand(of, *weeks, **more))
    return goal


TWO_WEEKS = (week(0, T1=30.0, T2=10.0), week(1, T1=45.0))


def test_figures_of_each_week_are_added_up():
    goal = only(weekly("sum"), *TWO_WEEKS)
    assert (goal.series, goal.title, goal.field.id) == ("progress", "每周进度", "visits")
    assert (goal.done, goal.lacking, goal.open) == (85.0, 15.0, 1)


def test_figures_that_count_from_the_beginning_are_never_added_to_themselves():
    goal = only(weekly("latest"), *TWO_WEEKS)
    assert (goal.done, goal.lacking, goal.open) == (55.0, 45.0, 0)


def test_while_the_file_does_not_say_which_neither_is_held_against_the_target():
    of = weekly()
    goal = only(of, *TWO_WEEKS)
    assert (goal.done, goal.lacking, goal.total, goal.latest) == (None, None, 85.0, 55.0)
    asked = "“每周进度”各次所报的数是当次新增还是累计（总目标“百户走访”与哪个数相比）"
    assert [point for point in of.unknowns if "百户走访" in point] == [asked]
    assert all("百户走访" not in point for point in weekly("sum").unknowns)


def test_a_target_of_every_week_is_held_against_every_week():
    of = weekly("each")
    assert goals(of, stand(of, *TWO_WEEKS)) == ()
    totals = report.totals(of, stand(of, *TWO_WEEKS))
    assert [totals[w]["visits"]["target"] for w in WEEKS[:2]] == [100, 100]


@pytest.mark.parametrize("over", [None, "sum", "latest"])
def test_a_target_of_the_series_is_held_against_no_single_week(over):
    of = weekly(over)
    totals = report.totals(of, stand(of, *TWO_WEEKS))
    assert [(totals[w]["visits"]["sum"], totals[w]["visits"]["target"]) for w in WEEKS[:2]] == [
        (40, None), (45, None),
    ]  # fmt: skip


def test_an_obligation_that_comes_once_has_its_target_to_itself():
    once = obligation(
        deliverable="form", fields=(Field(id="visits", title="走访"),),
        targets=(Target(field="visits", min=100, title="百户"),),
    )  # fmt: skip
    assert not of_the_series(once, once.targets[0])
    assert goals(campaign(once), stand(campaign(once))) == ()
    assert (once.series, once.series_title, once.recurs) == ("summary", "活动总结", False)


def test_a_target_that_is_reached_lacks_nothing():
    goal = only(weekly("sum"), week(0, T1=90.0), week(1, T2=90.0))
    assert (goal.done, goal.lacking, goal.open) == (180.0, 0, 2)


def test_before_anything_is_known_nothing_is_nought():
    for over, missing in (("sum", 4), ("latest", 2), (None, 2)):
        goal = only(weekly(over))
        assert (goal.done, goal.total, goal.latest, goal.lacking, goal.open) == (
            None,
            None,
            None,
            None,
            missing,
        )


def test_a_series_of_which_no_week_has_begun_has_no_goal():
    of = weekly("sum", since=date(2023, 4, 1), due=Due(date=date(2023, 4, 7)))
    assert goals(of, stand(of, as_of=times.parse("2023-03-20T10:00"))) == ()


def test_what_cannot_be_read_or_is_not_accepted_is_counted_as_open():
    assert only(weekly("sum"), week(0, T1=None, T2=5.0)).open == 3
    assert only(weekly("sum"), week(0, T1=None, T2=5.0)).done == 5.0
    received = [replace(v, verdict=State.RECEIVED) for v in week(0, T1=7.0)]
    assert (only(weekly("sum"), received).done, only(weekly("latest"), received).done) == (None, None)


def test_a_unit_that_is_excused_is_not_open():
    waivers = {("T2", WEEKS[0]): "撤并", ("T2", WEEKS[1]): "撤并"}
    assert only(weekly("sum"), week(0, T1=7.0), waivers=waivers).open == 1
    assert only(weekly("latest"), week(0, T1=7.0), waivers=waivers).open == 0


def test_nothing_new_this_week_leaves_what_counts_from_the_beginning_as_it_was():
    assert only(weekly("latest"), week(0, T1=30.0, T2="nil"), week(1, T1="nil", T2=4.0)).done == 34.0
    assert only(weekly("sum"), week(0, T1=30.0, T2="nil"), week(1, T1="nil", T2=4.0)).done == 34.0


def test_nothing_to_report_is_known_and_not_open():
    weeks = (week(0, T1=30.0, T2="nil"), week(1, T1="nil", T2=4.0))
    assert (only(weekly("sum"), *weeks).open, only(weekly("latest"), *weeks).open) == (0, 0)
    assert only(weekly("latest"), week(0, T1="nil"), week(1, T1="nil")).done == 0.0


def test_a_series_has_its_goal_from_its_first_week_on():
    goal = only(weekly("sum"), week(0, T1=30.0), as_of=times.parse("2023-03-24T10:00"))
    assert (goal.done, goal.open) == (None, 2)  # the report came later
    early = [replace(v, received_at=times.parse("2023-03-23T10:00")) for v in week(0, T1=30.0)]
    goal = only(weekly("sum"), early, as_of=times.parse("2023-03-24T10:00"))
    assert (goal.done, goal.open, goal.lacking, goal.title) == (30.0, 1, 70.0, "每周进度")


def test_an_unreadable_week_leaves_the_last_figure_that_was_known():
    goal = only(weekly("latest"), week(0, T1=30.0, T2=5.0), week(1, T1=None))
    assert (goal.done, goal.open) == (35.0, 1)
    goal = only(weekly("latest"), week(0, T1=None, T2=5.0), week(1, T1=30.0))
    assert (goal.done, goal.open) == (35.0, 0)


def test_a_figure_that_counts_from_the_beginning_and_became_smaller_is_asked_about():
    weeks = (week(0, T1=30.0, T2=5.0), week(1, T1=20.0, T2=5.0))
    of = weekly("latest")
    assert list(falling(of, ROSTER, goals(of, stand(of, *weeks)))) == [
        "东坪镇“每周进度（3月31日）”的“家庭走访”是累计数，却比前一次少，请核实"
    ]
    for over in ("sum", None):
        of = weekly(over)
        assert list(falling(of, ROSTER, goals(of, stand(of, *weeks)))) == []


def test_the_status_gives_every_figure_beside_the_target():
    of = weekly("sum")
    found = report.as_json(of, ROSTER, stand(of, *TWO_WEEKS), (), as_of=ON, letters_sent={}, queue=0)
    assert found["targets"] == [
        {
            "series": "progress", "title": "每周进度", "field": "visits", "target": 100,
            "target_title": "百户走访", "over": "sum", "done": 85, "lacking": 15, "sum": 85, "latest": 55,
            "open": 1,
        }
    ]  # fmt: skip


def test_the_board_says_what_was_held_against_the_target():
    assert (
        _goal(only(weekly("sum"), *TWO_WEEKS)) == "| 每周进度：家庭走访 | 85（各次相加） | — | 百户走访 100 |"
    )
    assert "55（各单位最近一次累计数相加）" in _goal(only(weekly("latest"), *TWO_WEEKS))
    assert "各次相加 85，各单位最近一次相加 55（当次新增还是累计待定）" in _goal(only(weekly(), *TWO_WEEKS))
    assert "| —（各次相加） |" in _goal(only(weekly("sum")))
