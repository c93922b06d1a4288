"""A calendar shows what it would move before it takes effect."""

from dataclasses import replace
from datetime import date, time

import pytest

from flows.__main__ import main
from tasks.notice.calendar import YearTable
from tasks.notice.changes import moves
from tasks.notice.tables import load_calendar
from tasks.notice.unfold import Unclear
from tasks.settings import SHIPPED, Home
from tasks.terms import times
from tasks.terms.campaign import Rung
from tasks.terms.due import Due, Inner, Recurrence
from tests.notice.homes import NANCHUAN, campaign_file, new_home, replace_in
from tests.status.factory import campaign, obligation

OLD = load_calendar(Home.at(SHIPPED))
MARCH = times.parse("2026-03-01")


def changed(*, off=(), worked=(), year=2026):
    table = OLD.years.get(year, YearTable(frozenset(), frozenset()))
    days = YearTable(
        (table.holidays | {date.fromisoformat(d) for d in off}) - {date.fromisoformat(d) for d in worked},
        table.workdays | {date.fromisoformat(d) for d in worked},
    )
    return replace(OLD, years={**OLD.years, year: days})


def told(of, new, as_of=MARCH):
    return [str(m) for m in moves(of, OLD, new, lambda _: time(17, 30), as_of)]


def on(day, **more):
    return campaign(obligation(due=Due(date=date.fromisoformat(day), **more)))


def test_a_due_day_counted_in_working_days_moves_with_a_new_holiday():
    of = on("2026-03-31", working_days_after=5)
    assert told(of, changed(off=["2026-04-03"])) == [
        "“活动总结”时限：由 2026年4月8日（周三）24:00 改为 2026年4月9日（周四）24:00"
    ]


def test_a_plain_date_is_not_moved_by_any_calendar():
    assert told(on("2026-04-08"), changed(off=["2026-04-08"])) == []


def test_a_rolled_day_moves_back_when_the_holiday_is_worked_after_all():
    of = on("2026-05-01", roll="next_working_day")
    assert told(of, changed(worked=["2026-05-01"])) == [
        "“活动总结”时限：由 2026年5月6日（周三）24:00 改为 2026年5月1日（周五）24:00"
    ]


def test_what_is_past_under_both_calendars_is_not_told():
    of, new = on("2026-03-31", working_days_after=5), changed(off=["2026-04-03"])
    assert told(of, new, times.parse("2026-04-09T12:00")) != []
    last = times.end_of(date(2026, 4, 9))
    assert told(of, new, last) != []
    assert told(of, new, times.parse("2026-04-10T00:00")) == []


def test_a_reminder_moves_though_the_due_day_stays():
    rung = Rung(
        id="t-2", title="提醒", working_days=-2, at=time(9), audience=("preparer",), template="reminder"
    )
    of = replace(on("2026-04-08"), ladder=(rung,))
    assert told(of, changed(worked=["2026-04-11"])) == []
    assert told(of, changed(worked=["2026-04-06"])) == [
        "“活动总结”提醒：由 2026年4月3日（周五）09:00 改为 2026年4月6日（周一）09:00"
    ]


def test_a_reminder_of_the_day_itself_moves_only_with_a_day_that_is_worked_no_more():
    rung = Rung(id="t", title="当日", working_days=0, at=time(9), audience=("preparer",), template="reminder")
    of = replace(on("2026-04-09"), ladder=(rung,))
    assert told(of, changed(off=["2026-04-08", "2026-04-10"])) == []
    assert told(of, changed(off=["2026-04-09"])) == [
        "“活动总结”当日：由 2026年4月9日（周四）09:00 改为 2026年4月8日（周三）09:00"
    ]


def test_an_inner_deadline_moves_with_its_buffer():
    of = campaign(
        obligation(due=Due(date=date(2026, 4, 8)), inner=(Inner(tier="镇街", working_days=1, before="due"),))
    )
    assert told(of, changed(off=["2026-04-07"])) == [
        "“活动总结”内部时限（镇街）：由 2026年4月7日（周二）24:00 改为 2026年4月3日（周五）24:00"
    ]


def test_an_occurrence_on_a_working_day_comes_and_goes_with_it():
    of = campaign(
        obligation(
            due=Due(date=date(2026, 4, 1)),
            recurrence=Recurrence(every="working_daily", until=date(2026, 4, 3)),
        )
    )
    assert told(of, changed(off=["2026-04-02"])) == [
        "“活动总结（4月2日）”时限：原为 2026年4月2日（周四）24:00，按新表不再有"
    ]


def test_the_first_table_of_a_year_makes_its_deadlines_known():
    of = on("2027-03-31", working_days_after=1)
    assert told(of, changed(year=2027)) == ["“活动总结”时限：新增 2027年4月1日（周四）24:00"]


def test_what_the_new_calendar_does_not_know_either_is_refused():
    with pytest.raises(Unclear, match="2028"):
        told(on("2028-03-31", working_days_after=1), changed(year=2027))


def test_a_reminder_that_cannot_be_reckoned_yet_is_told_once_it_can():
    rung = Rung(
        id="t-2", title="提醒", working_days=-2, at=time(9), audience=("preparer",), template="reminder"
    )
    of = replace(on("2027-04-08"), ladder=(rung,))
    assert told(of, changed(year=2027)) == ["“活动总结”提醒：新增 2027年4月6日（周二）09:00"]


def test_a_rung_on_a_fixed_day_or_for_another_obligation_does_not_move():
    fixed = Rung(
        id="a", title="甲", on=date(2026, 4, 1), at=time(9), audience=("preparer",), template="start"
    )
    other = Rung(
        id="b", title="乙", working_days=-1, at=time(9), audience=("preparer",), template="reminder",
        obligations=("figures",),
    )  # fmt: skip
    of = replace(on("2026-04-08"), ladder=(fixed, other))
    assert told(of, changed(off=["2026-04-07"])) == []


def test_what_has_no_due_moment_does_not_move():
    assert told(campaign(obligation(due="unknown")), changed(off=["2026-04-07"])) == []


# The command


def command(home, file, capsys, as_of="2026-03-01"):
    code = main(["--home", str(home.root), "calendar", str(file), "--as-of", as_of])
    return code, capsys.readouterr()


def test_the_command_tells_what_would_move_and_changes_nothing(tmp_path, capsys):
    home, file = new_home(tmp_path / "home"), tmp_path / "local.yaml"
    path = campaign_file(home)
    for each in ("2023-04-04\n", "2023-04-04T18:00", "2023-04-11T17:00"):
        replace_in(
            path, each, each.replace("2023-04", "2026-04").replace("04T18", "12T18").replace("11T17", "19T17")
        )
    replace_in(path, "      inclusive: true\n", "      roll: next_working_day\n")
    file.write_text("days:\n  - {date: 2026-04-07, works: false, why: 台风}\n", "utf-8")
    code, said = command(home, file, capsys)
    assert code == 3
    assert "“活动总结”时限：由 2026年4月7日（周二）24:00 改为 2026年4月8日（周三）24:00" in said.out
    assert "尚未生效" in said.out
    assert not (home.config / "calendar" / "local.yaml").exists()


def test_the_command_says_when_nothing_moves(tmp_path, capsys):
    home, file = new_home(tmp_path / "home"), tmp_path / "local.yaml"
    file.write_text("days:\n  - {date: 2026-07-15, works: false, why: 台风}\n", "utf-8")
    assert command(home, file, capsys)[0] == 0


def test_the_command_refuses_a_wrong_table_in_one_line(tmp_path, capsys):
    home, file = new_home(tmp_path / "home"), tmp_path / "2027.yaml"
    file.write_text("year: 2026\nsource: a\nholidays: []\n", "utf-8")
    code, said = command(home, file, capsys)
    assert (code, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert NANCHUAN not in said.err
