"""The working days of China, every one of four years, against the State Council's own words."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from tasks.notice.calendar import Calendar
from tasks.notice.tables import load_calendar
from tasks.settings import SHIPPED, Home
from tasks.terms.errors import Misconfigured
from tests.notice import almanac

CALENDAR = load_calendar(Home.at(SHIPPED))
EVERY_DAY = [day for day in almanac.DAYS if 2023 <= day[0] <= 2026]


def d(text):
    return date.fromisoformat(text)


def test_every_day_of_2023_to_2026_is_as_announced():
    assert len(EVERY_DAY) == 1461
    for day in EVERY_DAY:
        assert CALENDAR.is_working_day(date(*day)) is almanac.works(almanac.PLACE[day]), day


def test_every_day_is_also_as_others_have_read_the_tables():
    for year in (2023, 2024, 2025, 2026):
        try:
            days = [date(*day) for day in EVERY_DAY if day[0] == year]
            others = [chinese_calendar.is_workday(day) for day in days]
        except NotImplementedError:  # that edition does not know the year yet
            assert year == 2026
            continue
        assert [CALENDAR.is_working_day(day) for day in days] == others


@pytest.mark.parametrize(
    ("year", "working", "made_up"), [(2023, 249, 7), (2024, 251, 8), (2025, 248, 5), (2026, 248, 6)]
)
def test_each_year_has_the_working_days_people_count(year, working, made_up):
    days = [date(*day) for day in EVERY_DAY if day[0] == year]
    assert sum(map(CALENDAR.is_working_day, days)) == working
    assert sum(CALENDAR.is_weekend(day) and CALENDAR.is_working_day(day) for day in days) == made_up


@pytest.mark.parametrize(
    ("first", "number", "expected"),
    [
        ("2023-04-04", 1, "2023-04-06"),  # over 清明
        ("2023-03-31", 5, "2023-04-10"),
        ("2023-04-21", 1, "2023-04-23"),  # a make-up Sunday
        ("2023-04-28", 1, "2023-05-04"),
        ("2023-05-05", 1, "2023-05-06"),  # a make-up Saturday
        ("2023-09-28", 1, "2023-10-07"),
        ("2024-02-28", 2, "2024-03-01"),  # 29 February
        ("2025-12-31", 1, "2026-01-04"),  # the year's turn, and its make-up Sunday
        ("2024-12-31", 1, "2025-01-02"),
        ("2023-04-06", -1, "2023-04-04"),
        ("2023-05-04", -1, "2023-04-28"),
        ("2026-01-05", -1, "2026-01-04"),
        ("2025-01-02", -1, "2024-12-31"),
        ("2023-04-04", 0, "2023-04-04"),
        ("2023-04-05", 0, "2023-04-04"),  # asked “on the day”, never after it
        ("2023-05-02", 0, "2023-04-28"),
        ("2023-04-29", 0, "2023-04-28"),
    ],
)
def test_working_days_are_counted_from_the_day_after(first, number, expected):
    assert CALENDAR.shift(d(first), number) == d(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-04-05", "2023-04-06"),
        ("2023-04-29", "2023-05-04"),
        ("2023-04-23", "2023-04-23"),
        ("2023-04-22", "2023-04-23"),
    ],
)
def test_the_next_working_day_is_the_day_itself_when_it_is_worked(day, expected):
    assert CALENDAR.next_working_day(d(day)) == d(expected)


def test_shifting_and_counting_agree_on_every_day():
    for day in EVERY_DAY[40:-40]:
        here, place = date(*day), almanac.PLACE[day]
        for number in (-7, -1, 1, 3, 7):
            there = CALENDAR.shift(here, number)
            assert (there.year, there.month, there.day) == almanac.DAYS[
                almanac.working_day_after(place, number)
            ]
            counted = CALENDAR.working_days_between(*sorted((here, there)))
            reached = CALENDAR.is_working_day(max(here, there))
            assert counted == (number if number > 0 else -number - 1 + reached)


def test_working_days_between_leave_out_the_first_day_and_count_the_last():
    assert CALENDAR.working_days_between(d("2023-04-04"), d("2023-04-06")) == 1
    assert CALENDAR.working_days_between(d("2023-04-06"), d("2023-04-04")) == -1
    assert CALENDAR.working_days_between(d("2023-04-04"), d("2023-04-04")) == 0
    assert CALENDAR.working_days_between(d("2023-04-21"), d("2023-04-23")) == 1


@pytest.mark.parametrize("day", ["2022-12-31", "2027-01-01", "2030-06-01"])
def test_a_year_without_a_table_is_refused_and_the_file_to_add_is_named(day):
    with pytest.raises(
        Misconfigured, match=rf"没有 {day[:4]} 年的放假调休表.*config/calendar/{day[:4]}\.yaml"
    ):
        CALENDAR.is_working_day(d(day))


@pytest.mark.parametrize(
    ("day", "number"), [("2026-12-31", 1), ("2023-01-01", -1), ("2026-12-25", 10), ("2023-01-03", -3)]
)
def test_counting_into_a_year_without_a_table_is_refused(day, number):
    with pytest.raises(Misconfigured, match="放假调休表"):
        CALENDAR.shift(d(day), number)


def test_rolling_into_a_year_without_a_table_is_refused():
    assert CALENDAR.next_working_day(d("2026-12-31")) == d("2026-12-31")
    with pytest.raises(Misconfigured, match="2027"):
        Calendar({2026: CALENDAR.years[2026]}).next_working_day(d("2027-01-01"))


def test_weekends_are_weekends_worked_or_not():
    assert [CALENDAR.is_weekend(d("2023-04-21") + timedelta(n)) for n in range(4)] == [
        False,
        True,
        True,
        False,
    ]
