"""Letters keep to the office's hours of the season."""

import pytest

from tasks.chase.carrier import limits
from tasks.chase.steps import may_chase
from tasks.desk import open_desk
from tasks.terms import times
from tests.notice.homes import HAIKOU, new_home, replace_in

SUMMER = """accounts: {}
seasons:
  - {name: 夏季作息, start: 04-01, end: 09-30, hours: [["08:30", "12:00"], ["15:00", "18:30"]]}
"""


@pytest.fixture
def home(tmp_path):
    home = new_home(tmp_path)
    replace_in(home.config / "office.yaml", "accounts: {}\n", SUMMER)
    return home


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2023-03-31T08:45", False),
        ("2023-03-31T14:30", True),
        ("2023-04-03T08:45", True),
        ("2023-04-03T14:30", False),
        ("2023-04-03T18:15", True),
        ("2023-04-03T18:45", False),
    ],
)
def test_reminders_are_written_and_sent_in_the_hours_of_the_season(home, moment, works):
    desk = open_desk(HAIKOU, times.parse(moment), home)
    assert may_chase(desk) is works
    assert bool(limits(desk, desk.now).deferred) is not works
