"""What a number format prints of a figure."""

import time

import openpyxl
import pytest

from tasks.documents.number_format import alters, in_its_format
from tasks.documents.ods_facts import ods_facts
from tests.documents.test_formats import read, saved
from tests.documents.test_looks import spread
from tests.documents.test_web_table import cell, workbook


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('"约"0', "约3560"), ("约0", "约3560"), ('0"余"', "3560余"), ('0"+"', "3560+"), ('"≥"0', "≥3560"),
        ('0" 人次"', "3560人次"), ("0人", "3560人"), ('G/通用格式"户"', "3560户"), ('General"户"', "3560户"),
        ('0"万"', "3560万"), ('0.0%"左右"', "356000.0%左右"),
    ],
)  # fmt: skip
def test_the_words_a_format_prints_around_a_figure_are_read_with_it(code: str, seen: str):
    assert in_its_format("3560", code) == seen


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('0"00"', "3560（显示时格式添了“00”）"), ("0-0", "3560（显示时格式添了“-”）"),
        ('"3650"', "3560（显示为“3650”）"), ('[>100]"若干";0', "3560（显示为“若干”）"),
        ("0!.0", "3560（显示时被格式缩小）"), ('[>=1000]0!.0,"万";0', "3560（显示时被格式缩小）"),
        (";;;", "3560（字色或格式使其看不见）"),
    ],
)  # fmt: skip
def test_a_figure_shown_with_other_digits_or_none_is_no_figure(code: str, seen: str):
    assert in_its_format("3560", code) == seen


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "#,##0.00", "@", "000000", "0.0E+0", "# ?/?", "0_ ", '_ "¥"* #,##0.00_ ;_ @_ ',
        "[$¥-804]#,##0.00", "[DBNum2][$-804]General", 'yyyy"年"m"月"d"日"', "m/d", '上午/下午h"时"', "[h]:mm",
        '0;-0;"无"', "#,##0_);[Red]\\(#,##0\\)", '0"、"',
    ],
)  # fmt: skip
def test_a_format_that_only_dresses_a_figure_or_a_day_changes_nothing(code: str):
    assert (in_its_format("3560", code), alters(code)) == (None, False)


@pytest.mark.parametrize(("figure", "seen"), [("99", "99（显示为“若干”）"), ("100", None), ("x", None)])
def test_a_condition_says_which_part_of_a_format_holds(figure: str, seen: str | None):
    assert in_its_format(figure, '[<100]"若干";0') == seen
    assert alters('[<100]"若干";0')


def test_the_part_for_losses_holds_for_a_loss():
    assert in_its_format("-5", '0;"约"0') == "约-5"
    assert in_its_format("5", '0;"约"0') is None


def test_an_xlsx_cell_is_read_as_it_shows():
    book = openpyxl.Workbook()
    book.active.append(["参与人数", 3560])
    book.active["B1"].number_format = '"约"0'
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows == (("参与人数", "约3560"),)


def test_a_cell_of_an_xml_workbook_is_read_as_it_shows():
    styles = '<Style ss:ID="k"><NumberFormat ss:Format="0&quot;余&quot;"/></Style><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'  # noqa: E501
    row = cell(35, more='ss:StyleID="k"') + cell(0.5, more='ss:StyleID="p"')
    (sheet,) = read(workbook(f"<Row>{row}</Row>", styles)).sheets
    assert sheet.rows == (("35余", "50.00%"),)


NUMBER = 'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'


@pytest.mark.parametrize(
    ("kind", "inner", "seen"),
    [
        ("number", "<number:text>约</number:text><number:number/>", "约33"),
        ("number", '<number:number number:decimal-places="0"/><number:text>余</number:text>', "33余"),
        ("number", '<number:number number:display-factor="1000"/>', "33（显示时被格式缩小）"),
        ("percentage", "<number:number/><number:text>%</number:text>", "3300%"),
        ("number", '<number:number number:decimal-places="2"/>', None),
        ("number", '<number:number number:decimal-places="999999999"/>', None),
    ],
)
def test_a_cell_of_an_opendocument_sheet_is_read_as_it_shows(kind: str, inner: str, seen: str | None):
    form = f'<number:{kind}-style {NUMBER} style:name="N1">{inner}</number:{kind}-style>'
    base = '<style:style style:name="base" style:family="table-cell" style:data-style-name="N1"/>'
    ((_, cells, _),) = ods_facts(spread("", form, base))
    assert cells == ({"A1": seen} if seen else {})


@pytest.mark.parametrize("code", [" ", "[", ".0 ", "0,"])
def test_a_format_longer_than_any_is_seen_through_at_once(code: str):
    began = time.perf_counter()
    alters(code * 20_000)
    assert time.perf_counter() - began < 1
