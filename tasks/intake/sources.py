"""The campaign's sources as inboxes. A mailbox shared by several campaigns is one source."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from tasks.desk import Desk
from tasks.mail.sources.drop import DropFolder
from tasks.mail.sources.exchange import ExchangeRegister
from tasks.mail.sources.imap import ImapInbox
from tasks.mail.sources.incoming import Inbox
from tasks.mail.sources.maildir import EmlFolder, Maildir
from tasks.terms.campaign import Source
from tasks.terms.errors import Misconfigured

FOLDERS: dict[str, Callable[[str, Path, datetime], Inbox]] = {
    "maildir": Maildir,
    "eml": EmlFolder,
    "drop": DropFolder,
    "exchange": ExchangeRegister,
}


REHEARSED_INBOX = "var/mail/inbox"
"""What stands for every mailbox in a rehearsal."""


def source_name(source: Source) -> str:
    """What the ledger calls a source: the same for every campaign that reads it."""
    if source.kind == "imap":
        return f"imap:{source.account}/{source.folder}"
    return f"{source.kind}:{source.path}"


def source_names(desk: Desk) -> list[str]:
    """The campaign's sources, as the ledger calls them."""
    return [source_name(source) for source in _sources(desk)]


def inboxes(desk: Desk) -> Iterator[Inbox]:
    """Open the campaign's sources one after the other.

    Raises:
        Misconfigured: an account is missing or incomplete.
    """
    for source in _sources(desk):
        yield _imap(desk, source) if source.kind == "imap" else _folder(desk, source)


def _sources(desk: Desk) -> list[Source]:
    """The sources; in a rehearsal a folder stands for every mailbox, and for one still to be named."""
    sources = list(desk.campaign.sources)
    if not desk.home.rehearsal:
        return sources
    inbox = Source(kind="maildir", path=REHEARSED_INBOX)
    if not any(source.kind in {"imap", "maildir", "exchange"} for source in sources):
        sources.append(inbox)
    return [inbox if source.kind == "imap" else source for source in sources]


def _folder(desk: Desk, source: Source) -> Inbox:
    path = desk.home.root / (source.path or "")
    names = ("new", "cur", "tmp") if source.kind == "maildir" else ("",)
    for name in names:
        (path / name).mkdir(parents=True, exist_ok=True)
    return FOLDERS[source.kind](source_name(source), path, desk.now)


def _imap(desk: Desk, source: Source) -> Inbox:
    account = desk.office.account(source.account or "")
    if account.imap is None:
        raise Misconfigured(
            f"config/office.yaml accounts.{source.account}：没有 imap 一项，不能从这个账户收件"
        )
    return ImapInbox(
        source_name(source),
        account.imap,
        account.imap.user or account.address,
        account.secret(),
        folder=source.folder,
        ca_file=account.ca_file,
    )
