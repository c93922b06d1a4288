"""Mails from a grammar: every rule of MIME used, bent or broken at random, with real files in them."""
# ruff: noqa: E501  a list of words is read as a list

import base64
import quopri
import random
from collections.abc import Sequence

CHARSETS = (
    "utf-8", "gb18030", "gb2312", "GBK", "us-ascii", "big5", "utf-7", "utf-16", "x-unknown", "", "utf-8\0", "hz",
)  # fmt: skip
KINDS = (
    "text/plain", "text/html", "application/octet-stream", "message/rfc822", "message/delivery-status",
    "message/disposition-notification", "multipart/mixed", "multipart/alternative", "multipart/related",
    "multipart/report", "application/ms-tnef", "image/png", "text/rfc822-headers", "application/zip",
    "message/partial", "message/external-body", "text/calendar", "multipart/", "/", "a" * 300,
)  # fmt: skip
ENCODINGS = ("base64", "quoted-printable", "7bit", "8bit", "binary", "x-uuencode", "BASE64 ", "nonsense", "")
DISPOSITIONS = ("attachment", "inline", "ATTACHMENT", "form-data", "", ";;;")
NAMES = (
    "东山镇统计表.xlsx", "../../etc/cron.d/x", "con.txt", "a\0b.doc", "=?gb2312?B?zbO8xg==?=", "表\u202excod.exe",
    "C:\\windows\\a.xls", "a" * 500 + ".xlsx", "", "名册.zip", "smime.p7m", "winmail.dat", "附件.eml", "\ud800.txt",
    "总结.docx", "?.pdf", "统计表.csv", "./..//x.xlsx", "x.tar.gz", "表.7z", "表.rar",
)  # fmt: skip
SUBJECTS = (
    "东山镇报送统计表", "=?utf-8?B?5LiL6L295aSx6LSl?=", "=?utf-8?Q?=E4=B8?= =?utf-8?Q?=80?=", "Re: " * 200,
    "=?utf-8?B?" + "A" * 3000, "=?x?y?z?=", "\r\n Bcc: x@y.example", "自动回复：", "退信 Undelivered Mail", "",
)  # fmt: skip
SENDERS = (
    "clerk@east.example", "=?utf-8?B?5LiA?= <a@b.example>", "<>", "MAILER-DAEMON@x.example", "a@b.example, c@d.example",
    "@", '"a\\"@b" <x', "x" * 5000 + "@y.example", "a b c <a@b.example> <d@e.example>", "",
)  # fmt: skip
WORDS = "东山镇于2023年5月开展防汛演练三场，参演人数120人。\n统计：演练场次 3 场；参演人数 1２0 人。\n" * 3


def mail(dice: random.Random, files: Sequence[bytes]) -> bytes:
    """One mail; most keep to the rules in most places, so that the deep ones are reached."""
    return _headers(dice) + _part(dice, files, depth=0)


def _headers(dice: random.Random) -> bytes:
    names = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Received",
        "Auto-Submitted",
        "In-Reply-To",
        "Bcc",
    ]
    values = {
        "From": SENDERS, "To": SENDERS, "Subject": SUBJECTS, "In-Reply-To": ("<a@b>", "", "<" * 2000),
        "Date": ("Wed, 31 May 2023 10:00:00 +0800", "31/5/23", "9" * 400, "Wed, 99 Foo 2023 99:99:99 +9999", ""),
        "Message-ID": ("<1@x.example>", "", "<>", "<" + "a" * 3000 + ">"), "Bcc": SENDERS,
        "Received": ("from x by y; Wed, 31 May 2023 10:00:00 +0800", ";" * 500, ""),
        "Auto-Submitted": ("no", "auto-replied", "\0"),
    }  # fmt: skip
    lines = [b"MIME-Version: 1.0"]
    for name in dice.sample(names, dice.randint(2, len(names))):
        value = dice.choice(values[name])
        lines.append(f"{name}: {value}".encode(dice.choice(("utf-8", "gb18030")), "replace"))
    if dice.random() < 0.05:
        lines += [b"X-Many: " + b"y" * dice.randint(1, 2000)] * dice.randint(1, 300)
    return dice.choice((b"\r\n", b"\r\n", b"\r\n", b"\n")).join(lines) + b"\r\n"


def _part(dice: random.Random, files: Sequence[bytes], depth: int) -> bytes:
    many = dice.random() < (0.8 if depth == 0 else 0.25) and depth < 14
    return _several(dice, files, depth) if many else _single(dice, files, depth)


def _several(dice: random.Random, files: Sequence[bytes], depth: int) -> bytes:
    boundary = dice.choice(("BOUND", "b" * 200, "=_x", "--", "", "B;x", f"L{depth}"))
    kind = dice.choice(("mixed", "alternative", "related", "report", "signed", "digest"))
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    body = b"".join(
        f"--{boundary}\r\n".encode() + _part(dice, files, depth + 1) + b"\r\n"
        for _ in range(dice.choice((0, 1, 2, 2, 3, 3, 8) if depth else (1, 2, 3)))
    )
    end = f"--{boundary}--\r\n".encode() if dice.random() < 0.85 else b""
    return head + body + end


def _single(dice: random.Random, files: Sequence[bytes], depth: int) -> bytes:
    kind, charset = dice.choice(KINDS), dice.choice(CHARSETS)
    encoding, name = dice.choice(ENCODINGS), dice.choice(NAMES)
    if dice.random() < 0.6:
        data, kind, encoding = dice.choice(files), "application/octet-stream", "base64"
    elif dice.random() < 0.3 and depth < 12:
        data, kind = mail(dice, files), "message/rfc822"
    else:
        data = WORDS.encode(dice.choice(("utf-8", "gb18030", "utf-16")), "replace")
    disposition = dice.choice(DISPOSITIONS)
    head = f"Content-Type: {kind}; charset={charset}; name*={charset}''{name}; name={name}\r\n"
    head += f'Content-Disposition: {disposition}; filename="{name}"\r\n' if dice.random() < 0.8 else ""
    head += f"Content-Transfer-Encoding: {encoding}\r\n"
    return head.encode("utf-8", "replace") + b"\r\n" + _encoded(data, encoding, dice)


def _encoded(data: bytes, encoding: str, dice: random.Random) -> bytes:
    if encoding.strip().lower() == "base64":
        done = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        done = quopri.encodestring(data[:20_000])
    elif encoding == "x-uuencode":
        done = b"begin 644 a.xlsx\r\n" + base64.b64encode(data[:600]) + b"\r\nend\r\n"
    else:
        done = data[:50_000]
    if dice.random() < 0.1:
        done = done[: dice.randrange(len(done) + 1)]
    return done
