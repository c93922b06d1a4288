"""Hours as offices write them; what may mean two moments is none."""

from datetime import date, datetime

import pytest

from tasks.mail.sources.register_dates import read_moment
from tasks.terms.times import SHANGHAI


def at(*parts: int) -> tuple[datetime, bool]:
    return datetime(2023, 3, *parts, tzinfo=SHANGHAI), True


@pytest.mark.parametrize(
    ("hour", "moment"),
    [
        ("12:30 AM", at(27, 0, 30)),
        ("12:30 PM", at(27, 12, 30)),
        ("4:20 p.m.", at(27, 16, 20)),
        ("AM 9:05", at(27, 9, 5)),
        ("PM 4:20:05", at(27, 16, 20, 5)),
        ("上午9:05", at(27, 9, 5)),
        ("上午 0:05", at(27, 0, 5)),
        ("早上8点", at(27, 8, 0)),
        ("下午12:30", at(27, 12, 30)),
        ("下午4点半", at(27, 16, 30)),
        ("下午16:20", at(27, 16, 20)),
        ("下午5点整", at(27, 17, 0)),
        ("中午12:30", at(27, 12, 30)),
        ("中午1:10", at(27, 13, 10)),
        ("中午11:50", at(27, 11, 50)),
        ("凌晨1:20", at(27, 1, 20)),
        ("凌晨12:20", at(27, 0, 20)),
        ("凌晨0点", at(27, 0, 0)),
        ("傍晚6:10", at(27, 18, 10)),
        ("晚上9:10", at(27, 21, 10)),
        ("晚上21:10", at(27, 21, 10)),
        ("24:00", at(28, 0, 0)),
        ("24:00:00", at(28, 0, 0)),
        ("24时", at(28, 0, 0)),
        ("0:00", at(27, 0, 0)),
        ("23:59", at(27, 23, 59)),
    ],
)
def test_an_hour_is_read_by_what_stands_beside_it(hour, moment):
    assert read_moment(f"2023-03-27 {hour}") == moment
    assert read_moment(f"2023年3月27日 {hour}") == moment


@pytest.mark.parametrize(
    "hour",
    [
        "上午12:30", "上午12点", "早上12:30", "晚上12点", "深夜12:10", "晚上1:10", "上午13:10", "AM 13:10",
        "凌晨13:20", "凌晨9:20", "中午9:00", "24:01", "24:00:01", "25:00", "12:60", "9:10:61", "下午24:00",
        "上午9:05 PM", "0:30 PM",
    ],
)  # fmt: skip
def test_an_hour_that_may_mean_two_is_none(hour):
    assert read_moment(f"2023-03-27 {hour}") == (None, False)


def test_the_last_midnight_there_is_none_and_kills_nothing():
    assert read_moment("9999-12-31 24:00") == (None, False)


@pytest.mark.parametrize(
    "cell", [float("nan"), float("inf"), -1.0, 10**30, True, b"x", "2" * 1000, "9" * 5 + "." + "9" * 500]
)
def test_what_is_no_day_is_none(cell):
    assert read_moment(cell) == (None, False)


def test_a_day_alone_is_its_end_whatever_holds_it():
    end = datetime(2023, 3, 27, 23, 59, 59, 999999, tzinfo=SHANGHAI)
    for cell in (date(2023, 3, 27), datetime(2023, 3, 27), "2023-03-27", 45012, 45012.0, "45012", "20230327"):
        assert read_moment(cell) == (end, False)
