"""The desk: one campaign opened at one moment, with everything its steps need at hand."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from tasks.home_ledger import ledger_of
from tasks.ledger.session import Ledger
from tasks.notice.calendar import Calendar
from tasks.notice.load import load_campaign
from tasks.notice.tables import load_calendar
from tasks.roster.known import known_roster
from tasks.settings import CAPTURE, Account, Home, Office, load_office
from tasks.store.bucket import Objects
from tasks.store.files import Store
from tasks.store.shared import SharedStore
from tasks.terms.campaign import Campaign
from tasks.terms.clock import ticking
from tasks.terms.units import Roster

HOME = "BAOSONG_HOME"
"""The environment variable that tells a run which home folder it works for."""


@dataclass(frozen=True)
class Desk:
    """One campaign of one home folder.

    Attributes:
        now: the moment the run works for (UTC).
        clock: the present, starting at ``now``; for claims and records made while the run goes on.
    """

    home: Home
    office: Office
    campaign: Campaign
    roster: Roster
    calendar: Calendar
    now: datetime
    clock: Callable[[], datetime]

    @cached_property
    def ledger(self) -> Ledger:
        """The home's ledger, brought up to date."""
        return ledger_of(self.home)

    @cached_property
    def store(self) -> Store:
        """The office's originals: this home's, or those it shares with other machines.

        An original without a ledger is what a lost ledger leaves behind: the ledger is begun first.
        """
        _ = self.ledger
        return originals(self.home, self.office)

    @property
    def account(self) -> Account:
        """The account the campaign's letters are sent from; in a rehearsal always the capture."""
        if self.home.rehearsal:
            return CAPTURE
        return self.office.account(self.campaign.account)

    @property
    def own_addresses(self) -> frozenset[str]:
        """Every address the office sends from: a mail from one of them is our own coming back."""
        accounts = (*self.office.accounts.values(), CAPTURE)
        return frozenset(a.address.lower() for a in accounts)

    @property
    def receivers(self) -> frozenset[str]:
        """The names of the office's own mail servers."""
        return frozenset().union(*(a.receivers for a in self.office.accounts.values()))


def open_desk(campaign: str, now: datetime, home: Home | None = None) -> Desk:
    """Open a campaign of the home folder (``BAOSONG_HOME`` unless given).

    Raises:
        Misconfigured: a configuration file is missing or wrong; one line with file, line and field.
    """
    here = home or Home.at(Path(os.environ.get(HOME, ".")))
    opened = load_campaign(here, campaign)
    return Desk(
        home=here,
        office=load_office(here),
        campaign=opened,
        roster=known_roster(here.config / opened.roster),
        calendar=load_calendar(here),
        now=now,
        clock=ticking(now),
    )


def originals(home: Home, office: Office) -> Store:
    """Where the office's originals are; a rehearsal's are always its own.

    Raises:
        Misconfigured: the bucket's component or its credentials are missing.
    """
    if office.store is None or home.rehearsal:
        return Store(home.store)
    return SharedStore(home.store, Objects(office.store))
