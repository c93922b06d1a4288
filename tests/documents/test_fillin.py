import io
from dataclasses import replace

import openpyxl

from tasks.documents.fillin import write_form
from tasks.documents.form_code import FormCode, find_codes
from tasks.documents.reader import read_contents
from tests.intake.factory import CAMPAIGN, FORM, ROSTER

TOWN = ROSTER["500119100"]
ROWS = ROSTER.children["500119100"]


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))["填报表"]


def test_the_same_form_has_the_same_bytes():
    assert write_form(CAMPAIGN, FORM, TOWN, ROWS) == write_form(CAMPAIGN, FORM, TOWN, ROWS)


def test_every_unit_has_its_row_with_name_and_code():
    sheet = opened(write_form(CAMPAIGN, FORM, TOWN, ROWS))
    assert [(sheet.cell(r, 2).value, sheet.cell(r, 3).value) for r in range(5, 5 + len(ROWS))] == [
        (u.name, u.code) for u in ROWS
    ]


def test_only_input_cells_are_open():
    sheet = opened(write_form(CAMPAIGN, FORM, TOWN, ROWS))
    opened_cells = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert sheet.protection.sheet
    assert {"D5", "E5", "F5", "G5"} <= opened_cells
    assert not {"A1", "A2", "B5", "C5", "D4", "D8"} & opened_cells


def test_a_name_that_looks_like_a_formula_stays_a_name():
    sheet = opened(write_form(CAMPAIGN, FORM, replace(TOWN, name='=HYPERLINK("http://x.example")'), ()))
    assert sheet["B5"].data_type == "s"


def heights(data: bytes) -> dict[int, float]:
    return {n: row.height for n, row in opened(data).row_dimensions.items()}


def test_a_long_title_and_a_long_name_are_shown_whole():
    """A row is as high as it was set: what wraps beyond it is cut off, in the middle of a letter."""
    long = "双江拉祜族佤族布朗族傣族自治县勐库镇人民政府社会工作服务站（综合养老服务与未成年人保护中心）"
    plain = heights(write_form(CAMPAIGN, FORM, TOWN, ROWS))
    assert (plain[1], plain[2], plain[5]) == (36, 20, 22)
    title = "某区2026年社会工作主题宣传月暨“千场活动、万家走访”和“一老一小”关爱服务系列活动情况"
    named = replace(TOWN, name=long)
    tall = heights(write_form(replace(CAMPAIGN, title=title), FORM, named, (named, *ROWS)))
    assert tall[1] >= 2 * 26
    assert tall[2] >= 2 * 15
    assert tall[5] >= 2 * 15
    assert tall[6] == 22


def test_the_total_is_a_formula_over_exactly_the_rows():
    sheet = opened(write_form(CAMPAIGN, FORM, TOWN, ROWS))
    assert sheet.cell(5 + len(ROWS), 4).value == f"=SUM(D5:D{4 + len(ROWS)})"
    assert opened(write_form(CAMPAIGN, FORM, TOWN, ())).cell(6, 1).value == "是否零报告"


def test_the_code_is_printed_and_kept_on_a_hidden_sheet():
    (content,) = read_contents([("a.xlsx", write_form(CAMPAIGN, FORM, TOWN, ROWS))])
    shown, hidden = content.sheets
    assert (shown.visible, hidden.visible) == (True, False)
    for sheet in (shown, hidden):
        text = "\n".join(str(c) for row in sheet.rows for c in row)
        assert find_codes(text) == [FormCode(CAMPAIGN.id, FORM.id, TOWN.code)]


def test_a_mistyped_code_is_no_code():
    code = str(FormCode("c", "figures", "500119100"))
    assert find_codes(code) == [FormCode("c", "figures", "500119100")]
    assert find_codes(code.replace("500119100", "500119101")) == []
    assert find_codes(code[:-1]) == []


def test_numbers_are_checked_while_they_are_typed():
    sheet = opened(write_form(CAMPAIGN, FORM, TOWN, ROWS))
    rules = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    assert rules[f"D5:D{4 + len(ROWS)}"].type == "whole"
    assert any(v.type == "list" and v.formula1 == '"否,是"' for v in rules.values())


def test_it_prints_on_a4_with_the_header_on_every_page():
    sheet = opened(write_form(CAMPAIGN, FORM, TOWN, ROWS))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$4:$4"
