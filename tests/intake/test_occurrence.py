"""Figures of one week are never taken for another's."""

from dataclasses import replace
from datetime import date, time

import pytest

from tasks.documents.form_code import FormCode, find_codes
from tasks.intake.occurrence import stated
from tasks.notice.tables import load_calendar
from tasks.notice.unfold import unfolded
from tasks.settings import SHIPPED, Home
from tasks.terms.campaign import Due, Recurrence
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
    assert stated(OF, "summary", [], "随便.docx") == "summary"


def test_a_forms_code_says_which_week_whatever_fitted_first():
    assert stated(OF, FIRST, codes(SECOND), "统计表.xlsx") == SECOND


@pytest.mark.parametrize("filename", ["东坪镇每周进度（3月31日）.xlsx", "每周进度(3月31日)终.xlsx"])
def test_a_file_name_that_carries_the_title_says_which_week(filename):
    assert stated(OF, FIRST, [], filename) == SECOND


@pytest.mark.parametrize("filename", ["统计表.xlsx", "每周进度.xlsx", "每周进度（3月）.xlsx", ""])
def test_without_a_word_on_which_week_a_clerk_decides(filename):
    assert stated(OF, FIRST, [], filename) is None


def test_two_codes_or_another_campaigns_code_decide_nothing():
    assert stated(OF, FIRST, codes(FIRST, SECOND), "统计表.xlsx") is None
    assert stated(OF, FIRST, codes(SECOND, of="other"), "统计表.xlsx") is None


def test_an_occurrences_id_survives_on_its_form():
    code = FormCode(replace(OF, id="nanchuan-2023").id, SECOND, "T1")
    assert find_codes(f"填报码：{code}") == [code]
