"""An office at work for days: the units that write, the runs that are due, and what goes wrong meanwhile.

Every run is one that the worker takes from Prefect's server, at the moments of the timetable; the campaign's
clock is handed to it. Mails pass through a real Postfix into a real Dovecot.
"""

import random
import smtplib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter

from tasks.settings import Home
from tasks.terms import times
from tests.line import office, papers
from tests.rig.cable import Cable
from tests.rig.postgresql import PostgreSQL
from tests.rig.processes import Weight, family, kill, weight

UNITS = {
    f"B{n:02}": f"{a}{b}镇"
    for n, (b, a) in enumerate((b, a) for b in "山河坪湾桥岭" for a in "东西南北中上下前后大")
}
KINDS = {"report": 6, "stranger": 1, "empty": 1, "robot": 1}
"""What a mail is, and how often."""
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
CUT_FOR = 2
"""So many runs find a line cut."""


def sixty_units(home: Home) -> None:
    """The drill's roster, twenty times as long."""
    rows = ["code,name,kind,tier,preparer,leader"]
    rows += [f"{c},{name},town,镇街,{office.address(c)},{office.leader(c)}" for c, name in UNITS.items()]
    (home.config / "rosters" / "drill.csv").write_text("\n".join(rows) + "\n", "utf-8")


def mailboxes() -> list[str]:
    units = [a for code in UNITS for a in (office.address(code), office.leader(code))]
    return [office.OFFICE, office.SUPERIOR, f"stranger@{office.DOMAIN}", *units]


def rounds(first: datetime, last: datetime) -> Iterator[tuple[datetime, str]]:
    """The moments of the timetable: a check every quarter of an hour at work and hourly otherwise, a chase at
    nine, and from the package's moment on the package at every hour of work.
    """
    at = times.local(first)
    while at < last:
        yield at, "check"
        if (at.hour, at.minute) == (9, 0):
            yield at, "chase"
        if at >= times.parse("2023-06-02T18:00") and at.minute == 0 and 8 <= at.hour <= 18:
            yield at, "compile"
        at += timedelta(minutes=15 if at.weekday() < 5 and 9 <= at.hour < 18 else 60)


@dataclass
class Units:
    """Sixty offices that write when and what they please; how often, and of which kind, is kept."""

    port: int
    chance: random.Random
    written: Counter[str] = field(default_factory=Counter)
    reported: set[str] = field(default_factory=set)

    def write(self, at: datetime) -> None:
        number, code = self.written.total(), self.chance.choice(list(UNITS))
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        sender = f"stranger@{office.DOMAIN}" if kind == "stranger" else office.address(code)
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as session:
            session.sendmail(sender, [office.OFFICE], _mail(kind, sender, UNITS[code], number, at))
        self.written[kind] += 1
        if kind == "report":
            self.reported.add(code)


def _mail(kind: str, sender: str, name: str, number: int, at: datetime) -> bytes:
    files = [(f"{name}总结.docx", papers.narrative(name, f"第{number}次报送。"))]
    subject = "自动回复：我在休假" if kind == "robot" else f"{name}防汛演练总结 第{number}次"
    when, has_files = f"{at:%Y-%m-%dT%H:%M}", kind in {"report", "stranger"}
    wire = papers.mail(
        sender, office.OFFICE, subject, files if has_files else [], when, f"请查收，第{number}次"
    )
    return b"Auto-Submitted: auto-replied\r\n" + wire if kind == "robot" else wire


class Clock:
    """The office's timetable at Prefect's server: runs are ordered there, and seen to their end."""

    def __init__(self) -> None:
        self._client: SyncPrefectClient = get_client(sync_client=True)
        names = {"check": "收件核对-drill", "chase": "催报-drill", "compile": "汇总呈报-drill"}
        ids = {each.name: each.id for each in self._client.read_deployments()}
        self._deployments = {verb: ids[name] for verb, name in names.items()}
        self.ordered: list[UUID] = []

    def order(self, verb: str, at: datetime) -> None:
        given = {"campaign": "drill", "as_of": at.isoformat()}
        run = self._client.create_flow_run_from_deployment(self._deployments[verb], parameters=given)
        self.ordered.append(run.id)

    def states(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for start in range(0, len(self.ordered), 100):
            these = FlowRunFilter(id={"any_": self.ordered[start : start + 100]})
            found.update(run.state.type.value for run in self._client.read_flow_runs(flow_run_filter=these))
        return found

    def still(self, within: float) -> bool:
        """Whether every run ended within so many seconds."""
        end = time.monotonic() + within
        while set(self.states()) - ENDED:
            if time.monotonic() > end:
                return False
            time.sleep(0.5)
        return True


@dataclass
class Havoc:
    """A run killed, a line cut, the database killed: each in turn."""

    database: PostgreSQL
    lines: dict[str, Cable]
    worker: int
    chance: random.Random
    struck: Counter[str] = field(default_factory=Counter)
    _cut: Counter[str] = field(default_factory=Counter)

    def strike(self) -> None:
        kinds = ("run", *self.lines, "database")
        kind = kinds[self.struck.total() % len(kinds)]
        self.struck[kind] += 1
        time.sleep(self.chance.uniform(0, 4))
        if kind == "run":
            kill(family(self.worker)[1:])
        elif kind == "database":
            self.database.kill()
            self.database.start()
        else:
            self.lines[kind].cut()
            self._cut[kind] = CUT_FOR

    def heal(self, *, wholly: bool = False) -> None:
        for kind in list(self._cut):
            self._cut[kind] -= 1
            if wholly or self._cut[kind] <= 0:
                self.lines[kind].mend()
                del self._cut[kind]


@dataclass
class Scales:
    """What a process weighs, time after time."""

    number: int
    found: list[Weight] = field(default_factory=list)

    def weigh(self) -> None:
        self.found.append(weight(self.number))

    def quarters(self) -> tuple[Weight, Weight]:
        """The largest of the second quarter and of the last: the first is for getting warm."""
        size = max(1, len(self.found) // 4)
        return _largest(self.found[size : 2 * size] or self.found), _largest(self.found[-size:])


def _largest(found: list[Weight]) -> Weight:
    return Weight(max(w.memory for w in found), max(w.handles for w in found))
