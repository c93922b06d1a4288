"""Quirks of what hangs on a mail, and of what is inside that."""

import binascii
import gzip
import io
import struct
import tarfile
from base64 import encodebytes

from tests.mail.quirks.kit import (
    CLERK,
    OTHER,
    TOWN,
    file,
    head,
    mixed,
    page,
    part,
    plain,
    quirk,
    story,
    word,
    words,
)
from tests.mail.seven_zips import SEVEN_ZIPS
from tests.mail.test_parse import tnef_attribute, utf8_zip, windows_zip

NAME = "东山镇防汛演练总结.txt"
A = {"outcome": "submission", "units": (TOWN,)}
PHOTO = b"\xff\xd8\xff\xe0" + b"p" * 30_000
LOGO = b"\x89PNG\r\n\x1a\n" + b"0" * 300


def forwarded(inner: bytes) -> bytes:
    return part("message/rfc822", inner)


def winmail(*files: tuple[str, bytes]) -> bytes:
    data = b"\x78\x9f\x3e\x22\x01\x00" + tnef_attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    for name, content in files:
        data += tnef_attribute(2, 0x00069002, b"\0" * 14)
        data += tnef_attribute(2, 0x00018010, name.encode("cp936") + b"\0")
        data += tnef_attribute(2, 0x0006800F, content)
    return data


@quirk("苹果的 multipart/appledouble：资源叉不是文件", "submission", files=(NAME,), **A)
def appledouble():
    fork = part("application/applefile", encodebytes(b"\0\5\x16\7" * 9), "Content-Transfer-Encoding: base64")
    both = mixed(fork, file(NAME), top=b"", kind="appledouble", mark="AD")
    return mixed(words("请查收"), both)


@quirk("winmail.dat 里有两个文件", "submission", inside=(NAME, "照片.jpg"), **A)
def tnef():
    return mixed(file("winmail.dat", winmail((NAME, story()), ("照片.jpg", PHOTO)), "application/ms-tnef"))


@quirk("winmail.dat 里又有一个压缩包", "submission", inside=("总结.zip", NAME), **A)
def tnef_with_zip():
    return mixed(
        file("winmail.dat", winmail(("总结.zip", windows_zip(NAME, story()))), "application/ms-tnef")
    )


@quirk("winmail.dat 断了", "incomplete", "needs_person", outcome="queued", said="损坏")
def tnef_cut():
    return mixed(file("winmail.dat", winmail((NAME, story()))[:-60], "application/ms-tnef"))


@quirk("三封转发套在一起，文件在最里面", "submission", inside=(NAME,), **A)
def forwarded_thrice():
    inner = mixed(words("见附件"), file(NAME), mark="in")
    for level in range(2):
        inner = mixed(words("转"), forwarded(inner), mark=f"l{level}")
    return mixed(words("转发"), forwarded(inner)).replace(b"\r\n", b"\r\n")


@quirk(
    "县（街道）办转发下级的信：按材料认单位",
    "submission",
    outcome="queued",
    inside=(NAME.replace(TOWN, OTHER),),
)
def forwarded_for_another():
    inner = mixed(words("见附件"), file(NAME.replace(TOWN, OTHER), story(OTHER)), mark="in")
    return mixed(words("转报西山镇材料"), forwarded(inner), top=head("转发：西山镇总结"))


@quirk("multipart/digest 里的信默认是邮件", "submission", inside=(NAME,), **A)
def digest():
    return mixed(b"\r\n" + mixed(file(NAME), mark="in"), kind="digest")


@quirk("message/partial：一封信拆成两半", "incomplete", outcome="queued", said="其中一段")
def partial():
    return head() + part('message/partial; id="x@y"; number=1; total=2', mixed(file(NAME), mark="in")[:400])


@quirk("message/external-body：文件在别处", "large_attachment_link", outcome="queued")
def external():
    return mixed(part('message/external-body; access-type=URL; URL="http://x.example/a"', b"Content-ID: <a>"))


@quirk("已签名的信（smime.p7s）", "submission", files=(NAME, "smime.p7s"), **A)
def signed():
    inner = mixed(words("请查收"), file(NAME), top=b"", mark="in")
    return mixed(inner, file("smime.p7s", b"0\x82", "application/pkcs7-signature"), kind="signed")


@quirk(
    "7z 压缩包",
    "submission",
    inside=("材料/空.txt", "材料/德隆镇活动总结.txt", "材料/统计表.csv"),
    outcome="submission",
)
def seven_zip():
    return mixed(file("a.7z", SEVEN_ZIPS["plain"]))


@quirk("tar.gz 压缩包，名字是 GBK", "submission", inside=(NAME,), **A)
def tar_gz():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", encoding="gbk") as made:
        info = tarfile.TarInfo(NAME)
        info.size = len(story())
        made.addfile(info, io.BytesIO(story()))
    return mixed(file("总结.tar.gz", gzip.compress(out.getvalue())))


@quirk("zip 里的名字是 GBK，又有 Mac 的杂物", "submission", inside=(NAME,), **A)
def zip_gbk():
    return mixed(file("a.zip", windows_zip(NAME, story())))


@quirk("压缩包带密码，另有一份明的", "submission", outcome="submission", said="密码")
def one_locked():
    return mixed(file("锁.7z", SEVEN_ZIPS["crypt"]), file(NAME))


@quirk("rar：告知改报", "incomplete", outcome="submission", said="RAR")
def rar():
    return mixed(file("东山镇总结.rar", b"Rar!\x1a\x07\x01\x00" + b"r" * 60))


@quirk("空的压缩包", "incomplete", outcome=None, said="空的")
def empty_zip():
    return mixed(file("东山镇总结.zip", utf8_zip()))


@quirk("uuencode 写在正文里", "submission", files=(NAME,), **A)
def uu():
    data = story()
    lines = b"".join(binascii.b2a_uu(data[n : n + 45]) for n in range(0, len(data), 45))
    text = "见下\r\n".encode() + b"begin 644 " + NAME.encode("gbk") + b"\r\n" + lines.replace(b"\n", b"\r\n")
    return head() + part("text/plain; charset=gbk", text + b"`\r\nend\r\n")


@quirk("签名图与材料分开", "submission", files=(NAME,), inline=("logo.png",), **A)
def logo():
    shown = part('image/png; name="logo.png"', LOGO, "Content-ID: <l@x>", "Content-Disposition: inline")
    inner = mixed(page('<p>请查收</p><img src="cid:l@x">'), shown, top=b"", kind="related", mark="rel")
    return mixed(inner, file(NAME))


@quirk("手机发来的照片写在正文当中", "submission", files=("1.jpg", NAME), **A)
def photo_between():
    shot = part(
        'image/jpeg; name="1.jpg"',
        encodebytes(PHOTO),
        "Content-Disposition: inline",
        "Content-Transfer-Encoding: base64",
    )
    return mixed(words("现场"), shot, words("总结如下"), file(NAME))


@quirk("只有照片", "submission", outcome="queued", files=("1.jpg",))
def photo_only():
    return mixed(words("请查收"), file("1.jpg", PHOTO, "image/jpeg"))


@quirk("日程邀请和名片不是材料", "needs_person", "incomplete", outcome="queued")
def card_only():
    return mixed(words("您好"), file("张三.vcf", b"BEGIN:VCARD"), top=head("名片"))


@quirk("附件标成 text/plain 而且内联", "submission", files=(NAME,), **A)
def inline_text_file():
    return mixed(
        words("请查收"),
        part(b"text/plain; charset=utf-8; name=" + word(NAME), story(), "Content-Disposition: inline"),
    )


@quirk("正文标 format=flowed，附件在后", "submission", files=(NAME,), **A)
def flowed():
    return mixed(
        part("text/plain; charset=utf-8; format=flowed; delsp=yes", "请 \r\n查收".encode()), file(NAME)
    )


@quirk("两封一样的信：同一个文件只算一次", "submission", files=(NAME, "副本.txt"), **A)
def twice():
    return mixed(file(NAME), file("副本.txt"))


@quirk("更正：以此为准", "submission", subject="更正：防汛演练总结（以此为准）", **A)
def correction():
    return mixed(
        words("前一份作废，以此为准"),
        file(NAME, story(more="（更正）")),
        top=head("更正：防汛演练总结（以此为准）"),
    )


@quirk("base64 断在半路", "incomplete", outcome="submission", said="不完整", sender=CLERK)
def base64_cut():
    raw = mixed(file(NAME))
    return raw[: raw.rindex(b"\n\r\n--") - 10] + raw[raw.rindex(b"\n\r\n--") :]


@quirk("信在附件中间断了", "incomplete", outcome=None, said="截断")
def mail_cut():
    return mixed(words("请查收"), file(NAME))[:-120]


@quirk("HTML 正文里有一张数字表", "body_only", outcome="queued", units=(TOWN,))
def table():
    return head() + page(
        "<table><tr><td>演练场次（场）</td><td>参演人数（人）</td></tr><tr><td>3</td><td>120</td></tr></table><p>活动情况如上，服务群众</p>"
    )


@quirk("数字写在正文里", "body_only", outcome="queued", units=(TOWN,))
def body():
    return plain("我镇开展防汛演练3场次，参演120人次，走访42户。")
