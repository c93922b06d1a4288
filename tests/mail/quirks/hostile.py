"""Quirks meant to do harm, or that only a person may settle."""

import io
import struct
import zipfile

from tests.mail.quirks.kit import CLERK, TOWN, file, head, mixed, page, part, plain, quirk, story, word, words
from tests.mail.test_parse import utf8_zip, windows_zip

NAME = "东山镇防汛演练总结.txt"
P = {"outcome": "queued"}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("总结.txt", b"\0" * 60_000_000)
    return out.getvalue()


@quirk("程序装成文档", "suspicious", **P)
def program():
    return mixed(words("请查收"), file("总结.docx", b"MZ\x90\0" + b"x" * 99))


@quirk("压缩包里的程序", "suspicious", **P)
def packed_program():
    return mixed(file("总结.zip", utf8_zip((NAME, story()), ("说明.scr", b"MZ"))))


@quirk("压缩炸弹", "needs_person", said="过大", **P)
def zip_bomb():
    return mixed(file("总结.zip", bomb()))


@quirk("压缩包里的名字指向目录之外", "needs_person", said="目录之外", **P)
def zip_slip():
    return mixed(file("总结.zip", windows_zip("..\\..\\总结.txt", story())))


@quirk("压缩包套了十二层", "needs_person", said="层数", **P)
def nested():
    data = utf8_zip((NAME, story()))
    for _ in range(12):
        data = utf8_zip(("n.zip", data))
    return mixed(file("总结.zip", data))


@quirk("邮件套了四十层", "needs_person", **P)
def deep():
    inner = words("x")
    for level in range(40):
        mark = f"B{level}"
        inner = part(f"multipart/mixed; boundary={mark}", f"--{mark}\r\n".encode() + inner)
    return head() + inner


@quirk("两百多个附件", "needs_person", **P)
def many():
    return mixed(*[file("a.txt", b"x")] * 230)


@quirk("钓鱼：邮箱将停用", "suspicious", sender="it@evil.example", **P)
def phishing():
    return plain(
        "您的邮箱账号将于今日停用，请点击 http://evil.example/login 重新验证",
        head("系统通知", "it@evil.example"),
    )


@quirk("钓鱼：正文里的密码框", "suspicious", sender="it@evil.example", **P)
def password_form():
    return head("升级", "it@evil.example") + page(
        "<form action=http://evil.example><input type='password'></form>"
    )


@quirk("钓鱼：网页附件", "suspicious", **P)
def html_file():
    source = b"<html><form action='http://evil.example'><input type=password></form></html>"
    return mixed(words("发票"), file("发票.html", source, "text/html"), top=head("发票"))


@quirk("发件人写了两个地址", "suspicious", sender="x@evil.example", **P)
def two_addresses():
    return mixed(file(NAME), top=head("总结", f'"{CLERK}" <x@evil.example>'))


@quirk("陌生人自称本局", "suspicious", sender="x@evil.example", **P)
def impostor():
    return mixed(file(NAME), top=head("总结", word("某区应急管理局") + b" <x@evil.example>"))


@quirk("不在名册的地址，材料写明单位", "submission", sender="private@qq.example", units=(TOWN,), **P)
def private():
    return mixed(file(NAME), top=head("东山镇总结", "private@qq.example"))


@quirk("没有发件人", "needs_person", sender="", **P)
def nobody():
    raw = mixed(file(NAME), top=head())
    return raw[raw.index(b"To: ") :]


@quirk("网盘链接", "large_attachment_link", units=(TOWN,), **P)
def net_disk():
    return plain("材料在百度网盘 https://pan.baidu.com/s/1x 提取码 ab12", head("东山镇总结"))


@quirk("超大附件只是链接", "large_attachment_link", **P)
def large():
    return head("总结") + page(
        '<p>请查收</p><div id="QQMailBigAttach"><a class="qqmailbgattach">总结.zip</a></div>'
    )


@quirk("撤回先前的信", "needs_person", said="不会因此作废", **P)
def recall():
    return plain("发件人希望撤回邮件“防汛演练总结”。", head("撤回: 防汛演练总结"))


@quirk("请示延期", "needs_person", **P)
def extension():
    return plain("因汛情紧急，申请延期到6月8日报送，妥否，请批示。", head("关于延期报送的请示"))


@quirk("忘了放附件", "incomplete", **P)
def forgotten():
    return plain("现将我镇总结报上，请见附件。", head("东山镇防汛演练总结"))


@quirk("附件是 0 字节：退回", "incomplete", outcome="submission")
def zero():
    return mixed(words("请查收"), file(NAME, b""))


@quirk("什么也没有", "empty", **P)
def nothing():
    return plain("", head("总结"))


@quirk("分界线没有出现过", "needs_person", "body_only", "incomplete", said="损坏", **P)
def no_boundary():
    return head() + b'Content-Type: multipart/mixed; boundary="gone"\r\n\r\n' + story()


@quirk("整封信是一堆乱字节", "needs_person", "empty", "body_only", sender="", outcome=None)
def noise():
    return bytes(range(128, 256)) * 8


@quirk("名不副实的头：声称 base64 其实不是", "incomplete", "needs_person", "submission", outcome=None)
def not_base64():
    return mixed(part("application/octet-stream; name=a.txt", story(), "Content-Transfer-Encoding: base64"))


@quirk("TNEF 声称有 4 GB", "incomplete", "needs_person", **P)
def tnef_lie():
    data = b"\x78\x9f\x3e\x22\x01\x00" + struct.pack("<BII", 2, 0x0006800F, 0x7FFFFFFF)
    return mixed(file("winmail.dat", data, "application/ms-tnef"))


@quirk("文件之外还有网盘链接：收下文件，告知链接", "submission", outcome="submission", units=(TOWN,))
def file_and_link():
    return mixed(words("总结见附件，照片在百度网盘 https://pan.baidu.com/s/1x 提取码 ab12"), file(NAME))
