"""Wordings of a sixth writer, who never saw the rules: things, units, offices, ways, themes."""

import pytest

from tests.notice.draft.texts import asked, notice, read


def only(body: str) -> dict:
    (found,) = asked(body)
    return found


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("文字分析材料（2000字左右）加盖公章，于3月10日前报送县教育局党员教育中心。", "文字分析材料"),
        ("纸质预案一式三份于3月15日前送县应急管理局三楼森防办。", "纸质预案"),
        ("经验材料每校不少于2篇、民办学校自愿报送，3月15日前发至aq@b.example。", "经验材料"),
        ("结项报告、成果视频（5分钟内，MP4格式）、《实践统计表》（附件3）3月20日前报送。", "结项报告"),
        ("体检开始后，每天17时30分前报当天上站体检人数。", "体检人数"),
    ],
)  # fmt: skip
def test_the_thing_is_told_past_what_is_said_of_it(body, what):
    assert what in only(body)["what"]


def test_a_changed_rhythm_is_of_the_same_report():
    found = asked("自3月8日起，每日16:00前报送《宣传日报表》；3月16日至22日改为每日10:00前报送。")
    assert [(e["what"], e["due_time"]) for e in found] == [("宣传日报表", "16:00"), ("宣传日报表", "10:00")]


def test_the_month_a_day_is_moved_in_is_not_what_is_reported():
    text = notice("每月25日前报送当月情况。12月报送时间提前至12月20日。")
    assert "12月" not in [e["what"] for e in read(text)["obligations"]]


def test_units_and_thing_may_be_told_as_the_things_of_the_units():
    found = only("发言单位（新市镇、县农业农村局）的发言材料（5分钟以内）于3月18日下班前报送。")
    assert (found["who"], found["what"]) == ("发言单位", "发言材料")


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("五、总结：会后一周内报送工作总结。", "会"),
        ("微视频龙泉学校报送2部，其余学校各1部，3月10日前报送。", "各1部"),
    ],
)
def test_an_event_or_a_number_is_nobody(body, who):
    assert who not in [each["who"] for each in asked(body)]


def test_units_behind_an_event_of_their_own_are_named():
    found = asked("请各校于3月8日前报送方案。主题日部门应于主题日次日10时前报送活动信息。")
    assert found[-1]["who"] == "主题日部门"


def test_whoever_need_not_report_is_put_before_the_clerk():
    body = "请各校于3月15日前报送总结。民办学校的材料报所在镇街汇总，不直接报县教育局；各分校不单独报送。"
    told = [q["question"] for q in read(notice(body))["questions"] if q["field"] == "exceptions"]
    assert any("不直接报县教育局" in each for each in told)
    assert any("不单独报送" in each for each in told)


@pytest.mark.parametrize(
    "ending",
    ["清河县防汛专班\n（县水利局代章）\n2024年3月5日", "清河县防汛专班（县水利局代章）\n2024年3月5日"],
)
def test_the_seal_lent_by_another_office_is_no_part_of_the_signature(ending):
    text = f"关于开展防汛检查的通知\n各乡镇人民政府：\n请各乡镇于3月15日前报送检查报告。\n{ending}"
    assert read(text)["issuer"] == "清河县防汛专班"


def test_several_offices_on_one_long_line_are_above_the_title():
    head = "清河县科学技术局　中共清河县委宣传部　清河县科学技术协会\n关于举办科技活动周的通知"
    found = read(f"{head}\n各乡镇：\n请于3月15日前报送总结。\n2024年3月5日")
    assert found["title"] == "关于举办科技活动周的通知"
    assert found["issuer"] == "清河县科学技术局、中共清河县委宣传部、清河县科学技术协会"


def test_a_theme_told_in_a_sentence_under_its_heading_is_what_stands_in_quotes():
    body = "一、活动主题\n今年的主题是“人人讲安全、个个会应急”。\n请于3月15日前报送总结。"
    assert read(notice(body))["theme"] == "人人讲安全、个个会应急"


@pytest.mark.parametrize(
    ("way", "types"),
    [
        ("通过浙政钉“反诈宣传专班群”报送", ["chat_group"]),
        ("通过“微信防汛群”报送", ["chat_group"]),
        ("须使用政务内网（地址：http://10.example/rk）上报", ["website"]),
    ],
)
def test_a_way_is_counted_once_and_as_what_it_is(way, types):
    found = read(notice(f"请各校于3月15日前报送总结，{way}。"))["channels"]
    assert [each["type"] for each in found] == types


@pytest.mark.parametrize(
    ("to", "section"),
    [
        ("县应急管理局三楼森防办", "森防办"),
        ("县退役军人事务局拥军优抚科（长宁路99号B1103）", "拥军优抚科"),
    ],
)
def test_where_the_section_sits_is_no_part_of_its_name(to, section):
    assert read(notice(f"请各校于3月15日前将总结报送至{to}。"))["section"] == section


def test_a_person_is_no_section():
    found = read(notice("请各校于3月15日前将总结报送镇残联小陈处。"))
    assert found["section"] != "小陈处"


def test_a_whole_month_is_a_period():
    (found,) = read(notice("一、活动时间。2024年3月全月。\n请于4月5日前报送总结。"))["periods"]
    assert (found["start"], found["end"]) == ("2024-03-01", "2024-03-31")
