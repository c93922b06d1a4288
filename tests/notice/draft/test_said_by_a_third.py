"""Further classes of wording from offices not read before: hours alone, season's ends, yearless days."""

from datetime import date

import pytest

from tests.notice.draft.texts import asked, notice, read


def of(body: str, key: str, *names: str) -> list[tuple]:
    return [tuple(each[name] for name in names) for each in read(notice(body))[key]]


@pytest.mark.parametrize(
    ("limit", "recurrence", "day"),
    [
        ("季后5日前", None, None),
        ("半年后10日前", None, None),
        ("月后6日前", "monthly", 6),
        ("年后20日前", None, None),
    ],
)
def test_days_after_a_season_come_again_and_have_no_single_date(limit, recurrence, day):
    (only,) = asked(f"各校于{limit}报送《存栏情况表》。")
    assert (only["due_date"], only["recurrence"], only["day"]) == (None, recurrence, day)


def test_a_row_due_after_every_quarter_is_a_row():
    table = (
        "报表报送时间如下：\n"
        "序号  报表名称                频率    报送时间                    报送方式\n"
        "1     工业产量表              月报    每月6日12时前               联网直报平台\n"
        "2     存栏情况表              季报    季后5日前                   邮箱\n"
    )
    found = [(each["what"], each["recurrence"], each["due_date"]) for each in asked(table)]
    assert found == [("工业产量表", "monthly", None), ("存栏情况表", None, None)]


@pytest.mark.parametrize(
    ("message", "rows"),
    [
        (
            "请各单位今天中午12时前把整改清单发到邮箱a@b.example，下午2点前参检企业名单每镇街报2家，格式见附件。",
            [("整改清单", "2024-03-05", "12:00"), ("参检企业名单", "2024-03-05", "14:00")],
        ),
        (
            "各校3月8日上午10时前报送名单，下午5时前报送总结。",
            [("名单", "2024-03-08", "10:00"), ("总结", "2024-03-08", "17:00")],
        ),
    ],
)
def test_an_hour_alone_is_of_the_day_just_named(message, rows):
    found = asked(message)
    assert [(each["what"], each["due_date"], each["due_time"]) for each in found] == rows
    assert [each["who"] for each in found] in (["各单位", "每镇街"], ["各校", "各校"])


@pytest.mark.parametrize(
    "message",
    [
        "各校3月8日下午5时前报送名单，上午10时前报送总结。",  # earlier than the hour before: of another day
        "检查组明天上午9:00到我县检查，下午2点前报送名单。",  # the day named is of something else
    ],
)
def test_an_hour_that_may_be_of_another_day_is_no_date(message):
    assert "总结" not in str([each for each in asked(message) if each["due_date"]])
    assert len([each for each in asked(message) if each["due_time"] in {"10:00", "14:00"}]) == 0


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("每月质控指标于次月5日前通过院内OA“质控填报”模块提交。", "质控指标"),
        ("2023年第四季度质控分析报告请于3月10日16:30前补报完毕。", "2023年第四季度质控分析报告"),
        ("自查表请于3月10日前填报到位。", "自查表"),
    ],
)
def test_a_verb_inside_a_name_or_with_its_end_hands_in_what_was_said_before(sentence, what):
    assert [each["what"] for each in asked(sentence)] == [what]


def test_the_section_that_gathers_and_leads_is_the_one_to_act():
    (only,) = asked("总结：运维检修部牵头汇总，9月6日前报公司办公室。")
    assert only["who"] == "运维检修部"


def test_a_request_to_hand_over_names_no_doer_by_itself():
    (only,) = asked("请将本村未就业人员花名册、意愿登记表于3月18日前报镇残联。")
    assert only["who"] == "各乡镇中心学校"


@pytest.mark.parametrize(
    ("sentence", "quota"),
    [
        (
            "“春风行动”亮点信息请各单位于本月底前报办公室，每单位不少于1篇。",
            ("“春风行动”亮点信息", 1, None, "每单位"),
        ),
        ("各街道团工委推荐优秀共青团员1至3人。", ("优秀共青团员", 1, 3, "各街道团工委")),
    ],
)
def test_the_thing_counted_is_found_before_the_units_or_behind_their_verb(sentence, quota):
    assert of(sentence + "请于3月15日前报送总结。", "quotas", "item", "min", "max", "per") == [quota]


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("请于3月15日前通过邮箱a@b.example报送年报，年报另报盖章纸质件1份。", ("paper", None)),
        ("材料于3月15日前通过金税办公系统报送，不再报送纸质件。", ("document_exchange", None)),
        ("请各校于3月15日前登录培训报名平台完成报名，并报送汇总表。", ("website", "培训报名平台")),
    ],
)
def test_ways_in_by_other_names(sentence, way):
    ways = of(sentence, "channels", "type", "address")
    assert way in ways
    assert "不再" not in sentence or ("paper", None) not in ways


@pytest.mark.parametrize(
    ("sentence", "section"),
    [
        ("以上材料于3月15日前通过集团OA系统报送风控审计部。", "风控审计部"),
        ("请于3月15日前将总结发送至市统计局法规科公共邮箱（a@b.example）。", "法规科"),
        ("总结于3月15日前报送，材料通过党政内网发县委组织部组织二科。", "组织二科"),
    ],
)
def test_the_receiving_section_by_other_verbs_and_names(sentence, section):
    text = notice(sentence).replace("联系人：方圆，电话：000-00000001", "")
    assert read(text)["section"] == section


def test_an_office_that_signs_with_a_day_without_a_year_is_the_issuer():
    text = "关于报送情况的通知\n各村：\n请于6月18日前将花名册报镇残联。\n石桥镇残疾人联合会\n6月12日"
    found = read(text)
    assert (found["issuer"], found["issue_date"]) == ("石桥镇残疾人联合会", None)


@pytest.mark.parametrize(
    ("sentence", "stretch"),
    [
        ("集团决定于6月1日至30日开展“安全生产月”活动。", [("2024-06-01", "2024-06-30")]),
        ("我局将于6月1日至7月5日在全市开展安全工作专项检查。", [("2024-06-01", "2024-07-05")]),
        ("县教育局将于8月12日至8月20日实地查看。", []),
        ("我局将于6月1日至6月5日组织抽查。", []),
    ],
)
def test_what_the_office_starts_is_a_stretch_of_work_and_its_own_looking_in_is_none(sentence, stretch):
    text = notice(sentence + "请各校于9月15日前报送总结。", date(2024, 5, 17))
    found = read(text.replace("关于报送安全工作材料的通知", "关于开展安全工作专项检查的通知"))["periods"]
    assert [(each["start"], each["end"]) for each in found] == stretch


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("预计7月15日至8月31日为全年负荷高峰期。", "全年负荷高峰期"),
        ("4月3日至4月7日为高火险期，严禁野外用火。", "高火险期"),
    ],
)
def test_a_stretch_is_called_by_its_name_alone(sentence, name):
    assert [each["name"] for each in read(notice(sentence))["periods"]] == [name]


@pytest.mark.parametrize("mark", ["★", "▲", "● ", "➤"])
def test_a_star_before_a_paragraph_is_no_part_of_it(mark):
    (only,) = asked(f"{mark}总结：运维检修部牵头汇总，9月6日前报公司办公室。")
    assert only["what"] == "总结"


def test_a_result_that_goes_with_another_report_has_no_date_of_its_own():
    assert asked("3月12日前，各校务必完成排查，排查结果纳入首期周报一并报送。") == []


def test_after_school_is_no_limit_before_it_is_out():
    found = asked("周报每周五放学后交到学区办。")
    assert all(each["closing"] is None for each in found)


def test_one_of_those_addressed_at_the_head_of_a_sentence_is_the_one_to_act():
    text = notice("县运管所要对自查情况逐一核查，3月20日前将整治情况报告报县局运输股。")
    (only,) = read(text.replace("各乡镇中心学校：", "县运管所，各客运企业："))["obligations"]
    assert only["who"] == "县运管所"


def test_a_group_is_called_by_its_whole_name():
    body = "各校每天20:00前，在“保供电工作群”（企业微信）报送当日情况。"
    assert of(body, "channels", "type", "address") == [("chat_group", "保供电工作群")]


def test_reports_of_one_name_are_told_apart_in_the_questions():
    body = "各成员单位于11月20日前将排查总结报县教育局，各镇（街道）于11月15日前报送。"
    told = [each["question"] for each in read(notice(body))["questions"] if "几点" in each["question"]]
    assert [each.split("”")[0] for each in told] == [
        "“排查总结（各成员单位）",
        "“排查总结（各镇（街道））",
    ]


def test_a_number_within_the_house_is_asked_for_no_area_code():
    text = notice("请于3月15日前报送总结。").replace("电话：000-00000001", "短号：66318")
    assert "contacts[0].area_code" not in read(text)["unknown"]
