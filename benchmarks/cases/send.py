"""Handing letters over to a sink through the outbox, every state committed as in daily work.

Ours is a whole round: the ledger opened, what waits found, letters claimed (synced), each begun and settled
in commits of their own, the last synced, one connection. The letters were written and frozen before (the case
``queue`` times that). yagmail's is its own ``send`` in a loop over one connection, as its manual has it: it
writes each letter as it sends it, and records nothing. The sink offers PIPELINING, as Postfix does, to both.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks import office
from benchmarks.case import Case, Rival
from benchmarks.peers import straightforward
from benchmarks.sink import at_port, sinking
from tasks.chase.brakes import Limits
from tasks.chase.outbox import deliver, enqueue
from tasks.ledger.session import Ledger
from tasks.mail.sending.build import build_mail, message_id
from tasks.mail.sending.transport import SmtpAccount, Transport
from tasks.store.files import Store
from tasks.terms import times
from tasks.terms.letters import Letter


@contextmanager
def stage(folder: Path, _size: int) -> Iterator[None]:
    """The sink runs; starting it is no part of sending."""
    with sinking() as account:
        (folder / "port").write_text(str(account.smtp.port))
        yield


def sink_of(folder: Path) -> SmtpAccount:
    return at_port(int((folder / "port").read_text()))


def reset(folder: Path, size: int) -> None:
    """Letters wait."""
    turn = time.time_ns()
    ledger = Ledger(f"sqlite:///{folder / 'ledger.sqlite3'}")
    enqueue(ledger, Store(folder / "store"), [letter(turn, n) for n in range(size)], office.AS_OF)
    ledger.close()


def ours(folder: Path, size: int) -> None:
    ledger, store = Ledger(f"sqlite:///{folder / 'ledger.sqlite3'}"), Store(folder / "store")
    with Transport(sink_of(folder), "") as transport:
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


def by_yagmail(folder: Path, size: int) -> None:
    straightforward.send(sink_of(folder), [office.address(n) for n in range(size)])


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
    title="handing over {size} letters, each state committed, each claim synced before its first byte",
    sizes=(1_000,),
    small=30,
    stage=stage,
    reset=reset,
    ours=ours,
    peers=(Rival("yagmail's own send, nothing recorded", by_yagmail, goal=6, rounds=3),),
)
