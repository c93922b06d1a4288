"""Files that stand in the text itself, as mail programs before MIME wrote them."""

import binascii

import pytest

from tasks.mail.parse import parse_mail
from tests.mail.letters import HEAD, mail, text

TABLE = "单位,活动场次\r\n东城街道,12\r\n".encode() * 20


def uu(name: str, data: bytes = TABLE, end: bytes = b"`\r\nend\r\n") -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]).rstrip(b"\n") for at in range(0, len(data), 45)]
    return b"begin 644 " + name.encode("gbk") + b"\r\n" + b"\r\n".join(lines) + b"\r\n" + end


def read(body: bytes):
    return parse_mail(HEAD + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + body)


def test_a_file_in_the_text_is_a_file_and_the_words_around_it_stay():
    found = read("请查收\r\n".encode("gbk") + uu("统计表.csv") + "谢谢".encode("gbk"))
    assert [(f.filename, f.data) for f in found.attachments] == [("统计表.csv", TABLE)]
    assert (found.kind, found.text, found.flags) == ("submission", "请查收\n谢谢", ())


def test_several_are_told_apart_and_one_in_a_part_of_several_is_found():
    found = parse_mail(mail(text("见附件"), b"Content-Type: text/plain\r\n\r\n" + uu("a.csv") + uu("b.csv")))
    assert [f.filename for f in found.attachments] == ["a.csv", "b.csv"]


def test_blanks_lost_at_the_ends_of_lines_lose_nothing_of_the_file():
    data = b"abc" + b"\0" * 41 + b"d" + b"\0" * 45
    body = uu("a.bin", data).replace(b"`", b" ").replace(b"   \r\n", b"\r\n")
    assert read(b"x\r\n" + body).attachments[0].data == data


@pytest.mark.parametrize("end", [b"", b"`\r\n"])
def test_one_that_breaks_off_is_told(end):
    found = read(uu("a.csv", end=end))
    assert found.flags == ("DAMAGED",)
    assert found.broken == (found.attachments[0].digest,)


@pytest.mark.parametrize(
    "words",
    [
        "begin 644 the work\r\nHello there, all is well\r\nend",
        "begin 644 x",
        "begin now\r\nend",
        "BEGIN\r\nWE MEET",
    ],
)
def test_words_that_only_begin_alike_stay_words(words):
    found = read(words.encode())
    assert found.attachments == ()
    assert found.text == words.replace("\r\n", "\n")


def test_its_name_is_data_and_leads_nowhere():
    (file,) = read(uu("../../etc/passwd")).attachments
    assert "/" not in file.filename
