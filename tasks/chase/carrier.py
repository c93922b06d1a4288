"""The campaign's way out: its mail account, or the embedded capture."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tasks.chase import bulletin, together
from tasks.chase.brakes import Limits
from tasks.chase.ladder import quiet
from tasks.chase.outbox import Carrier
from tasks.desk import Desk
from tasks.mail.sending.capture import capture
from tasks.mail.sending.transport import SmtpAccount, SmtpServer, Transport
from tasks.settings import Account
from tasks.terms import times
from tasks.terms.letters import ANNOUNCING, SUMMONING

OFFICE_HOURS_ONLY = SUMMONING | ANNOUNCING | {together.KIND, bulletin.KIND}
"""Kinds of letter that wait for working hours of a working day; answers go at once."""


@contextmanager
def carrier(desk: Desk) -> Iterator[Carrier]:
    """Open the way out for one round of delivery.

    Raises:
        Misconfigured: the account's password is missing, or would go unprotected over a network.
    """
    with way_out(desk.account, desk.home.captured, copy=witnessed(desk)) as transport:
        yield transport


def witnessed(desk: Desk) -> bool:
    """Whether our own copy of a letter would be seen: the campaign reads the inbox of its account."""
    mine = any(s.kind == "imap" and s.account == desk.campaign.account for s in desk.campaign.sources)
    return mine and desk.account.own_copy and not desk.home.rehearsal


@contextmanager
def way_out(account: Account, captured: Path, *, copy: bool = False) -> Iterator[Transport]:
    """The session of an account; one without a server goes into the Maildir ``captured``.

    With ``copy`` every letter is also given to the account's own address, unseen by its recipient.

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
    with Transport(secured, account.secret(), copy_to=account.address if copy else "") as transport:
        yield transport


def limits(desk: Desk, now: datetime) -> Limits:
    """The brakes that hold now."""
    waits = quiet(now, desk.calendar, desk.office.hours_on(times.local(now).date()))
    own = frozenset(rung.template for rung in desk.campaign.ladder)
    return Limits(
        kill_switch=desk.home.kill_switch,
        daily_cap=desk.account.letters_per_day,
        deferred=OFFICE_HOURS_ONLY | own if waits else frozenset(),
        urgent=frozenset(rung.id for rung in desk.campaign.ladder if rung.any_hour),
        per_minute=desk.account.letters_per_minute if desk.account.smtp else 0,
    )
