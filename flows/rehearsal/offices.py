"""The offices of a rehearsal through the tiers: stations, two districts, a city, a province; each a home."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.rehearsal.mailbag import Outgoing, Postbox, Sender
from tasks.desk import Desk, open_desk
from tasks.dispatch.hand_up import hand_up_all
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.ledger import packages
from tasks.package.make import make
from tasks.package.tiers.below import take_packages
from tasks.settings import CAPTURE, REHEARSAL, SHIPPED, Home
from tasks.terms import times

DAY, LATER = "2023-06-02T18:00", "2023-06-06T17:00"
"""When packages go up, and when their supplements do."""

DISTRICTS = {"D1": "东区应急管理局", "D2": "西区应急管理局"}
STATIONS = {f"{d}{n:02d}": f"{DISTRICTS[d][0]}{'甲乙丙'[n - 1]}镇" for d in DISTRICTS for n in (1, 2, 3)}
CITY, PROVINCE, ABOVE = "某市应急管理局", "某省应急管理厅", "国家某部"

CAMPAIGN = """\
id: {id}
title: 防汛演练
notice:
  issuer: {issuer}
  document_number: 某应急〔2023〕1号
  title: 关于开展防汛演练的通知
  issued_on: 2023-05-04
  section: 综合科
  contact: {{name: 演示, phone: 000-00000000}}
superior: {{name: {superior}, channel: email, address: up@{id}.example}}
roster: rosters/{id}.csv
windows: [{{id: w, title: 演练月, start: 2023-05-08, end: 2023-05-31}}]
obligations:
  - id: summary
    title: 演练总结
    deliverable: narrative
    window: w
    due: {{date: 2023-06-02, time: "17:30"}}
    owed_by: [{{kind: {reporter}}}]
    narrative: {{keywords: [防汛], min_characters: 30}}
  - id: figures
    title: 演练统计表
    deliverable: form
    window: w
    due: {{date: 2023-06-02, time: "17:30"}}
    owed_by: [{{kind: station}}]
    through_parent: [{through}]
    fields:
      - {{id: drills, title: 演练场次, unit: 场, high: 100}}
      - {{id: people, title: 参演人数, unit: 人, high: 10000}}
      - {{id: funds, title: 投入资金, unit: 万元, whole: false, high: 10000}}
sources: [{{kind: maildir, path: var/mail/inbox}}]
package: {{at: {day}, basis: 当日汇总, supplements: [{later}]}}
"""


def address(code: str) -> str:
    """Where a unit's mails come from."""
    return f"{code.lower()}@units.example"


@dataclass
class Office:
    """One office of a tier, with its mailbox and its own ledger. ``code`` is what the tier above calls it."""

    home: Home
    campaign: str
    name: str
    code: str

    def __post_init__(self) -> None:
        """Its mailbox, and what it has mailed."""
        self._inbox = Sender(self.home.var / "mail" / "inbox", CAPTURE.address)
        self._postbox = Postbox(self.home.captured)

    def desk(self, at: str) -> Desk:
        """Its desk at that moment."""
        return open_desk(self.campaign, times.parse(at), self.home)

    def receive(self, code: str, name: str, files: Sequence[tuple[str, bytes]], at: datetime) -> None:
        """A mail from below."""
        mail = Outgoing(address(code), name, f"{name}报送防汛演练材料", "请查收。", tuple(files), at)
        self._inbox.send(mail)

    def compile(self, at: str) -> None:
        """Take in, judge, build, hand up."""
        desk = self.desk(at)
        for inbox in inboxes(desk):
            collect(desk.ledger, desk.store, inbox, desk.now)
        take_packages(desk)
        settle_new(
            desk.ledger, desk.store, rules_of(desk), source_names(desk), desk.now,
            own_addresses=desk.own_addresses,
        )  # fmt: skip
        make(self.desk(at))
        hand_up_all(self.desk(at))

    def mailed(self) -> list[tuple[str, bytes]]:
        """The packages it has mailed up since it was last asked."""
        return [
            file for letter in self._postbox.fresh() if letter.kind == "dispatch" for file in letter.files
        ]

    def package(self) -> Path:
        """Its newest package."""
        with self.desk(LATER).ledger.read() as connection:
            return self.home.root / packages.of_campaign(connection, self.campaign)[-1].path


def offices(folder: Path) -> tuple[list[Office], Office, Office]:
    """The districts, the city and the province, with nothing in their mailboxes yet."""
    districts = [
        _office(folder / code.lower(), code, _stations(code, parent=""), issuer=name, superior=CITY)
        for code, name in DISTRICTS.items()
    ]
    below = [f"{code},{name},district,区县,,{address(code)}" for code, name in DISTRICTS.items()]
    below += [row for code in DISTRICTS for row in _stations(code, parent=code)]
    whole = [f"C1,{CITY},city,市,,{address('C1')}"]
    whole += [row for code in DISTRICTS for row in _stations(code, parent="C1")]
    city = _office(folder / "city", "C1", below, issuer=CITY, superior=PROVINCE, reporter="district")
    province = _office(folder / "province", "P1", whole, issuer=PROVINCE, superior=ABOVE, reporter="city")
    return districts, city, province


def _stations(district: str, *, parent: str) -> list[str]:
    mine = {c: n for c, n in STATIONS.items() if c.startswith(district)}
    return [f"{c},{n},station,镇街,{parent},{'' if parent else address(c)}" for c, n in mine.items()]


def _office(folder: Path, code: str, roster: list[str], *, issuer: str, **words: str) -> Office:
    """One office's home: its campaign, its roster, and the mark of a rehearsal."""
    name, reporter = folder.name, words.setdefault("reporter", "station")
    through = "" if reporter == "station" else "station"
    config = folder / "config"
    for room in ("campaigns", "rosters"):
        (config / room).mkdir(parents=True)
    (config / "calendar").symlink_to(SHIPPED / "config" / "calendar")
    text = CAMPAIGN.format(id=name, issuer=issuer, through=through, day=DAY, later=LATER, **words)
    (config / "campaigns" / f"{name}.yaml").write_text(text, "utf-8")
    (config / "office.yaml").write_text(f"bureau: {issuer}\n", "utf-8")
    (folder / REHEARSAL).write_text(json.dumps({"campaign": name}) + "\n", "utf-8")
    rows = "\n".join(["code,name,kind,tier,parent,preparer", *roster])
    (config / "rosters" / f"{name}.csv").write_text(f"{rows}\n", "utf-8")
    return Office(Home.at(folder), name, issuer, code)
