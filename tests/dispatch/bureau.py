"""A small bureau without Prefect: mails come in, packages are made and handed up, on a clock of its own."""

import mailbox
import re
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path

from tasks.desk import Desk, open_desk
from tasks.dispatch.hand_up import hand_up_all
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.ledger import packages
from tasks.package.make import make
from tasks.package.tiers.below import take_packages
from tasks.settings import CAPTURE, Home
from tasks.terms import times
from tests.line import office, papers

AT = "2023-06-02T18:00"
SIGNER = "签发人甲"
SIGNED = f"""
  sign_off: true
  signer: {SIGNER}
  signer_address: signer@{office.DOMAIN}
"""


def rules(extra: str = "", superior: str = "") -> str:
    """The drill campaign with more in its package rule, or in what it knows of its superior."""
    text = office.CAMPAIGN.rstrip() + "\n" + extra.strip("\n") + "\n"
    return text.replace("address: SUPERIOR}", f"address: SUPERIOR{superior}}}")


@dataclass
class Bureau:
    """One bureau and its mailboxes."""

    home: Home
    campaign: str = "drill"
    seen: set[str] = field(default_factory=set)

    def desk(self, at: str = AT) -> Desk:
        return open_desk(self.campaign, times.parse(at), self.home)

    def receive(self, data: bytes, name: str) -> None:
        box = self.home.var / "mail" / "inbox"
        for part in ("new", "cur", "tmp"):
            (box / part).mkdir(parents=True, exist_ok=True)
        (box / "new" / name).write_bytes(data)

    def report(self, code: str, when: str, words: str = "") -> None:
        """A unit's summary by mail."""
        name = office.UNITS[code]
        files = [(f"{name}总结.docx", papers.narrative(name, words))]
        data = papers.mail(office.address(code), CAPTURE.address, f"{name}防汛演练总结", files, when)
        self.receive(data, f"{code}-{re.sub('[^0-9]', '', when)}")

    def take_in(self, at: str = AT) -> None:
        desk = self.desk(at)
        for inbox in inboxes(desk):
            collect(desk.ledger, desk.store, inbox, desk.now)
        take_packages(desk)
        settle_new(
            desk.ledger,
            desk.store,
            rules_of(desk),
            source_names(desk),
            desk.now,
            own_addresses=desk.own_addresses,
        )

    def compile(self, at: str = AT) -> dict:
        """Check, make, hand up; what came of it."""
        self.take_in(at)
        made = make(self.desk(at))
        return {**made, **hand_up_all(self.desk(at))}

    def packages(self, at: str = AT) -> list[packages.Package]:
        with self.desk(at).ledger.read() as connection:
            return packages.of_campaign(connection, self.campaign)

    def letters(self, kind: str) -> list:
        """What was handed over to the capture, of one kind, in the order of sending."""
        folder = Path(self.home.captured)
        found = [
            BytesParser(policy=policy.default).parsebytes(bytes(m))
            for m in (mailbox.Maildir(folder, create=False) if folder.exists() else ())
        ]
        mine = [m for m in found if m["X-Baosong-Letter"] == kind]
        return sorted(mine, key=lambda m: m["Date"].datetime)  # a folder lists its files in no order

    def code(self, turn: int = -1) -> str:
        """The sign-off code of the newest request, as the signer reads it."""
        codes = [
            re.search(r"审签码：(\w+)", m.get_body(("plain",)).get_content())[1]
            for m in sorted(self.letters("sign_off"), key=lambda m: m["Date"].datetime)
        ]
        return codes[turn]


def bureau(folder: Path, extra: str = "", superior: str = "") -> Bureau:
    return Bureau(office.make_home(folder, campaign=rules(extra, superior)))
