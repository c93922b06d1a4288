"""The tables of working days, and the office's own days over them."""

from datetime import date

import pytest

from tasks.notice.tables import calendar_with, load_calendar
from tasks.settings import Home
from tasks.terms.errors import Misconfigured
from tests.notice.homes import new_home


@pytest.fixture
def home(tmp_path):
    return new_home(tmp_path)


def table(home, year, text):
    (home.config / "calendar").mkdir(exist_ok=True)
    (home.config / "calendar" / f"{year}.yaml").write_text(text, "utf-8")
    with pytest.raises(Misconfigured) as fault:
        load_calendar(home)
    text = str(fault.value)
    assert "\n" not in text
    assert f"config/calendar/{year}.yaml" in text
    return text


TABLE = "year: {}\nsource: 国务院办公厅通知\nholidays:\n  - {}\nworkdays:\n  - {}\n"


def test_a_table_for_another_year_than_its_name_is_refused(home):
    assert "文件名" in table(home, 2027, TABLE.format(2026, "2026-01-01", "2026-01-03"))


def test_a_day_of_another_year_is_refused_with_its_line(home):
    text = table(home, 2027, TABLE.format(2027, "2026-12-31", "2027-01-02"))
    assert "第 4 行" in text
    assert "2026-12-31" in text


def test_a_day_both_off_and_worked_is_refused(home):
    text = table(home, 2027, TABLE.format(2027, "2027-01-02", "2027-01-02"))
    assert "第 6 行" in text
    assert "2027-01-02" in text


def test_a_make_up_day_that_is_an_ordinary_weekday_is_refused(home):
    text = table(home, 2027, TABLE.format(2027, "2027-01-01", "2027-01-04"))
    assert "第 6 行" in text
    assert "周一" in text


def test_a_day_listed_twice_is_refused(home):
    assert "两次" in table(home, 2027, TABLE.format(2027, "2027-01-01\n  - 2027-01-01", "2027-01-02"))


@pytest.mark.parametrize("text", ["", "[]", "year: 2027\n", "year: 二〇二七\nsource: a\nholidays: []\n"])
def test_a_table_that_is_none_is_refused(home, text):
    table(home, 2027, text)


def test_a_home_of_its_own_keeps_the_shipped_years_and_adds_its_own(tmp_path):
    (tmp_path / "config" / "calendar").mkdir(parents=True)
    own = tmp_path / "config" / "calendar" / "2027.yaml"
    own.write_text(TABLE.format(2027, "2027-01-01", "2027-01-02"), "utf-8")
    calendar = load_calendar(Home.at(tmp_path))
    assert sorted(calendar.years) == [2023, 2024, 2025, 2026, 2027]
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 2))


def test_the_offices_own_table_for_a_year_replaces_the_shipped_one(tmp_path):
    (tmp_path / "config" / "calendar").mkdir(parents=True)
    own = tmp_path / "config" / "calendar" / "2026.yaml"
    own.write_text(TABLE.format(2026, "2026-01-01", "2026-01-03"), "utf-8")
    calendar = load_calendar(Home.at(tmp_path))
    assert calendar.is_working_day(date(2026, 1, 3))
    assert not calendar.is_working_day(date(2026, 1, 4))


def test_a_home_without_tables_uses_the_shipped_ones(tmp_path):
    (tmp_path / "config").mkdir()
    assert sorted(load_calendar(Home.at(tmp_path)).years) == [2023, 2024, 2025, 2026]


# Days of the office's own


def local(home, *days):
    lines = [f"  - {{date: {day}, works: {works}, why: {why}}}\n" for day, works, why in days]
    (home.config / "calendar" / "local.yaml").write_text("days:\n" + "".join(lines), "utf-8")
    return load_calendar(home)


def test_a_local_day_off_and_the_day_worked_in_its_stead_are_laid_over_the_table(home):
    assert load_calendar(home).is_working_day(date(2026, 7, 15))
    calendar = local(home, ("2026-07-15", "false", "台风停工"), ("2026-07-18", "true", "补班"))
    assert not calendar.is_working_day(date(2026, 7, 15))
    assert calendar.is_working_day(date(2026, 7, 18))


def test_an_office_may_work_on_a_holiday_and_rest_on_a_make_up_day(home):
    calendar = local(home, ("2026-10-01", "true", "值班"), ("2026-10-10", "false", "轮休"))
    assert calendar.is_working_day(date(2026, 10, 1))
    assert not calendar.is_working_day(date(2026, 10, 10))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([("2029-07-15", "false", "台风")], "2029.yaml"),
        ([("2026-07-15", "false", "台风"), ("2026-07-15", "true", "台风")], "两次"),
        ([("2026-07-15", "no", "台风")], "true"),
        ([("2026-07-15", "false", '" "')], "依据"),
        ([("2026-02-30", "false", "台风")], "日期"),
    ],
)
def test_a_local_day_that_makes_no_sense_is_refused_with_its_line(home, days, said):
    with pytest.raises(Misconfigured) as fault:
        local(home, *days)
    assert str(fault.value).startswith(f"config/calendar/local.yaml 第 {len(days) + 1} 行")
    assert said in str(fault.value)


def test_a_file_that_is_neither_a_year_nor_the_local_days_is_refused(home):
    (home.config / "calendar" / "二〇二七.yaml").write_text("year: 2027\n", "utf-8")
    with pytest.raises(Misconfigured, match=r"config/calendar/二〇二七\.yaml：文件名应为年份"):
        load_calendar(home)


def test_a_calendar_is_tried_without_being_put_in_place(home, tmp_path):
    new = tmp_path / "2027.yaml"
    new.write_text(TABLE.format(2027, "2027-01-01", "2027-01-02"), "utf-8")
    assert calendar_with(home, new).is_working_day(date(2027, 1, 2))
    assert 2027 not in load_calendar(home).years


def test_a_file_that_is_not_there_cannot_be_tried(home, tmp_path):
    with pytest.raises(Misconfigured, match="没有这个文件"):
        calendar_with(home, tmp_path / "2027.yaml")
