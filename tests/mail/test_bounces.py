"""Bounces as Chinese mail systems write them, and mails of people that look like one."""

import pytest

from tasks.mail.parse import parse_mail
from tests.mail.letters import attached, html, mail, part, plain, text

OUR_BOX = "bureau@nanchuan.example"
OURS = frozenset({OUR_BOX})
TOWN = "clerk@town.example"


def headed(*lines: str, sender: str, subject: str) -> bytes:
    return "\r\n".join([f"From: {sender}", f"To: {OUR_BOX}", f"Subject: {subject}", *lines, ""]).encode()


def read(raw):
    found = parse_mail(raw, own_addresses=OURS)
    return found.kind, found.bounced


COREMAIL = headed(sender="postmaster@163.example", subject="系统退信")
NETEASE = html(
    "<div>抱歉，您的邮件被退回来了……</div><table><tr><td>收件人</td><td>clerk@town.example</td></tr>"
    "<tr><td>主题</td><td>【催报】明天截止</td></tr></table><p>退信原因：{}</p><p>建议您核实后重新发送。</p>"
)


def netease(reason: str) -> bytes:
    return mail(NETEASE.replace(b"{}", reason.encode()), head=COREMAIL)


@pytest.mark.parametrize(
    ("reason", "status", "permanent", "no_such"),
    [
        ("收件人地址不存在（550 User not found: clerk@town.example）", "5.0.0", True, True),
        ("收件人邮箱容量已满（552 Quota exceeded）", "5.0.0", False, False),
        ("邮件被对方服务器判定为垃圾邮件（554 DT:SPM）", "5.0.0", True, False),
        ("发信频率过快（550 RP:FRL）", "5.0.0", False, False),
        ("对方服务器拒绝了您的来信", "", True, False),
    ],
)
def test_neteases_table_of_a_bounce_is_read(reason, status, permanent, no_such):
    kind, bounce = read(netease(reason))
    assert (kind, bounce.recipient, bounce.action) == ("bounce", TOWN, "failed")
    assert (bounce.status, bounce.permanent, bounce.no_such) == (status, permanent, no_such)


def test_tencents_prose_in_gbk_with_our_letter_hung_on_is_read():
    words = (
        "尊敬的用户，很抱歉，您的邮件投递失败。\n无法发送到 clerk@town.example\n"
        "收件人的邮件服务器返回：550 Mailbox not found. http://service.mail.example/x\n"
    )
    original = attached(b"; filename=original.eml", b"Message-ID: <ours@nanchuan.example>\r\n\r\nx")
    head = headed(sender="postmaster@qq.example", subject="=?gbk?B?zfjS1w==?= 退信").replace(
        "退信".encode(), b""
    )
    kind, bounce = read(mail(text(words, "gbk"), original, head=head))
    assert (kind, bounce.recipient, bounce.message_id) == ("bounce", TOWN, "<ours@nanchuan.example>")
    assert (bounce.permanent, bounce.no_such) == (True, True)


def test_exchanges_chinese_bounce_is_read_also_where_its_status_part_was_lost():
    sender = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@town.example"
    words = (
        "传递到以下收件人或组失败:\n\nclerk@town.example\n找不到你输入的电子邮件地址。请检查收件人的电子邮件地址并重试。\n\n"
        "供管理员使用的诊断信息:\n生成服务器: EX01.town.example\nclerk@town.example\n"
        "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'\n"
    )
    kind, bounce = read(
        plain(words, headed("Return-Path: <>", sender=sender, subject="未传递: 【催报】明天截止"))
    )
    assert (kind, bounce.recipient, bounce.status) == ("bounce", TOWN, "5.1.10")
    assert (bounce.permanent, bounce.no_such) == (True, True)


def report(*blocks: str) -> bytes:
    body = "Reporting-MTA: dns; mx.nanchuan.example\n\n" + "\n".join(blocks)
    status = part(b"Content-Type: message/delivery-status", body.replace("\n", "\r\n").encode())
    head = headed("Return-Path: <>", sender="MAILER-DAEMON@mx.nanchuan.example", subject="Undelivered Mail")
    return mail(text("见附件"), status, head=head, kind=b"report; report-type=delivery-status")


UNIT = f"Final-Recipient: rfc822; {TOWN}\n"
COPY = f"Final-Recipient: rfc822; {OUR_BOX}\n"


def test_of_a_letter_and_its_copy_the_part_about_the_unit_is_read():
    _, bounce = read(
        report(
            COPY + "Action: failed\nStatus: 5.2.2\n",
            UNIT + "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <clerk@town.example>:\n"
            "    Recipient address rejected: User unknown\n",
        )
    )
    assert (bounce.recipient, bounce.status, bounce.no_such) == (TOWN, "5.1.1", True)
    assert bounce.said == "550 5.1.1 <clerk@town.example>: Recipient address rejected: User unknown"
    _, bounce = read(report(COPY + "Action: failed\nStatus: 5.2.2\n"))
    assert bounce.recipient == OUR_BOX


def test_a_status_without_meaning_does_not_condemn_an_address_for_the_letters_content():
    _, bounce = read(
        report(UNIT + "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 Mail content denied\n")
    )
    assert (bounce.permanent, bounce.no_such) == (True, False)
    _, bounce = read(report(UNIT + "Action: failed\nStatus: 5.1.8\nDiagnostic-Code: smtp; 550 bad sender\n"))
    assert (bounce.permanent, bounce.no_such) == (True, False)


@pytest.mark.parametrize(
    "words",
    [
        "您发往 clerk@town.example 的邮件投递延迟，系统将在 48 小时内继续尝试投递，您无需重发。",
        "Your message to clerk@town.example has been delayed. We will continue to try for 4 days. 451 4.4.1",
    ],
)
def test_a_notice_of_delay_in_prose_is_no_failure(words):
    kind, bounce = read(plain(words, headed(sender="postmaster@mx.example", subject="邮件投递延迟通知")))
    assert (kind, bounce.action, bounce.permanent, bounce.no_such) == ("bounce", "delayed", False, False)


def test_a_delayed_status_part_is_no_failure():
    _, bounce = read(
        report(UNIT + "Action: delayed\nStatus: 4.4.1\nWill-Retry-Until: Fri, 7 Apr 2023 09:00 +0800\n")
    )
    assert (bounce.action, bounce.permanent) == ("delayed", False)


@pytest.mark.parametrize(
    ("subject", "sender", "lines", "words"),
    [
        ("自动回复: 【退回补正】宣传周：活动总结", TOWN, ["Return-Path: <>", "Auto-Submitted: auto-replied"],
         "您好，我外出学习至4月10日，急事请到办公楼 501 室找李四。"),
        ("Automatic reply: 【催报】明天截止", TOWN, ["Return-Path: <>", "Auto-Submitted: auto-generated"],
         "本邮箱已停用，该用户不存在，请发新邮箱 new@town.example，电话 554 号。"),
        ("Re: 【退回补正】宣传周：活动总结", TOWN, ["Return-Path: <>"], "收到，马上改。"),
        ("您的邮件未送达本人", TOWN, ["Return-Path: <>"], "我在外培训，周五回来再看，急事到 501 室。"),
        ("自动回复：我已调离", "postmaster@town.example", ["Auto-Submitted: auto-replied"],
         "此地址不存在了，请联系 lisi@town.example。"),
    ],
)  # fmt: skip
def test_an_absent_clerks_answer_is_no_bounce(subject, sender, lines, words):
    head = headed(*lines, "In-Reply-To: <ours@nanchuan.example>", sender=sender, subject=subject)
    kind, bounce = read(plain(words, head))
    assert kind in {"auto_reply", "reply"}
    assert bounce is None


def test_a_report_sent_from_a_postmasters_box_is_no_bounce():
    head = headed(sender="postmaster@town.example", subject="东坪镇报送活动总结")
    found = mail(text("见附件 4.12.3 节，原用户不存在的已删去"), attached(b"; filename=a.docx"), head=head)
    assert read(found) == ("submission", None)


def test_a_bounce_that_a_clerk_passes_on_is_none_of_ours_and_the_report_within_is_taken():
    """贵局邮箱退回了我镇的报件: the bounce is of their letter to us, with the report in it."""
    sent = mail(text("见附件"), attached(b"; filename=report.docx", b"PK the report")).replace(
        b"BOUND", b"THEIRS"
    )
    status = (
        b"Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; bureau@nanchuan.example\r\nAction: failed\r\n"
    )
    bounce = mail(
        text("mailbox full"),
        part(b"Content-Type: message/delivery-status", status),
        part(b"Content-Type: message/rfc822", sent),
        head=headed(sender="mailer-daemon@town.example", subject="Undelivered Mail Returned to Sender"),
        kind=b"report",
    )
    inside = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=back.eml"
    outer = bounce.replace(b"BOUND", b"INNER")
    head = headed(sender=TOWN, subject="转发: Undelivered Mail Returned to Sender")
    found = parse_mail(
        mail(text("我镇已报，被退回，见附件"), part(inside, outer), head=head), own_addresses=OURS
    )
    assert (found.kind, found.bounced) == ("submission", None)
    assert [f.data for f in found.unpacked if f.filename == "report.docx"] == [b"PK the report"]
