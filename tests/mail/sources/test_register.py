"""Which column of a register says when something was received, and which names the files."""

import pytest

from tasks.mail.sources.register import read_register


def read(*rows: str) -> tuple[list, list[str]]:
    problems: list[str] = []
    remarks: list[str] = []
    found = read_register("收文登记.csv", "\n".join(rows).encode(), problems, remarks)
    return found or [], [*problems, *remarks]


@pytest.mark.parametrize("other", ["登记时间", "来文日期"])
@pytest.mark.parametrize("received", ["收文时间", "签收日期", "接收时间"])
def test_the_time_of_receipt_counts_wherever_it_stands(received, other):
    rows, problems = read(f"来文单位,{other},{received},附件", "东坪镇,2023-04-06,2023-04-04 09:30,a.docx")
    assert (rows[0].received, problems) == ("2023-04-04 09:30", [])
    rows, problems = read(f"来文单位,{received},{other},附件", "东坪镇,2023-04-04 09:30,2023-04-06,a.docx")
    assert (rows[0].received, problems) == ("2023-04-04 09:30", [])


def test_where_only_the_time_of_registration_stands_it_is_said():
    rows, problems = read("来文单位,登记时间,附件", "东坪镇,2023-04-06,a.docx")
    assert rows[0].received == "2023-04-06"
    assert "没有“收文时间”列" in problems[0]


@pytest.mark.parametrize("heading", ["附件数", "附件个数", "附件页数", "附件大小（KB）"])
def test_how_many_files_there_are_is_no_file(heading):
    rows, _ = read(f"来文单位,{heading},附件", "东坪镇,2,a.docx")
    assert rows[0].files == ("a.docx",)


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("状态", "已退文", "已退文"), ("办理状态", "退回重报", "退回重报"), ("公文状态", "作废", "作废"),
        ("是否退文", "是", "退文"), ("状态", "已签收", ""), ("状态", "未退文", ""), ("是否作废", "否", ""),
    ],
)  # fmt: skip
def test_a_row_that_was_taken_back_is_told_by_its_state(heading, cell, said):
    rows, _ = read(f"来文单位,收文时间,附件,{heading}", f"东坪镇,2023-04-04 09:30,a.docx,{cell}")
    assert rows[0].taken_back == said
