"""A unit passes on what another sent it by mistake: the figures are not the messenger's."""

import pytest

from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.readings import Content, Reading, Row
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, part, text

EAST, TOWN = "500119001", "500119100"
RULES = Rules(CAMPAIGN, ROSTER, {TOWN: ("summary", "figures"), EAST: ("summary", "figures")})
FORM = attached(b"; filename=form.xlsx", b"PK form")
PASSED = (
    "{words}\n\n------------------ 原始邮件 ------------------\n"
    '发件人: "某镇" <{author}>;\n发送时间: 2023年4月1日 下午3:20\n'
    '收件人: "东城街道"<u500119001@town.example>;\n'
    "主题: 统计表\n\n请查收"
)


def placed(raw: bytes, unit: str | None = None):
    """The one form of a mail, which names its unit or none."""
    came = parse_mail(raw)
    row = Row(unit or "", {"activities": 3.0}, {})
    reading = Reading(unit=unit, candidates=(), values={"activities": 3.0}, rows=(row,), obligation="figures")
    files = [f for f in (*came.attachments, *came.unpacked) if f.filename == "form.xlsx"]
    documents = [Document(f, Content("xlsx"), reading) for f in files]
    return place_mail(RULES, came, documents)


def sent(words: str, subject: str = "统计表", sender: str = EAST) -> bytes:
    head = f"From: u{sender}@town.example\r\nTo: b@bureau.example\r\nSubject: {subject}\r\n".encode()
    return mail(text(words), FORM, head=head)


def test_a_form_without_a_name_that_another_unit_wrote_is_not_the_messengers():
    raw = sent(PASSED.format(words="转给你们。", author=f"u{TOWN}@town.example"), "转发：统计表")
    found = placed(raw)
    assert found.placed == ()
    assert found.undecided[0].candidates == (EAST, TOWN)
    assert "转发或代报" in "".join(found.undecided[0].reasons)


def test_what_a_colleague_sent_the_clerk_is_the_clerks_own_units():
    for author in (f"u{EAST}@town.example", "wang@private.example"):
        raw = sent(PASSED.format(words="请查收。", author=author), "转发：统计表")
        assert placed(raw).placed[0].unit == EAST


def test_a_form_that_names_the_messengers_unit_is_its_own_whoever_filled_it_in():
    raw = sent(PASSED.format(words="请查收。", author=f"u{TOWN}@town.example"), "转发：统计表")
    assert placed(raw, EAST).placed[0].unit == EAST


def test_the_mail_that_is_answered_says_nothing_of_whose_the_form_is():
    raw = sent(PASSED.format(words="见附件。", author=f"u{TOWN}@town.example"), "回复：统计表")
    assert placed(raw).placed[0].unit == EAST


def test_the_author_of_a_mail_that_hangs_on_the_mail_counts_too():
    inner = f"From: =?utf-8?B?5LiJ5rOJ?= <u{TOWN}@town.example>\r\nSubject: x\r\n".encode()
    hung = part(
        b"Content-Type: message/rfc822", mail(text("请查收"), FORM, head=inner).replace(b"BOUND", b"INNER")
    )
    head = f"From: u{EAST}@town.example\r\nSubject: x\r\n".encode()
    found = placed(mail(text("转来的。"), hung, head=head))
    assert (found.placed, found.undecided[0].candidates) == ((), (EAST, TOWN))


@pytest.mark.parametrize(
    "words",
    [
        "三泉镇误发到我们这里了，现转给你们。",
        "代三泉镇报送统计表，请查收。",
        "受三泉镇人民政府委托，报送其统计表。",
        "三泉镇的邮箱坏了，让我们帮忙发一下。",
        "这是三泉镇的表，由我们代为报送。",
        "三泉镇把表误发给我们东城街道了，转你处。",
    ],
)
def test_who_says_that_the_report_is_anothers_is_believed_enough_to_ask(words):
    found = placed(sent(words))
    assert found.placed == ()
    assert set(found.undecided[0].candidates) == {EAST, TOWN}


@pytest.mark.parametrize(
    "words",
    [
        "三泉镇统计表见附件，请查收。",
        "附件是三泉镇的活动情况统计表。",
        "附件是三泉镇的表。",
        "您好，现报上三泉镇人民政府统计表。",
        "统计表见附件。\n\n三泉镇民政办 张三",
        "见附件\n--\n张三\n南川区三泉镇人民政府社会事务办\n2023年4月3日",
    ],
)
def test_whose_the_form_is_by_the_mails_words_or_signature_counts_against_an_old_address(words):
    found = placed(sent(words))
    assert found.placed == ()
    assert set(found.undecided[0].candidates) == {EAST, TOWN}


@pytest.mark.parametrize(
    "words",
    [
        "统计表见附件，参照三泉镇统计表的格式填写。",
        "三泉镇的材料已抄送，我街道统计表见附件。",
        "东城街道统计表见附件，三泉镇统计表请向该镇要。",
        "统计表见附件。\n东城街道民政办 李四\n（原三泉镇民政办）",
        "见附件。\n抄送：三泉镇人民政府",
        "统计表见附件。三泉镇统计表还没有收到。\n东城街道民政办",
    ],
)
def test_a_mail_that_speaks_for_its_senders_unit_is_that_units(words):
    assert placed(sent(words)).placed[0].unit == EAST


def test_words_about_another_unit_do_not_gainsay_a_form_that_names_its_own():
    assert placed(sent("三泉镇统计表见附件。"), EAST).placed[0].unit == EAST


@pytest.mark.parametrize(
    "words",
    [
        "东城街道统计表见附件，已转发各社区。",
        "统计表见附件。三泉镇的做法我们也在学习。",
        "统计表由分管领导代为签发，请查收。",
        "贵局转来的三泉镇来信已收悉，我街道统计表见附件。",
    ],
)
def test_who_merely_mentions_another_unit_reports_its_own(words):
    assert placed(sent(words)).placed[0].unit == EAST


def test_a_form_each_for_two_units_is_each_units_own():
    assert placed(sent("受三泉镇委托，两家的表一并报送。"), EAST).placed[0].unit == EAST
