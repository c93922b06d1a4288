"""The desk: one campaign opened, with everything its steps need at hand."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from datetime import datetime, time

from tasks.ledger.session import Ledger
from tasks.notice.calendar import Calendar
from tasks.notice.load import load_calendar, load_campaign
from tasks.roster.read import read_roster
from tasks.settings import Account, Home, Office, load_office
from tasks.store.files import Store
from tasks.terms.campaign import Campaign
from tasks.terms.units import Roster


@dataclass(frozen=True)
class Desk:
    """One campaign of one home folder at one moment. Opening it reads configuration only."""

    home: Home
    office: Office
    campaign: Campaign
    roster: Roster
    now: datetime

    @cached_property
    def ledger(self) -> Ledger:
        """The home's ledger."""
        return _ledger(self.home.ledger_url)

    @cached_property
    def store(self) -> Store:
        """The home's originals."""
        return Store(self.home.store)
