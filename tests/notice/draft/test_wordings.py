"""One demand, said as different offices say it; and dates that look like demands and are none."""

import pytest

from tests.notice.draft.texts import asked, notice, read


def rows(body: str, *keys: str) -> list[tuple]:
    return [tuple(each[key] for key in keys) for each in asked(body)]


def owed(body: str) -> list[tuple]:
    return rows(body, "what", "due_date")


@pytest.mark.parametrize(
    "sentence",
    [
        "“请各校于3月8日前将自查报告报县教育局”更正为“请各校于3月15日前将自查报告报县教育局”。",
        "原文第三条“各校于3月8日前将自查报告报县教育局”修改为“各校于3月15日前将自查报告报县教育局”。",
        "通知中“于3月8日前报送自查报告”应为“于3月15日前报送自查报告”。",
        "《清单》中“各校3月8日前将自查报告报县教育局”一句，统一更正为“各校3月15日前将自查报告报县教育局”。",
        "将“自查报告3月8日前报县教育局”改为“自查报告3月15日前报县教育局”。",
        "自查报告报送截止时间由3月8日延至3月15日。",
        "自查报告报送时间由3月8日延期至3月15日。",
    ],
)
def test_of_a_corrected_date_only_the_new_one_binds(sentence):
    assert owed(sentence) == [("自查报告", "2024-03-15")]


@pytest.mark.parametrize(
    "sentence",
    [
        "总结报送时间为3月8日至3月15日，逾期不受理。",
        "总结报送时间：3月8日至15日。",
        "总结报送时间为2024年3月8日至2024年3月15日。",
    ],
)
def test_what_may_be_handed_in_between_two_days_is_due_by_the_second(sentence):
    assert owed(sentence) == [("总结", "2024-03-15")]


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("请各校3月15日前报平安。", "平安"),
        ("请各校3月15日前报推荐表。", "推荐表"),
        ("请各校3月15日前报家访登记表，逾期不候。", "家访登记表"),
    ],
)
def test_a_form_without_an_office_behind_it_is_handed_in(sentence, thing):
    assert owed(sentence) == [(thing, "2024-03-15")]


@pytest.mark.parametrize(
    "sentence",
    [
        "各校每月5日前报送的《隐患月报表》，自4月起不再报送。",
        "原定3月15日前报送的《用电情况表》不再报送。",
        "取消每周五报送的《安全周报》，请各校知悉。",
        "原要求3月15日前报送的自查报告，现暂停报送。",
        "每季度末25日前报送的《校车情况表》停止报送，所需数据由县教育局从系统提取。",
        "3月15日前的自查报告无需报送。",
        "严禁各校于3月15日前将名册发至微信群。",
        "不得将学生信息表上传至微信群。",
        "切勿将登记表发送至工作群。",
        "各校每周五组织一次家访，周末前把发现的问题反馈给家长，不用报县教育局。",
        "各校于3月15日前完成学生体检数据录入，数据由系统提取，无需另行报送。",
        "各校于3月15日前完成学籍信息录入。",
        "填报示例：某校于2023年3月6日前报送自查报告。",
        "例如，某校3月6日前报送自查报告的，计入按时。",
        "县教育局3月15日前完成抽查，抽查结果报县政府。",
        "县教育局3月底前形成专题报告报县委。",
        "安全股3月15日前将汇总结果报县教育局领导。",
        "各校的经验由我局汇总后于3月15日前报市教育局。",
        "对3月8日前未报送自查报告的学校予以通报。",
        "截至3月8日，仍有6所学校未报送自查报告。",
        "上次要求3月1日前报送的自查报告，大部分学校已按时报送。",
    ],
)
def test_what_is_over_cancelled_forbidden_quoted_as_example_or_the_offices_own_binds_nobody(sentence):
    assert asked(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("请各校于3月15日前将自查报告（不少于2000字，加盖公章）报县教育局。", "自查报告"),
        ("请各校于3月15日前将报告、照片（不少于5张，每张2M）打包发送至a@qinghe.example。", "报告、照片"),
        ("请各校于3月15日前将汇总表电子版发安全股邮箱a@qinghe.example。", "汇总表电子版"),
        ("请各校于3月15日前将自查报告（加盖公章）送县教育局安全股。", "自查报告"),
        ("各校撰写自查报告，题目自拟，字数1500字以上，3月15日前交县教育局安全股。", "自查报告"),
        ("各校撰写典型案例，图文并茂，篇幅控制在2000字以内，于3月15日前报县教育局安全股。", "典型案例"),
        ("统计报表初稿于3月15日前报送审核。", "统计报表初稿"),
        ("各校的自查报告请务必在3月15日前交来，以便汇总。", "自查报告"),
        ("请各校3月15日前将自查报告发来。", "自查报告"),
        ("如有修改意见，请以书面形式（加盖公章）于3月15日前反馈我局。", "修改意见"),
        ("《收入明细表》（表在群文件里）3月15日前填好，发到安全股邮箱a@qinghe.example。", "收入明细表"),
        ("隐患排查表：3月15日前发群里（不要发图片）。", "隐患排查表"),
        ("① 隐患整改照片：每校不少于6张，3月15日前发工作群。", "隐患整改照片"),
        ("消防台账：3月15日前，纸质版送县教育局306室。", "消防台账"),
        ("各校3月15日前把消防台账填到在线文档里。", "消防台账"),
        ("请各校于3月15日前在工作群里接龙报安全员姓名和手机号。", "安全员姓名和手机号"),
        ("请各校3月15日前报名单。", "名单"),
        ("请各校于3月15日前向县教育局书面报告整改情况。", "整改情况"),
        ("请没交的学校把排查表补上，最迟3月15日。", "排查表"),
        ("请各校于3月15日前补报排查表。", "排查表"),
        ("网上填报截止时间由3月8日延至3月15日24时。", "网上填报"),
        ("各校于3月15日前上报。上报内容为《底册核对表》。", "底册核对表"),
        ("各校于3月15日前报县教育局安全股。报送材料包括自查报告和台账。", "自查报告和台账"),
    ],
)  # fmt: skip
def test_the_thing_owed_is_named_in_many_ways(sentence, what):
    assert owed(sentence) == [(what, "2024-03-15")]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("主管部门最迟于3月15日将汇总报告报县教育局安全股。", "主管部门"),
        ("民办幼儿园于3月15日前将自查报告报县教育局安全股。", "民办幼儿园"),
        ("一中、二中等2所试点学校于3月15日前将自查报告报县教育局安全股。", "一中、二中等2所试点学校"),
        ("其余学校于3月15日前将自查报告报县教育局安全股。", "其余学校"),
        ("教研组长检查登记后，于3月15日前将《检查汇总表》电子版发教导处邮箱a@qinghe.example。", "教研组长"),
        ("城关镇、河东街道于3月15日前将自查报告报县教育局安全股。", "城关镇、河东街道"),
    ],
)
def test_those_who_owe_need_no_word_for_each(sentence, who):
    assert rows(sentence, "who", "due_date") == [(who, "2024-03-15")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("自3月15日起至5月10日止，每周五下班前报送一次进展情况。", [("进展情况", "weekly", None)]),
        (
            "其间每周二、周五15:00前，各校将《进度表》发“平安校园”钉钉群。",
            [("进度表", "weekly", "15:00"), ("进度表", "weekly", "15:00")],
        ),
        ("节日期间，每天上午9:00前向县教育局值班室电话报告前一日情况。", [("前一日情况", "daily", "09:00")]),
        ("自4月起，各校每月报送稿件3—5篇。", [("稿件", "monthly", None)]),
        ("各校每周一上报整改进度，直到全部完成。", [("整改进度", "weekly", None)]),
        ("整改进度：已改数/应改数，每周一上报，直到全部改完。", [("整改进度", "weekly", None)]),
        ("各校逢周五报送一次进度表。", [("进度表", "weekly", None)]),
        ("各校每周星期四中午12点前报送周报表。", [("周报表", "weekly", "12:00")]),
    ],
)  # fmt: skip
def test_what_comes_again_and_again_is_one_recurring_report(sentence, expected):
    assert rows(sentence, "what", "recurrence", "due_time") == expected


def test_a_first_occurrence_named_beside_the_rhythm_is_no_second_report():
    found = asked("每季度末月25日前报送当季进度，首次报送时间为2024年6月25日。")
    assert [(each["what"], each["recurrence"]) for each in found] == [("当季进度", None)]


def test_the_superiors_limit_in_the_same_sentence_is_not_ours():
    found = read(notice("市里要求3月20日前汇总上报，各校的工作总结请务必在3月15日前交来。"))
    assert [(each["what"], each["due_date"]) for each in found["obligations"]] == [("工作总结", "2024-03-15")]
    assert found["superior_due"] == "2024-03-20"


def test_the_paper_original_without_a_date_is_no_report_of_its_own():
    found = asked("请各校于3月15日前提交申请资料。登录平台上传，同时将承诺书原件邮寄或送达县教育局安全股。")
    assert [each["due_date"] for each in found] == ["2024-03-15"]


def test_numbered_in_circles_each_point_stands_for_itself():
    found = asked(
        "① 商铺排查表：3月12日下班前发群里（Excel，不要发图片）\n"
        "② 充电整治照片：每校不少于6张，3月15日前发给联系人微信\n"
        "③ 消防台账：3月18日上午11:00前，纸质版送县教育局306室"
    )
    assert [(each["what"], each["due_date"], each["due_time"]) for each in found] == [
        ("商铺排查表", "2024-03-12", None),
        ("充电整治照片", "2024-03-15", None),
        ("消防台账", "2024-03-18", "11:00"),
    ]


def test_the_list_of_materials_names_what_the_date_under_another_heading_asks_for():
    text = notice(
        "一、申报材料。1.申报表一式3份；2.事迹材料1500字左右；3.照片3—5张。\n"
        "二、报送时间。请于3月15日前报送，逾期不予受理。"
    ).replace("关于报送安全工作材料的通知", "关于评选平安校园的通知")
    (only,) = read(text)["obligations"]
    assert only["due_date"] == "2024-03-15"
    assert only["what"] == "申报表、事迹材料、照片"


def test_a_blank_form_after_the_signature_asks_for_nothing():
    text = notice("请各校于3月15日前将自查报告报县教育局安全股。")
    form = (
        "\n附件\n学校自查情况统计表\n填报单位（盖章）：  填报日期：  年  月  日\n"
        "注：1.本表于每次自查结束后填报；2.某校于2023年11月6日前报送汇总表。\n活动时间：2月1日至2月5日"
    )
    found = read(text + form)
    assert [each["due_date"] for each in found["obligations"]] == ["2024-03-15"]
    assert found["periods"] == []


def test_a_plan_after_the_signature_asks_as_the_notice_does():
    text = notice("现将方案印发给你们，请认真贯彻执行。")
    plan = "\n附件\n校园安全工作方案\n一、要求\n各校于4月20日前将工作总结报县教育局安全股。"
    assert [each["due_date"] for each in read(text + plan)["obligations"]] == ["2024-04-20"]
