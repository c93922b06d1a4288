"""What programs send by themselves: quiet, unless a report hangs on it or lies somewhere else."""

from dataclasses import replace

import pytest

from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.mails import as_file
from tasks.terms.readings import Content, Reading, Row
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, plain, text

TOWN = "500119100"
RULES = Rules(CAMPAIGN, ROSTER, {TOWN: ("summary", "figures")})
CARE = replace(
    CAMPAIGN,
    id="care",
    title="养老服务月",
    obligations=(),
    notice=replace(CAMPAIGN.notice, title="关于开展养老服务月的通知"),
)
SYSTEM = (
    b"From: noreply@oa.example\r\nTo: bureau@nanchuan.example\r\n"
    b"Auto-Submitted: auto-generated\r\nSubject: x\r\n"
)


def told(words: str, head: bytes = SYSTEM, rules: Rules = RULES):
    return place_mail(rules, parse_mail(plain(words, head)), [])


@pytest.mark.parametrize(
    "words",
    [
        "三泉镇人民政府向您发送了1件公文，请登录电子公文交换平台签收。本邮件由系统自动发出，请勿回复。",
        "【公文交换】您有1件来文待签收",
        "三泉镇分享了文档“活动总结.docx”，点击查看",
        "您收到一个文件，有效期7天，点击下载：https://pan.example/s/1",
        "您收到的材料尚未下载，将于3日后过期",
    ],
)
def test_a_systems_word_that_something_lies_with_it_is_put_before_a_person_and_not_answered(words):
    came = parse_mail(plain(words, SYSTEM))
    assert came.kind == "auto_reply"
    (left,) = place_mail(RULES, came, []).undecided
    assert left.file is None
    assert "不会答复发件人" in left.reasons[0]


@pytest.mark.parametrize(
    "words",
    [
        "您好，您的来信我已收到，我会尽快给您回复。",
        "我正在休假，急事请联系办公室李敏，文件请交由李敏处理。",
        "您的邮箱容量已使用80%，请及时清理。",
        "系统将于周六维护，届时不能登录。",
    ],
)
def test_other_automatic_mails_stay_quiet(words):
    assert told(words).undecided == ()


def test_what_lies_elsewhere_for_another_campaign_is_left_to_it():
    beside = replace(RULES, others=(CARE,))
    assert told("三泉镇向您发送了“养老服务月总结”，请登录平台签收", rules=beside).undecided == ()


def test_another_campaigns_blank_form_on_an_automatic_answer_is_no_report_of_ours():
    answer = replace(parse_mail(plain("已收到", SYSTEM)), text="")
    theirs = Document(
        as_file("养老服务月统计表.xlsx", b"x"), Content("xlsx", text="养老服务月"), Reading(values={})
    )
    assert place_mail(replace(RULES, others=(CARE,)), answer, [theirs]).undecided == ()
    form = Document(
        as_file("统计表.xlsx", b"f"),
        Content("xlsx"),
        Reading(unit=TOWN, obligation="figures", rows=(Row(TOWN, {"activities": 1}, {}),)),
    )
    assert [u.file.filename for u in place_mail(RULES, answer, [form]).undecided if u.file] == ["统计表.xlsx"]


@pytest.mark.parametrize(
    "words",
    [
        "本人已调离民政办，报送工作请联系王五。",
        "您好，我已退休，此邮箱不再使用。",
        "本邮箱已停用，请发送至新邮箱 new@town.example",
        "因工作变动，我不再负责民政业务，请与李四联系。",
    ],
)
def test_that_the_clerk_has_left_is_told_to_a_person_though_a_robot_says_it(words):
    head = f"From: u{TOWN}@town.example\r\nAuto-Submitted: auto-replied\r\nSubject: x\r\n".encode()
    (left,) = place_mail(RULES, parse_mail(plain(words, head)), []).undecided
    assert (left.file, left.candidates) == (None, ())
    assert "联系人" in left.reasons[0]
    assert "发件地址登记在“三泉镇”名下" in left.reasons


OWN = "From: bureau@nanchuan.example\r\nSubject: {subject}\r\n{more}"


def kept_for_ourselves(subject: str, more: str = "", reading: Reading | None = None):
    head = OWN.format(subject=subject, more=more).encode()
    raw = mail(text("转存"), attached(b"; filename=form.xlsx"), head=head)
    came = parse_mail(raw, own_addresses=frozenset({"bureau@nanchuan.example"}))
    assert came.kind == "own_mail"
    reading = reading or Reading(
        TOWN, (TOWN,), obligation="figures", rows=(Row(TOWN, {"activities": 1}, {}),)
    )
    return place_mail(RULES, came, [Document(f, Content("xlsx"), reading) for f in came.attachments])


def test_a_report_a_clerk_sends_on_to_our_own_mailbox_is_put_before_a_person():
    (left,) = kept_for_ourselves("三泉镇微信发来的统计表").undecided
    assert (left.file.filename, left.candidates) == ("form.xlsx", (TOWN,))
    assert "本机关" in left.reasons[0]


def test_our_own_letters_and_what_names_no_unit_stay_quiet():
    assert kept_for_ourselves("催报：三泉镇", "X-Baosong-Letter: reminder\r\n").outcome == "ignored"
    assert kept_for_ourselves("会议材料", reading=Reading(values={})).outcome == "ignored"
