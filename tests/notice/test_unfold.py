"""A campaign file made definite: occurrences, inner deadlines, what is announced later."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tasks.notice.calendar import Calendar
from tasks.notice.deadline import due_for, due_moment
from tasks.notice.tables import load_calendar
from tasks.notice.unfold import Unclear, is_once, series_of, unfolded
from tasks.settings import SHIPPED, Home
from tasks.terms import times
from tasks.terms.campaign import Rung
from tasks.terms.due import Due, Inner, Recurrence, Window
from tasks.terms.standings import State
from tasks.terms.units import Roster
from tests.status.factory import (
    BEFORE,
    CLOSE,
    DUE_DAY,
    LATER,
    ROSTER,
    campaign,
    form,
    obligation,
    standings,
    tallies,
    version,
)

CALENDAR = load_calendar(Home.at(SHIPPED))
WEEKS = {"due": Due(date=date(2023, 3, 24), time="17:00"), "id": "progress", "title": "每周进度"}


def d(text):
    return date.fromisoformat(text)


def unfold(of):
    return unfolded(of, CALENDAR, lambda _: CLOSE)


def weekly(until="2023-04-07", **more):
    return obligation(**WEEKS | {"recurrence": Recurrence(every="weekly", until=d(until))} | more)


def dues(of):
    return {o.id: o.due.date.isoformat() for o in unfold(of).obligations}


# Occurrences


def test_a_weekly_obligation_is_one_obligation_a_week_named_by_its_date():
    made = unfold(campaign(weekly(), form())).obligations
    assert [o.id for o in made] == [
        "progress.2023-03-24",
        "progress.2023-03-31",
        "progress.2023-04-07",
        "figures",
    ]
    assert [o.title for o in made][:2] == ["每周进度（3月24日）", "每周进度（3月31日）"]
    assert [o.due.time for o in made][:3] == ["17:00"] * 3
    assert [o.recurrence for o in made] == [None] * 4
    assert [series_of(o.id) for o in made] == ["progress"] * 3 + ["figures"]
    assert [is_once(o) for o in made] == [False, False, False, True]


def test_each_occurrence_has_its_own_due_moment_and_its_own_standing():
    of = unfold(campaign(weekly()))
    late = version(
        1, State.ACCEPTED, times.parse("2023-03-25T09:00"), obligation="progress.2023-03-24", reporter="T1"
    )
    timely = version(
        2, State.ACCEPTED, times.parse("2023-03-31T09:00"), obligation="progress.2023-03-31", reporter="T1"
    )
    found = {(s.obligation, s.unit): s for s in standings(late, timely, of=of)}
    assert found["progress.2023-03-24", "T1"].timeliness == "late"
    assert found["progress.2023-03-31", "T1"].timeliness == "on_time"
    assert found["progress.2023-04-07", "T1"].state is State.MISSING
    assert found["progress.2023-03-24", "T2"].state is State.MISSING


def test_an_occurrence_is_owed_once_the_one_before_it_is_over():
    of = unfold(campaign(weekly()))
    assert [o.since and o.since.isoformat() for o in of.obligations] == [None, "2023-03-25", "2023-04-01"]

    def asked(moment):
        return {s.obligation[-5:] for s in standings(of=of, as_of=times.parse(moment))}

    assert asked("2023-03-24T16:00") == {"03-24"}
    assert asked("2023-03-24T23:59") == {"03-24"}
    assert asked("2023-03-25T00:00") == {"03-24", "03-31"}
    assert asked("2023-05-01") == {"03-24", "03-31", "04-07"}


def test_an_occurrence_whose_turn_has_not_come_is_not_counted_at_all():
    of = unfold(campaign(weekly()))
    found = tallies(standings(of=of, as_of=times.parse("2023-03-25")), of)
    assert {name: t.expected for name, t in found.items()} == {
        "progress.2023-03-24": 2,
        "progress.2023-03-31": 2,
    }


@pytest.mark.parametrize(
    ("every", "first", "until", "expected"),
    [
        ("daily", "2023-04-28", "2023-05-01", ["04-28", "04-29", "04-30", "05-01"]),
        ("working_daily", "2023-04-28", "2023-05-08", ["04-28", "05-04", "05-05", "05-06", "05-08"]),
        ("weekly", "2023-03-24", "2023-04-06", ["03-24", "03-31"]),
        ("weekly", "2023-12-25", "2024-01-08", ["12-25", "01-01", "01-08"]),
        ("monthly", "2023-11-25", "2024-02-25", ["11-25", "12-25", "01-25", "02-25"]),
        ("monthly", "2023-01-28", "2023-03-27", ["01-28", "02-28"]),
        ("weekly", "2023-03-24", "2023-03-24", ["03-24"]),
        ("quarterly", "2023-03-25", "2024-01-31", ["03-25", "06-25", "09-25", "12-25"]),
        ("quarterly", "2023-11-28", "2024-05-28", ["11-28", "02-28", "05-28"]),
    ],
)
def test_a_series_runs_from_its_first_date_to_its_last(every, first, until, expected):
    of = campaign(obligation(due=Due(date=d(first)), recurrence=Recurrence(every=every, until=d(until))))
    assert [due[5:] for due in dues(of).values()] == expected


def test_the_end_of_every_month_is_its_last_day():
    due = Due(date=d("2023-12-01"), month_end=True)
    of = campaign(obligation(due=due, recurrence=Recurrence(every="monthly", until=d("2024-03-31"))))
    assert list(dues(of).values()) == ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31"]


def test_the_end_of_every_quarter_is_its_last_day():
    due = Due(date=d("2023-03-01"), month_end=True)
    of = campaign(obligation(due=due, recurrence=Recurrence(every="quarterly", until=d("2024-03-31"))))
    assert [day[2:] for day in dues(of).values()] == [
        "23-03-31",
        "23-06-30",
        "23-09-30",
        "23-12-31",
        "24-03-31",
    ]


def test_the_last_working_day_of_every_month_is_its_end_brought_forward():
    due = Due(date=d("2023-03-01"), month_end=True, roll="previous_working_day")
    of = campaign(obligation(due=due, recurrence=Recurrence(every="monthly", until=d("2023-07-31"))))
    assert dues(of) == {
        "summary.2023-03-31": "2023-03-31",
        "summary.2023-04-30": "2023-04-28",  # the Sunday is off, the Saturday before it too
        "summary.2023-05-31": "2023-05-31",
        "summary.2023-06-30": "2023-06-30",
        "summary.2023-07-31": "2023-07-31",
    }


def test_so_many_working_days_of_every_month_are_counted_from_the_end_of_the_one_before():
    due = Due(date=d("2023-03-31"), month_end=True, working_days_after=5)
    of = campaign(obligation(due=due, recurrence=Recurrence(every="monthly", until=d("2023-05-31"))))
    assert list(dues(of).values()) == ["2023-04-10", "2023-05-09", "2023-06-07"]


def test_days_rolled_to_the_same_one_are_each_owed_from_their_own_at_the_latest():
    due = Due(date=d("2023-04-28"), roll="next_working_day")
    made = unfold(
        campaign(obligation(due=due, recurrence=Recurrence(every="daily", until=d("2023-05-05"))))
    ).obligations
    assert [(o.since and o.since.isoformat()[5:], o.due.date.isoformat()[5:]) for o in made] == [
        (None, "04-28"), ("04-29", "05-04"), ("04-30", "05-04"), ("05-01", "05-04"),
        ("05-02", "05-04"), ("05-03", "05-04"), ("05-04", "05-04"), ("05-05", "05-05"),
    ]  # fmt: skip


def test_days_brought_forward_to_the_same_one_are_owed_by_then():
    due = Due(date=d("2023-09-29"), roll="previous_working_day")
    again = Recurrence(every="weekly", until=d("2023-10-13"))
    made = unfold(campaign(obligation(due=due, recurrence=again))).obligations
    assert [(o.since and o.since.isoformat()[5:], o.due.date.isoformat()[5:]) for o in made] == [
        (None, "09-28"), ("09-28", "09-28"), ("09-29", "10-13"),
    ]  # fmt: skip


def test_an_occurrence_is_never_owed_before_the_series_was_announced():
    made = unfold(campaign(weekly(since=d("2023-03-30")))).obligations
    assert [o.since.isoformat()[5:] for o in made] == ["03-30", "03-30", "04-01"]


def test_a_day_not_included_is_owed_by_those_who_were_there_on_the_eve():
    new, old = replace(ROSTER["T1"], start=DUE_DAY), replace(ROSTER["T2"], end=date(2023, 4, 3))
    of = unfold(campaign(obligation(due=Due(date=DUE_DAY, inclusive=False))))
    found = standings(of=of, roster=Roster((new, old)), as_of=LATER)
    assert [s.unit for s in found] == ["T2"]


def test_listed_dates_are_the_first_and_those_named():
    listed = Recurrence(every="listed", dates=(d("2023-05-20"), d("2023-04-20"), d("2023-04-04")))
    assert list(dues(campaign(obligation(recurrence=listed))).values()) == [
        "2023-04-04",
        "2023-04-20",
        "2023-05-20",
    ]


def test_a_series_without_an_end_ends_with_its_window():
    window = Window(id="thousand", title="千场", start=d("2023-03-21"), end=d("2023-04-02"))
    of = replace(
        campaign(weekly(recurrence=Recurrence(every="weekly"), window="thousand")), windows=(window,)
    )
    assert list(dues(of).values()) == ["2023-03-24", "2023-03-31"]
    with pytest.raises(Unclear, match="until"):
        unfold(campaign(weekly(recurrence=Recurrence(every="weekly"))))


def test_a_rolled_occurrence_keeps_the_name_of_the_date_the_notice_gives():
    due = Due(date=d("2023-04-28"), roll="next_working_day")
    of = campaign(obligation(due=due, recurrence=Recurrence(every="daily", until=d("2023-04-30"))))
    assert dues(of) == {
        "summary.2023-04-28": "2023-04-28",
        "summary.2023-04-29": "2023-05-04",
        "summary.2023-04-30": "2023-05-04",
    }


def test_a_series_over_two_years_says_the_year():
    made = unfold(campaign(weekly("2024-01-05", due=Due(date=d("2023-12-29"))))).obligations
    assert [o.title for o in made] == ["每周进度（2023年12月29日）", "每周进度（2024年1月5日）"]


def test_a_rung_that_names_the_series_speaks_of_every_occurrence():
    rung = Rung(
        id="t", title="t", working_days=-1, at=time(9), audience=("preparer",), template="reminder",
        obligations=("progress",),
    )  # fmt: skip
    (known,) = unfold(replace(campaign(weekly(), form()), ladder=(rung,))).ladder
    assert known.obligations == ("progress.2023-03-24", "progress.2023-03-31", "progress.2023-04-07")


def test_a_campaign_that_needs_no_reckoning_stays_as_it_is():
    of = campaign()
    assert unfold(of) == of


# Announced later


def test_an_obligation_announced_later_is_owed_from_that_day():
    of = unfold(campaign(obligation(), form(since=d("2023-03-28"))))
    early, later = times.parse("2023-03-27T23:59"), times.parse("2023-03-28T00:00")
    assert {s.obligation for s in standings(of=of, as_of=early)} == {"summary"}
    assert {s.obligation for s in standings(of=of, as_of=later)} == {"summary", "figures"}
    assert list(tallies(standings(of=of, as_of=early), of)) == ["summary"]


# Inner deadlines


SUPERIOR = datetime(2023, 4, 10, 18)


def inner(*known, due="unknown", superior=SUPERIOR):
    of = campaign(obligation(due=due, inner=known))
    return unfold(replace(of, superior=replace(of.superior, due=superior))).obligations[0]


def for_tier(of, tier):
    return due_for(of, tier=tier, kind="town", office_close=CLOSE)


def test_a_tier_reports_so_many_working_days_before_the_superiors_day():
    found = for_tier(inner(Inner(tier="镇街", working_days=3)), "镇街")
    assert found.at == times.end_of(d("2023-04-04"))
    assert found.explained == (
        "2023年4月4日（周二）24:00前（内部时限：比上级时限4月10日（周一）18:00提前3个工作日；未写明钟点，至当日24时）"
    )


def test_every_tier_may_have_its_own_buffer_and_the_others_the_general_day():
    of = inner(
        Inner(tier="镇街", working_days=2, time="下班前"), Inner(tier="村社", working_days=4, time="12:00"),
        due=Due(date=d("2023-04-10")),
    )  # fmt: skip
    assert for_tier(of, "镇街").at == times.parse("2023-04-06T17:30")
    assert for_tier(of, "村社").at == times.parse("2023-04-03T12:00")
    assert for_tier(of, "区").at == times.end_of(d("2023-04-10"))


def test_an_inner_deadline_may_be_counted_from_the_obligations_own_day():
    of = inner(
        Inner(kind="town", working_days=1, before="due"), due=Due(date=d("2023-04-06")), superior="unknown"
    )
    assert for_tier(of, "镇街").at == times.end_of(d("2023-04-04"))


def test_of_two_inner_deadlines_the_earlier_holds():
    of = inner(Inner(tier="镇街", working_days=1), Inner(kind="town", working_days=2))
    assert for_tier(of, "镇街").at == times.end_of(d("2023-04-06"))


def test_the_superiors_unknown_day_is_not_guessed():
    with pytest.raises(Unclear, match="上级时限未知") as fault:
        inner(Inner(tier="镇街", working_days=1), superior="unknown")
    assert fault.value.place == ("obligations", 0, "inner", 0, "before")
    with pytest.raises(Unclear, match="本事项时限未知"):
        inner(Inner(tier="镇街", working_days=1, before="due"))


def test_a_unit_stands_by_its_own_tiers_deadline():
    of = campaign(
        obligation(due=Due(date=d("2023-04-10")), inner=(Inner(tier="镇街", working_days=3, before="due"),))
    )
    (first, *_) = standings(version(received_at=times.parse("2023-04-06")), of=unfold(of))
    assert (first.timeliness, first.due.at) == ("late", times.end_of(d("2023-04-04")))


# Closing


def closing(*versions, **more):
    of = unfold(campaign(obligation(closes=datetime(2023, 4, 10, 18))))
    return standings(*versions, of=of, **more)[0]


def test_what_comes_after_the_closing_is_not_counted_unless_a_person_accepts_it():
    just, after = times.parse("2023-04-10T18:00"), times.parse("2023-04-10T18:00:01")
    assert closing(version(received_at=just)).state is State.ACCEPTED
    assert closing(version(received_at=just)).timeliness == "late"
    assert closing(version(received_at=after)).state is State.MISSING
    assert closing(version(received_at=after, ruled=True)).state is State.ACCEPTED


def test_an_extension_keeps_the_door_open_until_it_ends():
    granted = {("T1", "summary"): times.parse("2023-04-20T18:00")}
    found = closing(version(received_at=times.parse("2023-04-19")), extensions=granted)
    assert (found.state, found.timeliness) == (State.ACCEPTED, "on_time")


def test_a_late_correction_after_the_closing_leaves_what_was_reported():
    history = [version(1, received_at=BEFORE), version(2, received_at=times.parse("2023-04-11"))]
    assert closing(*history).version == 1


def test_what_cannot_be_reckoned_names_its_field():
    with pytest.raises(Unclear) as fault:
        unfold(campaign(obligation(due=Due(date=d("2030-01-01"), working_days_after=2))))
    assert (fault.value.place, "2030" in fault.value.text) == (
        ("obligations", 0, "due", "working_days_after"),
        True,
    )


def test_of_a_year_without_a_table_the_field_that_asks_for_its_working_days_is_named():
    plain = Due(date=d("2030-01-07"))
    asked = {
        ("due", "working_days_before"): {"due": replace(plain, working_days_before=2)},
        ("due", "roll"): {"due": replace(plain, roll="previous_working_day")},
        ("recurrence", "every"): {"due": plain, "recurrence": again("working_daily", until="2030-01-09")},
        ("inner", 0, "working_days"): {
            "due": plain,
            "inner": (Inner(tier="镇街", working_days=1, before="due"),),
        },
    }
    for field, said in asked.items():
        with pytest.raises(Unclear, match=r"没有 2030 年的放假调休表.*config/calendar/2030\.yaml") as fault:
            unfold(campaign(obligation(**said)))
        assert fault.value.place == ("obligations", 0, *field)


def quarterly(**more):
    """Due on the 5th after each quarter of 2026 and 2027; of 2027 there is no table yet."""
    said = {"due": Due(date=d("2026-07-05"), roll="next_working_day"), "id": "progress", "title": "季报"}
    return obligation(**said | {"recurrence": Recurrence(every="quarterly", until=d("2027-07-31"))} | more)


KNOWN_TO_2026 = Calendar({year: table for year, table in CALENDAR.years.items() if year < 2027})


def test_of_a_series_only_what_falls_into_a_year_without_a_table_is_unknown():
    made = unfolded(campaign(quarterly(), form()), KNOWN_TO_2026, lambda _: CLOSE).obligations
    assert [(o.id, "unknown" if o.due == "unknown" else o.due.date.isoformat()) for o in made] == [
        ("progress.2026-07-05", "2026-07-06"),
        ("progress.2026-10-05", "2026-10-08"),
        ("progress.2027-01-05", "unknown"),
        ("progress.2027-04-05", "unknown"),
        ("progress.2027-07-05", "unknown"),
        ("figures", "2023-04-04"),
    ]
    assert [o.since for o in made][2:5] == [d("2026-10-09"), d("2027-01-06"), d("2027-04-06")]
    due = due_for(made[2], tier="镇街", kind="town", office_close=CLOSE)
    assert due.at is None
    assert "放假调休表" in due.explained
    assert "通知未写明" not in due.explained


def test_what_a_table_will_settle_is_no_open_point_of_the_notice():
    of = unfolded(campaign(quarterly()), KNOWN_TO_2026, lambda _: CLOSE)
    assert not [each for each in of.unknowns if "季报" in each]


def test_an_inner_deadline_counted_back_into_a_year_without_a_table_is_unknown_and_not_the_later_one():
    inner = (Inner(tier="镇街", working_days=3, before="due"),)
    plain = Due(date=d("2026-10-15"))
    made = unfolded(campaign(quarterly(due=plain, inner=inner)), KNOWN_TO_2026, lambda _: CLOSE).obligations
    last = made[1]
    assert last.id == "progress.2027-01-15"
    assert due_for(made[0], tier="镇街", kind="town", office_close=CLOSE).at == times.parse(
        "2026-10-12T23:59:59.999999"
    )
    assert due_for(last, tier="镇街", kind="town", office_close=CLOSE).at is None
    assert due_for(last, tier="区县", kind="county", office_close=CLOSE).at is not None


def test_a_report_for_every_working_day_goes_as_far_as_working_days_are_known():
    of = quarterly(
        due=Due(date=d("2026-12-30")), recurrence=Recurrence(every="working_daily", until=d("2027-01-08"))
    )
    made = unfolded(campaign(of), KNOWN_TO_2026, lambda _: CLOSE).obligations
    assert [o.id for o in made] == ["progress.2026-12-30", "progress.2026-12-31"]


def test_every_explanation_is_one_chinese_line():
    of = unfold(
        campaign(weekly(), form(due=Due(date=d("2023-05-01"), roll="next_working_day", quote="5月1日前")))
    )
    for each in of.obligations:
        said = due_moment(each.due, office_close=CLOSE).explained
        assert said.startswith("2023年")
        assert "\n" not in said


# The limits


def daily(days):
    last = (date(2023, 1, 1).toordinal()) + days - 1
    until = date.fromordinal(last).isoformat()
    due = {"due": Due(date=d("2023-01-01")), "recurrence": Recurrence(every="daily", until=d(until))}
    return obligation(**WEEKS | due)


def test_four_hundred_occurrences_are_all_made_and_one_more_is_a_mistyped_year():
    made = unfold(campaign(daily(400))).obligations
    assert len(made) == 400
    assert made[-1].id == "progress.2024-02-04"
    with pytest.raises(Unclear, match="400"):
        unfold(campaign(daily(401)))


def test_a_month_without_that_day_is_asked_about():
    monthly = Recurrence(every="monthly", until=d("2023-06-30"))
    on_the_28th = obligation(**WEEKS | {"due": Due(date=d("2023-01-28")), "recurrence": monthly})
    assert list(dues(campaign(on_the_28th)).values())[:3] == ["2023-01-28", "2023-02-28", "2023-03-28"]
    with pytest.raises(Unclear, match="29日"):
        unfold(campaign(obligation(**WEEKS | {"due": Due(date=d("2023-01-29")), "recurrence": monthly})))


@pytest.mark.parametrize("hour", ["25:00", "17点", "下午", "24:01"])
def test_an_hour_that_is_none_is_told_with_its_place(hour):
    with pytest.raises(Unclear) as told:
        unfold(campaign(obligation(due=Due(date=d("2023-04-04"), time=hour))))
    assert told.value.place == ("obligations", 0, "due", "time")


# What a file may not say: the field is named, and a hair's breadth beside it all is well

FIRST = date(2023, 4, 4)


def again(every="weekly", **more):
    dates = tuple(map(d, more.pop("dates", ())))
    until = more.pop("until", None)
    return Recurrence(every=every, dates=dates, until=until and d(until))


def due(**more):
    return Due(date=FIRST, **more)


@pytest.mark.parametrize(
    ("said", "field", "text"),
    [
        ({"due": "unknown", "recurrence": again(until="2023-05-01")}, ("due",), "周期报送须写首次的时限"),
        ({"due": due(working_days_after=0)}, ("due", "working_days_after"), "“0”不对，应为 1 以上的整数"),
        ({"due": due(working_days_before=0)}, ("due", "working_days_before"), "“0”不对，应为 1 以上的整数"),
        (
            {"due": due(working_days_after=1, working_days_before=1)},
            ("due", "working_days_before"),
            "只能写一个",
        ),
        (
            {"due": due(month_end=True), "recurrence": again(until="2023-05-01")},
            ("recurrence", "every"),
            "weekly 不能与 month_end 同写",
        ),
        (
            {"due": Due(date=d("2023-03-31")), "recurrence": again("quarterly", until="2023-12-31")},
            ("recurrence", "every"),
            "不是每个月都有31日",
        ),
        ({"due": due(inclusive=False, time="17:00")}, ("due", "inclusive"), "请删去 inclusive: false"),
        ({"due": due(), "recurrence": again("listed")}, ("recurrence", "dates"), "须列出各次日期 dates"),
        (
            {"due": due(), "recurrence": again("listed", dates=["2023-04-08"], until="2023-05-01")},
            ("recurrence",),
            "且不写 until",
        ),
        (
            {"due": due(), "recurrence": again("listed", dates=["2023-04-08", "2023-04-03"])},
            ("recurrence",),
            "应晚于首次时限 2023-04-04",
        ),
        (
            {"due": due(), "recurrence": again("daily", until="2023-05-01", dates=["2023-04-08"])},
            ("recurrence", "dates"),
            "daily 不用列日期",
        ),
        ({"due": due(), "recurrence": again(until="2023-04-03")}, ("recurrence", "until"), "早于首次时限"),
        ({"due": due(), "recurrence": again()}, ("recurrence", "until"), "或写明所属时段 window"),
        ({"due": due(), "recurrence": again(), "window": "m"}, ("window",), "没有时段“m”，应为 w 之一"),
        ({"due": due(), "recurrence": again(), "window": "w"}, ("window",), "截止日 2023-03-31 早于首次时限"),
        (
            {"due": due(), "inner": (Inner(tier="镇街", working_days=1, before="due", time="早上"),)},
            ("inner", 0, "time"),
            "“早上”不是钟点",
        ),
    ],
)
def test_what_contradicts_itself_names_its_field(said, field, text):
    window = Window(id="w", title="月", start=d("2023-03-01"), end=d("2023-03-31"))
    of = replace(campaign(form(due="unknown"), obligation(**said)), windows=(window,))
    with pytest.raises(Unclear) as fault:
        unfold(of)
    assert fault.value.place == ("obligations", 1, *field)
    assert text in fault.value.text
    assert str(fault.value) == fault.value.text


def test_without_any_window_the_file_is_asked_for_one():
    with pytest.raises(Unclear, match="没有时段“m”，请先在 windows 中写明"):
        unfold(campaign(obligation(due=due(), recurrence=again(), window="m")))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ({"due": due(working_days_after=1)}, 1),
        ({"due": due(working_days_before=1)}, 1),
        ({"due": due(inclusive=False)}, 1),
        ({"due": due(), "recurrence": again(until="2023-04-04")}, 1),
        ({"due": due(), "recurrence": again(until="2023-04-11")}, 2),
        ({"due": due(), "recurrence": again("listed", dates=["2023-04-04"])}, 1),
        ({"due": due(), "recurrence": again("listed", dates=["2023-04-05", "2023-04-05"])}, 2),
        ({"due": Due(date=d("2023-01-28")), "recurrence": again("monthly", until="2023-03-27")}, 2),
        ({"due": Due(date=d("2024-02-28")), "recurrence": again("monthly", until="2024-03-28")}, 2),
        ({"due": Due(date=d("2023-11-28")), "recurrence": again("monthly", until="2024-01-28")}, 3),
        (
            {
                "due": Due(date=d("2024-02-10"), month_end=True),
                "recurrence": again("monthly", until="2024-03-31"),
            },
            2,
        ),
    ],
)
def test_what_only_just_agrees_is_taken_as_it_is(said, number):
    assert len(unfold(campaign(obligation(**said))).obligations) == number
