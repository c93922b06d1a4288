"""Rhythms, rolls, several days in a sentence, and whom they bind."""

import pytest

from tests.notice.draft.test_wordings import rows
from tests.notice.draft.texts import asked, notice, read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("各校于每月28日前提供当月数据；中心学校审核后，于次月3日前将汇总数据报县教育局。", "monthly"),
        ("自4月起，各校于次月5日前报送上月用电数据。", "monthly"),
        ("各校每周三17时前报送周报表，若逢周末则提前至周五报送。", "weekly"),
        ("各校每月15日和月底前分别报送一次进展表。", "monthly"),
    ],
)
def test_a_rhythm_is_heard_through_the_whole_paragraph(sentence, expected):
    assert {each["recurrence"] for each in asked(sentence)} == {expected}


@pytest.mark.parametrize(
    ("sentence", "roll"),
    [
        ("各校每月5日前报送月报表，遇节假日不顺延。", None),
        ("各校每月5日前报送月报表，节假日照常报送。", None),
        ("各校每月5日前报送月报表，如遇法定节假日，顺延至下一工作日。", "next_working_day"),
        ("各校每月5日前报送月报表（遇节假日顺延）。", "next_working_day"),
    ],
)
def test_what_rolls_and_what_does_not(sentence, roll):
    assert rows(sentence, "roll") == [(roll,)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("材料电子版于3月15日前发至a@qinghe.example，纸质版于3月20日前送局。", ["2024-03-15", "2024-03-20"]),
        ("请于3月10日前报送初稿，25日前报送定稿。", ["2024-03-10", "2024-03-25"]),
        ("2.3月31日前、4月30日前，各校分别报送《统计表》。", ["2024-03-31", "2024-04-30"]),
        ("11月30日前，学校报送省教育厅；各校3月15日前报送初稿。", ["2024-03-15"]),
        ("请将报告在办结后5日内报送我局督查股。", [None]),
        ("节后第一个工作日12时前，将假期工作小结报送县教育局。", [None]),
        ("请各校于3月8日至12日将作品送县教育局。", ["2024-03-12"]),
        ("各校登录系统在线填写，提交截止时间为3月30日17:30，系统届时关闭。", ["2024-03-30"]),
    ],
)  # fmt: skip
def test_days_of_more_than_one_kind(sentence, expected):
    assert [each["due_date"] for each in asked(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("各校每日15时前报送防御情况至县教育局邮箱a@qinghe.example。", "防御情况"),
        ("各校3月15日前提交报告终稿（须经院长审定签字）。", "报告终稿"),
        ("纸质申报书（一式五份）于3月15日前报送。", "纸质申报书"),
        ("各校于3月15日前，将审核盖章后的《汇总表》PDF版报送县教育局安全股。", "《汇总表》PDF版"),
        ("《工作总结》改为3月15日前报送。", "工作总结"),
        ("各校于3月15日下班前，先报一次受损底数。", "受损底数"),
        ("年度执行报告提交截止时间由3月8日调整为3月15日。", "年度执行报告"),
        ("各校于3月15日前报送上月信息（遇节假日提前）。", "上月信息"),
    ],
)
def test_the_thing_owed_is_cut_where_it_ends(sentence, what):
    assert {each["what"] for each in asked(sentence)} == {what}


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("作交流发言的学校，请于3月15日前将发言材料发至a@qinghe.example。", "作交流发言的学校"),
        ("请上述4所学校高度重视，务必于3月15日前将材料报送县教育局。", "上述4所学校"),
        ("自3月起，各项目公司于3月15日前报送上月项目信息。", "各项目公司"),
        ("县水利局、自然资源局3月15日前报送防御情况至县防办邮箱a@qinghe.example。", "县水利局、自然资源局"),
        ("各校要各推荐典型案例1个，并于3月15日前将案例报送县教育局。", "各校"),
    ],
)
def test_who_owes_it_is_read_where_it_stands(sentence, who):
    assert rows(sentence, "who") == [(who,)]


def test_a_notice_that_changes_a_day_does_not_bind_to_the_old_one():
    text = notice(
        "我局2月4日印发了《关于报送执行报告的通知》（清教发〔2024〕2号），要求各校于3月15日前提交执行报告。\n"
        "一、执行报告提交截止时间由3月15日调整为3月31日，请各校务必于3月31日24:00前在平台完成提交。"
    )
    (only,) = read(text)["obligations"]
    assert (only["what"], only["due_date"], only["due_time"]) == ("执行报告", "2024-03-31", "24:00")


def test_a_letter_that_chases_names_the_missed_day_and_only_the_new_one_binds():
    found = asked(
        "按照要求，各校应于2024年2月20日前将工作总结报送县教育局。截至3月1日，仍有一中、二中未报送。\n"
        "请上述2所学校务必于3月8日17:00前将总结报送县教育局安全股。"
    )
    assert [(each["due_date"], each["due_time"]) for each in found] == [("2024-03-08", "17:00")]


def test_the_superiors_day_without_a_year_is_still_the_superiors():
    text = "各位站长：\n市里要求5月16日下班前报开放情况，我们要汇总。\n请各站于5月14日12:00前把表发到本群。"
    assert [each["due_time"] for each in read(text)["obligations"]] == ["12:00"]


def test_the_only_year_in_the_text_may_be_that_of_old_projects():
    text = "关于开展摸排的通知\n各乡镇：\n2013年以来支持的项目逐个核实。各乡镇于9月10日前将情况报告报县农办。"
    text += "\n县农业委员会办公室"
    found = read(text)
    assert [each["due_date"] for each in found["obligations"]] == [None]
    assert found["issuer"] == "县农业委员会办公室"


def test_a_verb_torn_at_the_end_of_a_line_is_put_together():
    (only,) = asked("四、请各单位于3月l5日前将经办人姓名、手机号报\n送至邮箱a@qinghe.example，以便培训。")
    assert (only["what"], only["due_date"]) == ("经办人姓名、手机号", "2024-03-15")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("《建设月报》由每月5日前报送调整为每月10日前报送，仍报县教育局。", [("建设月报", None, 10)]),
        ("各校4月20日前完成自查验收，自查验收报告于本月底前报送县教育局。", [("自查验收报告", None, None)]),
        ("晨检记录表从下周起每周五放学后交到学区办。", [("晨检记录表", None, 5)]),
        ("活动素材请各校3月14日中午前发我，照片3张。", [("活动素材", "2024-03-14", None)]),
        ("台账已经交过的不用重复交，没交的本周四前补交。", [("台账", "2024-03-07", None)]),
        ("优秀案例每校报1篇，3月20日之前交给安全股小岑，电子版就行。", [("优秀案例", "2024-03-20", None)]),
        ("4月份的排班表照旧每月25号前在OA里提交。", [("4月份的排班表", None, 25)]),
        ("请于3月15日前书面函复我局安全股。", [("安全工作材料", "2024-03-15", None)]),
        ("县教育局3月15日前完成检测，并将监测报告报市教育局。", []),
        ("最晚在3月15日前填写《需求调查表》并反馈至县教育局。", [("需求调查表", "2024-03-15", None)]),
        ("请认真填写《需求表》（见附件），最晚在3月15日前反馈至县教育局。", [("需求表", "2024-03-15", None)]),
        (
            "各校于3月15日前，通过管理系统上报年报数据，并将数据承诺书报县教育局安全股。",
            [("年报数据", "2024-03-15", None), ("数据承诺书", "2024-03-15", None)],
        ),
    ],
)  # fmt: skip
def test_everyday_wordings(sentence, expected):
    assert rows(sentence, "what", "due_date", "day") == expected


def test_an_office_may_call_itself_by_its_short_name():
    text = (
        "枫桥县疾病预防控制中心\n关于开展监测的通知\n各卫生院：\n各卫生院于4月5日前将登记表报县疾控中心检验科；"
        "县疾控中心于6月20日前完成检测，并将监测报告报市疾控中心。\n枫桥县疾病预防控制中心\n2024年3月5日"
    )
    found = read(text)
    assert [each["due_date"] for each in found["obligations"]] == ["2024-04-05"]
    assert found["superior_due"] == "2024-06-20"


@pytest.mark.parametrize(
    "head", ["苇塘镇、石鼓镇、东坪街道：", "@各病区护士长", "【提醒】@各病区护士长 请注意"]
)
def test_those_addressed_owe_what_is_asked(head):
    text = f"关于报送总结的函\n{head}\n请于3月15日前将总结报县教育局安全股。\n清河县教育局\n2024年3月5日"
    (only,) = read(text)["obligations"]
    assert only["who"] in head
    assert only["who"]


def test_a_period_may_be_told_by_its_beginning_and_its_end():
    found = read(notice("2024年春运从3月2日开始，4月13日结束，共43天。"))
    assert [(each["start"], each["end"]) for each in found["periods"]] == [("2024-03-02", "2024-04-13")]


def test_a_number_torn_into_single_figures_is_put_together():
    text = (
        "云 岫 区 水 务 局\n云 水 函 〔 ２ ０ ２ ４ 〕 ７ 号\n关 于 报 送 信 息 的 函\n各 镇 ：\n请 报 局 。"
    )
    assert read(text)["doc_number"] == "云水函〔2024〕7号"


@pytest.mark.parametrize("hour", ["", "16:00"])
def test_a_day_that_comes_earlier_before_a_feast_is_asked_about_whether_or_not_its_hour_is_said(hour):
    found = read(notice(f"各校于每周四{hour}前报送周报，遇节假日提前。"))
    assert any("提前到哪一天" in each["question"] for each in found["questions"])
