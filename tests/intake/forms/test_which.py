"""Two forms that ask for the same figures: what names a paper says which it is, else a person does."""

from dataclasses import replace

import pytest

from tasks.intake.judge import documents_of, read_document
from tasks.terms.mails import as_file
from tasks.terms.obligation import Field, Selector
from tasks.terms.readings import Content, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER

HEADS, FIGURES = ("社区活动（场）", "走访家庭（户）"), (4, 31)
BOTH = replace(
    FORM, fields=FORM.fields[:2], quotas=(), through_parent=(), owed_by=(Selector(kind="township"),)
)
MIDDLE = replace(BOTH, id="middle", title="中期统计表")
END = replace(BOTH, id="end", title="终期统计表")
TWICE = replace(CAMPAIGN, obligations=(MIDDLE, END))


def sheet(*titles: str, name: str = "Sheet1", heads=HEADS, figures=FIGURES, unit: str = "三泉镇") -> Sheet:
    return Sheet(name, (*((t,) for t in titles), (f"填报单位：{unit}",), heads, figures))


def answers(*sheets: Sheet, of=TWICE, filename: str = "三泉镇.xlsx", **more: str) -> str | None:
    return read_document(Content("xlsx", sheets=sheets), of, ROSTER, filename=filename, **more).obligation


@pytest.mark.parametrize(
    ("title", "filename", "subject", "meant"),
    [
        ("三泉镇终期统计表", "a.xlsx", "", "end"),
        ("三泉镇中期情况统计表", "a.xlsx", "", "middle"),
        ("", "三泉镇终期统计表.xlsx", "", "end"),
        ("", "a.xlsx", "三泉镇报送终期统计表", "end"),
        ("统计表", "三泉镇（终期）.xlsx", "", "end"),
    ],
)
def test_the_title_the_file_name_and_the_subject_say_which(title, filename, subject, meant):
    assert answers(sheet(title), filename=filename, subject=subject) == meant


@pytest.mark.parametrize(
    ("title", "filename"),
    [("统计表", "三泉镇.xlsx"), ("终期统计表", "三泉镇中期统计表.xlsx"), ("中期和终期统计表", "三泉镇.xlsx")],
)
def test_what_nothing_names_or_two_name_differently_is_left_open(title, filename):
    found = read_document(Content("xlsx", sheets=(sheet(title),)), TWICE, ROSTER, filename=filename)
    assert found.obligation is None
    assert found.reasons[-1] == "“中期统计表”、“终期统计表”都可能，表上没有写明是哪一项"


def test_who_owes_only_one_of_them_means_that_one():
    streets = replace(MIDDLE, owed_by=(Selector(kind="street"),))
    assert answers(sheet("统计表"), of=replace(TWICE, obligations=(streets, END))) == "end"


def test_a_name_that_only_stands_within_a_longer_one_is_not_meant():
    any_form = replace(MIDDLE, title="统计表")
    of = replace(TWICE, obligations=(any_form, END))
    assert (answers(sheet("终期统计表"), of=of), answers(sheet("统计表"), of=of)) == ("end", "middle")


def test_the_name_goes_before_columns_another_form_asks_for_too():
    wider = replace(MIDDLE, fields=FORM.fields[:3])
    of = replace(TWICE, obligations=(wider, END))
    more = {"heads": (*HEADS, "服务人次（人次）"), "figures": (*FIGURES, 90)}
    assert answers(sheet("终期统计表", **more), of=of) == "end"
    assert answers(sheet("统计表", **more), of=of) == "middle"


def test_the_work_s_own_name_says_nothing_about_which_of_its_forms_it_is():
    of = replace(TWICE, obligations=(replace(MIDDLE, title="宣传周统计表"), END))
    assert answers(sheet("南川区第七届巴渝社会工作宣传周统计"), of=of) is None


def test_what_a_person_says_it_answers_is_read_for_that():
    read = read_document(Content("xlsx", sheets=(sheet("中期统计表"),)), TWICE, ROSTER, asked="end")
    assert read.obligation == "end"


CHECKS = replace(
    BOTH, id="checks", title="安全检查统计表", fields=(Field(id="checks", title="检查次数", unit="次"),)
)
SEVERAL = replace(CAMPAIGN, obligations=(MIDDLE, CHECKS))
SECOND = sheet("安全检查统计表", name="二", heads=("检查次数（次）",), figures=(7,))


def documents(*sheets: Sheet, of=SEVERAL):
    found = documents_of(as_file("三泉镇.xlsx", b"x"), Content("xlsx", sheets=sheets), of, ROSTER)
    return [(d.reading.obligation, d.reading.values) for d in found]


def test_a_workbook_with_a_sheet_for_each_obligation_is_a_report_of_each():
    cover = Sheet("封面", (("三泉镇报送材料",),))
    told = [("middle", {"activities": 4, "visits": 31}), ("checks", {"checks": 7})]
    assert documents(cover, sheet("中期统计表", name="一"), SECOND) == told
    assert documents(sheet("中期统计表", name="一"), sheet("终期统计表", name="二"), of=TWICE) == [
        ("middle", {"activities": 4, "visits": 31}),
        ("end", {"activities": 4, "visits": 31}),
    ]


def test_a_list_beside_a_form_that_has_one_of_anothers_columns_is_no_report_of_it():
    two = replace(CHECKS, fields=(*CHECKS.fields, Field(id="mended", title="整改隐患", unit="处")))
    listed = sheet("活动明细", name="二", heads=("检查次数（次）",), figures=(7,))
    assert (
        len(documents(sheet("中期统计表", name="一"), listed, of=replace(SEVERAL, obligations=(MIDDLE, two))))
        == 1
    )


def test_a_sheet_left_blank_beside_a_filled_one_is_no_report_yet():
    blank = sheet("终期统计表", name="终期", figures=(None, None))
    sheets = (sheet("中期统计表", name="中期"), blank)
    found = documents_of(as_file("三泉镇.xlsx", b"x"), Content("xlsx", sheets=sheets), TWICE, ROSTER)
    assert [(d.reading.obligation, d.reading.findings) for d in found] == [("middle", ())]
    both = (sheet("中期统计表", name="中期", figures=(None, None)), blank)
    found = documents_of(as_file("三泉镇.xlsx", b"x"), Content("xlsx", sheets=both), TWICE, ROSTER)
    assert [d.reading.obligation for d in found] == ["middle", "end"]
