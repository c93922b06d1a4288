import subprocess
import sys
import threading
import time
from pathlib import Path

from tasks.mail.parse import parse_mail
from tasks.mail.sending.capture import RECIPIENT_HEADER, capture
from tasks.mail.sending.transport import Transport
from tasks.mail.sources.maildir import Maildir
from tasks.terms.letters import LetterState
from tests.mail.conftest import BUREAU
from tests.mail.sending.test_transport import letter


def send(folder: Path, numbers: range) -> set[LetterState]:
    with capture(folder) as account, Transport(account, "") as session:
        return {session.deliver(letter(n), BUREAU, f"unit{n}@streets.example").state for n in numbers}


def test_every_letter_is_kept_with_its_recipient_and_none_leaves(tmp_path):
    assert send(tmp_path / "box", range(5)) == {LetterState.SENT}
    kept = [p.read_bytes() for p in sorted((tmp_path / "box" / "new").iterdir())]
    assert [k.split(b"\r\n")[0] for k in kept] == [
        f"{RECIPIENT_HEADER}: unit{n}@streets.example".encode() for n in range(5)
    ]
    assert all(k.endswith(letter(n)) for n, k in enumerate(kept))
    assert not list((tmp_path / "box" / "tmp").iterdir())


def test_it_is_read_back_as_a_maildir(tmp_path, now):
    send(tmp_path, range(3))
    found = [parse_mail(i.data) for i in Maildir("captured", tmp_path, now).new("")]
    assert [m.subject for m in found] == ["催报"] * 3


def test_a_rehearsal_of_three_hundred_letters_takes_a_moment(tmp_path):
    began = time.monotonic()
    assert send(tmp_path, range(300)) == {LetterState.SENT}
    # An acknowledgement held back for 40 ms, the mistake this looks for, alone makes it 12 s.
    assert time.monotonic() - began < 12
    assert len(list((tmp_path / "new").iterdir())) == 300


def test_several_captures_share_one_maildir(tmp_path):
    code = "import pathlib; from tests.mail.sending.test_capture import send;"
    code += f"send(pathlib.{tmp_path!r}, range(40))"
    processes = [
        subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[3]) for _ in range(2)
    ]
    send(tmp_path, range(40))
    assert [p.wait(60) for p in processes] == [0, 0]
    assert len(list((tmp_path / "new").iterdir())) == 120


def test_a_full_disk_is_not_acknowledged(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tasks.mail.sending.capture.os.fsync", full)
    assert send(tmp_path, range(1)) == {LetterState.RETRY}
    assert not list((tmp_path / "new").iterdir())


def test_it_leaves_no_thread_and_no_port(tmp_path):
    before = threading.active_count()
    with capture(tmp_path) as account:
        port = account.smtp.port
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
    with capture(tmp_path) as account, Transport(account, "") as session:
        assert (
            account.smtp.port != port or session.deliver(letter(), BUREAU, BUREAU).state is LetterState.SENT
        )
