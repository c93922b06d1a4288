"""Wordings of superior offices' circulars: what must not be read out of them comes first."""

from datetime import date

import pytest

from tests.notice.draft.texts import HEAD, asked, notice, read


def days(body: str, **at: date) -> list[tuple]:
    return [(each["due_date"], each["recurrence"], each["day"]) for each in asked(body, **at)]


def whose(body: str) -> list[tuple]:
    return [(each["due_date"], each["who"]) for each in asked(body)]


@pytest.mark.parametrize(
    "sentence",
    [
        "统计口径：年报数据截至2024年12月31日。",
        "季报数据统计截至3月20日。",
        "审核结果将于12月31日之前反馈。",
        "评审结果将于6月30日前报市局公布。",
        "4月底前县局完成抽查并上报市局。",
        "报名截止3月20日17时，请按时组织。",
        "5家学校连续2个月未于4月8日前报送。",
        "县教育局于3月20日前完成会审，3月31日前汇总上报市教育局。",
    ],
)
def test_a_day_that_binds_only_the_office_or_the_figures_is_no_report(sentence):
    found = asked(f"二、报送时间\n（一）请各校于3月18日前将总结报县教育局。\n（二）{sentence}")
    assert [each["due_date"] for each in found] == ["2024-03-18"]


def test_the_offices_own_day_with_its_superior_is_told_as_such():
    found = read(notice("请各校于3月18日前报送总结。县教育局于3月20日前会审，3月31日前汇总上报市教育局。"))
    assert found["superior_due"] == "2024-03-31"


@pytest.mark.parametrize(
    ("when", "monthly"),
    [("每旬逢10日、20日、30日下午4时前", [10, 20, 30]), ("逢5日、15日前", [5, 15])],
)
def test_days_that_come_again_in_every_month_are_monthly_reports(when, monthly):
    found = days(f"各校实行旬报，{when}在工作群填报进度。")
    assert found == [(None, "monthly", day) for day in monthly]


@pytest.mark.parametrize(
    "when", ["自6月起每双月月底前", "每季度结束后次月5日前", "每两个月末", "每季度结束后的次月10日前"]
)
def test_a_rhythm_of_several_months_is_no_single_day(when):
    assert days(f"各校{when}将进展情况报县教育局。") == [(None, None, None)]


@pytest.mark.parametrize(
    ("when", "hours"),
    [
        ("每日7时前、17时前各", [("daily", "07:00"), ("daily", "17:00")]),
        ("每天8:00、12:00、18:00前分别", [("daily", "08:00"), ("daily", "12:00"), ("daily", "18:00")]),
    ],
)
def test_two_hours_of_every_day_are_two_reports(when, hours):
    found = asked(f"各校{when}报送一次到校情况。")
    assert [(each["recurrence"], each["due_time"]) for each in found] == hours


def test_two_hours_of_one_day_are_two_reports_of_that_day():
    found = asked("开学当天，3月18日10:00、16:00前分别报送学生到校情况。")
    assert [(each["due_date"], each["due_time"]) for each in found] == [
        ("2024-03-18", "10:00"),
        ("2024-03-18", "16:00"),
    ]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "县级各医院于3月18日前、各卫生院和服务中心于3月19日前，将总结报送县局。",
            [("2024-03-18", "县级各医院"), ("2024-03-19", "各卫生院和服务中心")],
        ),
        (
            "填报时间：党政机关3月16日前，事业单位3月20日前报送统计表。",
            [("2024-03-16", "党政机关"), ("2024-03-20", "事业单位")],
        ),
        ("被抽查单位在收到反馈意见后15个工作日内提交整改报告。", [(None, "被抽查单位")]),
        ("入选学校应在收到通知后5个工作日内报送修改稿。", [(None, "入选学校")]),
        (
            "请各校于3月9日前将总结报县局。参加优秀活动评选的，还应在3月15日前将申报表报送县局。",
            [("2024-03-09", "各校"), ("2024-03-15", "参加优秀活动评选的")],
        ),
        (
            "3月23日前，各校报送总结及《统计表》，各机构报送《岗位提供情况表》。",
            [("2024-03-23", "各校"), ("2024-03-23", "各机构")],
        ),
        (
            "3月23日前，各校报送方案；各企业报送自查承诺书。",
            [("2024-03-23", "各校"), ("2024-03-23", "各企业")],
        ),
        (
            "各地各校积极响应，踊跃参与。现将案例报送时间延长至3月18日17:30。",
            [("2024-03-18", "各乡镇中心学校")],
        ),
    ],
)
def test_each_report_is_asked_of_its_own_units(sentence, wanted):
    assert whose(sentence) == wanted


def test_a_second_kind_of_units_shares_only_a_limit_said_for_both():
    found = whose("各校于3月23日前报送方案；各企业报送自查承诺书。")
    assert found == [("2024-03-23", "各校")]


def test_a_pause_in_the_holidays_does_not_end_a_weekly_report():
    found = days("各校每周四17点前报送周报，春节假期（2月15日至2月23日）暂停报送。")
    assert found == [(None, "weekly", 4)]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "三、报送时间\n各科室3月16日前，各县（市、区）局3月20日前。",
            [("安全工作材料", "2024-03-16", "各科室"), ("安全工作材料", "2024-03-20", "各县（市、区）局")],
        ),
        ("四、材料报送\n方案：3月12日前；信息：每周五；总结：4月3日前。", None),
    ],
)
def test_a_short_line_under_the_heading_of_reports_is_a_report(body, wanted):
    found = asked(body)
    if wanted is None:
        assert [(e["what"], e["due_date"], e["recurrence"]) for e in found] == [
            ("方案", "2024-03-12", None),
            ("信息", None, "weekly"),
            ("总结", "2024-04-03", None),
        ]
    else:
        assert [(e["what"], e["due_date"], e["who"]) for e in found] == wanted


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("各校制定工作方案，明确责任分工，并于3月20日前报县教育局。", "工作方案"),
        ("优秀案例视频可于3月31日之前上传至专栏。", "优秀案例视频"),
        ("各校请于3月28日之前将数据报送员名单通过电话告知我局办公室。", "数据报送员名单"),
        ("各校走访动态信息实行随走随报，每个学校不少于3条，4月5日前报送完毕。", "走访动态信息"),
        ("学生人数统计表，以3月10日学籍系统数据为准，3月12日下班前报送计财股。", "学生人数统计表"),
        ("工作总结不迟于2024年3月25日报送。", "工作总结"),
        ("活动进展情况，自6月起每双月月底前报送1次。", "活动进展情况"),
        ("年度总结最迟不超过3月20日报送县局。", "年度总结"),
        ("评优材料截止时间3月25日。", "评优材料"),
        ("新增企业名单各街道经济发展办于3月24日下午5点前报送。", "新增企业名单"),
        ("播种进度实行旬报，播种阶段逢10日前在工作群填报。", "播种进度"),
    ],
)
def test_the_thing_is_found_past_the_words_between_it_and_its_day(sentence, what):
    (only,) = asked(sentence)
    assert only["what"] == what


def test_what_the_work_gave_before_names_the_same_report_once():
    found = asked("案例报送截止时间延长至3月18日17:30。请各校将推荐案例和汇总表统一发送至邮箱a@b.example。")
    assert [each["due_date"] for each in found] == ["2024-03-18"]


def test_a_news_report_asks_for_nothing():
    text = (
        "“百日清零”行动取得成效\n本报讯（记者 方圆）记者从市住建局获悉，今年6月，市住建局印发方案，"
        "要求各县（区）每周一上报进展情况，每月25日前报送工作总结。"
    )
    assert not read(text)["is_reporting_notice"]


def test_a_notice_that_mentions_the_papers_still_asks():
    found = read(HEAD.format(year=2024) + "请各校于3月18日前将总结报县局，稿件同时投本报记者站。")
    assert found["is_reporting_notice"]


@pytest.mark.parametrize("since", ["即日起", "自即日起", "从现在起", "自本通知印发之日起"])
def test_from_this_day_on_is_from_the_day_of_issue(since):
    found = read(notice(f"一、播种阶段（{since}至2024年10月31日）。请各校于3月18日前报送总结。"))
    assert [(each["start"], each["end"]) for each in found["periods"]] == [("2024-03-05", "2024-10-31")]


def test_holidays_without_reports_are_no_period_of_work():
    body = "活动时间：3月10日至5月20日。各校每周四前报送周报，假期（5月1日至5月5日）暂停报送。"
    assert [each["end"] for each in read(notice(body))["periods"]] == ["2024-05-20"]


def test_the_end_of_entering_is_not_lent_to_the_report_behind_it():
    assert whose("报名截止3月20日17时，各校3月22日前将报名汇总表发至a@b.example。") == [
        ("2024-03-22", "各校")
    ]


def test_a_rhythm_whose_days_are_said_is_those_days():
    found = asked("各单位每半年报送1次工作总结，分别于6月30日前、12月20日前报送。")
    assert [(e["what"], e["due_date"], e["who"]) for e in found] == [
        ("工作总结", "2024-06-30", "各单位"),
        ("工作总结", "2024-12-20", "各单位"),
    ]


def test_a_mailbox_is_never_the_thing():
    found = asked("请于3月20日前将纸质材料寄至县局，电子版3月18日前发a@b.example。")
    assert not [each["what"] for each in found if "@" in (each["what"] or "")]
