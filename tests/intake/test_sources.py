"""Where a campaign's reports come in, and what stands for it in a rehearsal."""

import pytest

from tasks.desk import open_desk
from tasks.intake.sources import source_names
from tasks.settings import REHEARSAL
from tasks.terms import times
from tests.line import office

AT = times.parse("2023-06-01T12:00")
REHEARSED = "maildir:var/mail/inbox"
OWN = "sources:\n  - {kind: imap, account: office}\n  - {kind: drop, path: var/drop/drill}\n"


def names(root, sources, *, rehearsed):
    assert OWN in office.CAMPAIGN
    home = office.make_home(root, campaign=office.CAMPAIGN.replace(OWN, f"sources: {sources}\n"))
    if rehearsed:
        (home.root / REHEARSAL).touch()
    return source_names(open_desk("drill", AT, home))


@pytest.mark.parametrize("sources", ["[]", "[{kind: drop, path: var/drop}]"])
def test_where_no_mailbox_is_named_yet_a_rehearsal_has_one(tmp_path, sources):
    own = names(tmp_path / "real", sources, rehearsed=False)
    assert REHEARSED not in own
    assert names(tmp_path / "rehearsed", sources, rehearsed=True) == [*own, REHEARSED]


def test_where_reports_come_by_the_exchange_a_rehearsal_adds_no_mailbox(tmp_path):
    sources = "[{kind: exchange, path: var/exchange}]"
    assert names(tmp_path, sources, rehearsed=True) == ["exchange:var/exchange"]
