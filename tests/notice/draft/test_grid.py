"""Tables of reports: read row by row where the head is certain, and never guessed at."""

import pytest

from tests.notice.draft.texts import asked, notice, read

TABLES = {
    "bars": """报送单位 | 资料名称 | 报送时限 | 报送方式
中心学校 | 工程月报表 | 每月5日前 | 县协同办公系统
 | 自查报告 | 3月15日前 | 县协同办公系统
民办学校 | 鉴定报告 | 6月10日17:00前 | 纸质3份""",
    "tabs": """报送单位\t资料名称\t报送时限\t报送方式
中心学校\t工程月报表\t每月5日前\t县协同办公系统
中心学校\t自查报告\t2024年3月15日前\t县协同办公系统
民办学校\t鉴定报告\t6月10日17:00前\t纸质3份""",
    "blanks": """报送单位      资料名称      报送时限         报送方式
中心学校      工程月报表    每月5日前        协同办公系统
中心学校      自查报告      3月15日前        协同办公系统
民办学校      鉴定报告      6月10日17:00前   纸质3份""",
    "frames": """┌────┬────┬────┬────┐
│序号│材料名称│报送单位│截止时间│
├────┼────┼────┼────┤
│1│工程月报表│中心学校│每月5日前│
│2│自查报告│中心学校│3月15日│
│3│鉴定报告│民办学校│6月10日17:00│
└────┴────┴────┴────┘""",
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_reports_is_read_row_by_row(table):
    found = asked(f"请按下表规定的时间和方式报送资料。\n{TABLES[table]}\n资料要真实、完整，不得涂改。")
    assert [(o["who"], o["what"], o["due_date"], o["due_time"], o["recurrence"]) for o in found] == [
        ("中心学校", "工程月报表", None, None, "monthly"),
        ("中心学校", "自查报告", "2024-03-15", None, None),
        ("民办学校", "鉴定报告", "2024-06-10", "17:00", None),
    ]


def test_a_table_of_tasks_owes_no_report():
    table = "序号 | 工作任务 | 责任单位 | 完成时限\n1 | 换灭火器 | 各校 | 3月15日前\n2 | 修车 | 各校 | 4月底"
    assert asked(f"请对照下表抓好落实。\n{table}") == []


def test_a_table_a_pdf_has_torn_is_read_when_every_cell_is_certain():
    found = asked(
        "请按下表时间报送资料。\n单位 资料 时限\n各中心学校 需求调查表 2024 年 7 月 10\n日前\n"
        "各幼儿园 服务记录和收费票\n据\n2024 年 11 月 20\n日 12:00 前\n　　资料一律报送纸质件一式两份。"
    )
    assert [(o["who"], o["what"], o["due_date"], o["due_time"]) for o in found] == [
        ("各中心学校", "需求调查表", "2024-07-10", None),
        ("各幼儿园", "服务记录和收费票据", "2024-11-20", "12:00"),
    ]


def test_a_torn_table_with_a_doubtful_cell_is_not_guessed_at():
    assert (
        asked(
            "请按下表时间要求报送资料。\n单位 资料 时限\n各校 需求 调查表 2024 年 7 月 10\n日前\n"
            "　　资料要真实。"
        )
        == []
    )


def test_a_table_of_contacts_names_everyone_with_a_number():
    text = notice(
        "请于3月15日前报送总结。\n事项 | 联系人 | 电话 | 邮箱\n总结 | 程学 | 000-00000011 | a@qh.example\n"
        "案例 | 舒课 | 000-00000012 | b@qinghe.example"
    ).replace("联系人：方圆，电话：000-00000001\n", "")
    assert [(each["name"], each["phone"]) for each in read(text)["contacts"]] == [
        ("程学", "000-00000011"),
        ("舒课", "000-00000012"),
    ]
