"""Wordings of a fifth writer, who never saw the rules: what must not be read out of them comes first."""

import pytest
import yaml

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_yaml import as_yaml
from tests.notice.draft.score import calendar
from tests.notice.draft.texts import asked, notice, read

FLOOD = "汛期为2024年5月1日至9月30日。"


@pytest.mark.parametrize(
    "event", ["处置结束后", "险情处置完成后", "救援工作完成后的抽查结束后", "应急响应结束后"]
)
def test_the_end_of_an_event_is_not_the_end_of_the_only_period(event):
    (only,) = asked(f"{FLOOD}{event}3日内将终报报县教育局。")
    assert only["due_date"] is None


@pytest.mark.parametrize("event", ["汛期结束后", "活动结束后", "此项工作结束后"])
def test_the_end_of_the_work_is_the_end_of_the_only_period(event):
    (only,) = asked(f"{FLOOD}{event}3日内将总结报县教育局。")
    assert only["due_date"] == "2024-10-03"


@pytest.mark.parametrize(
    "purpose", ["以便汇总后于3月18日前上报市局", "便于县局3月18日前报市教育局", "以便我局于3月18日前报送省厅"]
)
def test_what_the_reports_are_wanted_for_is_nobodys_duty(purpose):
    found = read(notice(f"请各校于3月8日前将总结报县教育局，{purpose}。"))
    assert [each["due_date"] for each in found["obligations"]] == ["2024-03-08"]
    assert found["superior_due"] == "2024-03-18"


@pytest.mark.parametrize(
    ("sentence", "addresses"),
    [
        ("报送邮箱由原old@b.example调整为new@b.example，原邮箱停止使用。", ["new@b.example"]),
        ("收件邮箱old@b.example变更为new@b.example。", ["new@b.example"]),
        ("请发至new@b.example，原邮箱old@b.example不再使用。", ["new@b.example"]),
        ("请发至new@b.example，old@b.example自3月1日起停用。", ["new@b.example"]),
        ("请通过公文系统报送。邮箱：old@b.example（仅用于咨询，不接收材料）。", []),
        ("请发至new@b.example（请勿发送至old@b.example）。", ["new@b.example"]),
        ("请发至new@b.example（仅接收电子版）。", ["new@b.example"]),
        ("请发至new@b.example，不再接收纸质材料。", ["new@b.example"]),
    ],
)
def test_an_address_given_up_or_only_for_questions_is_no_way_in(sentence, addresses):
    found = read(notice(f"请各校于3月18日前报送总结。{sentence}"))["channels"]
    assert [each["address"] for each in found if each["type"] == "email"] == addresses


def test_the_chat_platform_without_a_group_is_a_way_in():
    found = read(notice("请各校于3月18日前报送总结。报送方式：传真000-00000002，或粤政易发送至值班员。"))
    assert [each["type"] for each in found["channels"]] == ["fax", "chat_group"]


@pytest.mark.parametrize("label", ["钉钉号：fangyuan", "微信号：fang_yuan", "QQ号：10000"])
def test_the_name_of_an_account_is_nobody(label):
    line = f"联系人：方圆，{label}，电话：000-00000001"
    found = read(notice("请于3月15日前报送总结。").replace("联系人：方圆，电话：000-00000001", line))
    assert [(each["name"], each["phone"]) for each in found["contacts"]] == [("方圆", "000-00000001")]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        (
            "第一批：城关街道、柳林镇，于3月18日前完成并上报《核查登记表》；第二批：石门镇、大坪乡，于4月10日前完成并上报《核查登记表》。",
            ["城关街道、柳林镇", "石门镇、大坪乡"],
        ),
        (
            "城关街道、柳林镇于3月18日前，石门镇、大坪乡于4月10日前将《核查登记表》报我局。",
            ["城关街道、柳林镇", "石门镇、大坪乡"],
        ),
        ("第一批（城关镇、石门镇）请于3月18日前报送《核查登记表》。", ["城关镇、石门镇"]),
        (
            "第一批为各街道，于3月18日前上报《核查登记表》；第二批为各镇，于4月10日前上报《核查登记表》。",
            ["各街道", "各镇"],
        ),
    ],
)
def test_units_named_one_by_one_before_their_date_are_those_who_owe(sentence, who):
    assert [each["who"] for each in asked(sentence)] == who


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("请各单位填写《岗位需求表》，于3月18日前发送至邮箱a@b.example。", "岗位需求表"),
        ("请各校填写《应急预案登记表》，于3月18日前报县教育局。", "应急预案登记表"),
        ("请各乡镇填报《重点要素保障台账》，3月18日前报我局。", "重点要素保障台账"),
    ],
)
def test_a_form_whose_name_holds_a_word_of_duty_is_not_cut(sentence, what):
    (only,) = asked(sentence)
    assert (only["what"], "《" in only["who"]) == (what, False)


@pytest.mark.parametrize(
    ("when", "rhythm", "days"),
    [
        ("每月10日、25日前", "monthly", [10, 25]),
        ("每月5日前、20日前", "monthly", [5, 20]),
        ("每月10日和25日前", "monthly", [10, 25]),
        ("每月5日、15日、25日前", "monthly", [5, 15, 25]),
        ("每周一、周四下班前", "weekly", [1, 4]),
        ("每周二、五17:00前", "weekly", [2, 5]),
        ("每月5日17:00前", "monthly", [5]),
    ],
)
def test_several_days_of_a_month_or_week_are_as_many_reports(when, rhythm, days):
    found = asked(f"请各校{when}报送《活动进展情况表》。")
    assert [(each["recurrence"], each["day"]) for each in found] == [(rhythm, day) for day in days]


@pytest.mark.parametrize(
    "sentence",
    [
        "6月10日、20日前各报送一次《活动进展情况表》。",
        "请各校于6月10日前、20日前分别报送《活动进展情况表》。",
        "6月10日和20日前各报一次《活动进展情况表》。",
    ],
)
def test_two_days_of_one_month_are_two_reports(sentence):
    assert [(each["what"], each["due_date"]) for each in asked(sentence)] == [
        ("活动进展情况表", "2024-06-10"),
        ("活动进展情况表", "2024-06-20"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "请各校于3月18日前报送总结。同时填报《进展台账》，一并报送。",
        "请各校于3月18日前报送总结，《进展台账》（附件2）随总结一并报送。",
        "请各校于3月18日前报送总结。\n二、除总结外，增报《进展台账》，报送时间与总结一致。",
        "请各校于3月18日前将总结报县教育局。《进展台账》同步提交。",
    ],
)
def test_a_form_that_goes_with_a_report_is_due_with_it(sentence):
    assert [(each["what"], each["due_date"]) for each in asked(sentence)] == [
        ("总结", "2024-03-18"),
        ("进展台账", "2024-03-18"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "活动结束后，请及时将活动总结和图片资料报县残联，报送时间另行通知。",
        "活动结束后，请各校报送活动总结和图片资料，具体时间另行通知。",
    ],
)
def test_a_report_whose_day_is_to_be_told_later_is_owed_and_its_day_is_asked(sentence):
    found = read(notice(sentence))
    (only,) = found["obligations"]
    assert (only["what"], only["due_date"], found["is_reporting_notice"]) == (
        "活动总结和图片资料",
        None,
        True,
    )
    assert "obligations[0].due_date" in found["unknown"]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("每月5日前报送《月报表》。首次报送时间为4月5日前。", ["2024-04-05"]),
        ("每周五15:00前报送《周报表》，第一期于3月15日报送。", ["2024-03-15"]),
        ("每周五15:00前报送《周报表》。首期于3月15日前上报。", ["2024-03-15"]),
        ("每月5日前报送《月报表》。首次报送时间为3月20日前。", [None, "2024-03-20"]),
        ("每月5日前报送《月报表》。首次报送时间为3月15日前。", [None, "2024-03-15"]),
    ],
)
def test_the_first_of_many_is_when_the_rhythm_begins(sentence, days):
    assert [each["due_date"] for each in asked(sentence)] == days


@pytest.mark.parametrize(
    ("when", "every"),
    [
        ("每个工作日17:00前", "working_daily"),
        ("每日17:00前", "daily"),
        ("每季度末月25日前", "quarterly"),
        ("每季度结束后5个工作日内", None),
    ],
)
def test_the_campaign_file_says_the_rhythm_it_knows(when, every):
    drafted = yaml.safe_load(as_yaml(draft_of(notice(f"请各校{when}报送《统计表》。"), calendar()), "x"))
    (only,) = drafted["obligations"]
    assert (only.get("recurrence") or {}).get("every") == every


@pytest.mark.parametrize(
    ("what", "deliverable"),
    [
        ("《春耕进度统计表》", "form"),
        ("《隐患排查月报表》", "form"),
        ("《联络员信息表》", "narrative"),
        ("活动总结", "narrative"),
        ("活动总结及《活动情况统计表》", "narrative"),
    ],
)
def test_a_table_of_figures_is_a_form_whose_figures_are_asked(what, deliverable):
    text = as_yaml(draft_of(notice(f"请各校于3月18日前将{what}报县教育局。"), calendar()), "x")
    (only,) = yaml.safe_load(text)["obligations"]
    assert only["deliverable"] == deliverable
    assert ("fields" in only) is (deliverable == "form")
    assert ("另立一项 form" in text) is ("及" in what)


def test_the_building_is_where_paper_goes_and_the_section_is_the_section():
    found = read(notice("3月18日前将材料纸质版报市妇联家儿部（市行政中心2号楼516室）。"))
    assert found["section"] == "家儿部"
    assert [(each["type"], each["address"]) for each in found["channels"]] == [
        ("paper", "市行政中心2号楼516室")
    ]


def test_the_office_of_an_office_changes_what_the_office_issued():
    text = notice(
        "《清河县教育局关于开展“敬老月”活动的通知》（清教〔2024〕2号）要求3月18日前报送总结。现补充如下。"
    ).replace("关于报送安全工作材料的通知", "关于“敬老月”活动报送事项的补充通知")
    assert "清教〔2024〕2号" in read(text)["amended_document"]


@pytest.mark.parametrize(
    ("body", "quotas"),
    [
        ("每名包保干部督导企业不少于3家。", None),
        ("每位教师家访不少于5户。", None),
        ("各校家访不少于5户。", [{"field": "item1", "min": 5}]),
    ],
)
def test_what_each_person_is_to_reach_is_no_figure_of_a_unit(body, quotas):
    text = as_yaml(draft_of(notice(f"请各校于3月18日前报送总结。{body}"), calendar()), "x")
    (form,) = (each for each in yaml.safe_load(text)["obligations"] if each["id"] == "figures")
    assert form.get("quotas") == quotas
    assert ("不是按单位定的" in text) is (quotas is None)


ROWS = ("单位", "科普讲座（场）", "城关街道", "5", "石牛镇", "3")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("二、活动任务分解", *ROWS), True),
        (("二、活动任务分解表", "单位 科普讲座（场） 科普展览（次）", "城关街道 5 2", "石牛镇 3 1"), True),
        (("二、上季度完成情况", *ROWS), False),
        (("二、活动任务分解", "单位", "科普讲座（场）", "填表人"), False),
    ],
)
def test_a_table_that_allots_is_shown_to_the_clerk_and_not_passed_over(lines, told):
    found = read(notice("请于3月15日前报送总结。\n" + "\n".join(lines)))
    assert ("quotas" in found["unknown"]) is told
