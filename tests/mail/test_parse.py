import io
import random
import struct
import tracemalloc
import zipfile
from base64 import encodebytes
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from tasks.mail.parse import parse_mail
from tests.mail.letters import HEAD, attached, html, mail, part, plain, text

NAME = "东城街道活动总结.docx"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 300


def windows_zip(name: str, data: bytes) -> bytes:
    """One stored member whose name is raw GBK octets, written by hand."""
    raw, crc = name.encode("gbk"), zipfile.crc32(data)
    common = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21, crc, len(data), len(data), len(raw), 0)
    local = b"PK\x03\x04" + common + raw + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + raw
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def utf8_zip(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def names(files):
    return [f.filename for f in files]


def test_a_submission_gives_its_file_and_text():
    found = parse_mail(
        mail(text("现报送活动总结，请查收附件。"), attached(b'; filename="a.docx"', b"content"))
    )
    assert found.kind == "submission"
    assert found.sender == "clerk@dongcheng.example"
    assert [(f.filename, f.data, f.size) for f in found.attachments] == [("a.docx", b"content", 7)]
    assert found.text == "现报送活动总结，请查收附件。"
    assert found.flags == ()


def test_a_body_under_a_wrong_label_is_read():
    raw = (
        HEAD
        + b"Content-Type: text/plain; charset=gb2312\r\n\r\n"
        + "共开展活动十二场，参加群众三百人次".encode()
    )
    assert parse_mail(raw).text == "共开展活动十二场，参加群众三百人次"
    raw = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "共开展活动十二场".encode("gbk")
    assert parse_mail(raw).text == "共开展活动十二场"


def test_html_is_read_where_there_is_no_plain_text():
    shown = "<p>共开展活动&nbsp;12&nbsp;场</p>"
    table = "<table><tr><td>走访</td><td>30户</td></tr></table>"
    source = f"<style>p{{color:red}}</style>{shown}<script>x()</script>{table}"
    assert parse_mail(mail(html(source))).text == "共开展活动 12 场\n\n走访\t30户"


def test_a_signature_picture_the_text_shows_is_kept_apart():
    logo = part(
        b'Content-Type: image/png; name="logo.png"\r\nContent-ID: <logo1@x>',
        PICTURE,
    )
    raw = mail(
        html('<p>请查收</p><img src="cid:logo1@x">'), logo, attached(b'; filename="a.docx"'), kind=b"related"
    )
    found = parse_mail(raw)
    assert (names(found.attachments), names(found.inline_images)) == (["a.docx"], ["logo.png"])


def test_a_small_inline_picture_is_a_signature_and_a_photo_is_not():
    def picture(size: int, how: bytes) -> bytes:
        return part(
            b"Content-Type: image/jpeg; name=p.jpg\r\nContent-Disposition: " + how, b"\xff\xd8" + b"x" * size
        )

    assert names(parse_mail(mail(picture(900, b"inline"))).inline_images) == ["p.jpg"]
    assert names(parse_mail(mail(picture(300_000, b"inline"))).attachments) == ["p.jpg"]
    assert names(parse_mail(mail(picture(900, b"attachment"))).attachments) == ["p.jpg"]


def test_pictures_sent_between_the_lines_are_files_in_their_place():
    def telephone(name: bytes, size: int, more: bytes = b"") -> bytes:
        how = b"Content-Type: image/jpeg; name=" + name + b"\r\nContent-Disposition: inline" + more
        return part(how, b"\xff\xd8\xff" + b"x" * size)

    raw = mail(
        text("现场照片如下"), telephone(b"1.jpg", 30_000), attached(b'; filename="a.docx"'),
        telephone(b"2.jpg", 30_000, b"\r\nContent-Id: <AB-12>"), telephone(b"icon.jpg", 900),
    )  # fmt: skip
    found = parse_mail(raw)
    assert names(found.attachments) == ["1.jpg", "a.docx", "2.jpg"]
    assert names(found.inline_images) == ["icon.jpg"]
    page = html('<p>总结</p><img src="2.jpg">')
    shown = telephone(b"2.jpg", 30_000, b"\r\nContent-Location: 2.jpg")
    assert names(parse_mail(mail(page, shown)).inline_images) == ["2.jpg"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_mail_an_editor_saved_again_is_still_one(encoding):
    raw = mail(text("见附件"), attached(b'; filename="a.docx"', b"report"))
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = parse_mail(mark + raw.decode().encode(encoding))
    assert (found.kind, found.sender) == ("submission", "clerk@dongcheng.example")
    assert found.attachments[0].data == b"report"


def test_a_forwarded_mail_is_opened():
    inner = mail(text("见附件"), attached(b'; filename="inner.docx"', b"inner")).replace(b"BOUND", b"INNER")
    forwarded = part(b"Content-Type: message/rfc822", inner)
    found = parse_mail(mail(text("转发"), forwarded))
    assert names(found.attachments) == ["report.eml"]
    assert [(f.filename, f.data) for f in found.unpacked] == [("inner.docx", b"inner")]
    assert found.kind == "submission"


def test_a_forwarded_mail_in_base64_or_as_an_eml_file_is_opened_too():
    inner = mail(attached(b'; filename="inner.docx"', b"inner"))
    for kind in (b"message/rfc822", b"application/octet-stream"):
        found = parse_mail(mail(attached(b'; filename="f.eml"', inner, kind)))
        assert names(found.unpacked) == ["inner.docx"]


def test_zip_members_are_unpacked_whatever_their_names_are_written_in():
    assert names(parse_mail(mail(attached(b"; filename=a.zip", windows_zip(NAME, b"x")))).unpacked) == [NAME]
    found = parse_mail(
        mail(attached(b"; filename=a.zip", utf8_zip((f"材料/{NAME}", b"x"), ("__MACOSX/._a", b""))))
    )
    assert names(found.unpacked) == [f"材料/{NAME}"]
    assert names(found.attachments) == ["a.zip"]


def test_a_zip_in_a_zip_is_unpacked():
    inner = utf8_zip((NAME, b"deep"))
    found = parse_mail(mail(attached(b"; filename=a.zip", utf8_zip(("inner.zip", inner)))))
    assert names(found.unpacked) == ["inner.zip", NAME]


def test_office_files_are_no_archives():
    document = utf8_zip(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b""))
    assert parse_mail(mail(attached(b"; filename=a.docx", document))).unpacked == ()


def test_a_zip_with_a_password_is_told():
    raw = bytearray(windows_zip(NAME, b"secret"))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    found = parse_mail(mail(attached(b"; filename=a.zip", bytes(raw))))
    assert found.flags == ("ENCRYPTED",)
    assert "密码" in "".join(found.reasons)


@pytest.mark.parametrize(
    "name", ["../../etc/x.docx", "/etc/x.docx", "..\\x.docx", "C:\\x.docx", "a/../../x.docx"]
)
def test_a_name_that_leads_outside_is_hostile(name):
    found = parse_mail(mail(attached(b"; filename=a.zip", windows_zip(name, b"x"))))
    assert found.flags == ("HOSTILE",)
    assert found.unpacked == ()


def test_a_bomb_is_hostile_and_costs_little():
    bomb = utf8_zip(("big.txt", b"\0" * 60_000_000))
    raw = mail(attached(b"; filename=a.zip", bomb))
    tracemalloc.start()
    found = parse_mail(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.flags == ("HOSTILE",)
    assert peak < 20_000_000


def test_zips_nested_without_end_are_hostile():
    data = utf8_zip(("x.txt", b"x"))
    for _ in range(12):
        data = utf8_zip(("n.zip", data))
    assert "HOSTILE" in parse_mail(mail(attached(b"; filename=a.zip", data))).flags


def test_a_damaged_zip_is_told():
    found = parse_mail(mail(attached(b"; filename=a.zip", utf8_zip((NAME, b"x" * 999))[:-30])))
    assert found.flags == ("DAMAGED",)


@pytest.mark.parametrize("magic", [b"Rar!\x1a\x07\x01\x00", b"MSCF\0\0\0\0"])
def test_archives_that_are_not_read_are_told(magic):
    found = parse_mail(mail(attached(b"; filename=a.rar", magic + b"0" * 50)))
    assert found.flags == ("WRONG_FORMAT",)
    assert "ZIP" in "".join(found.reasons)


def tnef_attribute(level: int, identity: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, identity, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def test_winmail_dat_is_opened_with_names_in_its_code_page():
    long_name = "东城街道清明活动统计表.xlsx".encode("utf-16-le") + b"\0\0"
    padded = long_name + b"\0" * (-len(long_name) % 4)
    properties = (
        struct.pack("<IIIII", 2, 0x37050003, 1, 0x3707001F, 1) + struct.pack("<I", len(long_name)) + padded
    )
    data = b"\x78\x9f\x3e\x22\x01\x00"
    data += tnef_attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    data += tnef_attribute(2, 0x00069002, b"\0" * 14)
    data += tnef_attribute(2, 0x00018010, "总结.docx".encode("cp936") + b"\0")
    data += tnef_attribute(2, 0x0006800F, b"first")
    data += tnef_attribute(2, 0x00069002, b"\0" * 14)
    data += tnef_attribute(2, 0x0006800F, b"second")
    data += tnef_attribute(2, 0x00069005, properties)
    found = parse_mail(mail(attached(b"; filename=winmail.dat", data, b"application/ms-tnef")))
    assert [(f.filename, f.data) for f in found.unpacked] == [
        ("总结.docx", b"first"),
        ("东城街道清明活动统计表.xlsx", b"second"),
    ]
    assert found.kind == "submission"
    assert parse_mail(mail(attached(b"; filename=winmail.dat", data[:-40]))).flags == ("DAMAGED",)


def test_base64_cut_short_is_damaged_and_never_the_base64_text():
    whole = mail(attached(b'; filename="a.csv"', b"unit,number\n" * 40))
    at = whole.index(b"dW5pdCxudW1iZXI") + 100
    cut_inside = whole[:at] + whole[whole.index(b"\r\n--BOUND--") :]
    found = parse_mail(cut_inside)
    assert found.flags == ("DAMAGED",)
    assert found.attachments[0].data.startswith(b"unit,number\nunit")
    assert parse_mail(whole).flags == ()


@pytest.mark.parametrize("pad", [1, 2])
def test_padding_left_away_is_no_damage_where_the_content_shows_its_own_end(pad):
    data = b"%PDF-1.4\n" + b"0" * (300 - pad) + b"%%EOF\n"
    whole = mail(attached(b'; filename="a.pdf"', data))
    end = b"=" * pad + b"\n\r\n--BOUND--"
    assert end in whole
    bare = parse_mail(whole.replace(end, b"\r\n--BOUND--"))
    assert (bare.attachments[0].data, bare.flags) == (data, ())
    cut = whole[: whole.index(end) - 31 + pad]
    assert parse_mail(cut + b"\r\n--BOUND--\r\n").flags == ("DAMAGED",)


def test_strays_between_the_letters_of_base64_are_passed_over_and_a_lost_letter_is_not():
    data = bytes(range(256)) * 3
    whole = mail(attached(b'; filename="a.csv"', data))
    lines = encodebytes(data).split(b"\n")
    put_in = lines[1][:20] + b" !\t-" + lines[1][20:]
    found = parse_mail(whole.replace(lines[1], put_in).replace(lines[2], b"*" + lines[2]))
    assert (found.attachments[0].data, found.flags) == (data, ())
    lost = parse_mail(whole.replace(lines[1], lines[1][:20] + b"!" + lines[1][21:]))
    assert lost.flags == ("DAMAGED",)
    assert lost.attachments[0].data == data[: 57 + 15]
    footer = parse_mail(whole.replace(b"\r\n--BOUND--", b"-- \nlist footer\r\n--BOUND--"))
    assert footer.attachments[0].data == data


def test_a_mail_that_breaks_off_is_damaged():
    assert parse_mail(mail(text("见附件"), attached(b'; filename="a.docx"'), end=False)).flags == ("DAMAGED",)


def test_the_topmost_received_header_tells_when_it_came():
    head = (
        b"Received: from a by mx.nanchuan.example; Tue, 4 Apr 2023 23:59:58 +0800 (CST)\r\n"
        b"Received: from b by c;\r\n Mon, 3 Apr 2023 08:00:00 +0800\r\n"
        + HEAD
        + b"Date: Sat, 1 Apr 2023 00:00:00 +0800\r\n"
    )
    found = parse_mail(plain("x", head))
    assert found.received_at == datetime(2023, 4, 4, 15, 59, 58, tzinfo=UTC)
    assert found.sent_at == datetime(2023, 3, 31, 16, tzinfo=UTC)


def test_an_unreadable_topmost_received_is_not_replaced_by_an_earlier_hop():
    head = b"Received: by mx; some day\r\nReceived: by x; Mon, 3 Apr 2023 08:00:00 +0800\r\n" + HEAD
    assert parse_mail(plain("x", head)).received_at is None


def test_a_multipart_without_its_boundary_is_damaged_not_lost():
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=gone\r\n\r\n" + "总结正文".encode()
    found = parse_mail(raw)
    assert found.flags == ("DAMAGED",)
    assert "总结正文" in found.text


def test_uuencoded_files_are_read():
    raw = part(
        b'Content-Type: application/octet-stream; name="a.txt"\r\nContent-Transfer-Encoding: x-uuencode',
        b"begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n",
    )
    assert parse_mail(mail(raw)).attachments[0].data == b"Cat"


def test_too_many_parts_and_too_many_levels_go_to_a_person():
    assert parse_mail(mail(*[attached(b"; filename=a.txt")] * 230)).kind == "needs_person"
    nested = text("x")
    for level in range(40):
        mark = b"B%dX" % level
        nested = part(b"Content-Type: multipart/mixed; boundary=" + mark, b"--" + mark + b"\r\n" + nested)
    assert parse_mail(HEAD + nested).kind == "needs_person"


def test_a_huge_mail_is_not_opened():
    found = parse_mail(plain("x" * (50 * 1024 * 1024)))
    assert (found.kind, found.sender) == ("needs_person", "clerk@dongcheng.example")


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 200_000,
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<a" * 400_000,
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--" * 200_000,
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<a id='" * 120_000,
        HEAD + b"Subject: " + b"=?a?b?" * 80_000 + b"\r\n\r\n",
        b"From: " + b'"\\' * 200_000 + b"\r\n\r\n",
        b"From: " + b'<("' * 200_000 + b"\r\n\r\n",
        HEAD + b"Content-Type: a/b" + b';a="\\' * 100_000 + b"\r\n\r\n",
        HEAD + b"Content-Type: text/plain\r\n\r\n" + b"On " * 300_000,
        HEAD.replace(b"report", b"Re: x") + b"Content-Type: text/plain\r\n\r\n" + b">" * 900_000,
        HEAD.replace(b"report", b"Re: x") + b"Content-Type: text/plain\r\n\r\n" + b"From: a\n" * 100_000,
    ],
)
def test_no_bytes_make_it_run_wild(raw):
    began = datetime.now(UTC)
    parse_mail(raw)
    assert datetime.now(UTC) - began < timedelta(seconds=5)


def ordinary_mails() -> list[bytes]:
    message = EmailMessage()
    message["From"] = "东城街道 <dc@a.example>"
    message["To"] = "bureau@nanchuan.example"
    message["Subject"] = "活动总结"
    message.set_content("请查收附件")
    message.add_attachment(b"PK" * 50, maintype="application", subtype="zip", filename="总结.zip")
    zip_mail = mail(
        text("见附件"), attached(b"; filename=a.zip", utf8_zip((NAME, b"x" * 300), ("b.eml", plain("y"))))
    )
    report = mail(
        text("failed"),
        part(b"Content-Type: message/delivery-status", b"Final-Recipient: rfc822; a@b.example"),
    )
    return [
        bytes(message),
        zip_mail,
        report,
        mail(html("<p class='qqmailbgattach'>x"), attached(b"; filename*0*=a")),
    ]


def mutated(raw: bytes, dice: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(data) + 1)
        act = dice.randrange(5)
        if act == 0:
            data[at : at + dice.randint(1, 40)] = b""
        elif act == 1:
            data[at:at] = dice.randbytes(dice.randint(1, 20))
        elif act == 2 and at < len(data):
            data[at] ^= 1 << dice.randrange(8)
        elif act == 3:
            other = dice.randrange(len(data) + 1)
            data[at:at] = data[other : other + 60]
        else:
            data[at:at] = dice.choice(
                [b"\r\n", b"\r\n\r\n", b"=?gb2312?B?", b"--BOUND\r\n", b'";', b"\0", b"\xff\xfe", b"*0*="]
            )
    return bytes(data)


def test_five_hundred_mutated_mails_never_raise(caplog):
    dice = random.Random(20230404)
    for number in range(500):
        found = parse_mail(mutated(ordinary_mails()[number % 4], dice))
        assert found.reasons, found
    assert not caplog.records  # not one of them had to be caught


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\0", b"\xff" * 1000, b"From:", b"--", b"PK\x03\x04", b"\r" * 5000]
)
def test_anything_at_all_is_a_mail(raw):
    assert parse_mail(raw).reasons


def test_what_blows_up_is_kept_for_a_person(monkeypatch):
    def boom(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("tasks.mail.parse.collect", boom)
    found = parse_mail(plain("x"))
    assert (found.kind, found.flags) == ("needs_person", ("DAMAGED",))
