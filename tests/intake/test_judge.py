import io
from dataclasses import replace

import docx
import pytest

from tasks.documents.form_code import FormCode
from tasks.documents.parse import parse
from tasks.intake.judge import contradictions, explain_document, read_document
from tasks.terms.readings import CODES, Content, Finding, Reading, Row, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER, SUMMARY
from tests.intake.prose.test_narrative import BODY
from tests.intake.prose.test_narrative import SUMMARY as TEXT

FORM_SHEET = Sheet("统计表", (("单位名称", "社区活动", "走访家庭"), ("三泉镇", 3, 30)))
TABLES = Content("xlsx", (FORM_SHEET,))


def codes(reading: Reading) -> list[str]:
    return [f.code for f in reading.findings]


def judge(content: Content, filename: str = "", campaign=CAMPAIGN) -> Reading:
    return read_document(content, campaign, ROSTER, filename=filename)


def test_sheets_answer_the_form_and_prose_the_narrative():
    assert judge(TABLES).obligation == "figures"
    assert judge(Content("docx", text=TEXT)).obligation == "summary"


@pytest.mark.parametrize("code", ["ENCRYPTED", "DAMAGED", "HOSTILE", "WRONG_FORMAT"])
def test_what_the_door_refused_is_only_placed_by_its_name(code):
    reading = judge(Content("unknown", findings=(Finding(code, "说明"),)), "三泉镇总结.rar")
    assert (codes(reading), reading.unit, reading.values) == ([code], "500119100", {})


def test_a_picture_is_asked_for_as_a_document():
    assert codes(judge(Content("image", pictures=1))) == ["WRONG_FORMAT"]


def test_a_document_of_pictures_only_is_asked_for_as_text():
    assert codes(judge(Content("docx", pictures=2))) == ["WRONG_FORMAT"]


def test_a_form_laid_out_in_a_text_document_is_read():
    document = docx.Document()
    document.add_paragraph("填报单位：三泉镇")
    table = document.add_table(2, 3)
    for row, cells in enumerate(FORM_SHEET.rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = str(text)
    out = io.BytesIO()
    document.save(out)
    reading = judge(parse("a.docx", out.getvalue()))
    assert (reading.obligation, reading.values["visits"], codes(reading)) == ("figures", 30, [])
    assert reading.evidence["visits"] == "表1!C2"


def test_a_summary_with_a_table_in_it_stays_a_summary():
    assert judge(Content("docx", (FORM_SHEET,), text=TEXT)).obligation == "summary"


@pytest.mark.parametrize(
    ("said", "visits", "found"),
    [("走访家庭30户", 30, []), ("走访家庭32户", None, ["CONTRADICTION"])],
)
def test_a_short_summary_with_the_form_below_it_is_read_with_its_table(said, visits, found):
    head = "三泉镇社会工作宣传周活动总结\n我镇以“五社联动”为主题，"
    text = f"{head}{said}，各项工作平稳有序。\n附：三泉镇统计表\n单位名称\n社区活动\n走访家庭\n三泉镇\n3\n30"
    reading = judge(Content("docx", (FORM_SHEET,), text + f"\n{BODY}"))
    assert (reading.obligation, reading.values.get("visits"), codes(reading)) == ("summary", visits, found)


def test_a_form_printed_to_pdf_is_sent_back():
    text = "“千场活动、万家走访”统计表\n单位名称 社区活动（场） 走访家庭（户）\n三泉镇 3 30"
    reading = judge(Content("pdf", text=text), "三泉镇.pdf")
    assert (codes(reading), reading.obligation) == (["WRONG_FORMAT"], "figures")


def test_a_form_printed_to_pdf_with_its_heads_cut_off_is_no_summary():
    text = "“千场活动、万家走访”统计表\n单位名 社区活动（走访家庭（服务人\n三泉镇 3 30 200"
    reading = judge(Content("pdf", text=text), "三泉镇.pdf")
    assert codes(reading) == ["WRONG_FORMAT"]
    assert "没有画出框线" in reading.findings[0].text


def test_a_format_nobody_asked_for_is_sent_back():
    only_text = replace(CAMPAIGN, obligations=(SUMMARY,))
    only_form = replace(CAMPAIGN, obligations=(FORM,))
    assert codes(judge(TABLES, campaign=only_text)) == ["WRONG_FORMAT"]
    assert codes(judge(Content("docx", text=TEXT), campaign=only_form)) == ["WRONG_FORMAT"]


def form(visits: float, *parts: float) -> Reading:
    rows = tuple(Row(str(n), {"visits": part}, {}) for n, part in enumerate(parts or (visits,)))
    return Reading(unit="500119100", rows=rows, values={"visits": visits}, evidence={"visits": "统计表!C2"})


def prose(visits: float | None) -> Reading:
    return Reading(unit="500119100", values={"visits": visits} if visits is not None else {})


def test_a_form_and_a_summary_that_differ_contradict_each_other():
    (finding,) = contradictions([form(30), prose(28)])
    assert (finding.code, finding.where) == ("CONTRADICTION", "统计表!C2")
    assert "28" in finding.text
    assert "30" in finding.text


@pytest.mark.parametrize(
    "readings",
    [
        [form(30), prose(30)],
        [form(30), prose(None)],
        [form(60, 28, 32), prose(28)],
        [form(30)],
        [prose(28)],
        [],
    ],
)
def test_nothing_contradicts_where_figures_agree_or_are_not_stated(readings):
    assert contradictions(readings) == ()


def test_the_explanation_has_every_field_and_every_code_once():
    reading = judge(
        Content("xlsx", (Sheet("表", (("单位名称", "社区活动", "走访家庭"), ("三泉镇", "约3", None))),))
    )
    said = explain_document(reading, CAMPAIGN, ROSTER)
    assert said["unit"] == "三泉镇"
    assert said["values"] == {"activities": None, "visits": None, "served": None, "volunteers": None}
    assert said["findings"] == ["VAGUE", "MISSING"]
    assert set(said["findings"]) <= set(CODES)
    assert said["evidence"]["activities"] == "表!B2"
    assert {"candidates", "date", "reasons"} <= set(said)


def test_the_explanation_of_prose_names_its_figures_as_whole_numbers():
    said = explain_document(judge(Content("docx", text=TEXT)), CAMPAIGN, ROSTER)
    assert said["values"] == {"activities": 3, "visits": 30, "served": 500, "volunteers": None}
    assert said["date"] == "2023-04-03"
    assert BODY not in said["reasons"]


# Where one kind of document ends and another begins


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "xls", "ods", "csv"])
def test_every_kind_of_sheet_answers_the_form(kind):
    assert judge(Content(kind, (FORM_SHEET,))).obligation == "figures"


def test_what_the_door_refused_is_not_read_even_where_something_can_be_seen():
    refused = Content("xlsx", (FORM_SHEET,), findings=(Finding("DAMAGED", "文件损坏"),))
    reading = judge(refused, "三泉镇.xlsx")
    assert (reading.values, reading.obligation, codes(reading)) == ({}, None, ["DAMAGED"])


def test_who_sent_what_cannot_be_read_is_said_with_what_it_rests_on():
    def placed(filename, text=""):
        found = judge(Content("image", text=text, pictures=1), filename)
        return found.unit, found.candidates, found.reasons

    by_name = "只能按文件名“三泉镇.jpg”判断报送单位"
    assert placed("三泉镇.jpg") == ("500119100", ("500119100",), (by_name,))
    assert placed("IMG_01.jpg") == (None, (), ("文件不能读取，无法判断报送单位",))
    stated = ("按文中写明的填报单位判断",)
    assert placed("IMG_01.jpg", "填报单位：三泉镇") == ("500119100", ("500119100",), stated)
    unit, candidates, reasons = placed("东城街道.jpg", "填报单位：三泉镇")
    assert (unit, candidates[0], len(candidates), reasons) == (None, "500119100", 2, stated)


def in_a_document(text: str, sheet: Sheet = FORM_SHEET, **more) -> Reading:
    inside = "".join(str(cell) for row in sheet.rows for cell in row if isinstance(cell, str))
    return judge(Content("docx", (sheet,), text=text + inside), **more)


def test_a_table_with_little_outside_it_is_the_form_and_with_much_it_is_prose():
    assert in_a_document("说" * 199).obligation == "figures"
    assert in_a_document("说" * 200).obligation != "figures"


def test_a_title_that_names_the_form_makes_it_one_even_where_it_speaks_of_a_report():
    assert in_a_document("活动情况报告\n").obligation != "figures"
    assert in_a_document("活动情况报告统计表\n").obligation == "figures"
    assert in_a_document("说" * 59 + "总结").obligation == "figures"  # no title stands so far down
    assert in_a_document("说" * 58 + "总结").obligation != "figures"


def test_one_word_of_the_form_in_a_table_makes_no_form_of_it():
    one = Sheet("表", (("单位名称", "社区活动"), ("三泉镇", 3)))
    assert in_a_document("", one).obligation != "figures"
    assert in_a_document("").obligation == "figures"


def test_a_table_answers_nothing_where_no_form_is_asked_for():
    only_text = replace(CAMPAIGN, obligations=(SUMMARY,))
    assert in_a_document(TEXT, campaign=only_text).obligation == "summary"
    assert in_a_document("", campaign=only_text).obligation == "summary"


def test_text_beside_pictures_is_read():
    assert judge(Content("docx", text=TEXT, pictures=3)).obligation == "summary"


def test_a_printed_form_is_known_by_its_code_or_by_its_title_and_two_of_its_words():
    def printed(text):
        return judge(Content("pdf", text=text)).obligation, codes(judge(Content("pdf", text=text)))

    sent_back = ("figures", ["WRONG_FORMAT"])
    assert printed(f"填报码：{FormCode(CAMPAIGN.id, 'figures', '500119100')}\n{TEXT}") == sent_back
    assert printed(f"填报码：{FormCode('other', 'figures', '500119100')}\n{TEXT}") == printed(TEXT)
    assert printed("活动情况汇总表\n社区活动 走访家庭\n3 30") == sent_back
    assert printed("活动情况汇总表\n社区活动\n3")[1] != ["WRONG_FORMAT"]
    assert printed("活动情况\n社区活动 走访家庭\n3 30")[1] != ["WRONG_FORMAT"]
    assert printed("说" * 118 + "汇总表\n社区活动 走访家庭\n3 30")[1] != ["WRONG_FORMAT"]


def test_a_summary_of_all_forms_together_contradicts_none_of_them():
    assert contradictions([form(30), form(12), prose(42)]) == ()
    assert len(contradictions([form(30), form(12), prose(43)])) == 2
    unread = Reading(unit="500119100", rows=(Row("1", {"visits": None}, {}),), values={"visits": None})
    assert len(contradictions([form(30), unread, prose(29)])) == 1
    assert contradictions([unread, prose(29)]) == ()


def test_the_explanation_gives_every_row_and_names_whom_the_roster_does_not_have():
    row = Row("500119100", {"visits": 30.0, "served": 2.5}, {})
    said = explain_document(
        Reading(unit="999", candidates=("999",), rows=(row,), values={"visits": 30.0}, nil=True),
        CAMPAIGN, ROSTER,
    )  # fmt: skip
    assert (said["unit"], said["candidates"], said["nil"]) == ("999", ["999"], True)
    assert said["rows"] == [{"unit": "三泉镇", "values": {"visits": 30, "served": 2.5}}]
    assert isinstance(said["values"]["visits"], int)
    assert explain_document(Reading(), CAMPAIGN, ROSTER)["unit"] is None
