"""What a second office says in its own words: each case a class of wording, not one notice."""

from datetime import date

import pytest

from tests.notice.draft.texts import HEAD, asked, notice, read


def owed(body: str, *keys: str) -> list[tuple]:
    return [tuple(each[key] for key in keys or ("what", "due_date")) for each in asked(body)]


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("会议交流材料（不超过1500字） 请于3月15日17：00前报社区矫正科。", "会议交流材料"),
        ("工业企业年报于3月15日前网上填报。", "工业企业年报"),
        ("一季度、上半年整改情况报告，分别于3月15日、7月3日前报送。", "整改情况报告"),
        ("请各校于3月15日前反馈联络员姓名、职务、手机号。", "联络员姓名、职务、手机号"),
        ("各校每天下午4点前用电话向防火办报告当日情况。", "当日情况"),
        ("各校每月最后一日前报送《整改任务调度表》。", "整改任务调度表"),
    ],
)
def test_the_thing_is_named_by_what_stands_beside_its_verb(sentence, what):
    assert what in str(owed(sentence, "what")[0][0])


def test_several_dates_of_one_thing_all_name_it():
    body = "一季度、上半年整改情况报告，分别于4月3日、7月3日前报送；全年报告于次年1月5日前报送。"
    assert [(what[-4:], day) for what, day in owed(body)] == [
        ("情况报告", "2024-04-03"),
        ("情况报告", "2024-07-03"),
        ("全年报告", "2025-01-05"),
    ]


def test_a_second_limit_that_names_only_its_units_is_of_the_same_thing():
    body = "各成员单位于11月20日前将排查总结报县教育局，各镇（街道）于11月15日前报送。"
    assert owed(body, "what", "due_date", "who") == [
        ("排查总结", "2024-11-20", "各成员单位"),
        ("排查总结", "2024-11-15", "各镇（街道）"),
    ]


def test_the_paper_copy_due_later_is_the_copy_of_what_the_sentence_named():
    body = (
        "请各校于3月24日前将《控辍保学台账》电子版发送至邮箱a@b.example，纸质版一式三份，"
        "经校长签字并加盖公章后，于3月28日前报县教育局基教股。"
    )
    assert owed(body) == [("《控辍保学台账》电子版", "2024-03-24"), ("《控辍保学台账》纸质版", "2024-03-28")]


@pytest.mark.parametrize("close", ["放学前", "上课前", "收工前", "上班前"])
def test_before_school_is_out_is_a_day_whose_hour_only_the_office_knows(close):
    (only,) = asked(f"3月15日{close}，各教研组长把听课记录交到教务处。")
    assert (only["due_date"], only["due_time"], only["closing"], only["who"]) == (
        "2024-03-15", None, close, "各教研组长",
    )  # fmt: skip


@pytest.mark.parametrize("moved", ["延长至12月10日24时", "调整为12月10日24时", "推迟到12月10日24:00"])
def test_a_moved_limit_of_reporting_binds_even_where_the_thing_stands_in_the_title_alone(moved):
    text = notice(f"一、填报截止时间由11月20日{moved}。", date(2024, 11, 18)).replace(
        "关于报送安全工作材料的通知", "关于开展养老服务质量年报工作的补充通知"
    )
    (only,) = read(text)["obligations"]
    assert (only["what"], only["due_date"], only["due_time"]) == ("养老服务质量年报", "2024-12-10", "24:00")


def test_who_is_named_stops_before_the_word_chief():
    (only,) = asked("各乡镇、国有林场主要负责人要在岗在位，3月20日前将值班表报县教育局。")
    assert only["who"] == "各乡镇、国有林场"


@pytest.mark.parametrize("who", ["命题教师", "各班班主任", "包村干部", "驻校社工老师"])
def test_people_asked_by_what_they_are_owe_it(who):
    (only,) = asked(f"{who}请于3月20日前把试卷电子稿发到教务处邮箱a@b.example。")
    assert only["who"] == who


def test_a_limit_within_days_is_not_asked_whether_the_day_before_counts():
    asked_for = read(notice("请各校于清明节后3个工作日内上报工作总结。"))["questions"]
    assert "obligations[0].inclusive" not in [each["field"] for each in asked_for]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("农业科联系人 费宇 电话6631502", "农业科"),
        ("联系人：产业发展处 卓然\n电话：000-88600110", "产业发展处"),
        ("联系人：社会事务办公室 方圆，电话：000-00000001", "社会事务办公室"),
    ],
)
def test_the_section_is_that_of_the_people_to_ask(line, section):
    text = notice("请各校于3月15日前报送工作总结。").replace("联系人：方圆，电话：000-00000001", line)
    assert read(text)["section"] == section


def test_a_teacher_called_by_name_is_no_section():
    text = notice("各教研组长于3月15日前把听课记录交到教务处 章鱼老师处。")
    assert read(text)["section"] in {"教务处", None}


def test_an_office_without_its_place_in_the_title_is_signed_in_full():
    body = "    请贵单位于3月15日前将数据报我局。"
    text = f"县民政局关于商请提供数据的函\n\n县公安局：\n{body}\n\n松岗县民政局\n2024年3月5日"
    assert read(text)["issuer"] == "松岗县民政局"


def test_an_office_signed_below_its_date_is_the_issuer():
    text = (
        "关于开展复核工作的通知\n各镇民政办：\n请于3月15日前报送复核报告。\n二〇二四年三月五日\n凤鸣区民政局"
    )
    assert read(text)["issuer"] == "凤鸣区民政局"


def test_a_line_that_begins_with_the_verb_fax_goes_on():
    body = (
        "二、 请各镇（街道） 民政办于11月12日（星期二）前 将复\n核报告、停发人员名单（ 盖章 ）\n"
        "传真至 000-00780012， 并将原件寄送区民政局社会福\n利科。"
    )
    found = read(HEAD.format(year=2024) + body + "\n凤鸣区民政局\n2024年9月30日")
    (only,) = found["obligations"]
    assert (only["what"], only["due_date"]) == ("复核报告、停发人员名单", "2024-11-12")
    assert found["section"] == "社会福利科"


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("咨询电话：6820033（艾文）", [("艾文", "6820033")]),
        ("联系人： 费 明 电话 ： 0000 - 0750 311", [("费明", "0000-0750311")]),
        (
            "四、联系方式\n县科协普及部　童话　电话：000-06870001\n县教育局基教　任远　　电话：000-06870002",
            [("童话", "000-06870001"), ("任远", "000-06870002")],
        ),
    ],
)
def test_names_and_numbers_in_other_orders(lines, people):
    text = notice("请各校于3月15日前报送工作总结。").replace("联系人：方圆，电话：000-00000001", lines)
    assert [(each["name"], each["phone"]) for each in read(text)["contacts"]] == people


def test_the_number_of_a_document_is_as_the_notice_writes_it():
    text = notice("根据《关于举办科普日活动的通知》（科协发普字〔2024〕00号）要求，请于3月15日前报送总结。")
    assert read(text)["superior_document"] == "《关于举办科普日活动的通知》（科协发普字〔2024〕00号）"


def test_a_fax_number_is_one_way_in():
    text = notice("3月20日17：00前将值班表传真至县林业局防火办（传真号000-07311200）。")
    assert [(each["type"], each["address"]) for each in read(text)["channels"]] == [("fax", "000-07311200")]


def test_filled_in_online_is_a_website_though_none_is_named():
    text = notice("工业企业年报于3月15日前网上填报。")
    assert ("website", None) in [(each["type"], each["address"]) for each in read(text)["channels"]]


@pytest.mark.parametrize(
    ("sentence", "quota"),
    [
        ("各学校疏散演练不少于2次。", ("疏散演练", 2, None, "各学校")),
        ("每个学校推荐作品数量由5篇调整为不超过8篇。", ("作品", None, 8, "每个学校")),
        ("各社区卫生服务中心健康讲座不少于4场。", ("健康讲座", 4, None, "各社区卫生服务中心")),
    ],
)
def test_the_units_end_where_the_thing_begins(sentence, quota):
    (only,) = read(notice(sentence + "请于3月15日前报送总结。"))["quotas"]
    assert (only["item"], only["min"], only["max"], only["per"]) == quota


def test_a_letter_to_parents_is_a_notice_that_asks_for_no_report():
    found = read(
        "致全县中小学生家长的一封信\n尊敬的家长朋友：\n暑假即将来临，请注意安全。\n青溪县教育局\n2025年6月30日"
    )
    assert found["title"] == "致全县中小学生家长的一封信"
    assert not found["is_reporting_notice"]


def test_the_thing_whose_date_moves_is_named_without_its_date():
    assert owed("各站上报《调查小区底册》的时间由3月25日提前至3月22日。") == [("调查小区底册", "2024-03-22")]
