"""Dates as notices write them, counted from the notice's own date."""

from datetime import date

import pytest

from tests.notice.draft.texts import asked, due, notice, read

TUESDAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("于3月15日前", "2024-03-15"),
        ("于3月15日以前", "2024-03-15"),
        ("于2024年3月15日之前", "2024-03-15"),
        ("务必于3月15日（星期五）前", "2024-03-15"),
        ("最迟于3月15日前", "2024-03-15"),
        ("于三月十五日前", "2024-03-15"),
        ("于二〇二四年三月十五日前", "2024-03-15"),
        ("于二O二四年三月十五日前", "2024-03-15"),
        ("于２０２４年３月１５日前", "2024-03-15"),
        ("于 3 月 1 5 日 前", "2024-03-15"),
        ("于2024-03-15前", "2024-03-15"),
        ("于2024/3/15前", "2024-03-15"),
        ("于2024.3.15前", "2024-03-15"),
        ("于3月15号前", "2024-03-15"),
        ("于今年10月底前", "2024-10-31"),
        ("于10月底前", "2024-10-31"),
        ("于月底前", "2024-03-31"),
        ("于本月底前", "2024-03-31"),
        ("于年底前", "2024-12-31"),
        ("于2024年底前", "2024-12-31"),
        ("于明年1月10日前", "2025-01-10"),
        ("于下月5日前", "2024-04-05"),
        ("于次月5日前", "2024-04-05"),
        ("于本月20日前", "2024-03-20"),
        ("于15日前", "2024-03-15"),
        ("于本周五前", "2024-03-08"),
        ("于本周日前", "2024-03-10"),
        ("于下周一前", "2024-03-11"),
        ("于下周三下班前", "2024-03-13"),
        ("于今日18时前", "2024-03-05"),
        ("于明天上午10点前", "2024-03-06"),
        ("自通知印发之日起5个工作日内", "2024-03-12"),
        ("于印发之日起10日内", "2024-03-15"),
        ("于本通知下发之日起两周内", "2024-03-19"),
        ("于文件发布之日起一个月内", "2024-04-05"),
    ],
)
def test_a_limit_is_the_day_it_names(when, day):
    assert due(when, TUESDAY) == day


@pytest.mark.parametrize(
    ("issued", "when", "day"),
    [
        (date(2024, 12, 20), "于1月10日前", "2025-01-10"),
        (date(2024, 10, 20), "于3月31日前", "2025-03-31"),
        (date(2024, 12, 30), "于下月5日前", "2025-01-05"),
        (date(2024, 12, 30), "于下周五前", "2025-01-10"),
        (date(2024, 2, 1), "于2月底前", "2024-02-29"),
        (date(2024, 12, 20), "于2月底前", "2025-02-28"),
        (date(2024, 9, 26), "自印发之日起5个工作日内", "2024-10-09"),
        (date(2023, 4, 21), "自印发之日起1个工作日内", "2023-04-23"),
    ],
)
def test_years_roll_over_and_make_up_days_count(issued, when, day):
    assert due(when, issued) == day


@pytest.mark.parametrize(
    "when",
    [
        "于4月上旬前",
        "于3月中旬",
        "于收到通知之日起5个工作日内",
        "于接到通知后3日内",
        "于活动结束后10日内",
        "于每次活动结束后3日内",
        "于会议当日17时前",
        "于近期",
        "尽快",
        "及时",
        "于2月10日前",
        "于2月底前",
        "于2月30日前",
        "于3日前",
        "于13月5日前",
    ],
)
def test_a_limit_that_names_no_certain_day_stays_unknown(when):
    assert due(when, TUESDAY) is None


def test_what_could_be_two_days_shows_both():
    (only,) = read(notice("请各校于2月10日前将工作总结报县教育局安全股。"))["obligations"]
    assert only["due_date"] is None
    (question,) = [
        q
        for q in read(notice("请各校于2月10日前将工作总结报县教育局安全股。"))["questions"]
        if q["field"] == "obligations[0].due_date"
    ]
    assert question["readings"] == ["2024-02-10", "2025-02-10"]


def test_a_third_of_a_month_shows_its_first_and_last_day():
    found = read(notice("请各校于4月中旬将工作总结报县教育局安全股。"))
    (question,) = [q for q in found["questions"] if q["field"] == "obligations[0].due_date"]
    assert question["readings"] == ["2024-04-11", "2024-04-20"]


def test_working_days_of_a_year_without_a_table_are_not_guessed():
    assert due("自印发之日起5个工作日内", date(2031, 3, 5)) is None


@pytest.mark.parametrize(
    ("when", "hour"),
    [
        ("于3月15日17:00前", "17:00"),
        ("于3月15日17：30前", "17:30"),
        ("于3月15日17时前", "17:00"),
        ("于3月15日17时30分前", "17:30"),
        ("于3月15日下午5时前", "17:00"),
        ("于3月15日下午5点半前", "17:30"),
        ("于3月15日上午9点前", "09:00"),
        ("于3月15日中午12点前", "12:00"),
        ("于3月15日（星期五）上午10:00前", "10:00"),
        ("于3月15日24时前", "24:00"),
        ("于3月15日24:00前", "24:00"),
        ("于3月15日下班前", None),
        ("于3月15日上午下班前", None),
        ("于3月15日中午前", None),
        ("于3月15日前", None),
        ("于3月15日25时前", None),
    ],
)
def test_an_hour_is_taken_only_when_it_is_stated(when, hour):
    (only,) = asked(f"请各校{when}将工作总结报县教育局安全股。")
    assert (only["due_date"], only["due_time"]) == ("2024-03-15", hour)


def test_the_end_of_the_office_day_is_kept_as_said():
    (only,) = asked("请各校于3月15日下班前将工作总结报县教育局安全股。")
    assert only["closing"] == "下班前"


@pytest.mark.parametrize(
    ("when", "inclusive"),
    [
        ("3月15日（含当日）前", True),
        ("3月15日（不含当日）前", False),
        ("3月15日（不含15日）前", False),
        ("3月15日前", True),
    ],
)
def test_whether_the_day_counts_is_what_the_bracket_says(when, inclusive):
    (only,) = asked(f"请各校于{when}将工作总结报县教育局安全股。")
    assert only["inclusive"] is inclusive


@pytest.mark.parametrize(
    ("words", "recurrence", "hour", "day", "roll"),
    [
        ("每日16:00前", "daily", "16:00", None, None),
        ("每天下午4时前", "daily", "16:00", None, None),
        ("每周五17:00前", "weekly", "17:00", 5, None),
        ("每周一中午12点前", "weekly", "12:00", 1, None),
        ("每月25日前", "monthly", None, 25, None),
        ("每月25日前（遇节假日顺延）", "monthly", None, 25, "next_working_day"),
        ("每月25日（遇法定节假日顺延）前", "monthly", None, 25, "next_working_day"),
        ("每月底前", "monthly", None, None, None),
    ],
)
def test_a_report_that_comes_again_has_a_rhythm_and_no_invented_first_day(words, recurrence, hour, day, roll):
    (only,) = asked(f"各校于{words}将安全情况统计表报县教育局安全股。")
    assert only["due_date"] is None
    assert (only["recurrence"], only["due_time"], only["day"], only["roll"]) == (recurrence, hour, day, roll)


def test_a_date_that_falls_on_a_holiday_is_named_as_written_even_when_it_rolls():
    (only,) = asked("请各校于5月1日前（遇节假日顺延）将工作总结报县教育局安全股。")
    assert (only["due_date"], only["roll"]) == ("2024-05-01", "next_working_day")


@pytest.mark.parametrize(
    ("when", "day", "hour"),
    [
        ("明早9点前", "2024-03-06", "09:00"),
        ("今晚8点前", "2024-03-05", "20:00"),
        ("明晚上7点前", "2024-03-06", "19:00"),
        ("今晚12点前", "2024-03-05", "24:00"),
    ],
)
def test_tonight_and_tomorrow_morning_are_days_with_an_hour(when, day, hour):
    (only,) = asked(f"请各校{when}将统计表报县教育局安全股。")
    assert (only["due_date"], only["due_time"]) == (day, hour)
