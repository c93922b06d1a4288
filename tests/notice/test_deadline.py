"""When a report must have arrived: by example, and a great many by an independent count."""

import os
import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tasks.notice.deadline import Phase, due_moment, hour_of, phase
from tasks.notice.reckon import settled
from tasks.notice.tables import load_calendar
from tasks.settings import SHIPPED, Home, Office, Season
from tasks.terms import times
from tasks.terms.due import Due
from tasks.terms.errors import Misconfigured
from tasks.terms.standings import DueMoment
from tests.notice import almanac

CALENDAR = load_calendar(Home.at(SHIPPED))
CLOSE = time(17, 30)
SUMMER = Season(
    name="夏季作息", start="05-01", end="09-30", hours=((time(9), time(12)), (time(15), time(18, 30)))
)
WINTER = Season(
    name="冬季作息", start="11-01", end="02-29", hours=((time(9), time(12)), (time(13), time(17)))
)
OFFICE = Office("某区民政局", ((time(9), time(12)), (time(14), CLOSE)), seasons=(SUMMER, WINTER))

NUMBER = int(os.environ.get("BAOSONG_DEADLINES", "20000"))
"""How many deadlines are generated; a million before a release."""


def due(day, **more):
    known = settled(Due(date=date.fromisoformat(day), **more), CALENDAR, OFFICE.closes_on)
    return due_moment(known, office_close=CLOSE)


def at(text):
    return times.parse(text)


def last_of(day):
    return times.utc(times.end_of(date.fromisoformat(day)))


# A date, an hour, 24:00, 下班前


def test_a_date_runs_to_its_last_instant_and_says_that_this_is_an_assumption():
    found = due("2023-04-04", quote="于4月4日前报送")
    assert found.at == last_of("2023-04-04") == datetime(2023, 4, 4, 15, 59, 59, 999999, UTC)
    assert found.explained == (
        "2023年4月4日（周二）24:00前（通知原文：“于4月4日前报送”；“前”按含当日理解，未写明钟点，至当日24时）"
    )


def test_a_day_that_is_not_included_ends_the_evening_before():
    found = due("2023-04-04", inclusive=False)
    assert found.at == last_of("2023-04-03")
    assert found.explained == (
        "2023年4月3日（周一）24:00前（“前”按不含当日理解，即4月3日；未写明钟点，至当日24时）"
    )


def test_an_hour_is_included():
    found = due("2023-04-04", time="17:00")
    assert found.at == at("2023-04-04T17:00")
    assert found.explained == "2023年4月4日（周二）17:00前（含该时刻）"


@pytest.mark.parametrize("written", ["9:05", "09:05"])
def test_an_hour_may_lack_its_nought(written):
    assert due("2023-04-04", time=written).at == at("2023-04-04T09:05")


def test_midnight_at_the_end_of_the_day_is_that_day_not_the_next():
    found = due("2023-12-31", time="24:00")
    assert found.at == last_of("2023-12-31")
    assert found.explained == (
        "2023年12月31日（周日）24:00前（12月31日（周日）不上班，通知未写顺延，不顺延；至当日24时）"
    )


def test_nought_oclock_is_the_beginning_of_the_day():
    assert due("2023-04-04", time="00:00").at == at("2023-04-04T00:00")


@pytest.mark.parametrize(
    ("day", "hour"),
    [("2026-04-30", "17:30"), ("2026-05-06", "18:30"), ("2026-09-30", "18:30"), ("2026-10-08", "17:30"),
     ("2026-11-02", "17:00"), ("2026-12-31", "17:00"), ("2024-02-29", "17:00"), ("2026-03-02", "17:30")],
)  # fmt: skip
def test_the_end_of_the_office_day_follows_the_season(day, hour):
    found = due(day, time="下班前")
    assert found.at == at(f"{day}T{hour}")
    assert f"下班时间按{hour}计" in found.explained


@pytest.mark.parametrize(
    "hour", ["", "24:01", "25:00", "9", "9:5", "09：00", "-1:00", "23:60", "下班", "17:00:00", "٠٩:٠٠"]
)
def test_what_is_no_hour_is_refused(hour):
    with pytest.raises(ValueError, match="不是钟点"):
        hour_of(hour)


def test_what_the_notice_does_not_say_stays_open():
    assert due_moment("unknown", office_close=CLOSE) == DueMoment(None, "通知未写明时限，待科室确定")


def test_a_day_that_needs_the_calendar_is_not_guessed_without_it():
    with pytest.raises(ValueError, match="日历"):
        due_moment(Due(date=date(2023, 4, 4), working_days_after=3), office_close=CLOSE)
    with pytest.raises(ValueError, match="日历"):
        due_moment(Due(date=date(2023, 4, 4), inclusive=False), office_close=CLOSE)


# Counted, rolled, month end


def test_working_days_after_a_day_name_what_was_skipped():
    found = due("2023-03-31", working_days_after=5)
    assert found.at == last_of("2023-04-10")
    assert found.explained == (
        "2023年4月10日（周一）24:00前（3月31日之后第5个工作日为4月10日（周一）（其间4月5日放假）；未写明钟点，至当日24时）"
    )


def test_working_days_after_a_day_name_the_make_up_days_too():
    found = due("2023-04-27", working_days_after=4)
    assert found.at == last_of("2023-05-06")
    assert "5月1日、5月2日、5月3日放假，5月6日调休上班" in found.explained


def test_working_days_before_a_day_leave_it_out_and_name_what_a_finger_would_miscount():
    found = due("2024-05-06", working_days_before=3, time="17:00")
    assert found.at == at("2024-04-28T17:00")
    assert found.explained == (
        "2024年4月28日（周日）17:00前（5月6日之前第3个工作日为4月28日（周日）"
        "（其间5月1日、5月2日、5月3日放假，4月28日调休上班）；含该时刻）"
    )
    assert due("2023-04-04", working_days_before=1).explained == (
        "2023年4月3日（周一）24:00前（4月4日之前第1个工作日为4月3日（周一）；未写明钟点，至当日24时）"
    )


def test_the_last_working_days_of_a_month_are_counted_back_from_the_next_ones_first_day():
    assert due("2024-06-01", working_days_before=1).at == last_of("2024-05-31")
    assert due("2024-06-01", working_days_before=3).at == last_of("2024-05-29")
    assert due("2024-05-01", month_end=True, working_days_before=3).at == last_of("2024-05-28")


def test_a_month_ends_on_its_last_day():
    assert due("2024-02-01", month_end=True).at == last_of("2024-02-29")
    assert due("2023-02-01", month_end=True).at == last_of("2023-02-28")
    assert due("2023-12-15", month_end=True).at == last_of("2023-12-31")
    assert "5月底即5月31日" in due("2023-05-01", month_end=True).explained


def test_a_day_off_is_not_rolled_unless_the_notice_says_so_and_the_line_says_which():
    stays, rolled = due("2023-05-01"), due("2023-05-01", roll="next_working_day")
    assert stays.at == last_of("2023-05-01")
    assert stays.explained == (
        "2023年5月1日（周一）24:00前（“前”按含当日理解；5月1日（周一）不上班，通知未写顺延，不顺延；未写明钟点，至当日24时）"
    )
    assert rolled.at == last_of("2023-05-04")
    assert "5月1日（周一）不上班，按通知顺延至下一工作日5月4日（周四）" in rolled.explained


def test_a_make_up_sunday_is_a_working_day_and_is_not_rolled():
    found = due("2023-04-23", roll="next_working_day")
    assert found.at == last_of("2023-04-23")
    assert "顺延" not in found.explained


def test_a_rolled_day_takes_its_hour_along():
    assert due("2023-05-01", roll="next_working_day", time="17:00").at == at("2023-05-04T17:00")
    assert due("2023-05-01", roll="next_working_day", time="下班前").at == at("2023-05-04T18:30")


def test_a_day_not_included_that_had_to_be_reckoned_says_how_it_is_read():
    assert "“前”按不含当日理解" in due("2023-05-01", month_end=True, inclusive=False).explained
    assert "“前”按含当日理解" in due("2023-05-01", month_end=True).explained
    assert "理解" not in due("2023-05-01", month_end=True, time="17:00").explained


def test_a_day_not_included_is_taken_off_before_it_is_rolled():
    assert due("2023-05-04", inclusive=False, roll="next_working_day").at == last_of("2023-05-04")


def test_a_day_not_included_is_the_day_before_in_every_word_of_it():
    found = due("2023-05-04", inclusive=False)
    assert found.at == last_of("2023-05-03")
    assert found.explained == (
        "2023年5月3日（周三）24:00前（“前”按不含当日理解，即5月3日；5月3日（周三）不上班，通知未写顺延，不顺延；未写明钟点，至当日24时）"
    )


def test_a_day_off_is_brought_forward_where_the_notice_says_so():
    found = due("2023-10-01", roll="previous_working_day", time="下班前")
    assert found.at == at("2023-09-28T18:30")
    assert "10月1日（周日）不上班，按通知提前至前一工作日9月28日（周四）；" in found.explained
    assert due("2023-10-08", roll="previous_working_day").at == last_of("2023-10-08")  # a worked Sunday
    with pytest.raises(Misconfigured, match="2031"):
        due("2031-05-01", roll="previous_working_day")


def test_working_days_after_a_months_end_are_counted_from_its_last_day():
    found = due("2023-05-01", month_end=True, working_days_after=5)
    assert found.at == last_of("2023-06-07")
    assert "5月31日之后第5个工作日为6月7日（周三）；" in found.explained


def test_a_plain_date_works_in_a_year_without_a_table_and_anything_counted_does_not():
    assert due("2031-05-01").at == last_of("2031-05-01")
    assert due("2031-05-01", time="下班前").at == at("2031-05-01T18:30")
    assert due("2031-02-01", month_end=True).at == last_of("2031-02-28")
    for more in ({"working_days_after": 3}, {"roll": "next_working_day"}):
        with pytest.raises(Misconfigured, match="2031"):
            due("2031-05-01", **more)


def test_a_count_over_the_turn_of_the_year_needs_both_tables():
    assert due("2025-12-31", working_days_after=1).at == last_of("2026-01-04")
    with pytest.raises(Misconfigured, match="2027"):
        due("2026-12-31", working_days_after=1)


# Due, late, closed


def test_due_late_and_closed_are_three_things():
    moment, closes = due("2023-04-04"), datetime(2023, 4, 10, 18)
    tick = timedelta(microseconds=1)
    assert phase(moment, closes, moment.at) is Phase.OPEN
    assert phase(moment, closes, moment.at + tick) is Phase.LATE
    assert phase(moment, closes, at("2023-04-10T18:00")) is Phase.LATE
    assert phase(moment, closes, at("2023-04-10T18:00") + tick) is Phase.CLOSED
    assert phase(moment, None, at("2033-01-01")) is Phase.LATE


def test_what_has_no_due_moment_is_never_late_but_may_close():
    unstated = due_moment("unknown", office_close=CLOSE)
    assert phase(unstated, None, at("2033-01-01")) is Phase.OPEN
    assert phase(unstated, datetime(2023, 4, 10, 18), at("2023-04-10T19:00")) is Phase.CLOSED


def test_an_extension_past_the_closing_keeps_the_door_open_until_it_ends():
    extended = DueMoment(at("2023-04-20T18:00"), "")
    assert phase(extended, datetime(2023, 4, 10, 18), at("2023-04-15")) is Phase.OPEN
    assert phase(extended, datetime(2023, 4, 10, 18), at("2023-04-21")) is Phase.CLOSED


def test_a_moment_is_closed_only_after_both_its_closing_and_its_own_due_moment():
    extended = DueMoment(at("2023-04-20T18:00"), "")
    closes, tick = datetime(2023, 4, 10, 18), timedelta(microseconds=1)
    assert phase(extended, closes, extended.at) is Phase.OPEN
    assert phase(extended, closes, extended.at + tick) is Phase.CLOSED


def test_a_due_moment_reckoned_by_nobody_ends_with_the_office_day_it_is_told():
    found = due_moment(Due(date=date(2023, 4, 4), time="下班前"), office_close=CLOSE)
    assert found.at == at(f"2023-04-04T{CLOSE:%H:%M}")
    assert found.explained == f"2023年4月4日（周二）{CLOSE:%H:%M}前（下班时间按{CLOSE:%H:%M}计）"


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("2023-04-03", "4月3日之后第1个工作日为4月4日（周二）"),
        ("2023-04-04", "4月4日之后第1个工作日为4月6日（周四）（其间4月5日放假）"),
        ("2023-04-05", "4月5日之后第1个工作日为4月6日（周四）"),
        ("2023-04-22", "4月22日之后第1个工作日为4月23日（周日）（其间4月23日调休上班）"),
        ("2023-04-21", "4月21日之后第1个工作日为4月23日（周日）（其间4月23日调休上班）"),
        ("2023-04-23", "4月23日之后第1个工作日为4月24日（周一）"),
    ],
)
def test_only_days_between_the_first_and_the_last_are_named_as_skipped_or_worked(first, said):
    explained = due(first, working_days_after=1).explained
    assert explained.partition("前（")[2] == f"{said}；未写明钟点，至当日24时）"


# A great many, against a count that shares no code

MONTHS_IN_SEASON = {5: (18, 30), 6: (18, 30), 7: (18, 30), 8: (18, 30), 9: (18, 30),
                    11: (17, 0), 12: (17, 0), 1: (17, 0), 2: (17, 0)}  # fmt: skip


KINDS = ("plain", "after", "before", "month end", "after month end", "before month end")


def drawn(dice):
    """A due moment as a notice may give it: its keys, and the keys' words for the count."""
    # Thirty working days before March 2023 lie in a year without a table, as do thirty after October 2026.
    place = dice.randrange(almanac.PLACE[2023, 3, 1], almanac.PLACE[2026, 11, 1])
    kind = dice.choice(KINDS)
    hour = dice.choice((None, "24:00", "下班前", f"{dice.randrange(24):02}:{dice.randrange(60):02}"))
    number = dice.randint(1, 30)
    inclusive = hour is not None or dice.random() < 0.7
    return place, kind, number, hour, inclusive, dice.choice((None, None, "next", "previous"))


def written(place, kind, number, hour, inclusive, rolled):
    return Due(
        date=date(*almanac.DAYS[place]),
        time=hour,
        inclusive=inclusive,
        working_days_after=number if kind.startswith("after") else None,
        working_days_before=number if kind.startswith("before") else None,
        month_end=kind.endswith("month end"),
        roll=f"{rolled}_working_day" if rolled else None,
    )


def counted(place, kind, number, hour, inclusive, rolled):
    """The last instant, in microseconds, by walking day after day."""
    if kind.endswith("month end"):
        while almanac.DAYS[place + 1][1] == almanac.DAYS[place][1]:
            place += 1
    if kind.startswith("after"):
        place = almanac.working_day_after(place, number)
    if kind.startswith("before"):
        place = almanac.working_day_after(place, -number)
    if not inclusive:
        place -= 1
    while rolled and not almanac.works(place):
        place += 1 if rolled == "next" else -1
    if hour in {None, "24:00"}:
        return almanac.microseconds(place + 1, 0, 0) - 1, place
    if hour == "下班前":
        return almanac.microseconds(place, *MONTHS_IN_SEASON.get(almanac.DAYS[place][1], (17, 30))), place
    return almanac.microseconds(place, int(hour[:2]), int(hour[3:])), place


EPOCH = datetime(2022, 1, 1, tzinfo=UTC)


def test_generated_deadlines_fall_where_a_day_by_day_count_puts_them():
    dice = random.Random(20230404)
    seen = set()
    for _ in range(NUMBER):
        rule = drawn(dice)
        expected, place = counted(*rule)
        found = due_moment(settled(written(*rule), CALENDAR, OFFICE.closes_on), office_close=CLOSE)
        assert (found.at - EPOCH) // timedelta(microseconds=1) == expected, rule
        year, month, day = almanac.DAYS[place]
        assert found.explained.startswith(f"{year}年{month}月{day}日（周"), rule
        seen.add((rule[1], rule[3] if rule[3] in {None, "24:00", "下班前"} else "hour", rule[4], rule[5]))
    assert len(seen) == len(KINDS) * (4 + 1) * 3, "every way of writing a due moment came up"


def test_generated_deadlines_divide_on_time_from_late_at_the_very_instant():
    dice = random.Random(20230410)
    for _ in range(NUMBER // 10):
        rule = drawn(dice)
        found = due_moment(settled(written(*rule), CALENDAR, OFFICE.closes_on), office_close=CLOSE)
        expected = EPOCH + timedelta(microseconds=counted(*rule)[0])
        assert phase(found, None, expected) is Phase.OPEN
        assert phase(found, None, expected + timedelta(microseconds=1)) is Phase.LATE


def test_settling_twice_changes_nothing():
    dice = random.Random(20230331)
    for _ in range(NUMBER // 20):
        once = settled(written(*drawn(dice)), CALENDAR, OFFICE.closes_on)
        assert settled(once, CALENDAR, OFFICE.closes_on) == once


@pytest.mark.parametrize(
    "day", [(2024, 2, 29), (2023, 2, 28), (2023, 12, 31), (2024, 1, 1), (2025, 12, 31), (2026, 1, 1)]
)
def test_leap_days_month_ends_and_the_turn_of_the_year_fall_where_they_are_counted(day):
    for hour in (None, "24:00", "00:00", "23:59", "下班前"):
        for kind in ("plain", "after", "month end", "after month end"):
            for number in (1, 2, 20):
                for rolled in (None, "next", "previous"):
                    rule = almanac.PLACE[day], kind, number, hour, True, rolled
                    found = due_moment(
                        settled(written(*rule), CALENDAR, OFFICE.closes_on), office_close=CLOSE
                    )
                    assert (found.at - EPOCH) // timedelta(microseconds=1) == counted(*rule)[0], rule
