"""Mailboxes, sites and people as superior offices name them: a wrong way in or a wrong name comes first."""

import pytest

from tests.notice.draft.texts import notice, read

SIGNED = "中共安岚县委平安安岚建设领导小组办公室"


def ways(sentence: str) -> list[tuple]:
    found = read(notice(f"请各校于3月18日前报送总结。{sentence}"))["channels"]
    return [(each["type"], each["address"]) for each in found]


def people(line: str) -> list[tuple]:
    body = notice("请于3月15日前报送总结。").replace("联系人：方圆，电话：000-00000001", line)
    return [(each["name"], each["phone"]) for each in read(body)["contacts"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "总结发送至in@b.example；咨询、投诉请发邮件至ask@b.example。",
        "总结发送至in@b.example。有关资格疑问请联系纪检邮箱ask@b.example。",
        "总结发送至in@b.example；招聘会信息发布请联系ask@b.example。",
        "总结发送至in@b.example，监督举报邮箱：ask@b.example。",
    ],
)
def test_a_mailbox_for_questions_or_complaints_is_no_way_in(sentence):
    assert ways(sentence) == [("email", "in@b.example")]


def test_a_group_of_a_chat_platform_is_one_way_in():
    assert ways("通过粤政易“北岭防汛”群报送。") == [("chat_group", "北岭防汛")]


def test_the_mailbox_of_the_person_to_ask_may_still_take_reports():
    assert ways("材料报送及咨询邮箱：in@b.example。") == [("email", "in@b.example")]


@pytest.mark.parametrize(
    ("sentence", "address"),
    [
        ("请登录“返家乡”平台（网址：fjx.b.example）填报岗位信息。", "fjx.b.example"),
        ("电子数据通过财政一体化平台（czyth.b.example）上传。", "czyth.b.example"),
        ("请上传至“质量强市”专栏（zlqs.b.example/in）。", "zlqs.b.example/in"),
        ("企业通过“清交通”企业端（qy.b.example）报送。", "qy.b.example"),
    ],
)
def test_a_site_is_named_with_the_address_beside_it(sentence, address):
    assert ("website", address) in ways(sentence)


@pytest.mark.parametrize("sentence", ["纸质台账由社区留存备查，无需报送。", "纸质材料各校存档，不用交县局。"])
def test_paper_that_stays_with_the_units_is_no_way_in(sentence):
    assert "paper" not in [kind for kind, _ in ways(sentence)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "联系人及电话：\n区农业局：柏松林 55507121\n区财政局：米　兰 55507122",
            [("柏松林", "55507121"), ("米兰", "55507122")],
        ),
        (
            "市普法办：阮成蹊，55501204；市司法局普法科：谢临风，55501205（传真同号）。",
            [("阮成蹊", "55501204"), ("谢临风", "55501205")],
        ),
        (
            "国库科：郎若云（行政单位），55504111；丘实（事业单位），55504112；镇街：叶澜，55504113。",
            [("郎若云", "55504111"), ("丘实", "55504112"), ("叶澜", "55504113")],
        ),
        (
            "联系人：市委组织部组织二科 裴清和 55501101；市委社会工作部 关山月 55501102",
            [("裴清和", "55501101"), ("关山月", "55501102")],
        ),
        (
            "联系人：科普部 纪小楼 王也；联系电话：55502255",
            [("纪小楼", "55502255"), ("王也", "55502255")],
        ),
        ("联系电话：55501616（安全监督科 向阳），举报电话：55501000。", [("向阳", "55501616")]),
        (
            "联系人：史诗、白羽；联系电话：55501212（办）、55501213（传真）。",
            [("史诗", "55501212"), ("白羽", "55501212")],
        ),
        (
            "联系人：教育科钟离秋（55508400），技术支持程又又（55508401）。",
            [("钟离秋", "55508400"), ("程又又", "55508401")],
        ),
        (
            "紧急事项联系县爱卫办主任靳同舟（55505208）或工作人员卫小雨（55505209）。",
            [("靳同舟", "55505208"), ("卫小雨", "55505209")],
        ),
        (
            "联系人：办公室 储君，电话：55509630转8；省电子公文系统值班：55509631。",
            [("储君", "55509630转8"), (None, "55509631")],
        ),
        (
            "联系人：种植业股 时雨；值班电话：55508821（日）、55508822（夜）。",
            [("时雨", None), (None, "55508821"), (None, "55508822")],
        ),
    ],
)
def test_everyone_is_named_with_his_own_number(line, wanted):
    assert sorted(people(line), key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize("line", ["报名费：方圆，55500001元", "附件1：总结表，55500001"])
def test_a_label_and_a_number_are_not_yet_a_person(line):
    assert people(f"联系人：石一鸣，电话：55500002\n{line}") == [("石一鸣", "55500002")]


def test_a_table_with_a_column_of_tasks_between_names_its_people():
    line = "五、联系人\n姓名|负责事项|电话\n方砚秋|活动统筹|55504301\n余蓝|材料报送|55504302"
    assert people(line) == [("方砚秋", "55504301"), ("余蓝", "55504302")]


def test_the_subject_of_a_mail_is_no_theme():
    found = read(notice("请各校于3月18日前报送总结，邮件主题为“单位名称+2025档案自查”。"))
    assert found["theme"] is None


@pytest.mark.parametrize(
    ("title", "signed", "issuer"),
    [
        (
            "县委平安办关于开展专项行动的通知",
            "中共安岚县委平安安岚建设领导小组办公室",
            "中共安岚县委平安安岚建设领导小组办公室",
        ),
        ("区委办关于开展专项行动的通知", "安岚县教育局", "区委办"),
    ],
)
def test_a_shortened_name_in_the_title_is_the_office_that_signs(title, signed, issuer):
    text = f"{title}关于开展专项行动的通知\n各乡镇：\n请于3月18日前报送总结。\n{signed}\n2024年3月5日"
    assert read(text)["issuer"] == issuer


def test_a_public_announcement_has_a_title():
    text = "凌河区住房局\n关于第二批补贴对象的公示\n公示时间：8月4日至8月13日。\n凌河区住房局\n2025年8月1日"
    found = read(text)
    assert found["title"] == "关于第二批补贴对象的公示"
    assert not found["is_reporting_notice"]
