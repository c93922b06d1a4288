"""Which findings send a report back, and which are only asked about."""

import pytest

from tasks.terms.readings import CODES, NOT_A_REPORT, Content, Finding, Reading, Sheet, is_asked_about

ASKED = {"BELOW_TARGET", "HUGE", "IMPLAUSIBLE", "HIDDEN_ROWS", "SUSPICIOUS_TEXT", "CONTRADICTION"}


@pytest.mark.parametrize("code", CODES)
def test_a_finding_sends_the_report_back_unless_the_figure_can_stand_as_reported(code):
    assert Finding(code, "").blocking is (code not in ASKED)
    assert is_asked_about({"code": code}) is is_asked_about({"code": code, "asks": None}) is (code in ASKED)


@pytest.mark.parametrize("code", ["VAGUE", "CONTRADICTION"])
def test_where_a_finding_says_itself_what_becomes_of_it_its_code_does_not(code):
    assert Finding(code, "", asks=False).blocking
    assert not Finding(code, "", asks=True).blocking
    assert is_asked_about({"code": code, "asks": True})
    assert not is_asked_about({"code": code, "asks": False})


def test_a_reading_goes_back_for_those_of_its_findings_that_send_it_back():
    vague, huge = Finding("VAGUE", "数字含糊"), Finding("HUGE", "数字过大")
    assert Reading(findings=(huge, vague)).blocking == (vague,)
    assert Reading(findings=(huge,)).blocking == ()
    assert not Reading().nil


def test_what_is_no_report_at_all_always_goes_back():
    assert not NOT_A_REPORT & ASKED


def test_a_document_hides_nothing_and_shows_no_picture_unless_it_is_said():
    assert Sheet("统计表", ()).visible
    assert Content("xlsx").pictures == 0
