"""Who owes what: an act of handing in with a date; work dates, own dates and alarms are none."""

import pytest

from tests.notice.draft.texts import asked, notice, read


@pytest.mark.parametrize(
    "sentence",
    [
        "各校要于3月15日前完成校园安全隐患整改。",
        "县教育局将于3月20日前对各校报送情况进行通报。",
        "发现重大隐患要在2小时内报县教育局。",
        "遇有突发情况请第一时间报告县教育局安全股。",
        "3月15日前，各校召开安全工作会议。",
        "培训于3月15日至17日举行。",
        "请于3月15日前缴纳费用。",
        "各校要及时报送工作信息。",
        "欢迎拨打举报电话000-00000009。",
        "上级将于3月15日前公布结果。",
        "我局将于3月20日前汇总上报省教育厅。",
    ],
)
def test_a_sentence_that_asks_nobody_for_a_report_owes_nothing(sentence):
    assert asked(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("请各校于3月15日前将工作总结报县教育局安全股。", "工作总结"),
        ("请各校于3月15日前报送工作总结。", "工作总结"),
        ("请各校于3月15日前向县教育局提交自查报告。", "自查报告"),
        ("各校要认真开展自查，形成自查报告，于3月15日前报县教育局安全股。", "自查报告"),
        ("各校自查报告请于3月15日前报县教育局。", "自查报告"),
        ("请各校将自查报告于3月15日前发送至anquan@qinghe.example。", "自查报告"),
        ("请各校于3月15日前完成自查，并将自查报告报县教育局。", "自查报告"),
        ("请各校把整改台账于3月15日前交县教育局安全股。", "整改台账"),
        ("请各校于3月15日前将《隐患排查表》（附件1）加盖公章后报县教育局。", "隐患排查表"),
        ("自查报告报送截止时间为3月15日。", "自查报告"),
        ("请各校将自查报告报县教育局安全股，截止时间为3月15日。", "自查报告"),
        ("现将自查报告报送时间由3月10日调整为3月15日。", "自查报告"),
        ("自查报告报送时间由原定的3月10日前延长至3月15日前。", "自查报告"),
    ],
)
def test_what_is_owed_is_named_wherever_it_stands(sentence, what):
    (only,) = asked(sentence)
    assert (only["what"], only["due_date"]) == (what, "2024-03-15")


def test_two_dates_in_one_sentence_are_two_reports():
    found = asked("请各校于3月15日前将工作方案、11月25日前将工作总结报县教育局安全股。")
    assert [(each["what"], each["due_date"]) for each in found] == [
        ("工作方案", "2024-03-15"),
        ("工作总结", "2024-11-25"),
    ]


def test_two_offices_owe_their_own():
    found = asked("各校于3月15日前将名册报中心学校。各中心学校汇总后，于3月20日前将汇总表报县教育局安全股。")
    assert [(each["who"], each["due_date"]) for each in found] == [
        ("各校", "2024-03-15"),
        ("各中心学校", "2024-03-20"),
    ]


def test_the_paper_copy_is_no_second_report():
    (only,) = asked(
        "请各校于3月15日前将统计表电子版发至anquan@qinghe.example，同时将纸质版报县教育局安全股。"
    )
    assert only["due_date"] == "2024-03-15"


def test_the_offices_own_date_with_its_superior_is_kept_apart():
    found = read(notice("我局须于3月20日前将汇总结果报市教育局，请各校于3月15日前将统计表报县教育局安全股。"))
    assert [each["due_date"] for each in found["obligations"]] == ["2024-03-15"]
    assert found["superior_due"] == "2024-03-20"


def test_without_a_named_unit_the_addressees_owe_it():
    (only,) = asked("请于3月15日前将工作总结报县教育局安全股。")
    assert only["who"] == "各乡镇中心学校"


def test_a_thing_nobody_named_stays_unknown():
    found = read(
        notice("请各校于3月15日前报县教育局安全股。").replace(
            "关于报送安全工作材料的通知", "关于加强安全工作的通知"
        )
    )
    assert [each["what"] for each in found["obligations"]] == [None]
    assert "obligations[0].what" in found["unknown"]


def test_only_the_covering_letter_of_a_forwarded_notice_binds():
    inner = (
        "\n市教育局关于开展检查的通知\n平教函〔2024〕8号\n各县教育局：\n请各县于3月31日前将报告报市教育局，"
        "邮箱shi@shiju.example。\n平江市教育局\n2024年3月1日"
    )
    text = notice(
        "现将《市教育局关于开展检查的通知》（平教函〔2024〕8号）转发给你们，请于3月20日前将报告报县教育局安全股。"
    )
    found = read(text.replace("关于报送安全工作材料的通知", "转发市教育局关于开展检查的通知") + inner)
    assert [each["due_date"] for each in found["obligations"]] == ["2024-03-20"]
    assert found["doc_number"] == "清教发〔2024〕5号"
    assert found["issue_date"] == "2024-03-05"
    assert found["superior_document"] == "《市教育局关于开展检查的通知》（平教函〔2024〕8号）"
    assert not any(channel["address"] == "shi@shiju.example" for channel in found["channels"])


@pytest.mark.parametrize(
    "body",
    [
        "《关于开展安全检查的通知》（清教发〔2024〕3号）要求，各校于3月20日前报送自查报告。因检查安排调整，现将报送时间提前至3月15日前。",
        "《关于开展安全检查的通知》规定各校于3月10日前报送自查报告，现将自查报告报送时间延长至3月15日前。",
        "《关于开展安全检查的通知》要求3月10日前报送自查报告，现调整为3月15日前。",
    ],
)
def test_the_day_of_an_earlier_notice_that_is_changed_binds_nobody(body):
    (only,) = asked(body)
    assert only["due_date"] == "2024-03-15"
    assert "时间" not in (only["what"] or "")


def test_a_notice_that_carries_out_another_still_binds():
    body = "按照《关于开展安全检查的通知》要求，请各校于3月15日前报送自查报告。统计口径调整为学年。"
    assert [each["due_date"] for each in asked(body)] == ["2024-03-15"]
