"""What a campaign is asked of: its package's moments, its obligations, what its notice leaves open."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from tasks.terms import times
from tasks.terms.campaign import PackageRule, Person, Rung
from tasks.terms.obligation import Target
from tests.status.factory import campaign, form, obligation

KNOWN = campaign(obligation(), form())


def test_the_package_and_its_supplements_are_at_moments_of_the_offices_clock_whatever_their_order():
    rule = PackageRule(
        at=datetime(2023, 4, 4, 18),
        basis="时限后",
        supplements=(datetime(2023, 6, 5, 9), datetime(2023, 5, 5, 9)),
    )
    told = ["2023-04-04T18:00", "2023-06-05T09:00", "2023-05-05T09:00"]
    assert rule.moments == tuple(map(times.parse, told))
    assert rule.last == times.parse("2023-06-05T09:00")
    assert replace(rule, supplements=()).last == times.parse("2023-04-04T18:00")


def test_an_obligation_is_found_by_its_id_or_there_is_none():
    assert KNOWN.obligation("figures") is KNOWN.obligations[1]
    with pytest.raises(KeyError, match="weekly"):
        KNOWN.obligation("weekly")


def test_a_notice_that_says_everything_leaves_nothing_to_ask():
    assert KNOWN.unknowns == ()


@pytest.mark.parametrize(
    ("part", "field", "asked"),
    [
        ("superior", {"due": "unknown"}, "某市民政局规定的上报时限"),
        ("superior", {"channel": "unknown"}, "向某市民政局呈报的渠道"),
        ("notice", {"issued_on": "unknown"}, "通知的成文日期"),
        ("notice", {"section": "unknown"}, "承办科室"),
        ("notice", {"contact": Person(name="张三")}, "联系电话（须带区号）"),
    ],
)
def test_each_thing_a_notice_leaves_open_is_asked_for_and_nothing_else(part, field, asked):
    left_open = replace(KNOWN, **{part: replace(getattr(KNOWN, part), **field)})
    assert left_open.unknowns == (asked,)


def test_a_report_without_a_day_is_asked_for_by_its_name():
    assert campaign(obligation(), form(due="unknown")).unknowns == ("统计表的报送时限",)


def test_of_a_series_it_is_asked_once_what_its_target_is_held_against():
    target = Target(field="visits", min=100, title="百户走访")
    weeks = [
        form(id=f"figures.2023-04-{day:02}", title=f"统计表（4月{day}日）", targets=(target,))
        for day in (4, 11)
    ]
    asked = "“统计表”各次所报的数是当次新增还是累计（总目标“百户走访”与哪个数相比）"
    assert campaign(*weeks).unknowns == (asked,)
    settled = [replace(week, targets=(replace(target, over="sum"),)) for week in weeks]
    assert campaign(*settled).unknowns == ()
    assert campaign(form(targets=(target,))).unknowns == ()  # reported once: there is but one figure


def test_what_a_file_does_not_ask_for_is_not_done():
    """Nobody signs, no letter leaves at night; a notice is public, as most are."""
    rung = Rung(id="a", title="催报", at=time(9), audience=("preparer",), template="reminder")
    assert not rung.any_hour
    assert not KNOWN.package.sign_off
    assert KNOWN.package.unsigned == "hold"
    assert KNOWN.notice.public
