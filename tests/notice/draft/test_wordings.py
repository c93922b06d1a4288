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
        ("其间每周二、周五15:00前，各校将《进度表》发“平安校园”钉钉群。", [("进度表", "weekly", "15:00")]),
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
        ("材料电子版于3月15日前发至a@qinghe.example，纸质版于3月20日前送县教育局。", ["2024-03-15", "2024-03-20"]),
        ("请于3月10日前报送初稿，25日前报送定稿。", ["2024-03-10", "2024-03-25"]),
        ("2.3月31日前、4月30日前、5月31日前，各校分别报送《统计表》。", ["2024-03-31", "2024-04-30", "2024-05-31"]),
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
    text = "各位站长：\n市里要求5月16日下班前报延时开放情况，我们需要提前汇总。\n请各站于5月14日12:00前把表发到本群。"
    assert [each["due_time"] for each in read(text)["obligations"]] == ["12:00"]


def test_the_only_year_in_the_text_may_be_that_of_old_projects():
    text = "关于开展摸排的通知\n各乡镇：\n2013年以来支持的项目逐个核实。各乡镇于9月10日前将情况报告报县农办。\n县农业委员会办公室"
    found = read(text)
    assert [each["due_date"] for each in found["obligations"]] == [None]
    assert found["issuer"] == "县农业委员会办公室"


def test_a_table_a_pdf_has_torn_is_read_when_every_cell_is_certain():
    found = asked(
        "请按下表时间要求报送资料，逾期不予受理。\n单位 资料 时限\n各中心学校 需求调查表 2024 年 7 月 10\n日前\n"
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


def test_a_verb_torn_at_the_end_of_a_line_is_put_together():
    (only,) = asked("四、请各单位于3月l5日前将经办人姓名、手机号报\n送至邮箱a@qinghe.example，以便培训。")
    assert (only["what"], only["due_date"]) == ("经办人姓名、手机号", "2024-03-15")
