"""Moments: UTC inside, the office's clock where people read them."""

from datetime import UTC, date, datetime, time

import pytest

from tasks.terms import times


def test_a_moment_without_an_offset_is_on_the_offices_clock():
    assert times.parse("2023-04-04T18:00") == datetime(2023, 4, 4, 10, tzinfo=UTC)
    assert times.parse("2023-04-04T18:00+00:00") == datetime(2023, 4, 4, 18, tzinfo=UTC)
    assert times.parse(" 2023-04-04 ") == datetime(2023, 4, 3, 16, tzinfo=UTC)
    assert times.local(datetime(2023, 4, 4, 18)).hour == 18
    assert times.moment_zh(datetime(2023, 4, 4, 18)) == "4月4日（周二）18:00"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023-04-08", "2023-04-08T23:59:59.999999"),
        (" 2023-04-08 ", "2023-04-08T23:59:59.999999"),
        ("2023-04-08T23:59:59", "2023-04-08T23:59:59.999999"),
        ("2023-04-08T23:59:59+08:00", "2023-04-08T23:59:59.999999"),
        ("2023-04-08T15:59:59+00:00", "2023-04-08T23:59:59.999999"),
        ("2023-04-08T23:59:58", "2023-04-08T23:59:58"),
        ("2023-04-08T18:00", "2023-04-08T18:00"),
        ("2023-04-08T00:00", "2023-04-08T00:00"),
    ],
)
def test_a_bare_date_someone_is_given_runs_to_its_end(text, meant):
    assert times.until(text) == times.parse(meant)


@pytest.mark.parametrize("text", ["", "4月8日", "2023-04-31", "2023-13-01", "tomorrow"])
def test_what_is_no_moment_is_none(text):
    with pytest.raises(ValueError, match=r".+"):
        times.until(text)


def test_the_end_of_a_day_is_written_24_hours():
    assert times.moment_zh(times.end_of(date(2023, 12, 31)), year=True) == "2023年12月31日（周日）24:00"
    assert times.moment_zh(times.parse("2023-12-31T23:59:59")) == "12月31日（周日）24:00"
    assert times.moment_zh(times.parse("2023-12-31T23:59:58")) == "12月31日（周日）23:59"
    assert times.moment_zh(times.parse("2024-01-01T00:00")) == "1月1日（周一）00:00"


def test_a_moment_is_told_in_whole_seconds_on_the_offices_clock():
    assert times.iso(times.end_of(date(2023, 4, 4))) == "2023-04-04T23:59:59+08:00"
    assert times.until(times.iso(times.end_of(date(2023, 4, 4)))) == times.utc(times.end_of(date(2023, 4, 4)))


def test_days_have_no_leading_noughts():
    assert times.date_zh(date(2023, 4, 4)) == "2023年4月4日"
    assert times.day_zh(date(2023, 4, 9)) == "4月9日（周日）"


def test_days_between_count_both_ends():
    assert times.days_between(date(2024, 2, 28), date(2024, 3, 1)) == [
        date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1),
    ]  # fmt: skip
    assert times.days_between(date(2024, 3, 1), date(2024, 2, 28)) == []


def test_an_hour_of_a_day_is_the_offices():
    assert times.at(date(2023, 4, 4), time(9)) == datetime(2023, 4, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2023/4/7", "2023-04-07T00:00"),
        ("2023.04.07", "2023-04-07T00:00"),
        ("2023年4月7日", "2023-04-07T00:00"),
        ("２０２３年４月７日", "2023-04-07T00:00"),
        ("2023年4月7日17时", "2023-04-07T17:00"),
        ("2023年4月7日17点30分", "2023-04-07T17:30"),
        ("2023-4-7 9:05", "2023-04-07T09:05"),
        ("2023-04-07 17：00", "2023-04-07T17:00"),
        ("2023-04-07T17:00:30", "2023-04-07T17:00:30"),
        ("2023-04-07T24:00", "2023-04-07T23:59:59.999999"),
        ("2023年4月7日24时", "2023-04-07T23:59:59.999999"),
    ],
)
def test_a_moment_is_read_as_people_type_it(typed, meant):
    assert times.parse(typed) == times.utc(datetime.fromisoformat(meant))


@pytest.mark.parametrize(
    "typed",
    ["2023/4/7", "2023.04.07", "2023年4月7日", "2023年4月7日24时", "2023-04-07T24:00", "2023-04-07 24:00:00"],
)
def test_a_day_however_typed_runs_to_its_end(typed):
    assert times.until(typed) == times.utc(times.end_of(date(2023, 4, 7)))


@pytest.mark.parametrize(
    "typed",
    [
        "2023/2/29",
        "4/7",
        "4月7日",
        "23-4-7",
        "2023-04-07T24:01",
        "2023-04-07T25:00",
        "2023-04-07T17:60",
        "2023年4月7日下午",
        "2023-4-112:00",
    ],
)
def test_a_day_that_does_not_exist_or_leaves_the_year_open_is_no_moment(typed):
    with pytest.raises(ValueError, match=r".+"):
        times.parse(typed)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:59-12:00", "3000-01-01"]
)
def test_a_moment_at_the_ends_of_the_calendar_is_no_moment(text):
    with pytest.raises(ValueError, match=text[:4]):
        times.parse(text)
