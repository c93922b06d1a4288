"""Handing letters over, every state committed and synced before and after each."""

import time
from datetime import timedelta
from pathlib import Path

from benchmarks import office
from benchmarks.case import Case, Rival
from benchmarks.peers import straightforward
from benchmarks.sink import sinking
from tasks.chase.outbox import Limits, deliver, enqueue
from tasks.ledger.session import Ledger
from tasks.mail.build import build_mail, message_id
from tasks.mail.transport import Transport
from tasks.store.files import Store
from tasks.terms import times
from tasks.terms.letters import Letter


def reset(folder: Path, size: int) -> None:
    """Letters wait."""
    turn = time.time_ns()
    ledger = Ledger(f"sqlite:///{folder / 'ledger.sqlite3'}")
    enqueue(ledger, Store(folder / "store"), [letter(turn, n) for n in range(size)], office.AS_OF)
    ledger.close()


def ours(folder: Path, size: int) -> None:
    ledger, store = Ledger(f"sqlite:///{folder / 'ledger.sqlite3'}"), Store(folder / "store")
    with sinking() as account, Transport(account, "") as transport:
        done = deliver(
            ledger,
            store,
            "bench",
            transport,
            sender=office.OFFICE,
            clock=lambda: office.AS_OF + timedelta(seconds=1),
            objection=lambda _connection, _letter: None,
            limits=Limits(folder / "STOP", daily_cap=10**9),
        )
    ledger.close()
    assert done.sent == size, done


def by_yagmail(_folder: Path, size: int) -> None:
    with sinking() as account:
        straightforward.send(account, [office.address(n) for n in range(size)])


def letter(turn: int, number: int) -> Letter:
    identity = message_id(str(turn), str(number), domain=office.DOMAIN)
    address = office.address(number)
    wire = build_mail(
        sender=office.OFFICE, sender_name="某部", recipient=address, recipient_name="单位",
        subject=f"催报 {number}", text="请尽快报送。", html="<p>请尽快报送。</p>",
        message_id=identity, date=times.local(office.AS_OF),
    )  # fmt: skip
    return Letter("bench", str(number), "receipt", f"r{turn}", address, "催报", identity, wire)


CASE = Case(
    title="handing over {size} letters, each state synced",
    sizes=(1_000,),
    small=30,
    reset=reset,
    ours=ours,
    peers=(Rival("yagmail's own send, nothing recorded", by_yagmail, goal=6, rounds=3),),
)
