"""What the bounded child says of a mail is what the rules say, and its word is checked."""

import io
import zipfile

import pytest

from tasks.bounded.parent import Child
from tasks.mail import wire
from tasks.mail.contents import inside
from tasks.mail.parse import parse_mail
from tasks.mail.reader import opened, read_mail
from tasks.terms.mails import as_file
from tests.mail.letters import HEAD, attached, html, mail, plain, text


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("总结.txt", "总结")
        archive.writestr("内/表.csv", "1,2")
    return out.getvalue()


BOUNCE = (
    b"From: postmaster@mail.example\r\nSubject: =?utf-8?B?57O757uf6YCA5L+h?=\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "收件人 a@town.example 不存在，550 退信".encode()
)
WITH_FILES = mail(text("请查收"), attached(b"; filename=a.docx"), attached(b"; filename=b.zip", zipped()))
MAILS = [
    plain("总结全文"),
    plain("", HEAD + b"Date: Tue, 4 Apr 2023 15:30:00 +0800\r\n"),
    plain("x", HEAD + b"Received: by x; Tue, 4 Apr 2023 15:31:00 +0800\r\n"),
    WITH_FILES,
    mail(html("<img src='cid:x'>"), attached(b"; filename=logo.png", b"\x89PNG", b"image/png")),
    mail(text("x"), attached(b"; filename=\xb9\xab.doc")),
    BOUNCE,
    b"",
    bytes(range(256)) * 10,
]  # fmt: skip


@pytest.mark.parametrize("raw", MAILS)
def test_the_child_says_what_the_rules_say(raw):
    own, servers = frozenset({"bureau@nanchuan.example"}), frozenset({"nanchuan.example"})
    assert read_mail(raw, own_addresses=own, receivers=servers) == parse_mail(
        raw, own_addresses=own, receivers=servers
    )


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.eml", "a.txt"])
def test_what_is_inside_a_file_is_the_same_from_the_child(name):
    for data in (zipped(), WITH_FILES, b"PK\x03\x04 nothing", b""):
        assert opened(as_file(name, data)) == inside(as_file(name, data))


def test_a_mail_that_kills_the_child_is_kept_for_a_person(monkeypatch):
    monkeypatch.setattr("tasks.bounded.frames.MAX_ANSWER", 0)
    found = read_mail(MAILS[0])
    assert (found.kind, found.flags) == ("needs_person", ("HOSTILE",))
    monkeypatch.undo()
    assert read_mail(MAILS[0]) == parse_mail(MAILS[0])


def test_a_childs_answer_is_checked_before_it_is_believed():
    good = b"".join(wire.encode_mail(parse_mail(WITH_FILES)))
    assert wire.decode_mail(good) == parse_mail(WITH_FILES)
    for bad in (
        b"",
        good[:20],
        good[:-200],
        good.replace(b'"submission"', b'"own_orders"', 1),
        b"\0" * 8 + b"[]",
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            wire.decode_mail(bad)


def test_an_archive_that_kills_the_child_is_told_of(monkeypatch):
    monkeypatch.setattr("tasks.mail.reader._CHILD.answer", lambda *_: None)
    found = opened(as_file("a.zip", zipped()))
    assert found.files == ()
    assert [f.code for f in found.findings] == ["HOSTILE"]
    assert "a.zip" in found.findings[0].text


def test_of_a_mail_too_large_the_child_reads_the_head_alone(monkeypatch):
    monkeypatch.setattr("tasks.mail.reader.LARGEST_MAIL", 1000)
    asked = []
    ask = Child.answer
    monkeypatch.setattr(
        Child, "answer", lambda self, piece: (asked.append(len(piece.data)), ask(self, piece))[1]
    )
    found = read_mail(HEAD + b"\r\n" + b"x" * 900_000)
    assert (found.kind, found.sender, found.subject) == ("needs_person", "clerk@dongcheng.example", "report")
    assert "50 MB" in found.reasons[0]
    assert asked == [256 * 1024]
    monkeypatch.setattr(Child, "answer", lambda *_: None)
    assert read_mail(HEAD + b"\r\n" + b"x" * 2000).flags == ("HOSTILE",)


def test_an_archive_nested_too_deep_is_kept_and_told():
    data = b"x"
    for _ in range(7):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("in.zip", data)
        data = out.getvalue()
    found = inside(as_file("a.zip", data))
    assert [f.code for f in found.findings] == ["HOSTILE"]
    assert found.files[-1].digest not in found.opened
    assert as_file("a.zip", data).digest in found.opened


def test_a_program_in_an_archive_is_told():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("统计表.exe", b"MZ")
    assert [f.code for f in inside(as_file("a.zip", out.getvalue())).findings] == ["HOSTILE"]
