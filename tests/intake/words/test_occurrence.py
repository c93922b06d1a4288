"""Figures of one week are never taken for another's."""

from dataclasses import replace
from datetime import date, time

import pytest

from tasks.documents.form_code import FormCode, find_codes
from tasks.intake.words.occurrence import head_of, stated
from tasks.notice.tables import load_calendar
from tasks.notice.unfold import unfolded
from tasks.settings import SHIPPED, Home
from tasks.terms.due import Due, Recurrence
from tests.status.factory import campaign, form, obligation

WEEKLY = form(
    id="progress",
    title="每周进度",
    due=Due(date=date(2023, 3, 24)),
    recurrence=Recurrence(every="weekly", until=date(2023, 4, 7)),
)
OF = unfolded(campaign(obligation(), WEEKLY), load_calendar(Home.at(SHIPPED)), lambda _: time(18))
FIRST, SECOND = "progress.2023-03-24", "progress.2023-03-31"


def codes(*obligations, of=OF.id):
    return [FormCode(of, each, "T1") for each in obligations]


def test_what_does_not_recur_is_what_it_was_read_as():
    assert stated(OF, "summary", [], ["随便.docx"]) == "summary"


def test_a_forms_code_says_which_week_whatever_fitted_first():
    assert stated(OF, FIRST, codes(SECOND), ["统计表.xlsx"]) == SECOND


@pytest.mark.parametrize("filename", ["东坪镇每周进度（3月31日）.xlsx", "每周进度(3月31日)终.xlsx"])
def test_a_file_name_that_carries_the_title_says_which_week(filename):
    assert stated(OF, FIRST, [], [filename]) == SECOND


@pytest.mark.parametrize("filename", ["统计表.xlsx", "每周进度.xlsx", "每周进度（3月）.xlsx", ""])
def test_without_a_word_on_which_week_a_clerk_decides(filename):
    assert stated(OF, FIRST, [], [filename]) is None


def test_two_codes_or_another_campaigns_code_decide_nothing():
    assert stated(OF, FIRST, codes(FIRST, SECOND), ["统计表.xlsx"]) is None
    assert stated(OF, FIRST, codes(SECOND, of="other"), ["统计表.xlsx"]) is None


def test_an_occurrences_id_survives_on_its_form():
    code = FormCode(replace(OF, id="nanchuan-2023").id, SECOND, "T1")
    assert find_codes(f"填报码：{code}") == [code]


MONTHLY = form(
    id="monthly",
    title="月报",
    due=Due(date=date(2023, 2, 3)),
    recurrence=Recurrence(every="monthly", until=date(2023, 6, 3)),
)
BY_MONTH = unfolded(campaign(obligation(), MONTHLY), load_calendar(Home.at(SHIPPED)), lambda _: time(18))


@pytest.mark.parametrize(
    "titles",
    [
        ["周报20230331.xlsx"],
        ["周报2023-03-31.xlsx"],
        ["周报（3.31）.xlsx"],
        ["周报.xlsx", "关于报送三月三十一日周报的函"],
        ["周报.xlsx", "统计时段：3月25日至3月31日"],
        ["周报.xlsx", "每周进度（3月27日—30日）"],
        ["周报（3月31日）.xlsx", "填写于20230330"],
    ],
)
def test_a_date_or_a_stretch_of_days_in_a_title_says_which_week(titles):
    assert stated(OF, FIRST, [], titles) == SECOND


@pytest.mark.parametrize(
    "titles",
    [
        ["周报（3月24日）.xlsx", "每周进度（3月31日）"],
        ["周报.xlsx", "统计时段：3月20日至3月26日"],
        ["周报.xlsx", "统计时段：2月25日至3月3日"],
        ["周报（2月）.xlsx"],
        ["周报第2期.xlsx"],
    ],
)
def test_titles_that_disagree_or_speak_of_days_of_two_weeks_are_for_a_clerk(titles):
    assert stated(OF, FIRST, [], titles) is None


def test_before_the_first_is_due_there_is_no_other_it_could_be():
    assert stated(OF, SECOND, [], ["周报.xlsx"], date(2023, 3, 24)) == FIRST
    assert stated(OF, SECOND, [], ["周报.xlsx"], date(2023, 3, 25)) is None
    assert stated(OF, SECOND, [], ["周报（3月31日）.xlsx"], date(2023, 3, 24)) == SECOND


@pytest.mark.parametrize("title", ["4月月报.xlsx", "2023年4月份情况", "四月份月报", "2023年4月"])
def test_a_month_is_the_report_most_of_whose_days_lie_in_it(title):
    assert stated(BY_MONTH, "monthly.2023-02-03", [], [title]) == "monthly.2023-05-03"


def test_a_month_outside_the_series_is_none_of_it():
    received = date(2023, 2, 1)
    assert stated(BY_MONTH, "monthly.2023-02-03", [], ["10月月报.xlsx"], received) is None
    assert stated(BY_MONTH, "monthly.2023-02-03", [], ["2022年4月月报.xlsx"], received) is None


@pytest.mark.parametrize(
    ("days", "week"),
    [("3月32日至3月31日", SECOND), ("3月31日至3月25日", SECOND), ("3月25日至3月32日", None)],
)
def test_days_that_make_no_stretch_are_read_one_by_one(days, week):
    assert stated(OF, FIRST, [], ["周报.xlsx", f"统计时段：{days}"]) == week


def test_a_month_that_is_none_decides_nothing():
    assert stated(OF, FIRST, [], ["周报（一百二月份）.xlsx"]) is None


def test_a_series_of_one_is_about_whatever_month_is_named():
    alone = replace(WEEKLY, recurrence=Recurrence(every="weekly", until=date(2023, 3, 24)))
    of = unfolded(campaign(obligation(), alone), load_calendar(Home.at(SHIPPED)), lambda _: time(18))
    assert stated(of, FIRST, [], ["4月份周报.xlsx"]) == FIRST


@pytest.mark.parametrize(
    ("days", "week"),
    [
        ("3月18日至3月24日", FIRST), ("3月17日至3月24日", None), ("3月25日至3月31日", SECOND),
        ("3月24日至3月31日", None), ("3月25日至4月1日", None), ("3月27日至27日", SECOND),
        ("3月18日至18日", FIRST),
    ],
)  # fmt: skip
def test_a_stretch_lies_within_one_week_from_the_day_after_the_one_before(days, week):
    assert stated(OF, SECOND, [], ["周报.xlsx", f"统计时段：{days}"]) == week


def series(first, *dates, every="listed", until=None):
    again = Recurrence(every=every, dates=tuple(date(2023, *d) for d in dates), until=until)
    of = form(id="x", title="报表", due=Due(date=date(2023, *first)), recurrence=again)
    return unfolded(campaign(obligation(), of), load_calendar(Home.at(SHIPPED)), lambda _: time(18))


@pytest.mark.parametrize(("first", "found"), [((2, 20), "x.2023-04-20"), ((2, 19), None)])
def test_twenty_days_of_a_month_are_most_of_it_and_nineteen_are_not(first, found):
    of = series(first, every="monthly", until=date(2023, 6, 30))
    assert stated(of, of.obligations[1].id, [], ["4月份报表.xlsx"]) == found


def test_of_a_report_of_four_weeks_most_days_must_lie_in_the_month_and_of_a_shorter_one_any():
    weeks = series((3, 10), (4, 7), (5, 5))  # 28 days each
    assert stated(weeks, "x.2023-03-10", [], ["4月份报表.xlsx"]) == "x.2023-05-05"
    shorter = series((3, 11), (4, 7), (5, 4))  # 27 days each
    assert stated(shorter, "x.2023-03-11", [], ["4月份报表.xlsx"]) is None
    assert stated(shorter, "x.2023-03-11", [], ["5月份报表.xlsx"]) == "x.2023-05-04"


@pytest.mark.parametrize("day", ["一百二月一日", "一月一百二日", "13月1日", "1月32日"])
def test_a_day_that_is_none_is_not_the_first_of_january(day):
    of = series((1, 1), (1, 8))
    assert stated(of, "x.2023-01-08", [], [f"报表（{day}）.xlsx"]) is None
    assert stated(of, "x.2023-01-08", [], ["报表（一月一日）.xlsx"]) == "x.2023-01-01"


def test_titles_stand_in_the_first_rows_and_lines_and_are_short():
    rows = tuple((f"第{n}行",) for n in range(1, 7))
    assert head_of(rows, "") == ["第1行", "第2行", "第3行", "第4行"]
    assert head_of((), "一\n\n 二 \n三") == ["一", "二"]
    assert head_of((), "长" * 60 + "\n" + "长" * 61) == ["长" * 60]
    assert head_of(((3, None, "题"),), "") == ["题"]


def test_the_day_a_form_was_filled_in_is_no_title():
    rows = (("每周进度",), ("填报日期：2023年3月31日", None), ("填报日期：", "2023年3月31日", "单位"))
    assert head_of(rows, "") == ["每周进度", "单位"]


IN_MAY = "monthly.2023-05-03"
"""The report on April."""


@pytest.mark.parametrize("came", [date(2023, 3, 31), date(2023, 4, 4), date(2023, 4, 19)])
def test_a_month_that_is_hardly_over_is_not_reported_yet(came):
    """4月月报 sent on the fourth of April is March's, called by the month of sending, as often as not."""
    assert stated(BY_MONTH, IN_MAY, [], ["4月月报.xlsx"], came) is None


@pytest.mark.parametrize("came", [date(2023, 4, 20), date(2023, 4, 28), date(2023, 5, 3)])
def test_before_a_holiday_the_month_is_reported_some_days_early(came):
    assert stated(BY_MONTH, IN_MAY, [], ["4月月报.xlsx"], came) == IN_MAY


def test_a_report_on_the_month_of_its_own_due_day_comes_when_it_comes():
    of = series((2, 25), every="monthly", until=date(2023, 6, 30))
    assert stated(of, of.obligations[1].id, [], ["4月份报表.xlsx"], date(2023, 4, 10)) == "x.2023-04-25"


@pytest.mark.parametrize(
    ("came", "found"), [(10, None), (19, None), (20, "x.2023-05-31"), (31, "x.2023-05-31")]
)
def test_what_is_due_at_the_end_of_its_month_is_not_reported_at_its_beginning(came, found):
    of = series((4, 30), (5, 31), (6, 30))
    assert stated(of, of.obligations[1].id, [], ["5月份报表.xlsx"], date(2023, 5, came)) == found


@pytest.mark.parametrize(
    "subject",
    ["3、4月月报", "3—4月份月报", "3月、4月月报", "3至4月月报", "三、四月份月报", "3月份及4月份月报"],
)
@pytest.mark.parametrize(("name", "found"), [("3月.xlsx", "monthly.2023-04-03"), ("4月.xlsx", IN_MAY)])
def test_a_subject_that_lists_months_means_each_of_them(subject, name, found):
    assert stated(BY_MONTH, IN_MAY, [], [name, subject], date(2023, 5, 3)) == found
