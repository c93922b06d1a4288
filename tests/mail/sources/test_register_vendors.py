"""Registers as the document systems of different vendors export them, each with its own columns."""

from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from tasks.mail.sources.exchange import ExchangeRegister

AT = datetime(2023, 3, 27, 8, 20, tzinfo=UTC)
SERIAL = 45012 + (16 * 60 + 20) / 1440  # 27 March 2023, 16:20, as a workbook counts


@pytest.fixture
def folder(tmp_path):
    for name in ("活动总结.docx", "统计表.xlsx"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def take(folder, now, *rows, name="收文登记.xlsx"):
    if name.endswith(".xlsx"):
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(folder / name)
    else:
        (folder / name).write_text("\n".join(",".join(map(str, r)) for r in rows), "gb18030")
    inbox = ExchangeRegister("exchange", folder, now)
    return list(inbox.new("")), [*inbox.problems, *inbox.remarks]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (("序号", "来文机关", "来文字号", "公文标题", "签收时间", "附件列表"),
         (1, "东山镇", "东府〔2023〕3号", "活动总结", "2023-03-27 16:20", "活动总结.docx")),
        (("发文单位名称", "文件编号", "文件标题", "接收日期时间", "电子附件"),
         ("东山镇", "3号", "活动总结", "2023年3月27日16时20分", "活动总结.docx")),
        (("报送单位", "标题/主题", "收件时间", "附件文件名"),
         ("东山镇", "活动总结", "2023/3/27 16:20", "活动总结")),
        (("发送方", "名称", "到达时间", "附件"),
         ("东山镇", "活动总结", "2023.3.27 16:20", "活动总结.docx(25KB)")),
        (("来件单位", "公文题名", "送达时间", "附 件"),
         ("东山镇", "活动总结", SERIAL, "活动总结.docx")),
        (("主送/来文单位", "事由", "收文时间（分）", "附件名称"),
         ("东山镇", "活动总结", str(SERIAL), "【活动总结.docx】")),
        (("来文单位", "标题", "收文日期", "收文时间", "附件"),
         ("东山镇", "活动总结", "2023-03-27", "16:20", "活动总结.docx")),
        (("来文单位", "标题", "收文时间", "正文", "附件"),
         ("东山镇", "活动总结", "2023-03-27 16:20", "活动总结.docx", "")),
        (("交换单位", "公文标题", "交换时间", "附件"),
         ("东山镇", "活动总结", "2023-03-27 16:20", "1.活动总结.docx")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["收文登记.xlsx", "收文登记.csv"])
def test_every_vendors_columns_are_found(folder, now, headings, row, name):
    found, problems = take(folder, now, ("公文交换系统收文登记簿",), headings, row, name=name)
    assert [i.filename for i in found] == ["活动总结.docx"], problems
    assert (found[0].sender_hint, found[0].received_at) == ("东山镇", AT)
    assert "活动总结" in found[0].subject_hint
    assert problems == []


@pytest.mark.parametrize(
    "cell",
    [
        "活动总结.docx;统计表.xlsx", "活动总结.docx\n统计表.xlsx", "活动总结.docx、统计表.xlsx",
        "活动总结.docx，统计表.xlsx",
        "1.活动总结.docx 2.统计表.xlsx", "1、活动总结.docx\n2、统计表.xlsx", "活动总结.docx|统计表.xlsx|",
        "①活动总结.docx；②统计表.xlsx", "活动总结.docx(12KB),统计表.xlsx(8 KB)",
        "附件1：活动总结.docx；附件2：统计表.xlsx",
        "/upload/2023/活动总结.docx;/upload/2023/统计表.xlsx", "活动总结.docx 统计表.xlsx",
    ],
)  # fmt: skip
def test_several_files_in_one_cell_are_told_apart(folder, now, cell):
    headings = ("来文单位", "标题", "收文时间", "附件")
    found, problems = take(folder, now, headings, ("东山镇", "总结", "2023-03-27 16:20", cell))
    assert ([i.filename for i in found], problems) == (["活动总结.docx", "统计表.xlsx"], [])


def test_files_in_columns_of_their_own_are_all_taken(folder, now):
    headings = ("来文单位", "标题", "收文时间", "附件1", "附件2", "附件数量")
    found, problems = take(
        folder, now, headings, ("东山镇", "x", "2023-03-27 16:20", "活动总结.docx", "统计表.xlsx", 2)
    )
    assert ([i.filename for i in found], problems) == (["活动总结.docx", "统计表.xlsx"], [])


def test_what_is_not_in_the_folder_is_told_and_the_rest_is_taken(folder, now):
    headings = ("来文单位", "标题", "收文时间", "附件")
    found, problems = take(
        folder, now, headings, ("东山镇", "总结", "2023-03-27 16:20", "活动总结.docx;没有的.pdf")
    )
    assert [i.filename for i in found] == ["活动总结.docx"]
    assert len(problems) == 1
    assert "没有的.pdf" in problems[0]


@pytest.mark.parametrize(
    "cell", ["昨天", "3月27日16:20", "27/03/2023 16:20", "16:20", "2023-13-27 16:20", "12.5"]
)
def test_a_time_that_may_mean_two_is_told_and_counted_as_now(folder, now, cell):
    headings = ("来文单位", "标题", "收文时间", "附件")
    (found,), problems = take(folder, now, headings, ("东山镇", "总结", cell, "活动总结.docx"))
    assert found.received_at == now
    assert "无法辨认" in problems[0]


def test_a_second_row_of_totals_or_blanks_is_no_row(folder, now):
    headings = ("来文单位", "标题", "收文时间", "附件")
    row = ("东山镇", "总结", "2023-03-27 16:20", "活动总结.docx")
    found, _ = take(folder, now, headings, row, ("", "", "", ""), (None, None, None, None))
    assert len(found) == 1
