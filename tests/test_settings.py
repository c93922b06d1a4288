"""The office's hours, summer and winter."""

from datetime import date, time

import pytest

from tasks.settings import Office, Season

SUMMER = Season(
    name="夏季作息", start="05-01", end="09-30", hours=((time(8), time(12)), (time(15), time(18)))
)
WINTER = Season(name="冬季作息", start="11-15", end="02-29", hours=((time(9), time(17)),))
OFFICE = Office("某区民政局", ((time(9), time(12)), (time(14), time(17, 30))), seasons=(SUMMER, WINTER))


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        ((2026, 4, 30), time(17, 30)),
        ((2026, 5, 1), time(18)),
        ((2026, 9, 30), time(18)),
        ((2026, 10, 1), time(17, 30)),
        ((2026, 11, 14), time(17, 30)),
        ((2026, 11, 15), time(17)),
        ((2026, 12, 31), time(17)),
        ((2027, 1, 1), time(17)),
        ((2028, 2, 29), time(17)),
        ((2027, 3, 1), time(17, 30)),
    ],
)
def test_the_office_day_ends_with_its_season_over_the_new_year_too(day, closes):
    assert OFFICE.closes_on(date(*day)) == closes


def test_without_seasons_every_day_has_the_same_hours():
    office = Office("某区民政局", ((time(9), time(12)), (time(14), time(17, 30))))
    assert {office.closes_on(date(2026, month, 15)) for month in range(1, 13)} == {time(17, 30)}
    assert office.hours_on(date(2026, 7, 1)) == office.hours


def test_of_seasons_that_overlap_the_first_holds():
    office = Office(
        "某局",
        OFFICE.hours,
        seasons=(
            WINTER,
            SUMMER,
            Season(name="全年", start="01-01", end="12-31", hours=((time(1), time(2)),)),
        ),
    )
    assert office.closes_on(date(2026, 7, 1)) == time(18)
    assert office.closes_on(date(2026, 3, 15)) == time(2)
