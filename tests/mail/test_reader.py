"""What the bounded child says of a mail is what the rules say, and its word is checked."""

import io
import zipfile

import pytest

from tasks.mail import wire
from tasks.mail.contents import as_file
from tasks.mail.contents import unpacked as unpacked_here
from tasks.mail.parse import parse_mail
from tasks.mail.reader import read_mail, unpacked
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
        assert unpacked(as_file(name, data)) == unpacked_here(as_file(name, data))


def test_a_mail_that_kills_the_child_is_kept_for_a_person(monkeypatch):
    monkeypatch.setattr("tasks.bounded.parent.WALL_SECONDS", 0.0)
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
