"""Which package moment is being served."""

from dataclasses import replace

import pytest

from tasks.package.schedule import served
from tasks.terms import times
from tests.status.factory import campaign

MOMENTS = ("2023-06-02T18:00", "2023-06-06T12:00", "2023-06-06T17:00")


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2023-06-01T23:59", None),
        ("2023-06-02T00:00", MOMENTS[0]),
        ("2023-06-05T23:59", MOMENTS[0]),
        ("2023-06-06T08:00", MOMENTS[1]),
        ("2023-06-06T12:00", MOMENTS[1]),
        ("2023-06-06T16:59", MOMENTS[1]),
        ("2023-06-06T17:00", MOMENTS[2]),
        ("2023-07-01T09:00", MOMENTS[2]),
    ],
)
def test_a_day_with_several_moments_serves_them_one_after_the_other(now, moment):
    of = campaign()
    at, *later = map(times.parse, MOMENTS)
    of = replace(of, package=replace(of.package, at=at, supplements=tuple(later)))
    assert served(of, times.parse(now)) == (moment and times.parse(moment))
