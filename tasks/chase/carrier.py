"""The campaign's way out: its mail account, or the embedded capture."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tasks.chase.ladder import quiet
from tasks.chase.outbox import Carrier, Limits
from tasks.desk import Desk
from tasks.mail.capture import capture
from tasks.mail.transport import SmtpAccount, SmtpServer, Transport
from tasks.settings import Account
from tasks.terms import times

OFFICE_HOURS_ONLY = frozenset({"start", "reminder", "overdue"})
"""Kinds of letter that wait for working hours of a working day; answers go at once."""


@contextmanager
def carrier(desk: Desk) -> Iterator[Carrier]:
    """Open the way out for one round of delivery.

    Raises:
        Misconfigured: the account's password is missing, or would go unprotected over a network.
    """
    with way_out(desk.account, desk.home.captured) as transport:
        yield transport


@contextmanager
def way_out(account: Account, captured: Path) -> Iterator[Transport]:
    """The session of an account; one without a server goes into the Maildir ``captured``.

    Raises:
        Misconfigured: the account's password is missing, or would go unprotected over a network.
    """
    if account.smtp is None:
        with capture(captured) as caught, Transport(caught, "") as transport:
            yield transport
        return
    server = account.smtp
    secured = SmtpAccount(
        account.address,
        SmtpServer(server.host, server.port, server.tls, server.user),
        account.ca_file or None,
    )
    with Transport(secured, account.secret()) as transport:
        yield transport


def limits(desk: Desk, now: datetime) -> Limits:
    """The brakes that hold now."""
    waits = quiet(now, desk.calendar, desk.office.hours_on(times.local(now).date()))
    return Limits(
        kill_switch=desk.home.kill_switch,
        daily_cap=desk.account.letters_per_day,
        deferred=OFFICE_HOURS_ONLY if waits else frozenset(),
    )
