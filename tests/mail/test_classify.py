from base64 import encodebytes

import pytest

from tasks.mail.parse import parse_mail
from tests.mail.letters import HEAD, attached, html, mail, part, plain, text

OURS = frozenset({"bureau@nanchuan.example"})


def headed(*lines: str, subject: str = "report", sender: str = "clerk@dongcheng.example") -> bytes:
    lines = (f"From: {sender}", "To: bureau@nanchuan.example", f"Subject: {subject}", *lines)
    return "".join(f"{line}\r\n" for line in lines).encode()


def kind(raw: bytes) -> str:
    found = parse_mail(raw, own_addresses=OURS)
    assert found.reasons
    assert all("\u4e00" <= c <= "\u9fff" for c in found.reasons[0][0])
    return found.kind


@pytest.mark.parametrize(
    "head",
    [
        headed("Auto-Submitted: auto-replied"),
        headed("Auto-Submitted: auto-replied (vacation)"),
        headed("X-Autoreply: yes"),
        headed("X-QQ-AutoReply: 1"),
        headed("Precedence: auto_reply"),
        headed(subject="自动回复: 关于报送活动总结的通知"),
        headed(subject="自动答复：出差中"),
        headed(subject="Automatic reply: notice"),
        headed(subject="Out of Office"),
        headed("Precedence: bulk"),
        headed("Auto-Submitted: auto-generated"),
        headed(sender="no-reply@service.example"),
    ],
)
def test_automatic_mail_is_told(head):
    assert kind(plain("您好，来信已收到。", head)) == "auto_reply"


def test_an_automatic_answer_is_told_by_its_first_words():
    assert kind(plain("这是一封自动回复邮件。我已收到您的来信，会尽快回复。")) == "auto_reply"


def test_a_report_sent_by_an_office_system_is_a_submission():
    raw = mail(text("见附件"), attached(b"; filename=a.docx"), head=headed("Auto-Submitted: auto-generated"))
    assert kind(raw) == "submission"
    raw = mail(text("见附件"), attached(b"; filename=a.docx"), head=headed("Auto-Submitted: no"))
    assert kind(raw) == "submission"


def test_an_answer_to_an_automatic_answer_is_a_reply():
    assert kind(plain("收到", headed(subject="回复: 自动回复: 通知"))) == "reply"


def test_our_own_letter_is_ours():
    raw = mail(
        text("见附件"), attached(b"; filename=a.docx"), head=headed(sender="局 <Bureau@Nanchuan.example>")
    )
    assert kind(raw) == "own_mail"


def test_a_read_receipt_is_told():
    notification = part(
        b"Content-Type: message/disposition-notification",
        b"Final-Recipient: rfc822; clerk@dongcheng.example\r\n"
        b"Disposition: manual-action/MDN-sent; displayed\r\n",
    )
    raw = mail(text("已阅读"), notification, kind=b"report; report-type=disposition-notification")
    assert kind(raw) == "read_receipt"
    assert kind(plain("您的邮件已被阅读", headed(subject="已读: 关于报送活动总结的通知"))) == "read_receipt"
    assert kind(plain("Your message was read", headed(subject="Read: notice"))) == "read_receipt"


def test_a_delivery_receipt_is_no_bounce():
    status = part(
        b"Content-Type: message/delivery-status",
        b"Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0\n",
    )
    raw = mail(text("delivered"), status, kind=b"report", head=headed(sender="MAILER-DAEMON@b.example"))
    assert kind(raw) == "read_receipt"


@pytest.mark.parametrize(
    "element",
    [
        '<div id="QQMailBigAttach"><a class="qqmailbgattach" downloadlink="x">f</a></div>',
        '<a href="#" class="x qqmailbgattach">f</a>',
        "<div id=divNeteaseBigAttach>f</div>",
        '<div class="netease-attDown">f</div>',
        "<table id='foxmail_hugeattachment'><tr><td>f</table>",
        '<DIV CLASS="FoxmailClientBigAttach">f</DIV>',
    ],
)
def test_a_large_attachment_is_only_a_link(element):
    assert kind(mail(html(f"<p>请查收附件</p>{element}"))) == "large_attachment_link"


def test_a_style_sheet_that_speaks_of_large_attachments_is_none():
    style = "<style>#divNeteaseBigAttach, .qqmailbgattach {color:red}</style>"
    source = f"{style}<!-- <a class=qqmailbgattach> --><p>共开展活动十场</p>"
    assert kind(mail(html(source))) == "body_only"


def test_a_link_to_a_net_disk_is_a_link():
    assert kind(plain("总结见 https://pan.baidu.com/s/1abc 提取码 1234")) == "large_attachment_link"
    assert kind(plain("总结见 https://pan.baidu.com.evil.example/s/1abc")) != "large_attachment_link"


@pytest.mark.parametrize("words", ["从QQ邮箱发来的超大附件", "来自网易邮箱的云附件", "文件中转站文件"])
def test_the_words_beside_a_link_tell_it_is_a_large_attachment_whatever_the_host(words):
    source = f"<div>总结</div><div>{words}</div><a href='https://files.mail.example/d?k=1'>总结.zip</a>"
    assert kind(mail(html(source))) == "large_attachment_link"
    assert kind(mail(html(f"<p>未用{words}，总结全文如下。</p>"))) != "large_attachment_link"


def test_a_file_beside_the_link_is_a_submission():
    raw = mail(html('<a class="qqmailbgattach">f</a>'), attached(b"; filename=a.docx"))
    assert kind(raw) == "submission"


@pytest.mark.parametrize(
    "raw",
    [
        plain("现将活动总结报上，详见附件。"),
        plain("您好", headed(subject="活动总结（见附件）")),
        plain("更正后的总结见附件", headed("In-Reply-To: <a@b.example>", subject="回复: 退回补正")),
        mail(text("请查收"), attached(b"; filename=a.docx", b"")),
    ],
)
def test_a_mail_that_promises_a_file_and_has_none_is_incomplete(raw):
    assert kind(raw) == "incomplete"


def test_a_question_about_an_attachment_is_a_reply():
    assert kind(plain("请问附件2的表怎么填？", headed(subject="回复: 通知"))) == "reply"


def test_a_mail_that_needs_no_attachment_is_not_incomplete():
    assert kind(plain("本次活动共开展十场，无附件。")) == "body_only"


def test_the_quoted_notice_does_not_make_an_answer_incomplete():
    quoted = "收到，谢谢\n\n-------- 原始邮件 --------\n发件人: 局\n内容：请填附件1，报送活动总结"
    found = parse_mail(plain(quoted, headed(subject="回复：通知")))
    assert (found.kind, found.text) == ("reply", "收到，谢谢")


@pytest.mark.parametrize(
    "quote",
    [
        "> 请填附件1\n> 谢谢",
        "在 2023年4月1日 10:00，bureau@nanchuan.example 写道：\n请填附件",
        'At 2023-04-01 10:00:00, "局" <bureau@nanchuan.example> wrote:\n请填附件',
        "发件人： 局\n发送时间： 2023-04-01\n请填附件",
        "---- 回复的原邮件 ----\n请填附件",
        "-----Original Message-----\n请填附件",
    ],
)
def test_every_programs_way_of_quoting_is_known(quote):
    assert parse_mail(plain(f"收到\n\n{quote}", headed(subject="Re: x"))).text == "收到"


def test_a_long_answer_is_a_report_in_the_body():
    assert (
        kind(
            plain(
                "我街道共开展活动十二场，参加群众三百人次，走访困难群众三十户。" * 5,
                headed(subject="回复: 通知"),
            )
        )
        == "body_only"
    )


def test_a_report_in_the_body_is_told():
    assert kind(plain("东城街道共开展活动十二场。")) == "body_only"


def test_a_mail_with_nothing_in_it_is_empty():
    assert kind(plain("")) == "empty"
    assert kind(mail(html("<div><br></div>"))) == "empty"


def test_a_forwarded_mail_is_not_an_answer():
    body = "---------- 转发邮件信息 ----------\n发件人：某\n日期：2023-04-01\n共开展活动十场"
    found = parse_mail(plain(body, headed("In-Reply-To: <a@b.example>", subject="转发: 活动总结")))
    assert found.kind == "body_only"
    assert "十场" in found.text


@pytest.mark.parametrize("name", ["总结.exe", "总结.docx.scr", "a.vbs", "a.lnk"])
def test_a_program_is_suspicious(name):
    assert kind(mail(attached(b'; filename="' + name.encode() + b'"'))) == "suspicious"


def test_a_program_under_a_document_name_is_suspicious():
    assert kind(mail(attached(b'; filename="a.docx"', b"MZ\x90\0"))) == "suspicious"


def test_word_that_our_letter_was_deleted_unread_is_a_receipt():
    words = "您的邮件已于2023年4月1日未经阅读就被删除。"
    for subject in ("未读: 催报", "未读：报送通知", "Not read: notice"):
        assert kind(plain(words, headed(subject=subject))) == "read_receipt"


def test_bait_is_suspicious():
    assert (
        kind(plain("您的邮箱即将停用，请点击 http://x.example/ 验证账号", headed(subject="系统通知")))
        == "suspicious"
    )


def test_bait_is_suspicious_also_where_the_link_hides_under_words():
    page = '<p>您的邮箱存储已满，请<a href="http://x.example/login">点击登录验证</a>，否则停用。</p>'
    assert kind(mail(html(page), head=headed(subject="系统通知"))) == "suspicious"
    page = '<p>我镇邮箱已升级，新地址见签名。</p><a name="top"></a><a href="mailto:a@x.example">a</a>'
    assert kind(mail(html(page), head=headed(subject="换邮箱"))) != "suspicious"


def test_a_photo_set_into_the_words_is_told_as_a_photo():
    photo = part(
        b'Content-Type: image/jpeg; name="a.jpg"\r\nContent-ID: <p@x>\r\nContent-Disposition: inline',
        b"\xff\xd8\xff" + b"0" * 90_000,
    )
    page = html('<p>统计表如下图</p><img src="cid:p@x">')
    raw = mail(page, photo, head=headed(subject="统计表"), kind=b"related")
    found = parse_mail(raw)
    assert found.kind == "incomplete"
    assert "图片" in found.reasons[0]
    assert "签名" not in found.reasons[0]


def test_a_sender_who_shows_another_address_is_suspicious():
    assert (
        kind(mail(attached(b"; filename=a.docx"), head=headed(sender='"a@b.example" <c@d.example>')))
        == "suspicious"
    )


def test_a_mail_without_a_sender_needs_a_person():
    assert kind(b"Subject: x\r\n\r\nbody") == "needs_person"


def status_part(lines: str) -> bytes:
    return part(b"Content-Type: message/delivery-status", lines.encode())


ORIGINAL = (
    b"From: bureau@nanchuan.example\r\nTo: clerk@gone.example\r\n"
    b"Message-ID: <ours@nanchuan.example>\r\nSubject: x\r\n"
)
FAILED = "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: "


def test_a_bounce_by_the_book_is_read():
    status = status_part(
        "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; Clerk@Gone.example\r\nAction: failed\r\n"
        "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n"
    )
    raw = mail(
        text("sorry"), status, part(b"Content-Type: message/rfc822", ORIGINAL + b"\r\nbody"),
        head=headed("Return-Path: <>", "Message-ID: <its@own>", sender="MAILER-DAEMON@mx.example"),
        kind=b"report; report-type=delivery-status",
    )  # fmt: skip
    found = parse_mail(raw, own_addresses=OURS)
    assert found.kind == "bounce"
    assert found.bounced is not None
    assert (found.bounced.recipient, found.bounced.status) == ("clerk@gone.example", "5.1.1")
    assert found.bounced.permanent
    assert found.bounced.message_id == "<ours@nanchuan.example>"
    assert found.attachments == ()


@pytest.mark.parametrize(
    ("lines", "permanent"),
    [
        ("Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1", False),
        ("Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 5.4.1", False),
        ("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.2.2", False),
        (
            f"{FAILED}5.7.1\nDiagnostic-Code: smtp; 550 Ip frequency limited",
            False,
        ),
        (
            f"{FAILED}5.7.1\nDiagnostic-Code: smtp; 550 blocked",
            True,
        ),
    ],
)
def test_delay_a_full_mailbox_and_haste_are_not_for_good(lines, permanent):
    found = parse_mail(mail(text("x"), status_part(lines), kind=b"report"))
    assert found.bounced is not None
    assert found.bounced.permanent is permanent


def test_a_chinese_bounce_in_prose_is_read():
    body = (
        "很抱歉，您的邮件被退回来了……\n收件人邮件地址（clerk@gone.example）不存在，邮件无法送达。\n"
        "host said: 550 Mailbox not found\n"
    )
    original = attached(
        b'; filename="original.eml"',
        b"X-OQ-MSGID: <ours@nanchuan.example>\r\nMessage-ID: <tencent_1@qq.example>\r\n" + b"\r\n",
    )
    raw = mail(text(body), original, head=headed(sender="PostMaster@qq.example", subject="来自qq.com的退信"))
    found = parse_mail(raw, own_addresses=OURS)
    assert found.kind == "bounce"
    assert found.bounced is not None
    assert (found.bounced.recipient, found.bounced.status) == ("clerk@gone.example", "5.0.0")
    assert found.bounced.message_id == "<ours@nanchuan.example>"


def test_a_bounce_with_the_headers_in_its_text_is_read():
    body = (
        "Hi. This is the qmail-send program.\n\n"
        "<clerk@gone.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n\n"
        "Message-ID: <ours@nanchuan.example>\nTo: clerk@gone.example\n"
    )
    head = headed("Return-Path: <>", sender="MAILER-DAEMON@mx.example", subject="failure notice")
    found = parse_mail(plain(body, head), own_addresses=OURS)
    assert found.bounced is not None
    assert found.bounced.recipient == "clerk@gone.example"
    assert (found.bounced.status, found.bounced.message_id) == ("5.1.1", "<ours@nanchuan.example>")


def test_a_unit_that_answers_a_returned_report_is_no_bounce():
    raw = mail(
        text("已按要求修改"), attached(b"; filename=a.docx"), head=headed(subject="回复: 退回补正：活动总结")
    )
    assert kind(raw) == "submission"


def test_text_in_base64_with_a_footer_below_is_still_read():
    body = encodebytes("共开展活动十场".encode()) + b"-- \nlist footer\n"
    raw = (
        HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body
    )
    assert "共开展活动十场" in parse_mail(raw).text


@pytest.mark.parametrize("name", ["tongji.msg", "tongji.pgp", "tongji.p7m"])
def test_a_file_that_holds_others_and_stays_shut_is_no_missing_attachment(name):
    raw = mail(text("见附件"), attached(f"; filename={name}".encode(), b"\xd0\xcf\x11\xe0 content"))
    found = parse_mail(raw, own_addresses=OURS)
    assert found.kind == "incomplete"
    assert found.reasons[0].startswith(f"附件“{name}”是另存的邮件或加密的文件，里面的材料取不出来")


DELETED = part(
    b"Content-Type: message/disposition-notification",
    b"Original-Message-ID: <1@x.example>\r\nDisposition: manual-action/MDN-sent-manually; deleted\r\n",
)


def test_a_receipt_that_says_nobody_read_our_letter_says_so():
    deleted = mail(text("x"), DELETED, head=headed(subject="回执"), kind=b"report")
    read = mail(
        text("x"), DELETED.replace(b"deleted", b"displayed"), head=headed(subject="回执"), kind=b"report"
    )
    by_subject = plain("未被阅读就已删除。", headed(subject="未读: 报送通知"))
    said = [parse_mail(raw, own_addresses=OURS) for raw in (deleted, by_subject, read)]
    assert {m.kind for m in said} == {"read_receipt"}
    assert [m.reasons[0].startswith("阅读回执：信件未经阅读即被删除") for m in said] == [True, True, False]
