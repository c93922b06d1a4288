"""The product's sending, one run after another, each in a child to be killed: sender.py HOME PORT WORKERS

Reads ``go`` and answers with the numbers of the children it started; each child says ``sending`` as it begins
to. Waits for them and answers with their exit codes. The times of the
product are made short, so that a night of kills fits into minutes.
"""

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tasks.chase import brakes, evidence, outbox, reconcile
from tasks.chase.need import objection
from tasks.desk import open_desk
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.mail.sending.transport import SmtpAccount, SmtpServer, Transport
from tasks.settings import Home
from tests.line.office import OFFICE

SENDING = b"sending\n"

outbox.ORPHANED_AFTER = timedelta(seconds=1)
outbox.RESTS = (timedelta(seconds=0),)
for module in (evidence, reconcile):
    module.CLOCKS_DIFFER = timedelta(seconds=2)  # a mail's date has whole seconds
evidence.GRACE = timedelta(seconds=8)


def work(home: Path, port: int) -> None:
    """Hear what came back, then hand over what waits: what one run of the flow does."""
    desk = open_desk("drill", datetime.now(UTC), Home.at(home))
    for inbox in inboxes(desk):
        collect(desk.ledger, desk.store, inbox, desk.now)
    settle_new(
        desk.ledger,
        desk.store,
        rules_of(desk),
        source_names(desk),
        desk.now,
        own_addresses=desk.own_addresses,
    )
    reconcile.reconcile(desk)
    os.write(1, SENDING)
    account = SmtpAccount(OFFICE, SmtpServer("127.0.0.1", port, "none"))
    with Transport(account, "", copy_to=OFFICE) as transport:
        outbox.deliver(
            desk.ledger,
            desk.store,
            "drill",
            transport,
            sender=OFFICE,
            clock=lambda: datetime.now(UTC),
            objection=objection(desk),
            limits=brakes.Limits(desk.home.kill_switch, 1_000_000),
        )


def child(home: Path, port: int) -> int:
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        work(home, port)
        code = 0
    except BaseException:  # noqa: BLE001  the parent must never run on as a child
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _tell(numbers: list[int]) -> None:
    os.write(1, (" ".join(map(str, numbers)) + "\n").encode())


def main(home: Path, port: int, workers: int) -> None:
    for _ in sys.stdin:
        numbers = [child(home, port) for _ in range(workers)]
        _tell(numbers)
        codes = []
        for each in numbers:
            with suppress(ChildProcessError):
                codes.append(os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]))
        _tell(codes)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
