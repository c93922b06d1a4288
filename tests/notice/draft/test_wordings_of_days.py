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
