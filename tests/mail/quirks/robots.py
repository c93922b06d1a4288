"""Robots, bounces and receipts as Chinese providers write them, and people who look like robots."""

from tests.mail.quirks.kit import OFFICE, TOWN, file, head, mixed, page, part, plain, quirk, story, words

NAME = "东山镇防汛演练总结.txt"
OURS = (
    b"From: <" + OFFICE.encode() + b">\r\nTo: <gone@units.example>\r\nMessage-ID: <ours@district.example>\r\n"
    b"Subject: x\r\n"
)
GONE = {"outcome": "ignored"}


def status(action: str, code: str, address: str = "gone@units.example") -> bytes:
    text = (
        f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\n"
        f"Action: {action}\r\nStatus: {code}\r\n"
    )
    return part("message/delivery-status", text.encode())


def report(words_: str, *parts: bytes, sender: str, subject: str) -> bytes:
    top = head(subject, sender, "Return-Path: <>")
    return mixed(words(words_), *parts, top=top, kind="report; report-type=delivery-status")


@quirk("退信：腾讯企业邮，中文，带 delivery-status", "bounce", sender="postmaster@exmail.example", **GONE)
def exmail():
    return report(
        "抱歉，您的邮件被退回来了……\r\n收件人邮件地址不存在", status("failed", "5.1.1"),
        part("message/rfc822", OURS + b"\r\nx"), sender="postmaster@exmail.example", subject="系统退信",
    )  # fmt: skip


@quirk("退信：21cn，英文，只有文字", "bounce", sender="mailer-daemon@21cn.example", **GONE)
def old_bounce():
    text = (
        "Hi. This is the mail system at 21cn.\n<gone@units.example>:\n550 5.1.1 User unknown\n\n"
        + OURS.decode()
    )
    return plain(text, head(b"failure notice", "MAILER-DAEMON@21cn.example", "Return-Path: <>"))


@quirk("退信：263 企业邮，HTML", "bounce", sender="postmaster@263.example", **GONE)
def html_bounce():
    source = "<p>您发往 gone@units.example 的邮件投递失败</p><p>原因：550 mailbox not found，用户不存在</p>"
    return head("退信通知", "Postmaster@263.example", "Return-Path: <>") + page(source)


@quirk("退信：Exchange 中文 NDR", "bounce", sender="postmaster@exchange.example", **GONE)
def exchange_chinese():
    return report(
        "未能向这些收件人或组传递邮件:\r\ngone@units.example\r\n找不到您输入的电子邮件地址。",
        status("failed", "5.1.10"),
        part("text/rfc822-headers", OURS), sender="postmaster@exchange.example",
        subject="未传递: 关于报送的通知",
    )  # fmt: skip


@quirk("退信：Coremail 说明延迟，不是失败", "bounce", sender="mailer-daemon@coremail.example", **GONE)
def delayed():
    return report(
        "您的邮件暂未送达，系统将继续尝试投递", status("delayed", "4.4.1"),
        sender="MAILER-DAEMON@coremail.example", subject="邮件投递延迟通知",
    )  # fmt: skip


@quirk("送达回执：网易企业邮", "read_receipt", sender="postmaster@qiye.example", **GONE)
def delivered():
    return report(
        "已送达", status("delivered", "2.0.0"), sender="postmaster@qiye.example", subject="送达回执"
    )


@quirk("已读回执：Coremail 中文", "read_receipt", **GONE)
def read():
    note = part(
        "message/disposition-notification", b"Disposition: manual-action/MDN-sent-manually; displayed\r\n"
    )
    return mixed(words("您的邮件已被阅读"), note, kind="report; report-type=disposition-notification")


@quirk("已读回执：只有主题", "read_receipt", **GONE)
def read_subject():
    return plain("邮件“通知”已于 2023-05-31 08:30 被阅读。", head("已读：关于开展防汛演练的通知"))


@quirk("自动回复：QQ 邮箱，人在休假", "auto_reply", **GONE)
def vacation():
    return plain(
        "您好，我在休假，6月5日回来处理。", head("自动回复：关于报送的通知", "", "X-QQ-AutoReply: 1")
    )


@quirk("自动回复：绑定微信的邮箱", "auto_reply", **GONE)
def wechat():
    return plain(
        "这是一封自动回复邮件。您的来信我已通过微信收到，会尽快处理。",
        head("Re: 关于报送的通知", "", "Auto-Submitted: auto-replied"),
    )


@quirk("自动回复里带着报告：交给人", "auto_reply", outcome="queued", units=(TOWN,))
def vacation_with_report():
    return mixed(words("外出"), file(NAME), top=head("自动回复", "", "Auto-Submitted: auto-replied"))


@quirk("本机关自己的信回来了", "own_mail", sender=OFFICE, **GONE)
def own():
    letter = head("报送通知", f"<{OFFICE}>", "X-Baosong-Letter: start")
    return mixed(words("见附件"), file(NAME), top=letter)


@quirk(
    "经办人把别处收到的材料转存到本机关邮箱：交给人",
    "own_mail",
    outcome="queued",
    sender=OFFICE,
    units=(TOWN,),
)
def put_by():
    return mixed(words("微信收到，转存"), file(NAME), top=head("转存", f"<{OFFICE}>"))


@quirk("办公系统自动发来的报告：是报件", "submission", outcome="submission", units=(TOWN,))
def sent_by_system():
    return mixed(
        file(NAME), top=head("防汛演练总结", "", "Auto-Submitted: auto-generated", "Precedence: bulk")
    )


@quirk("真人说起退信，带着报告：是报件", "submission", outcome="submission", units=(TOWN,))
def about_a_bounce():
    return mixed(words("上次发的被退信了，重发一次"), file(NAME), top=head("退信了，重发：防汛演练总结"))


@quirk("真人问退信的事", "needs_person", outcome="queued")
def asks_about_a_bounce():
    return plain("我们昨天发的邮件被退回了，请问你们收到没有？", head("关于退信"))


@quirk("订阅的简报：机器发的", "auto_reply", sender="no-reply@news.example", **GONE)
def newsletter():
    return plain(
        "本周要闻", head("简报", "no-reply@news.example", "Precedence: bulk", "List-Id: <news.example>")
    )


@quirk("回复：收到", "reply", **GONE)
def acknowledged():
    return plain("收到，谢谢\r\n\r\n> 请于6月2日前报送", head("回复：关于报送的通知"))


@quirk("回复里带着自己的数", "body_only", outcome="queued", units=(TOWN,))
def figures_above():
    quoted = "\r\n\r\n----- 原始邮件 -----\r\n发件人：局\r\n请报送，不少于2场"
    return plain("我镇演练3场次，参演120人次。" + quoted, head("回复：催报"))


@quirk("回复里带着文件", "submission", outcome="submission", units=(TOWN,))
def answer_with_file():
    return mixed(
        words("已按要求补报"),
        file(NAME, story(more="补")),
        top=head("回复：退回补正", "", "In-Reply-To: <a@b>"),
    )
