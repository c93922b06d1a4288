"""Several days, things or units in one breath: what belongs to each of them, and to all."""

import pytest

from tests.notice.draft.texts import asked, notice, read


def days(body: str) -> list[tuple]:
    return [(each["what"], each["due_date"], each["due_time"]) for each in asked(body)]


@pytest.mark.parametrize(
    ("listed", "hour"),
    [("3月10日、20日、30日17时前", "17:00"), ("3月10日、3月20日、3月30日下午4点前", "16:00")],
)
def test_the_hour_behind_several_days_is_the_hour_of_each(listed, hour):
    assert [when for _, *when in days(f"请各校分别于{listed}报送统计表。")] == [
        ["2024-03-10", hour],
        ["2024-03-20", hour],
        ["2024-03-30", hour],
    ]


@pytest.mark.parametrize(
    "body",
    [
        "各校4月1日至7日每日15时前报送值班情况，8日9时前报送总结。",
        "各校4月1日前报送方案，8日9时前报送总结。",
    ],
)
def test_a_day_without_a_month_is_of_the_month_its_sentence_has_named(body):
    assert days(body)[-1] == ("总结", "2024-04-08", "09:00")


@pytest.mark.parametrize(
    "body",
    [
        "各校4月1日至7日每日15时前报送值班情况；8日9时前报送总结。",
        "各校4月1日前报送方案。请于8日前报送总结。",
        "各校3月28日前报送方案，8日前报送总结。",
        "各校4月15日前报送方案，月底前报送总结。",
        "各校4月15日前报送方案。请于月底前报送总结。",
    ],
)
def test_a_day_that_may_be_of_two_months_is_asked_about(body):
    found = read(notice(body))
    assert found["obligations"][-1]["due_date"] is None
    assert any("没有写月份" in each["question"] for each in found["questions"])


def test_what_follows_every_stage_has_no_one_day():
    stages = "行动分两个阶段：3月6日至15日自查，4月1日至20日整改。"
    found = read(notice(f"{stages}各校于每阶段结束后3日内报送小结。"))
    assert [each["due_date"] for each in found["obligations"]] == [None]
    assert any("逐次写明日期" in each["question"] for each in found["questions"])


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("各校3月8日前报送方案。请于15日前报送总结。", "2024-03-15"),
        ("各校3月8日前报送方案，月底前报送总结。", "2024-03-31"),
    ],
)
def test_a_day_of_the_month_of_issue_is_no_question(body, day):
    assert days(body)[-1][1] == day


def test_a_day_with_a_limit_of_its_own_has_no_part_in_the_next_ones_hour():
    first, second = days("请各校分别于3月10日前、20日17时前报送统计表。")
    assert first[1:] == ("2024-03-10", None)
    assert second[1:] == ("2024-03-20", "17:00")


def test_days_without_a_limit_by_which_something_is_reported_once_each():
    assert [day for _, day, _ in days("各校3月15日、3月25日、4月5日各报一次报名进度。")] == [
        "2024-03-15",
        "2024-03-25",
        "2024-04-05",
    ]


def test_each_thing_has_the_day_in_the_bracket_behind_it():
    sentence = (
        "请各校将活动方案（3月14日前）、活动总结（4月2日前）、走访明细表（4月5日17:00前）报县教育局安全股。"
    )
    assert days(sentence) == [
        ("活动方案", "2024-03-14", None),
        ("活动总结", "2024-04-02", None),
        ("走访明细表", "2024-04-05", "17:00"),
    ]


def test_the_day_of_a_heading_is_the_day_of_what_its_paragraph_hands_in():
    body = "1、岗位征集（3月20日前）。各校不少于10个，填《岗位征集表》报县教育局；"
    assert days(body) == [("岗位征集表", "2024-03-20", None)]


def test_things_listed_with_their_days_under_a_heading_of_reports():
    body = "二、专项报送\n自查报告：3月20日前；演练方案：4月20日前（已报送的不再重复报送）。"
    assert days(body) == [("自查报告", "2024-03-20", None), ("演练方案", "2024-04-20", None)]


def test_units_listed_with_their_days_under_a_heading_of_reports():
    found = asked(
        "一、填报内容\n《经营情况表》。\n二、填报时间\n月报企业：次月5日前；季报企业：2024年4月8日24时前在直报平台填报。"
    )
    assert [(e["who"], e["due_date"], e["due_time"], e["recurrence"]) for e in found] == [
        ("月报企业", None, None, "monthly"),
        ("季报企业", "2024-04-08", "24:00", None),
    ]


def test_units_that_may_be_later_owe_the_same_by_their_own_day():
    found = asked("请各校于3月18日17:00前报送总结。\n开发区学校可延期至3月20日17:00前。")
    assert [(e["what"], e["due_date"], e["who"]) for e in found] == [
        ("总结", "2024-03-18", "各校"),
        ("总结", "2024-03-20", "开发区学校"),
    ]


def test_half_monthly_days_of_the_month_come_again():
    found = asked("每半月调度一次，各校于当月15日、月末前报送《进展调度表》。")
    assert [(e["due_date"], e["recurrence"], e["day"]) for e in found] == [
        (None, "monthly", 15),
        (None, "monthly", None),
    ]


def test_a_closing_day_is_a_limit_of_what_stands_before_it():
    assert ("项目申报书", "2024-03-15", None) in days("请各校参加比赛，项目申报书3月15日截止。")
    assert days("（三）征文。每校报送3篇，每篇不超过600字，截稿时间为3月30日24:00，逾期不受理。") == [
        ("征文", "2024-03-30", "24:00")
    ]


@pytest.mark.parametrize("words", ["报名3月15日截止", "统计数据3月15日截止"])
def test_a_closing_day_of_what_nobody_hands_in_is_none(words):
    assert days(f"{words}，请各校周知。") == []


def test_dotted_days_are_days_where_a_notice_writes_them_so():
    body = "四、报送时间\n（1）计划：2024.3.14前\n（2）总结：2024.3.25 17:00前\n（3）培训情况：3.30前"
    assert days(body) == [
        ("计划", "2024-03-14", None),
        ("总结", "2024-03-25", "17:00"),
        ("培训情况", "2024-03-30", None),
    ]


def test_a_dotted_number_may_be_an_hour():
    assert days("请各校于3月14日9.30前报送总结。")[0][1] == "2024-03-14"
    assert not any(day == "2024-09-30" for _, day, _ in days("请各校于明日上午9.30前报送总结。"))


def test_a_daily_report_with_its_days_before_it():
    (only,) = asked("四、报送时间\n（2）每日动态：3月14日-20日，每日18时前")
    assert (only["what"], only["recurrence"], only["due_time"]) == ("动态", "daily", "18:00")


def test_the_hour_of_a_daily_report_may_stand_behind_a_comma():
    (only,) = asked("活动周期间，每日一报，15:00之前报送当日活动数据。")
    assert (only["recurrence"], only["due_time"]) == ("daily", "15:00")


@pytest.mark.parametrize("feast", ["春节", "元旦", "国庆节", "2025年春节"])
def test_before_a_feast_is_no_day_but_is_asked_about(feast):
    found = read(notice(f"请各校于{feast}前报送工作方案。"))
    assert [(e["what"], e["due_date"]) for e in found["obligations"]] == [("工作方案", None)]
    assert any("前" in q["question"] and "哪一天" in q["question"] for q in found["questions"])


def test_what_is_sent_to_the_public_before_a_feast_is_no_report():
    assert asked("各通信企业在春节前向全市用户发送反诈短信不少于3条。") == []


def test_a_sentence_of_its_own_rolls_every_day_of_its_paragraph():
    found = asked("请各校于3月15日前报送方案，4月20日前报送总结。遇节假日顺延至节后第一个工作日。")
    assert [e["roll"] for e in found] == ["next_working_day"] * 2


def test_a_roll_that_is_denied_rolls_nothing():
    found = asked("请各校于3月15日前报送方案。如遇周末，报送时间不顺延。")
    assert [e["roll"] for e in found] == [None]


def test_the_period_till_a_day_under_a_heading_of_reports_is_a_limit():
    text = notice("三、申报时间。自通知印发之日起至2024年3月14日17：30止。").replace(
        "关于报送安全工作材料的通知", "关于征集年度民生实事项目建议的通知"
    )
    (only,) = read(text)["obligations"]
    assert (only["due_date"], only["due_time"]) == ("2024-03-14", "17:30")


def test_that_day_is_the_day_the_sentence_names():
    (only,) = asked("3月14日当天的活动信息请各校于当日18时前报送县教育局。")
    assert (only["due_date"], only["due_time"]) == ("2024-03-14", "18:00")
