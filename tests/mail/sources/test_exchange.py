from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from tasks.mail.sources.exchange import ExchangeRegister
from tasks.mail.sources.register_dates import read_moment
from tasks.terms import times
from tasks.terms.times import SHANGHAI


@pytest.fixture
def folder(tmp_path):
    for name in ("总结.docx", "统计表.xlsx"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def register(folder, *rows, name="登记簿.csv", encoding="gb18030"):
    (folder / name).write_bytes("\r\n".join(",".join(r) for r in rows).encode(encoding))


HEADINGS = ("来文单位", "文号", "标题", "收文时间", "附件")
ROW = ("东城街道办事处", "东街〔2023〕5号", "活动总结", "2023-03-27 16:20", "总结.docx;统计表.xlsx")


def take(folder, now, cursor=""):
    inbox = ExchangeRegister("exchange", folder, now)
    return list(inbox.new(cursor)), inbox


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_row_gives_its_files_with_what_the_register_says(folder, now, encoding):
    register(folder, HEADINGS, ROW, encoding=encoding)
    found, inbox = take(folder, now)
    assert [i.filename for i in found] == ["总结.docx", "统计表.xlsx"]
    assert {(i.form, i.sender_hint, i.subject_hint) for i in found} == {
        ("file", "东城街道办事处", "活动总结 东街〔2023〕5号")
    }
    assert {i.received_at for i in found} == {datetime(2023, 3, 27, 8, 20, tzinfo=UTC)}
    assert inbox.problems == []


def test_columns_may_stand_anywhere_below_any_heading(folder, now):
    register(
        folder, ("收文登记簿",), ("", "", ""),
        ("序号", "附件名称", "收文日期", "文件标题", "发文单位", "来文字号"),
        ("1", "总结.docx", "2023/3/27 16:20:05", "总结", "东城街道", "5号"),
    )  # fmt: skip
    (found,), _ = take(folder, now)
    assert (found.sender_hint, found.subject_hint) == ("东城街道", "总结 5号")
    assert found.received_at == datetime(2023, 3, 27, 8, 20, 5, tzinfo=UTC)


def test_a_workbook_is_read_like_a_table(folder, now):
    book = Workbook()
    book.active.append(["收文登记簿"])
    book.active.append(list(HEADINGS))
    book.active.append(
        ["东城街道办事处", "5号", "总结", datetime(2023, 3, 27, 16, 20), "总结.docx\n统计表.xlsx"]
    )
    book.save(folder / "登记簿.xlsx")
    found, inbox = take(folder, now)
    assert [i.filename for i in found] == ["总结.docx", "统计表.xlsx"]
    assert found[0].received_at == datetime(2023, 3, 27, 8, 20, tzinfo=UTC)
    assert inbox.problems == []


def test_rows_seen_before_are_not_offered_again_and_new_ones_are(folder, now):
    register(folder, HEADINGS, ROW)
    found, inbox = take(folder, now)
    cursor = inbox.cursor()
    assert take(folder, now, cursor)[0] == []
    (folder / "补报.docx").write_bytes(b"more")
    register(folder, HEADINGS, ("西城街道", "1号", "补报", "2023-03-20 09:00", "补报.docx"), ROW)
    later, inbox = take(folder, now, cursor)
    assert [i.filename for i in later] == ["补报.docx"]
    assert take(folder, now, inbox.cursor())[0] == []
    assert len({i.key for i in [*found, *later]}) == 3


def test_a_missing_file_is_told_and_taken_once_it_is_there(folder, now):
    register(folder, HEADINGS, ("东城街道", "5号", "总结", "2023-03-27 16:20", "总结.docx;照片.zip"))
    found, inbox = take(folder, now)
    assert [i.filename for i in found] == ["总结.docx"]
    assert len(inbox.problems) == 1
    assert "照片.zip" in inbox.problems[0]
    (folder / "附件").mkdir()
    (folder / "附件" / "照片.zip").write_bytes(b"PK")
    later, inbox = take(folder, now, inbox.cursor())
    assert [(i.filename, i.folder_hint) for i in later] == [("照片.zip", "附件")]
    assert inbox.problems == []


def test_of_two_files_of_one_name_the_one_in_the_rows_folder_is_taken_else_none(folder, now):
    for unit in ("东城街道", "西城街道"):
        (folder / unit).mkdir()
        (folder / unit / "表.xlsx").write_bytes(unit.encode())
    register(
        folder, HEADINGS, ("东城街道", "1号", "总结", "2023-03-27 16:20", "表.xlsx"),
        ("南城街道", "2号", "总结", "2023-03-27 16:21", "表.xlsx"),
    )  # fmt: skip
    found, inbox = take(folder, now)
    assert [i.data.decode() for i in found] == ["东城街道"]
    assert len(inbox.problems) == 1
    assert "南城街道" in inbox.problems[0]


def test_a_file_that_cannot_be_told_from_another_is_not_guessed(folder, now):
    for part in ("一", "二"):
        (folder / "东城街道" / part).mkdir(parents=True)
        (folder / "东城街道" / part / "表.xlsx").write_bytes(part.encode())
    register(folder, HEADINGS, ("东城街道", "1号", "总结", "2023-03-27 16:20", "表.xlsx"))
    found, inbox = take(folder, now)
    assert found == []
    assert "多个同名文件" in inbox.problems[0]


def test_names_are_found_without_suffix_and_with_other_brackets_and_commas(folder, now):
    (folder / "关于清明、五一的总结(终稿).docx").write_bytes(b"x")
    register(
        folder,
        HEADINGS,
        ("东城街道", "1号", "总结", "2023-03-27 16:20", "关于清明、五一的总结（终稿）、总结"),
    )
    register(
        folder,
        HEADINGS,
        ("东城街道", "1号", "总结", "2023-03-27 16:20", "关于清明、五一的总结（终稿）;总结、统计表"),
    )
    found, inbox = take(folder, now)
    assert [i.filename for i in found] == ["关于清明、五一的总结(终稿).docx", "总结.docx", "统计表.xlsx"]
    assert inbox.problems == []


def test_a_date_without_an_hour_is_the_end_of_that_day_and_told(folder, now):
    register(folder, HEADINGS, ("东城街道", "1号", "总结", "2023-03-27", "总结.docx"))
    (found,), inbox = take(folder, now)
    assert found.received_at == times.end_of(date(2023, 3, 27))
    assert "只有日期" in inbox.remarks[0]


def test_an_unreadable_time_is_not_guessed(folder, now):
    register(folder, HEADINGS, ("东城街道", "1号", "总结", "上周", "总结.docx"))
    (found,), inbox = take(folder, now)
    assert found.received_at == now
    assert "无法辨认" in inbox.remarks[0]


def test_rows_come_in_the_order_received(folder, now):
    register(
        folder, HEADINGS, ("甲", "1号", "总结", "2023-03-27 16:20", "总结.docx"),
        ("乙", "2号", "表", "2023-03-26 16:20", "统计表.xlsx"),
    )  # fmt: skip
    assert [i.sender_hint for i in take(folder, now)[0]] == ["乙", "甲"]


def test_a_register_that_cannot_be_opened_is_told(folder, now):
    (folder / "登记簿.xlsx").write_bytes(b"no workbook")
    found, inbox = take(folder, now)
    assert found == []
    assert "无法打开" in inbox.problems[0]


def test_an_attached_table_is_never_opened_as_a_register(folder, now):
    register(folder, HEADINGS, ("甲", "1号", "总结", "2023-03-27 16:20", "统计表.csv"), name="收文登记.csv")
    register(folder, HEADINGS, ("乙", "2号", "伪造", "2023-03-27 16:20", "总结.docx"), name="统计表.csv")
    found, inbox = take(folder, now)
    assert [(i.sender_hint, i.filename) for i in found] == [("甲", "统计表.csv")]
    assert inbox.problems == []


def test_files_without_a_register_are_told(folder, now):
    (folder / "统计表.xlsx").unlink()
    found, inbox = take(folder, now)
    assert found == []
    assert "没有可读的登记簿" in inbox.problems[0]


def test_a_row_without_a_file_is_told(folder, now):
    register(folder, HEADINGS, ("东城街道", "1号", "总结", "2023-03-27 16:20", ""))
    assert "没有登记附件" in take(folder, now)[1].problems[0]
    register(folder, HEADINGS, ("东城街道", "1号", "总结", "2023-03-27 16:20", "无"))
    assert take(folder, now)[1].problems == [], "the office says that there is none to take"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2023-03-27 16:20", (2023, 3, 27, 16, 20, 0)),
        ("2023/3/27 9:05:07", (2023, 3, 27, 9, 5, 7)),
        ("2023.3.27 9:05", (2023, 3, 27, 9, 5, 0)),
        ("2023年3月27日 16时20分", (2023, 3, 27, 16, 20, 0)),
        ("2023年3月27日下午4:20", (2023, 3, 27, 16, 20, 0)),
        ("2023年3月27日（星期一）9点", (2023, 3, 27, 9, 0, 0)),
        ("2023-03-27T16:20:05.123", (2023, 3, 27, 16, 20, 5)),
        ("20230327 1620", (2023, 3, 27, 16, 20, 0)),
        ("45012.5", (2023, 3, 27, 12, 0, 0)),
        (datetime(2023, 3, 27, 16, 20), (2023, 3, 27, 16, 20, 0)),
    ],
)
def test_a_moment_is_read_in_every_way_it_is_written(cell, moment):
    assert read_moment(cell) == (datetime(*moment, tzinfo=SHANGHAI), True)


@pytest.mark.parametrize(
    "cell", ["2023-02-30", "2023-03-27 25:00", "3月27日", "", None, "今天", "27/03/2023", 12]
)
def test_what_is_no_certain_moment_is_none(cell):
    assert read_moment(cell)[0] is None


def test_a_row_taken_back_is_no_report_and_is_told(folder, now):
    states = (*HEADINGS, "状态")
    register(folder, states, (*ROW, "已退文"))
    found, inbox = take(folder, now)
    assert (found, inbox.cursor(), inbox.problems) == ([], "", [])
    assert "附件“总结.docx”未收取" in inbox.remarks[0]
    register(folder, states, (*ROW, "已签收"))  # the office sent it anew
    found, inbox = take(folder, now)
    assert [i.filename for i in found] == ["总结.docx", "统计表.xlsx"]
    register(folder, states, (*ROW, "退文"))
    found, later = take(folder, now, inbox.cursor())
    assert (found, later.cursor()) == ([], inbox.cursor())
    assert "附件“总结.docx”此前已收取，请核实后“退回补正”" in later.remarks[0]
