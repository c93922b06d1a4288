"""A question or a request for time is put before a person also when a report, or an answer, brings it."""

from urllib.parse import quote

import pytest

from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.readings import Content, Reading, Row
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, plain, text

TOWN = "500119100"
RULES = Rules(CAMPAIGN, ROSTER, {TOWN: ("summary", "figures")})
READING = Reading(
    TOWN, (), {"activities": 3.0}, rows=(Row("500119100201", {"activities": 3.0}, {}),), obligation="figures"
)
HEAD = f"From: u{TOWN}@town.example\r\nTo: b@bureau.example\r\nSubject: x\r\n".encode()
QUOTE = (
    '\n\n------------------ 原始邮件 ------------------\n发件人: "局" <b@x.example>\n'
    "能否按时报送？请申请延期的单位说明。"
)


def with_a_form(words: str):
    came = parse_mail(mail(text(words), attached(b"; filename=a.xlsx"), head=HEAD))
    return place_mail(RULES, came, [Document(f, Content("xlsx"), READING) for f in came.attachments])


def answered(words: str):
    head = HEAD.replace(b"Subject: x", "Subject: 回复：催报".encode())
    return place_mail(RULES, parse_mail(plain(words + QUOTE, head)), [])


@pytest.mark.parametrize(
    "words",
    [
        "统计表见附件。总结还在走签批流程，能否宽限两天，17日前报？",
        "附件为统计表；总结拟申请延期至4月10日报送，妥否，请批示。",
        "见附件。请问总结要不要盖章？",
        "统计表见附件，想咨询一下照片是否要单独报。",
        "见附件。服务人次能不能按户数填？",
    ],
)
def test_a_form_is_taken_and_what_its_mail_asks_is_put_before_a_person(words):
    found = with_a_form(words)
    assert [p.unit for p in found.placed] == [TOWN]
    (left,) = found.undecided
    assert (left.file, left.candidates) == (None, (TOWN,))
    assert left.reasons[0].startswith("材料已按报件收取，来信另")


def test_what_the_subject_asks_for_counts_too():
    head = HEAD.replace(b"Subject: x", "Subject: 三泉镇统计表（总结申请延期至16日）".encode())
    came = parse_mail(mail(text("见附件"), attached(b"; filename=a.xlsx"), head=head))
    found = place_mail(RULES, came, [Document(f, Content("xlsx"), READING) for f in came.attachments])
    assert [p.unit for p in found.placed] == [TOWN]
    assert "申请延期" in found.undecided[0].reasons[0]


@pytest.mark.parametrize(
    "words",
    [
        "统计表见附件，请查收。",
        "见附件，如有不妥之处请批评指正，有什么问题请与我联系。",
        "请问收到了吗？收到请回复。",
        "麻烦确认一下附件能否打开，谢谢。",
        "活动照片见 https://photo.example/a?id=3 ，统计表见附件。",
        "统计表见附件。" + QUOTE,
    ],
)
def test_a_form_whose_mail_asks_for_nothing_but_a_receipt_is_only_taken(words):
    found = with_a_form(words)
    assert ([p.unit for p in found.placed], found.undecided) == ([TOWN], ())


@pytest.mark.parametrize(
    "words",
    [
        "表是按村填还是全镇合计填一行呀",
        "附表填到几月份呢",
        "经办人住院，能否推迟到下周一？",
        "请问总结需要盖章吗",
    ],
)
def test_who_asks_in_an_answer_is_not_chased_until_he_is_answered(words):
    (left,) = answered(words).undecided
    assert left.candidates == (TOWN,)
    assert "询问" in left.reasons[0] or "申请" in left.reasons[0]


@pytest.mark.parametrize("words", ["收到，但经办人换成了李四。", "好的，我镇4月3日前报。"])
def test_an_answer_that_asks_nothing_does_not_stop_the_chase(words):
    (left,) = answered(words).undecided
    assert left.candidates == ()


@pytest.mark.parametrize(
    "words",
    [
        "收到",
        "收到，已转办。",
        "好的，谢谢周科长🙏，我们会按时报送。\n\n发自我的iPhone",
        "收到，谢谢！我镇将按要求尽快报送。",
        "已收悉，马上办理。\n来自我的华为手机",
        "OK，thanks",
        "好的 辛苦了",
        "收到～",
        "知道了，谢谢老师！",
        "收到，我们抓紧落实\n\nSent from my iPhone",
    ],
)
def test_a_polite_answer_is_noted_and_costs_nobody_time(words):
    assert answered(words).outcome == "ignored"


@pytest.mark.parametrize(
    "words",
    [
        "收到，但我镇今年没有这项工作。",
        "收到，请问几号截止？",
        "好的，不过我已调离，请联系李四",
        "我镇已于昨日报送",
        "收到，我镇零报告。",
        "收到。我们没有邮箱权限，会按时报送纸质版。",
    ],
)
def test_an_answer_that_says_more_is_for_a_person(words):
    assert answered(words).outcome == "queued"


@pytest.mark.parametrize(
    "words",
    [
        "我们上周已经通过公文交换系统报过了，请查一下，不要重复催报。",
        "已按要求填好。",
        "已上报。",
        "材料早就发了",
        "我镇统计表已于昨日报送",
        "报过了，勿再催",
    ],
)
def test_who_answers_that_it_was_handed_in_is_believed_until_a_person_has_looked(words):
    (left,) = answered(words).undecided
    assert left.candidates == (TOWN,)
    assert left.reasons[0].startswith("答复说材料已经报过，这里没有对应的来件")


@pytest.mark.parametrize(
    "words",
    [
        "收到，已安排各村报送。",
        "好的，已转办，将按时报送。",
        "已收到，周五报送。",
        "我镇正在填报，会按时上报",
        "已知悉并按时报送",
        "已阅，我们都会上报",
    ],
)
def test_who_only_says_that_it_will_be_done_has_not_reported(words):
    found = answered(words)
    assert not any("已经报过" in reason for u in found.undecided for reason in u.reasons)


def with_the_notice(words: str, subject: str):
    head = HEAD.replace(b"Subject: x", f"Subject: {subject}".encode())
    notice = f"{CAMPAIGN.notice.title}.docx"
    came = parse_mail(mail(text(words), attached(b"; filename*=UTF-8''" + quote(notice).encode()), head=head))
    content = Content("docx", text=CAMPAIGN.notice.title)
    return place_mail(RULES, came, [Document(f, content, Reading(None, (), {})) for f in came.attachments])


def test_who_reports_with_our_own_notice_for_a_file_is_not_passed_over():
    (left,) = with_the_notice("已按要求填好，请查收。", "三泉镇统计表").undecided
    assert any("是本局的通知，不是报送材料" in reason for reason in left.reasons)
    (left,) = with_the_notice("见附件", "三泉镇统计表").undecided
    assert left.candidates == ()  # nothing came: it is reminded as before
    assert with_the_notice("收到，谢谢。", "回复：通知").undecided == ()
