"""What is measured, and against what."""

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import yagmail

from tasks.chase.outbox import Limits, deliver, enqueue
from tasks.documents.reader import read_contents
from tasks.intake.collect import collect
from tasks.ledger import arrivals
from tasks.ledger.session import Ledger
from tasks.mail.build import build_mail, message_id
from tasks.mail.capture import capture
from tasks.mail.maildir import Maildir
from tasks.mail.transport import Transport
from tasks.store.files import Store
from tasks.terms import times
from tasks.terms.letters import Letter

Case = tuple[str, Callable[[], object], Callable[[], object]]
NOW = times.parse("2023-03-28T12:00")
UNITS = 3000
LETTERS = 100
FORMS = 200


def recheck_with_nothing_new(folder: Path) -> Case:
    """Re-check of 3,000 mails already taken in, nothing new."""
    ledger, store = Ledger(f"sqlite:///{folder / 'ledger.sqlite3'}"), Store(folder / "store")
    box = folder / "box"
    for name in ("new", "cur", "tmp"):
        (box / name).mkdir(parents=True)
    for n in range(UNITS):
        (box / "new" / f"{n}.host").write_bytes(_mail(n))
    collect(ledger, store, Maildir("m", box, NOW), NOW)

    def ours() -> object:
        taken = collect(ledger, store, Maildir("m", box, NOW), NOW)
        with ledger.read() as connection:
            return taken, arrivals.unjudged(connection, "none", [], 1)

    def reread() -> object:
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((box / "cur").iterdir())]

    return "reading and digesting every mail again (the straightforward script)", ours, reread


def hand_over(folder: Path) -> Case:
    """Handing over 100 letters, every state committed and synced."""
    ledger, store = Ledger(f"sqlite:///{folder / 'ledger.sqlite3'}"), Store(folder / "store")
    rounds = iter(range(1000))

    def ours() -> object:
        number = next(rounds)
        letters = [_letter(number, n) for n in range(LETTERS)]
        enqueue(ledger, store, letters, NOW)
        limits = Limits(folder / "STOP", daily_cap=10**9)
        with capture(folder / "captured") as account, Transport(account, "") as transport:
            done = deliver(
                ledger,
                store,
                "c",
                transport,
                sender="office@bench.example",
                clock=lambda: NOW + timedelta(seconds=number),
                objection=lambda _connection, _letter: None,
                limits=limits,
            )
        assert done.sent == LETTERS
        return done

    def theirs() -> object:
        with capture(folder / "theirs") as account:
            client = yagmail.SMTP(
                "office@bench.example",
                host=account.smtp.host,
                port=account.smtp.port,
                smtp_ssl=False,
                smtp_starttls=False,
                smtp_skip_login=True,
            )
            for n in range(LETTERS):
                client.send(f"unit{n}@bench.example", f"催报 {n}", ["请尽快报送。"])
        return None

    return "yagmail's own send of the same letters, nothing recorded", ours, theirs


def read_forms(_folder: Path) -> Case:
    """Reading 200 forms in the bounded child."""
    data = _form()

    def ours() -> object:
        return read_contents([(f"{n}.xlsx", data) for n in range(FORMS)])

    def theirs() -> object:
        return [
            [list(row) for row in openpyxl.load_workbook(io.BytesIO(data), data_only=True).active.values]
            for _ in range(FORMS)
        ]

    return "openpyxl in this process, unguarded", ours, theirs


def _mail(number: int) -> bytes:
    return build_mail(
        sender=f"unit{number}@bench.example",
        sender_name="单位",
        recipient="office@bench.example",
        recipient_name="",
        subject=f"报送 {number}",
        text="附件请查收" * 200,
        html="",
        message_id=message_id(str(number), domain="bench.example"),
        date=times.local(NOW),
        auto=False,
    )


def _letter(round_number: int, number: int) -> Letter:
    identity = message_id(str(round_number), str(number), domain="bench.example")
    wire = build_mail(
        sender="office@bench.example",
        sender_name="民政局",
        recipient=f"unit{number}@bench.example",
        recipient_name="单位",
        subject=f"催报 {number}",
        text="请尽快报送。",
        html="<p>请尽快报送。</p>",
        message_id=identity,
        date=times.local(NOW),
    )
    address = f"unit{number}@bench.example"
    return Letter("c", str(number), "receipt", f"r{round_number}", address, "催报", identity, wire)


def _form() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(60):
        sheet.append([f"单位{row}", *range(12)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
