"""Wordings of a seventh writer, who never saw the rules."""

import pytest
from docx import Document

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_json import as_json
from tasks.notice.draft.source import notice_text
from tests.notice.draft.score import calendar
from tests.notice.draft.texts import asked, notice, read


def days(body: str) -> list[tuple]:
    return [(e["who"], e["what"], e["due_date"], e["due_time"]) for e in asked(body)]


MATRIX = (
    ("单位类别", "文字总结、下季度计划", "完成情况表"),
    ("各中心学校", "3月22日前", "3月25日前"),
    ("县直各学校", "3月23日前", "3月26日12:00前"),
)
OF_THE_MATRIX = [
    ("各中心学校", "文字总结、下季度计划", "2024-03-22", None),
    ("各中心学校", "完成情况表", "2024-03-25", None),
    ("县直各学校", "文字总结、下季度计划", "2024-03-23", None),
    ("县直各学校", "完成情况表", "2024-03-26", "12:00"),
]


def test_a_table_of_units_against_things_has_a_day_in_every_cell():
    table = "\n".join("|" + "|".join(row) + "|" for row in MATRIX)
    assert days(f"二、报送时限\n{table}") == OF_THE_MATRIX


def test_such_a_table_of_a_word_document_is_read(tmp_path):
    document = Document()
    for line in notice("二、报送时限").split("\n"):
        document.add_paragraph(line)
        if line == "二、报送时限":
            table = document.add_table(len(MATRIX), len(MATRIX[0]))
            for r, row in enumerate(MATRIX):
                for c, text in enumerate(row):
                    table.cell(r, c).text = text
    document.save(tmp_path / "n.docx")
    found = as_json(draft_of(notice_text(tmp_path / "n.docx"), calendar()))["obligations"]
    assert [(e["who"], e["what"], e["due_date"], e["due_time"]) for e in found] == OF_THE_MATRIX


def test_days_of_the_work_against_units_are_no_reports():
    assert days("二、工作安排\n|单位|动员部署|集中整治|\n|各中心学校|3月22日前|3月25日前|") == []


def test_units_freed_in_a_bracket_free_nobody_else():
    (only,) = asked("各校每月最后一个工作日12:00前报送当月活动情况（民办学校不需报送）。")
    assert (only["recurrence"], only["due_time"]) == ("monthly", "12:00")


def test_another_report_given_up_does_not_give_up_this_one():
    (only,) = asked("自4月起数据月报改为次月2日前报送，不再报送周报。")
    assert (only["what"], only["recurrence"], only["day"]) == ("数据月报", "monthly", 2)


def test_sent_to_an_office_is_handed_in():
    (only,) = asked("各校务于3月18日（周一）前，将宣传工作总结（附图片3～5幅）发县节水办。")
    assert (only["what"], only["due_date"]) == ("宣传工作总结", "2024-03-18")


def test_a_bracket_with_measures_in_it_is_no_part_of_the_thing():
    forms = "转移人口（人）、倒塌房屋（间）"
    found = read(notice(f"3月18日下午5时前，各校将应对工作小结及灾情统计表（{forms}）报县应急局。"))
    assert found["obligations"][0]["what"] == "应对工作小结及灾情统计表"
    assert [(f["title"], f["unit"]) for f in found["forms"][0]["fields"]] == [
        ("转移人口", "人"),
        ("倒塌房屋", "间"),
    ]


def test_the_head_of_a_form_may_be_parted_by_single_blanks():
    annex = "附表：安全数据上报表\n检查企业（家次）　发现隐患（条）　罚款（万元）"
    found = read(notice("请各校于3月18日前报送数据。") + f"\n{annex}")["forms"]
    assert [(f["title"], f["unit"]) for f in found[0]["fields"]] == [
        ("检查企业", "家次"),
        ("发现隐患", "条"),
        ("罚款", "万元"),
    ]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("《情况统计表》由各校汇总，3月20日前报送；", "情况统计表"),
        ("1．“廉洁家书”征集。各校于3月31日之前发送至指定邮箱。", "廉洁家书"),
    ],
)
def test_a_thing_is_told_by_who_adds_it_up_or_by_its_heading(body, what):
    (only,) = asked(body)
    assert only["what"] == what


@pytest.mark.parametrize(
    ("words", "stretch"),
    [
        ("集中整治（12月26日—2024年2月25日）", ("2023-12-26", "2024-02-25")),
        ("时间安排：2024年6月至7月中旬", None),
    ],
)
def test_a_stretch_is_read_by_its_stated_year_and_whole(words, stretch):
    found = read(notice(f"一、{words}\n请于3月30日前报送总结。"))["periods"]
    assert [(p["start"], p["end"]) for p in found] == ([stretch] if stretch else [])


@pytest.mark.parametrize(
    ("sentence", "quotas"),
    [
        ("各校每周开展执法不少于2次，节前一周每日不少于1次。", [("各校", "执法", 2), ("各校", "执法", 1)]),
        ("各校征集作品不少于5幅，县教育系统、县卫健系统各不少于15幅。",
         [("各校", "作品", 5), ("县教育系统、县卫健系统", "作品", 15)]),
        ("3.家风宣讲。各区县不少于8场。", [("各区县", "家风宣讲", 8)]),
        ("每个行政村落实应急队员不少于10名。", [("每个行政村", "落实应急队员", 10)]),
        ("每个零售点配备灭火器不少于2具。", [("每个零售点", "灭火器", 2)]),
        ("每个区县报送家书不少于20封。", [("每个区县", "家书", 20)]),
    ],
)  # fmt: skip
def test_each_figure_has_its_unit_and_its_thing(sentence, quotas):
    found = read(notice(f"请于3月15日前报送总结。\n{sentence}"))["quotas"]
    assert [(q["per"], q["item"], q["min"]) for q in found] == quotas


def test_remarks_in_a_table_of_reports_set_no_figures():
    table = "|序号|填报材料|填报单位|上报时间|备注|\n|1|典型案例|各中心学校|3月25日前|不少于2个|"
    found = read(notice(f"二、填报要求\n{table}"))
    assert found["quotas"] == []
    assert len(found["obligations"]) == 1


def test_tasks_may_be_counted_in_tons():
    table = "附件1\n收储点建设任务表\n|乡镇|收储点（个）|收储能力（吨）|\n|城关镇|3|5000|\n|云门乡|2|2400|"
    found = read(notice("请于3月15日前报送总结。") + f"\n{table}")["quotas"]
    assert [(q["per"], q["min"], q["unit"]) for q in found] == [
        ("城关镇", 3, "个"),
        ("城关镇", 5000, "吨"),
        ("云门乡", 2, "个"),
        ("云门乡", 2400, "吨"),
    ]


def test_a_group_named_once_is_one_way_in_and_paper_not_wanted_is_none():
    found = read(notice("请各校于3月15日前报送总结，浙政钉群：“应急信息群”，不报纸质。"))["channels"]
    assert [(c["type"], c["address"]) for c in found] == [("chat_group", "应急信息群")]


def test_the_person_may_stand_behind_the_number():
    body = "以上材料报县应急局危化股，联系电话000-5550019，邮箱aq@b.example，联系人罗盘。"
    text = notice(f"请各校于3月15日前报送总结。{body}").replace("\n联系人：方圆，电话：000-00000001", "")
    assert [(c["name"], c["phone"]) for c in read(text)["contacts"]] == [("罗盘", "000-5550019")]


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("各中学举办成人仪式1场，3月12日前将活动照片报送团县委。", "各中学"),
        ("各乡镇团委组建服务队至少1支，每月5日前报送《服务活动统计表》。", "各乡镇团委"),
    ],
)
def test_units_end_where_their_doing_begins(body, who):
    (only,) = asked(body)
    assert only["who"] == who


def test_the_day_a_rhythm_begins_in_a_cell_is_no_report_of_its_own():
    table = "|报送内容|报送时限|报送方式|\n|入户进度|3月11日起，每日下午5:00前|微信工作群|"
    (only,) = asked(f"按下表要求报送进度。\n{table}")
    assert (only["due_date"], only["recurrence"], only["due_time"]) == (None, "daily", "17:00")
    assert only["first"] == "2024-03-11"


def test_a_form_listed_in_a_sentence_may_have_columns_of_words():
    sentence = "《核对情况表》样式：项目名称、笔数（笔）、应征金额（元）、差异原因。"
    found = read(notice(f"请各校于3月18日前报送《核对情况表》。\n{sentence}"))["forms"]
    assert [(f["title"], f["unit"]) for f in found[0]["fields"]] == [("笔数", "笔"), ("应征金额", "元")]


def test_what_goes_with_a_thing_does_not_take_its_place():
    (only,) = asked("二、材料报送\n3.项目推荐表：3月15日17:00前，同时报送项目计划书（不超过20页）。")
    assert "项目推荐表" in only["what"]
    assert "项目计划书" in only["what"]


def test_what_is_added_up_is_the_thing_before():
    body = "3月12日前，各校自查表报所在中心学校；3月14日上午10点前，各中心学校汇总后报县教育局。"
    assert [(e["what"], e["due_date"]) for e in asked(body)] == [
        ("自查表", "2024-03-12"),
        ("自查表", "2024-03-14"),
    ]


def test_units_without_each_may_be_of_any_trade():
    found = asked("各A级景区每日15:00前报送游客接待量，旅行社于3月18日报送组团情况。")
    assert found[-1]["who"] == "旅行社"


@pytest.mark.parametrize(
    ("way", "channel"),
    [
        ("请各校于3月18日前将总结报县教育局安全科（浙政钉）。", ("chat_group", None)),
        ("请各校于3月18日前报送总结。信息报送平台：“假日直报系统”。", ("website", "假日直报系统")),
    ],
)
def test_a_way_may_stand_in_a_bracket_or_behind_a_label(way, channel):
    assert [(c["type"], c["address"]) for c in read(notice(way))["channels"]] == [channel]


def test_entries_are_open_till_a_day():
    text = notice("【征集时间】即日起至2024年3月31日24时。").replace(
        "关于报送安全工作材料的通知", "关于征集优秀案例的函"
    )
    (only,) = read(text)["obligations"]
    assert (only["what"], only["due_date"], only["due_time"]) == ("优秀案例", "2024-03-31", "24:00")


@pytest.mark.parametrize(
    ("sentence", "quota"),
    [
        ("各中小学校、幼儿园开设交通安全课不少于1节。", ("各中小学校、幼儿园", "开设交通安全课", 1)),
        ("每岗配备执勤人员2名以上。", ("每岗", "执勤人员", 2)),
        ("执法大队检查经营单位不少于60家次。", ("执法大队", "检查经营单位", 60)),
    ],
)
def test_units_end_where_what_they_do_begins(sentence, quota):
    found = read(notice(f"请于3月15日前报送总结。\n{sentence}"))["quotas"]
    assert [(q["per"], q["item"], q["min"]) for q in found] == [quota]


def test_a_mark_within_a_bracket_parts_no_addressees():
    to = "各县（市、区）慈善会、教育局，市级各慈善组织："
    body = "各县（市、区）教育局于3月10日前报送《“慈善日”统计表》（附件），3月底前报送资金使用情况。"
    found = read(notice(body).replace("各乡镇中心学校：", to))["obligations"]
    assert [e["who"] for e in found] == ["各县（市、区）教育局"] * 2


def test_a_part_that_is_something_is_named_by_what_it_is():
    sentence = "各县局帮扶企业不少于20家，其中至少5家为食品企业。"
    found = read(notice(f"请于3月15日前报送总结。\n{sentence}"))["quotas"]
    assert found[-1]["item"] == "食品企业"


def test_the_hour_beside_the_act_is_the_hour_of_the_report():
    (only,) = asked("3月8日15:00前完成易涝点排查，排查情况17:00前报街道应急办；")
    assert (only["what"], only["due_date"], only["due_time"]) == ("排查情况", "2024-03-08", "17:00")


@pytest.mark.parametrize("above", ["县上", "市上", "上级部门"])
def test_what_those_above_ask_is_not_the_units_day(above):
    found = read(notice(f"请各校于3月12日前报送小结。{above}要求3月28日前报送总结，请务必按时。"))
    assert [e["due_date"] for e in found["obligations"]] == ["2024-03-12"]


def test_one_body_that_adds_up_for_the_tier_above_owes_nothing_here():
    body = "请各村于3月12日前报整治对比照片（每村6张）和小结。乡农业服务中心3月27日前汇总形成报告报县农业局。"
    assert [(e["who"], e["due_date"]) for e in asked(body)] == [("各村", "2024-03-12")]


def test_a_plain_heading_of_limits_is_one():
    text = notice("一、时限：各司法所3月18日（含）前，成员单位不晚于3月24日16时。").replace(
        "关于报送安全工作材料的通知", "关于报送普法工作半年总结的通知"
    )
    found = read(text)["obligations"]
    assert [(e["who"], e["due_date"], e["due_time"], e["inclusive"]) for e in found] == [
        ("各司法所", "2024-03-18", None, True),
        ("成员单位", "2024-03-24", "16:00", True),
    ]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("乡直各单位包联村，每周下村不少于1天。", "每周下村"),
        ("法治副校长授课每校每学期不少于2次。", "每学期"),
    ],
)
def test_how_often_is_neither_unit_nor_thing(sentence, wrong):
    found = read(notice(f"请于3月15日前报送总结。\n{sentence}"))["quotas"]
    assert all(wrong not in {q["per"], q["item"]} for q in found)


@pytest.mark.parametrize("label", ["电话、传真", "电话及传真", "电话/传真"])
def test_one_number_for_telephone_and_fax_is_a_telephone(label):
    text = notice("请各校于3月12日前报送小结。").replace("电话：000-00000001", f"{label}：000-00000001")
    assert [(c["name"], c["phone"]) for c in read(text)["contacts"]] == [("方圆", "000-00000001")]
