"""More classes of wording: the thing named as a heading, verbs within names, those who follow the date."""

import pytest

from tests.notice.draft.texts import asked, notice, read


def of(body: str, key: str, *names: str) -> list[tuple]:
    return [tuple(each[name] for name in names) for each in read(notice(body))[key]]


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("1.宣传方案。于3月18日前以正式文件形式报局水政科；", "宣传方案"),
        ("3.活动总结。务于3月18日下午6点之前发到邮箱a@b.example，过期不再受理。", "活动总结"),
        ("请提出书面修改意见，无意见的也请函告，并于3月18日前反馈我局，同时将电子版发邮箱。", "书面修改意见"),
        ("3月18日前将《数据上报确认单》（加盖学校公章）报区教体局体卫艺股。", "数据上报确认单"),
        ("各校《数据上报确认单》于3月18日前报区教体局体卫艺股。", "数据上报确认单"),
        ("3月18日上午10:30前把走访台账拍照传群里。", "走访台账"),
    ],
)  # fmt: skip
def test_what_is_owed_by_heading_by_name_and_by_the_paper_itself(sentence, what):
    assert [(each["what"].strip("《》"), each["due_date"]) for each in asked(sentence)] == [
        (what, "2024-03-18")
    ]


def test_units_between_the_date_and_their_act_are_those_who_owe():
    (only,) = asked("3月18日前，区基层指导中心将评价结果报县教育局安全股。")
    assert (only["who"], only["what"]) == ("区基层指导中心", "评价结果")


def test_what_the_office_passes_on_to_its_superior_is_its_own_date():
    found = read(notice("请各校于3月8日前报送自评报告，3月18日前由区局统一上报市卫健委。"))
    assert [each["due_date"] for each in found["obligations"]] == ["2024-03-08"]
    assert found["superior_due"] == "2024-03-18"


def test_a_message_on_the_line_that_calls_its_readers_is_read():
    text = "@全体网格员 紧急：今晚9点前把各小区独居老人底数发我微信。\n2024年3月5日"
    (only,) = read(text)["obligations"]
    assert (only["who"], only["due_date"], only["due_time"]) == ("全体网格员", "2024-03-05", "21:00")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("3月22日至28日是第38届“中国水周”。", "中国水周"),
        ("3月22日至28日为防灾减灾宣传周，请各校开展宣传。", "防灾减灾宣传周"),
    ],
)
def test_a_stretch_that_is_something_is_called_so(sentence, name):
    assert of(sentence, "periods", "name") == [(name,)]


def test_whom_to_ask_in_a_sentence():
    line = "未尽事宜请与水政科舒畅联系（办公电话：000-06511207，手机：13800000511）。"
    found = read(notice("请于3月15日前报送总结。").replace("联系人：方圆，电话：000-00000001", line))
    assert [(each["name"], each["phone"]) for each in found["contacts"]] == [
        ("舒畅", "000-06511207"),
        ("舒畅", "13800000511"),
    ]


@pytest.mark.parametrize(
    ("sentence", "paper"),
    [
        ("3月18日前将确认单报区教体局体卫艺股（区政府5号楼507室）。", True),
        ("3月18日前将名单报镇农业农村办（电话6623301）。", False),
        ("3月18日前将名单报县应急局值班室（000-06650119）。", False),
    ],
)
def test_a_room_is_where_paper_goes_and_a_telephone_is_not(sentence, paper):
    assert ("paper" in [each for (each,) in of(sentence, "channels", "type")]) is paper


def test_two_offices_in_a_title_are_two():
    text = notice("请于3月15日前报送总结。").replace(
        "清河县教育局\n关于", "清河县教育局 清河县公安局关于", 1
    ).replace("\n清河县教育局\n", "\n清河县教育局 清河县公安局\n")  # fmt: skip
    assert read(text)["issuer"] == "清河县教育局、清河县公安局"


def test_a_kind_of_what_is_counted_is_nobodys_name():
    body = "各县（市、区）监测企业不少于20家，其中规模以上工业企业不少于12家。请于3月15日前报送总结。"
    assert of(body, "quotas", "per", "item", "min") == [
        ("各县（市、区）", "监测企业", 20),
        ("各县（市、区）", "规模以上工业企业", 12),
    ]


def test_an_office_whose_name_is_blotted_out_is_still_one():
    text = "XX镇防火会议通知\n各村：\n请于3月15日前报送名单。\nXX镇人民政府办公室\n2024年3月5日"
    assert read(text)["issuer"] == "XX镇人民政府办公室"
