"""How punctual each unit has been, over every campaign of a home folder."""

import json

import pytest

from flows.__main__ import main
from tasks.desk import open_desk
from tasks.ledger import submissions
from tasks.status.record import in_words, record
from tasks.terms import times
from tests.ledger.factory import submission
from tests.notice.homes import HAIKOU, NANCHUAN, new_home

AFTER_BOTH = times.parse("2023-04-20")


@pytest.fixture
def home(tmp_path):
    return new_home(tmp_path)


def report(home, campaign, unit, at):
    desk = open_desk(campaign, AFTER_BOTH, home)
    given = submission(
        f"{campaign}{unit}", campaign=campaign, unit=unit, obligation="summary", verdict="accepted",
        received_at=times.parse(at), reading={"rows": None, "findings": [], "nil": False},
    )  # fmt: skip
    with desk.ledger.write() as connection:
        submissions.add(connection, given)


def test_the_record_runs_over_all_campaigns_the_least_punctual_first(home):
    report(home, NANCHUAN, "500119001", "2023-04-04T12:00")
    report(home, NANCHUAN, "500119002", "2023-04-05T12:00")
    report(home, HAIKOU, "460105", "2023-04-10T23:59:59")
    rows = {row["code"]: row for row in record(home, AFTER_BOTH)}
    assert rows["500119001"] | {"name": ""} == {
        "code": "500119001", "name": "", "expected": 1, "on_time": 1, "late": 0, "missing": 0, "rate": 1.0,
    }  # fmt: skip
    assert (rows["500119002"]["late"], rows["500119002"]["rate"]) == (1, 0.0)
    assert rows["460105"]["on_time"] == 1
    assert rows["460106"]["missing"] == 1
    rates = [row["rate"] for row in record(home, AFTER_BOTH)]
    assert rates == sorted(rates)


def test_before_anything_is_due_there_is_no_record(home, capsys):
    assert record(home, times.parse("2023-03-01")) == []
    assert main(["--home", str(home.root), "punctuality", "--as-of", "2023-03-01"]) == 0
    assert capsys.readouterr().out == "还没有到期的报送事项\n"


def test_the_command_tells_it_in_chinese_and_in_json(home, capsys):
    report(home, HAIKOU, "460105", "2023-04-09T12:00")
    assert main(["--home", str(home.root), "punctuality", "--as-of", "2023-04-20"]) == 0
    assert "秀英区民政局：应报 1 次，按时 1，迟报 0，未报 0，按时率 100.0%" in capsys.readouterr().out
    assert main(["--home", str(home.root), "punctuality", "--as-of", "2023-04-20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[-1]["rate"] == 1.0


def test_a_unit_is_named_with_its_counts():
    row = {"name": "甲镇", "expected": 3, "on_time": 1, "late": 1, "missing": 1, "rate": 1 / 3}
    assert in_words([row]) == "甲镇：应报 3 次，按时 1，迟报 1，未报 1，按时率 33.3%"


def test_units_that_share_a_name_are_told_apart_by_their_codes():
    row = {"expected": 1, "on_time": 1, "late": 0, "missing": 0, "rate": 1.0}
    rows = [{"code": str(n), "name": "观音村" if n < 3 else "甲镇", **row} for n in (1, 2, 3)]
    assert [line.partition("：")[0] for line in in_words(rows).splitlines()] == [
        "观音村（1）",
        "观音村（2）",
        "甲镇",
    ]
