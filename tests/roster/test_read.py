"""The roster as bureaus keep it: any common file, odd cells, and one clear line for what cannot be meant."""

from datetime import date, datetime

import openpyxl
import pytest

from tasks.roster.read import read_roster
from tasks.terms.errors import Misconfigured

HEADER = "代码,单位名称,类别,层级,上级,简称,填报人邮箱,报送人邮箱,电话,起始日,终止日"
ROWS = (
    "530901,青石镇,township,乡镇,,青石,tb1@yl.example,bs1@yl.example,0879-123,,",
    "53090101,东村村委会,village,村社,530901,,,,,,",
    "53090102,西村村委会,village,村社,530901,,,,,,",
    "530990,产业园区,zone,直报,,,,,,2024-02-01,2024-12-31",
)
TEXT = "\n".join((HEADER, *ROWS)) + "\n"
TABLE = [line.split(",") for line in TEXT.splitlines()]
NUMBERED = [[int(c) if c.isdigit() else c for c in row] for row in TABLE]


@pytest.fixture
def roster(tmp_path):
    """Read these bytes under that name."""

    def read(data: str | bytes, name: str = "yl.csv"):
        path = tmp_path / "config" / "rosters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_roster(path)

    return read


@pytest.fixture
def fault(roster):
    def said(data: str | bytes, name: str = "yl.csv") -> str:
        with pytest.raises(Misconfigured) as found:
            roster(data, name)
        text = str(found.value)
        assert "\n" not in text
        return text

    return said


@pytest.fixture
def workbook(tmp_path):
    """A workbook's bytes, made by that function of workbook and first sheet."""

    def made(make, *sheets: str) -> bytes:
        book = openpyxl.Workbook()
        make(book, book.active)
        book.save(tmp_path / "made.xlsx")
        return (tmp_path / "made.xlsx").read_bytes()

    return made


def rows_into(sheet, rows=TABLE):
    for row in rows:
        sheet.append(list(row))


def codes(roster):
    return [u.code for u in roster]


ALL = ["530901", "53090101", "53090102", "530990"]


# Every way an office saves a table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_delimited_text_is_read_in_every_encoding_and_delimiter_offices_save(roster, encoding, delimiter):
    found = roster(TEXT.replace(",", delimiter).encode(encoding))
    assert codes(found) == ALL
    assert found["530901"].aliases == ("青石",)
    assert found["530990"].end == date(2024, 12, 31)


def test_what_lies_in_the_file_counts_not_what_it_is_called(roster, workbook):
    assert codes(roster(TEXT, "yl.xlsx")) == ALL
    assert codes(roster(workbook(lambda _, s: rows_into(s)), "yl.csv")) == ALL


def test_a_title_and_a_running_number_beside_the_table_are_no_fault(roster, workbook):
    titled = "云岭县报送单位名册,,\n\n序号," + HEADER + ",备注\n"
    titled += "".join(f"{n},{row},无\n" for n, row in enumerate(ROWS, 1))
    assert codes(roster(titled)) == ALL

    def make(_, sheet):
        sheet.append(["云岭县报送单位名册"])
        sheet.merge_cells("A1:K1")
        rows_into(sheet)

    assert codes(roster(workbook(make), "yl.xlsx")) == ALL


def test_a_fault_below_a_title_is_named_with_its_line_in_the_file(fault):
    assert " 第 4 行：" in fault("名册\n\n" + TEXT.replace("530901,青石镇", "53 0901,青石镇"))


def test_numbers_dates_and_spaces_of_a_workbook_are_what_the_clerk_sees(roster, workbook):
    def make(_, sheet):
        for row in NUMBERED:
            sheet.append([f" {c}\u3000" if c == "青石镇" else c for c in row])
        sheet["J5"], sheet["K5"] = datetime(2024, 2, 1), date(2024, 12, 31)

    found = roster(workbook(make), "yl.xlsx")
    assert codes(found) == ALL
    assert found["530901"].name == "青石镇"
    assert found["53090101"].parent == "530901"
    assert (found["530990"].start, found["530990"].end) == (date(2024, 2, 1), date(2024, 12, 31))


def test_a_cell_merged_over_several_rows_holds_for_all_of_them(roster, workbook):
    def make(_, sheet):
        rows_into(sheet)
        for cell in ("D4", "E4"):
            sheet[cell] = None
        sheet.merge_cells("D3:D4")
        sheet.merge_cells("E3:E4")

    found = roster(workbook(make), "yl.xlsx")
    assert (found["53090102"].tier, found["53090102"].parent) == ("村社", "530901")


def test_line_breaks_and_invisible_letters_inside_a_cell_are_not_part_of_it(roster, workbook):
    def make(_, sheet):
        rows_into(sheet)
        sheet["A1"], sheet["B2"], sheet["A2"] = "代码\n", "青石\n镇", "530901\u200b"

    assert roster(workbook(make), "yl.xlsx")["530901"].name == "青石镇"


def test_the_sheet_that_holds_the_table_is_found_behind_others(roster, workbook):
    def make(book, sheet):
        sheet.append(["填表说明"])
        rows_into(book.create_sheet("名册"))

    assert codes(roster(workbook(make), "yl.xlsx")) == ALL


@pytest.mark.parametrize("written", ["2024/2/1", "2024-2-1", "2024.02.01", "2024年2月1日"])
def test_a_day_is_read_as_offices_write_it(roster, written):
    assert roster(TEXT.replace("2024-02-01", written))["530990"].start == date(2024, 2, 1)


def test_several_addresses_of_one_role_stand_beside_each_other(roster):
    found = roster(TEXT.replace("tb1@yl.example", "tb1@yl.example；tb2@yl.example、tb3@yl.example"))
    assert found["530901"].addresses("preparer") == ("tb1@yl.example", "tb2@yl.example", "tb3@yl.example")
    assert found["530901"].addresses("leader") == ()
    assert found.by_address["tb2@yl.example"] == (found["530901"],)


def test_a_parent_may_be_given_by_its_full_name(roster):
    found = roster(TEXT.replace("村社,530901", "村社,青石镇"))
    assert found["53090101"].parent == "530901"
    assert [u.code for u in found.children["530901"]] == ["53090101", "53090102"]


# What cannot be meant


def test_a_parent_called_by_a_name_two_units_share_is_asked_about(fault):
    said = fault(TEXT.replace("530990,产业园区", "530990,青石镇").replace("村社,530901", "村社,青石镇"))
    assert said == "config/rosters/yl.csv 第 3 行：叫“青石镇”的单位不止一个，上级请写代码"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("53090102,", "53090101,", "第 4 行：代码 53090101 与第 3 行重复"),
        ("村社,530901,,,,,,\n53090102", "村社,539999,,,,,,\n53090102", "第 3 行：上级“539999”不在名册中"),
        ("乡镇,,青石", "乡镇,530901,青石", "第 2 行：青石镇 的上级关系绕成了圈"),
        ("乡镇,,青石", "乡镇,53090101,青石", "第 2 行：青石镇 的上级关系绕成了圈"),
        ("青石镇", "", "第 2 行：“单位名称”为空"),
        ("530990", "5.3099E+05", "第 5 行：代码“5.3099E+05”不对"),
        ("2024-02-01", "2024-02-30", "第 5 行：“起始日”应写作 2023-03-01，写的是 2024-02-30"),
        ("2024-12-31", "2023-12-31", "第 5 行：终止日 2023-12-31 早于起始日 2024-02-01"),
        ("tb1@yl.example", "tb1 yl.example", "第 2 行：“填报人邮箱”不是邮箱地址：tb1"),
        ("tb1@yl.example", "张三@yl.example", "第 2 行：“填报人邮箱”不是邮箱地址：张三@yl.example"),
        ("电话", "座机", "第 1 行：不认识“座机”这一列"),
        ("电话", "编码", "第 1 行：“代码”写了两列（代码、编码）"),
        ("代码,", "单位号,", "第 1 行：缺少“代码”一列（或写作 code）"),
        ("青石镇", "青\x00石镇", "第 2 行：含有看不见的控制字符，请删去"),
    ],
)
def test_what_is_wrong_is_one_line_with_file_line_and_what_belongs_there(fault, old, new, said):
    assert TEXT.count(old), old
    assert fault(TEXT.replace(old, new, 1)).startswith(f"config/rosters/yl.csv {said}")


@pytest.mark.parametrize("data", ["", "\n\n\n", HEADER + "\n", b"\xff\xfe"])
def test_a_roster_without_units_says_so(fault, data):
    assert fault(data) == "config/rosters/yl.csv：名册中没有单位"


NO_TABLE = "config/rosters/yl.csv：不是表格文件，请另存为 .xlsx 或 UTF-8 编码的 .csv"
SHUT = "config/rosters/yl.csv：工作簿打不开，请用表格软件打开检查并另存为 .xlsx"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(range(256)) * 9, NO_TABLE),
        (b"PK\x03\x04" + b"x" * 50, SHUT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, SHUT),
    ],
)
def test_a_file_that_is_no_table_says_what_to_do(fault, data, said):
    assert fault(data) == said


def test_a_broken_chart_beside_the_table_is_no_reason_to_fail(workbook, roster):
    def make(book, sheet):
        rows_into(sheet)
        book.create_chartsheet("图", 0)

    assert codes(roster(workbook(make), "yl.xlsx")) == ALL


def test_two_tables_in_one_workbook_are_not_chosen_between(fault, workbook):
    def make(book, sheet):
        sheet.title = "镇街"
        rows_into(sheet)
        rows_into(book.create_sheet("村社"))

    said = fault(workbook(make), "yl.xlsx")
    assert said == "config/rosters/yl.xlsx：镇街、村社都是名册，只能有一张，请合并或删去其余"


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("E3", '=CONCATENATE("5309","01")', "第 3 行：E3 是公式，文件里没有存下结果，请改成文字"),
        ("B3", "#REF!", "第 3 行：B3 是错误值，请改正"),
    ],
)
def test_a_formula_without_a_result_and_an_error_are_not_taken_for_an_empty_cell(
    fault, workbook, cell, value, said
):
    def make(_, sheet):
        rows_into(sheet)
        sheet[cell] = value
        if value.startswith("#"):
            sheet[cell].data_type = "e"

    assert fault(workbook(make), "yl.xlsx") == f"config/rosters/yl.xlsx {said}"


def test_a_missing_roster_says_so(tmp_path):
    with pytest.raises(Misconfigured, match=r"none\.csv：没有这个名册文件"):
        read_roster(tmp_path / "none.csv")


def test_a_text_file_of_empty_cells_has_no_units(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_bytes('\ufeff,,,\r\n"","",\u200b\r\n \t,\r\n'.encode())
    with pytest.raises(Misconfigured, match="名册中没有单位"):
        read_roster(path)


def test_a_control_character_far_down_is_told_with_its_line(tmp_path):
    path = tmp_path / "roster.csv"
    rows = "".join(f"{n},单位{n},town\n" for n in range(1, 40))
    path.write_text(f"code,name,kind\n{rows}40,单\x00位,town\n", "utf-8")
    with pytest.raises(Misconfigured, match="第 41 行：含有看不见的控制字符"):
        read_roster(path)
