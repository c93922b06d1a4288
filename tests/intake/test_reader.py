"""One question gives what several would; where it has no answer, several are asked."""

import io
import json
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tasks.bounded.parent import Child, Piece
from tasks.documents import reader as documents
from tasks.documents.reader import read_contents
from tasks.intake import reader, wire
from tasks.intake.reader import ArrivedFile, ArrivedMail, each_read
from tasks.intake.reportable import reportable
from tasks.mail.parse import parse_mail
from tasks.mail.wire import decode_mail
from tasks.terms.mails import as_file
from tasks.terms.readings import Content, Finding
from tests.documents import hostile
from tests.hostile import seeds
from tests.mail.letters import attached, mail, plain, text

OWN, SERVERS = frozenset({"bureau@nanchuan.example"}), frozenset({"nanchuan.example"})
FORM = hostile.xlsx()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


MAILS = [
    plain("总结全文"),
    mail(text("请查收"), attached(b"; filename=a.xlsx", FORM), attached(b"; filename=b.csv", b"a,1\nb,2\n")),
    mail(text("请查收"), attached(b"; filename=a.zip", zipped(a_xlsx=FORM, b_txt="总结".encode()))),
    b"",
    bytes(range(256)) * 10,
]


@pytest.fixture(autouse=True)
def child():
    yield
    reader.close()


@pytest.fixture
def silent(monkeypatch):
    """The child that answers in one go has no answer."""
    monkeypatch.setattr(reader, "_CHILD", Child("tests.bounded.nobody"))
    monkeypatch.setattr(reader._CHILD, "answer", lambda *_: None)


def mail_read(raw, own, servers):
    return next(each_read([ArrivedMail(raw, own, servers)]))


def file_read(file):
    return next(each_read([ArrivedFile(file)]))


def piece_by_piece(raw: bytes):
    found = parse_mail(raw, own_addresses=OWN, receivers=SERVERS)
    files = reportable(found)
    return found, files, read_contents([(f.filename, f.data) for f in files])


@pytest.mark.parametrize("raw", MAILS)
def test_a_mail_and_its_documents_are_what_they_are_piece_by_piece(raw):
    assert mail_read(raw, OWN, SERVERS) == piece_by_piece(raw)


def test_many_are_read_as_each_by_itself_whatever_comes_before_and_after():
    arrived = [ArrivedMail(raw, OWN, SERVERS) for raw in MAILS]
    arrived[1:1] = [ArrivedFile(as_file("a.zip", zipped(a_xlsx=FORM))), ArrivedFile(as_file("b.txt", b"a"))]
    alone = [next(each_read([each])) for each in arrived]
    assert list(each_read(arrived)) == alone
    assert list(each_read(reversed(arrived))) == alone[::-1]


def test_one_that_is_not_fetched_is_not_taken_for_the_next_one():
    first, second, third = (ArrivedMail(raw, OWN, SERVERS) for raw in MAILS[:3])
    with closing(each_read([first, second])) as read:
        next(read)
    assert next(each_read([third])) == piece_by_piece(MAILS[2])


@pytest.mark.parametrize("raw", MAILS)
def test_without_an_answer_in_one_go_the_same_comes_piece_by_piece(raw, silent):
    assert mail_read(raw, OWN, SERVERS) == piece_by_piece(raw)


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.csv"])
def test_a_file_and_what_is_in_it_are_read_alike_in_both_ways(name, monkeypatch):
    for data in (FORM, zipped(a_xlsx=FORM, b_xlsx=FORM[:300]), b"a,1\nb,2\n", b""):
        at_once = file_read(as_file(name, data))
        with monkeypatch.context() as patch:
            patch.setattr(reader._CHILD, "answer", lambda *_: None)
            assert file_read(as_file(name, data)) == at_once


def test_a_file_that_kills_its_reader_costs_only_itself():
    raw = mail(
        text("请查收"), attached(b"; filename=a.xlsx", FORM),
        attached(b"; filename=b.ods", hostile.ods_repeat_bomb()),
        attached(b"; filename=c.csv", b"a,1\nb,2\n"),
    )  # fmt: skip
    found, files, contents = mail_read(raw, OWN, SERVERS)
    assert found.kind == "submission"
    assert [f.filename for f in files] == ["a.xlsx", "b.ods", "c.csv"]
    assert [bool(c.sheets) for c in contents] == [True, False, True]
    assert contents[1].findings


def test_documents_too_slow_together_are_each_given_their_own_time(monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 0.000001)
    assert mail_read(MAILS[1], OWN, SERVERS) == piece_by_piece(MAILS[1])


def test_a_childs_answer_is_checked_before_it_is_believed():
    for bad in (
        b"",
        b"\0" * 7,
        b"\xff" * 8 + b"[]",
        b"\x02" + b"\0" * 7 + b"{}",
        b"\x02" + b"\0" * 7 + b"[]",
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            wire.decode(bytearray(bad), decode_mail)


def answered(monkeypatch, content):
    """The child says this of every file."""
    found = parse_mail(MAILS[1], own_addresses=OWN, receivers=SERVERS)
    told = {file.digest: content for file in reportable(found)}
    monkeypatch.setattr(reader._CHILD, "answer", lambda *_: (found, told))


def test_an_answer_about_other_bytes_than_the_mails_is_not_taken(monkeypatch):
    found = parse_mail(MAILS[1], own_addresses=OWN, receivers=SERVERS)
    other = {"0" * 64: Content("txt", text="别的文件")}
    monkeypatch.setattr(reader._CHILD, "answer", lambda *_: (found, other))
    assert mail_read(MAILS[1], OWN, SERVERS) == piece_by_piece(MAILS[1])


@pytest.mark.parametrize("code", ["DAMAGED", "HOSTILE"])
def test_a_file_is_not_called_damaged_on_the_word_of_a_child_that_may_lack_the_room(monkeypatch, code):
    answered(monkeypatch, Content("xlsx", findings=(Finding(code, "读不了"),)))
    assert mail_read(MAILS[1], OWN, SERVERS) == piece_by_piece(MAILS[1])


def test_any_other_word_of_the_child_is_taken(monkeypatch):
    shut = Content("xlsx", findings=(Finding("ENCRYPTED", "有密码"),))
    answered(monkeypatch, shut)
    assert mail_read(MAILS[1], OWN, SERVERS)[2] == [shut, shut]


def test_a_large_mail_and_its_documents_have_a_child_each(monkeypatch):
    monkeypatch.setattr(reader, "AT_ONCE", 10)
    monkeypatch.setattr(reader._CHILD, "answer", lambda *_: pytest.fail("asked in one go"))
    assert mail_read(MAILS[1], OWN, SERVERS) == piece_by_piece(MAILS[1])


def asked(child, name, data):
    """What the child says of a file, byte for byte; None when the file kills it."""
    return child.answer(Piece(json.dumps({"do": "file", "name": name}).encode(), data, bytes))


def test_what_was_read_before_changes_nothing():
    """Every kind of file, honest and hostile, after every other and before it, as by a child of its own."""
    files = list(seeds.documents().items())
    alone = []
    for name, data in files:
        with Child("tasks.intake.child") as child:
            alone.append(asked(child, name, data))
    honest = [at for at, answer in enumerate(alone) if answer is not None]
    with Child("tasks.intake.child") as child:
        asked(child, *files[honest[0]])
        pid, handles = child._process.pid, Path(f"/proc/{child._process.pid}/fd")
        held = 4  # the standard three and the pipe of its answers
        for at in [*honest, *reversed(honest)]:
            assert asked(child, *files[at]) == alone[at], files[at][0]
        assert child._process.pid == pid
        end = time.monotonic() + 5  # it looks at what it holds after an answer
        while len(list(handles.iterdir())) != held and time.monotonic() < end:
            time.sleep(0.01)
        assert len(list(handles.iterdir())) == held
    assert len(honest) > len(files) // 2


def test_nothing_of_the_child_is_left_when_it_is_let_go():
    mail_read(MAILS[1], OWN, SERVERS)
    documents.read_contents([("a.xlsx", FORM)])
    assert min(reader._CHILD.cpu_seconds(), documents._CHILD.cpu_seconds()) > 0
    reader.close()
    assert reader._CHILD.cpu_seconds() == documents._CHILD.cpu_seconds() == 0
