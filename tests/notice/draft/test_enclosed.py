"""The blank forms a notice encloses: which figures they ask for, in what measure, and for which report."""

import pytest
import yaml
from docx import Document

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_json import as_json
from tasks.notice.draft.shown.as_yaml import as_yaml
from tasks.notice.draft.source import notice_text
from tests.notice.draft.score import calendar
from tests.notice.draft.texts import notice

ASKS = "请各校于3月15日前报送《宣传月活动统计表》（附件）。"
NAME = "宣传月活动统计表"


def drafted(enclosed: str, asks: str = ASKS):
    return draft_of(notice(asks) + "\n附件\n" + enclosed, calendar())


def fields(enclosed: str, asks: str = ASKS) -> list[tuple[str, str]]:
    found = as_json(drafted(enclosed, asks))["forms"]
    return [(each["title"], each["unit"] or "") for form in found for each in form["fields"]]


def test_columns_are_named_with_their_measure():
    table = f"{NAME}\n填报单位：\n|活动场次（场）|参与人数（万人次）|发放资料（份）|备注|\n|||||"
    assert fields(table) == [("活动场次", "场"), ("参与人数", "万人次"), ("发放资料", "份")]


def test_rows_are_named_beside_a_column_of_measures():
    table = f"{NAME}\n|序号|指标|计量单位|数量|\n|1|发动群众|万人次||\n|2|清运垃圾|吨||\n|3|主要做法|||"
    assert fields(table) == [("发动群众", "万人次"), ("清运垃圾", "吨")]


def test_the_finer_of_two_columns_of_names_is_the_figures():
    table = f"{NAME}\n|项目|内容|单位|数据|\n|活动组织|开展活动|次||\n||参与企业|家||\n|帮扶|解决问题|个||"
    assert fields(table) == [("开展活动", "次"), ("参与企业", "家"), ("解决问题", "个")]


def test_rows_may_have_their_measure_in_a_bracket():
    table = f"{NAME}\n|项目|本月数|累计数|\n|出动巡护（人次）|||\n|投入资金（万元）|||"
    assert fields(table) == [("出动巡护", "人次"), ("投入资金", "万元")]


def test_a_head_of_two_rows_names_its_columns_by_the_lower():
    upper, lower = (
        "|募集款物|||参与活动||备注|",
        "|资金（万元）|物资（万元）|合计（万元）|志愿者（人次）|组织（个）||",
    )
    table = f"{NAME}\n{upper}\n{lower}\n|||||||"
    assert fields(table) == [
        ("资金", "万元"),
        ("物资", "万元"),
        ("合计", "万元"),
        ("志愿者", "人次"),
        ("组织", "个"),
    ]


def test_a_measure_of_the_upper_row_is_that_of_the_columns_below():
    table = (
        f"{NAME}\n|单位|培训班次（期）||培训党员（人次）||经费（元）|\n||县级|乡镇级|县级|乡镇级||\n|||||||"
    )
    assert fields(table) == [
        ("培训班次县级", "期"),
        ("培训班次乡镇级", "期"),
        ("培训党员县级", "人次"),
        ("培训党员乡镇级", "人次"),
        ("经费", "元"),
    ]


def test_rows_that_only_number_the_columns_ask_for_nothing():
    rows = "|甲|乙|丙|1|\n|一、合同额|千元|101||\n|二、总产值|千元|102||"
    table = f"{NAME}\n|指标名称|计量单位|代码|本年累计|\n{rows}"
    assert fields(table) == [("合同额", "千元"), ("总产值", "千元")]


def test_figures_may_be_listed_in_a_sentence():
    sentence = (
        "请各校于3月15日前报送活动统计表。统计表格式：慰问残疾人（人）、发放慰问金（元）、开展活动（场）。"
    )
    found = as_json(draft_of(notice(sentence), calendar()))["forms"]
    assert [(f["title"], f["unit"]) for f in found[0]["fields"]] == [
        ("慰问残疾人", "人"),
        ("发放慰问金", "元"),
        ("开展活动", "场"),
    ]


def test_the_last_of_a_list_may_run_into_the_next_line():
    form = "统计表格式：慰问（人）、参与（人次）\n小陈电话：000-00000001，微信群“残联”"
    found = as_json(draft_of(notice(f"请各校于3月15日前报送活动统计表。{form}"), calendar()))["forms"]
    assert [f["title"] for f in found[0]["fields"]] == ["慰问", "参与"]


def test_figures_may_be_listed_line_by_line():
    assert fields(f"{NAME}\n1.举办活动（场）：\n2.培训人数：\n3.发放津贴金额：\n4.主要做法：") == [
        ("举办活动", "场"),
        ("培训人数", "人"),
        ("发放津贴金额", ""),
    ]


def test_lines_for_who_fills_it_in_and_when_are_no_rows():
    above, below = "填报单位：　　　（盖章）　　　填报日期：", "填表人：　　　电话："
    table = f"{NAME}\n{above}\n|场次（场）|经费（元）|\n|||\n{below}"
    assert fields(table) == [("场次", "场"), ("经费", "元")]


def test_a_head_whose_rows_have_slipped_is_not_read():
    table = f"{NAME}\n|单位|班次（期）||党员（人次）|\n|县级|乡镇级|线上||\n|||||"
    assert fields(table) == []


@pytest.mark.parametrize(
    "table",
    [
        "|乡镇|植树（株）|巡查（次）|\n|城关镇|300|4|\n|双河镇|200|2|",
        "|姓名|职务|电话|\n||||",
        "|序号|责任单位|任务|数量|\n|1|县教育局|培训教师|不少于30人|",
        "|部门（盖章）|负责人（签字）|\n|||",
    ],
)
def test_a_table_already_filled_in_or_of_words_is_no_form_of_figures(table):
    assert fields(f"登记表\n{table}") == []


def test_the_report_is_a_form_with_the_fields_of_its_enclosure():
    table = f"{NAME}\n|活动场次（场）|经费（万元）|\n|||"
    (only,) = yaml.safe_load(as_yaml(drafted(table), "c1"))["obligations"]
    assert only["deliverable"] == "form"
    assert only["fields"] == [
        {"id": "item1", "title": "活动场次", "unit": "场"},
        {"id": "item2", "title": "经费", "unit": "万元", "whole": False},
    ]


def test_a_form_beside_a_summary_is_a_report_of_its_own_by_the_same_day():
    table = f"{NAME}\n|活动场次（场）|发放资料（份）|\n|||"
    asks = "请各校于3月15日17:00前报送工作总结和《宣传月活动统计表》（附件）。"
    first, second = yaml.safe_load(as_yaml(drafted(table, asks), "c1"))["obligations"]
    assert (first["deliverable"], second["deliverable"]) == ("narrative", "form")
    assert first["due"]["time"] == second["due"]["time"] == "17:00"
    assert [each["title"] for each in second["fields"]] == ["活动场次", "发放资料"]
    assert "统计表" not in first["title"]


def test_of_two_enclosed_forms_each_report_has_its_own():
    tables = (
        "附件1\n走访统计表\n|走访（户）|慰问（人）|\n|||\n附件2\n培训统计表\n|培训（期）|参训（人次）|\n|||"
    )
    asks = "请各校于3月15日前报送《走访统计表》，3月20日前报送《培训统计表》。"
    both = yaml.safe_load(as_yaml(drafted(tables, asks), "c1"))["obligations"]
    assert [[f["title"] for f in each["fields"]] for each in both] == [["走访", "慰问"], ["培训", "参训"]]


def test_a_form_no_report_is_named_after_is_shown_and_asked_about():
    table = "经费决算一览表\n|经费（万元）|结余（万元）|\n|||"
    draft = drafted(table, "请各校于3月15日前报送工作总结。")
    assert "经费决算一览表" in as_yaml(draft, "c1")
    assert any("经费决算一览表" in each["question"] for each in as_json(draft)["questions"])
    (only,) = yaml.safe_load(as_yaml(draft, "c1"))["obligations"]
    assert "fields" not in only


def test_the_tables_of_a_word_document_are_read(tmp_path):
    document = Document()
    for line in (notice(ASKS) + f"\n附件\n{NAME}").split("\n"):
        document.add_paragraph(line)
    table = document.add_table(3, 4)
    for n, text in enumerate(("活动情况", "", "经费（万元）", "备注")):
        table.cell(0, n).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(1, 2))
    for n, text in enumerate(("场次（场）", "参与（人次）")):
        table.cell(1, n).text = text
    document.save(tmp_path / "notice.docx")
    found = as_json(draft_of(notice_text(tmp_path / "notice.docx"), calendar()))["forms"]
    assert [(f["title"], f["unit"]) for f in found[0]["fields"]] == [
        ("场次", "场"),
        ("参与", "人次"),
        ("经费", "万元"),
    ]
