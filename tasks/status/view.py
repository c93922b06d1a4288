"""One consistent view of a campaign at a moment: standings, tallies, queue, letters."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from tasks.desk import Desk
from tasks.intake.sources import source_names
from tasks.ledger import acts, arrivals, outbox, packages, reach, submissions
from tasks.ledger.outbox import Fate
from tasks.ledger.submissions import QueueItem
from tasks.notice.awaited import awaited
from tasks.status import report
from tasks.status.adrift import adrift, entered_again, may_have_reported, sentences
from tasks.status.assess import Facts, assess, tally
from tasks.status.conflicts import after_closing, conflicts
from tasks.status.facts import gather
from tasks.status.left_behind import left_behind
from tasks.status.named import owing, waiting
from tasks.status.reach import Unreachable, unreachable
from tasks.status.series import falling, goals
from tasks.status.undelivered import sentences as sentences_of_turned
from tasks.status.undelivered import spoken_with, turned_away
from tasks.terms import times
from tasks.terms.letters import WAITING, LetterState
from tasks.terms.standings import Standing, Tally

NAMED = 10
MISSING = 60
"""Names of those who have not reported that a terminal shows; the standing table has them all."""


@dataclass(frozen=True)
class View:
    """What the ledger says at ``desk.now``."""

    desk: Desk
    standings: tuple[Standing, ...]
    tallies: tuple[Tally, ...]
    queue: tuple[QueueItem, ...]
    letters: tuple[Fate, ...]
    unreached: Mapping[str, datetime]
    left_there: tuple[str, ...]
    """Sources out of reach, and since when: what lies there nobody has seen."""
    dead: Mapping[str, str] = field(default_factory=dict)
    """Addresses whose letters come back, and why."""
    conflicts: tuple[str, ...] = ()
    """Where what was granted, what the notice says and what came contradict each other."""
    adrift: tuple[str, ...] = ()
    """Reports whose unit or obligation the files no longer name, a Chinese sentence for each name."""
    may_have_reported: frozenset[str] = frozenset()
    """Units these reports may be of: not written to meanwhile."""

    turned_away: Mapping[str, str] = field(default_factory=dict)
    """Units whose last letter a server turned away, the address not being at fault, and its words."""

    @property
    def mails(self) -> list[Fate]:
        """The letters as mailboxes hold them: one that speaks for several units stands once."""
        return list({each.id: each for each in self.letters}.values())

    @property
    def unsettled(self) -> int:
        """Letters nobody can say of whether they arrived."""
        return sum(each.state == LetterState.UNKNOWN for each in self.mails)

    @cached_property
    def letter_counts(self) -> dict[str, int]:
        """How many letters came to what; those handed over next time or tried again wait."""
        found = dict.fromkeys(("sent", "waiting", "refused", "unknown"), 0)
        for each in self.mails:
            kind = "waiting" if each.state in WAITING else str(each.state)
            if kind in found:
                found[kind] += 1
        return found

    @property
    def needs_person(self) -> bool:
        """Whether a clerk has to look: queue, letters in doubt or turned away, sources not all taken."""
        waiting = self.queue or self.unsettled or self.unreached or self.left_there or self.turned_away
        return bool(waiting or self.adrift) or any(s.too_late is not None for s in self.standings)

    @cached_property
    def by_reporter(self) -> dict[str, list[Standing]]:
        """The standings of each reporter."""
        found: dict[str, list[Standing]] = {}
        for standing in self.standings:
            found.setdefault(standing.reporter, []).append(standing)
        return found

    @cached_property
    def unreachable(self) -> list[Unreachable]:
        """Reporters no letter reaches: to be telephoned."""
        return unreachable(self.desk.roster, (s.reporter for s in self.standings), self.dead)

    def as_json(self) -> dict[str, Any]:
        """The contract's ``status --json``."""
        found = report.as_json(
            self.desk.campaign,
            self.desk.roster,
            self.standings,
            self.tallies,
            as_of=self.desk.now,
            letters_sent=outbox.sent_to(self.letters),
            queue=len(self.queue),
            conflicts=self.conflicts,
        )
        silent = [{"code": u.unit.code, "name": u.unit.name, "why": u.why} for u in self.unreachable]
        return {
            **found,
            "unreachable": silent,
            "letters": self.letter_counts,
            "unreached": list(self.unreached),
            "not_taken": list(self.left_there),
        }

    @property
    def sources_away(self) -> list[str]:
        """Which sources are out of reach, since when, and what that holds up; a sentence each."""
        return [
            f"来源 {name} 自 {times.moment_zh(since)} 起连接不上，其间不催报、不呈报：请检查网络和授权码"
            for name, since in self.unreached.items()
        ]

    @property
    def unsettled_to(self) -> str:
        """To whom the letters went of which nobody knows whether they arrived; in brackets, if anyone."""
        roster, superior = self.desk.roster, self.desk.campaign.superior.name
        lost = [each for each in self.letters if each.state == LetterState.UNKNOWN]
        names = [
            superior if each.kind == "dispatch" else roster[each.unit].name if each.unit in roster else ""
            for each in lost
        ]
        found = list(dict.fromkeys(name for name in names if name))
        more = f"等 {len(found)} 个" if len(found) > NAMED else ""
        return f"（{'、'.join(found[:NAMED])}{more}）" if found else ""

    def in_words(self) -> str:
        """The status in a few Chinese lines."""
        lines = report.in_words(self.desk.campaign, self.tallies, queue=len(self.queue))
        return "\n".join(
            [
                lines,
                *self._owing(),
                *(f"  待确认{each.line()}" for each in islice(waiting(self.desk, self.queue), NAMED)),
                *self._letters(),
                *(f"  {each}" for each in sentences_of_turned(self.turned_away, self.desk.roster)),
                *(f"  {each}" for each in self.sources_away),
                *self._out_of_reach(),
                *(f"  未能收取：{each}" for each in self.left_there[:NAMED]),
                *(f"  请核实：{each}" for each in self.conflicts),
            ]
        )

    def _owing(self) -> Iterator[str]:
        for title, names in owing(self.desk, self.standings).items():
            more = f"等 {len(names)} 个单位" if len(names) > MISSING else ""
            yield f"  未报齐（{title}）：{'、'.join(names[:MISSING])}{more}"

    def _letters(self) -> Iterator[str]:
        """What became of the letters, and what keeps back those that were put off."""
        counts = self.letter_counts
        why = next((e.reply for e in reversed(self.mails) if e.state == LetterState.RETRY and e.reply), "")
        named = {"sent": "已发", "waiting": "待发", "refused": "被拒", "unknown": "去向不明"}
        told = [f"{zh} {counts[kind]}" for kind, zh in named.items() if counts[kind] or kind == "sent"]
        if any(counts.values()):
            yield f"  信件：{'，'.join(told)}{self.unsettled_to}" + (f"（暂未发出：{why}）" if why else "")

    def _out_of_reach(self) -> Iterator[str]:
        if self.unreachable:
            named = "、".join(u.unit.name for u in self.unreachable[:NAMED])
            more = f"等 {len(self.unreachable)} 个" if len(self.unreachable) > NAMED else ""
            yield f"  邮件送不到、须电话联系的单位：{named}{more}"


def _adrift(
    connection: Connection, desk: Desk, facts: Facts, written_to: Collection[str]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Reports that count nowhere, in words, and whom they may be of."""
    found = adrift(desk.campaign, desk.roster, facts.versions)
    if not found:
        return (), frozenset()
    rows = submissions.same_bytes(connection, desk.campaign.id, [each.id for each in found])
    found = entered_again(found, rows, {each.id for each in found})
    reported = {version.reporter for version in facts.versions}
    senders = {row.id: row.sender for row in rows}
    unsure = may_have_reported(found, senders, desk.roster, reported=reported, written_to=written_to)
    return tuple(sentences(found, desk.roster)), unsure


def left_at(connection: Connection, desk: Desk) -> tuple[str, ...]:
    """What lies at the desk's sources and could not be taken, a Chinese sentence each."""
    left = arrivals.left_there(connection, source_names(desk))
    return tuple(sentence for sentences in left.values() for sentence in sentences)


def _turned_away(connection: Connection, desk: Desk, letters: Sequence[Fate]) -> dict[str, str]:
    if not any(each.state == LetterState.REFUSED for each in letters):
        return {}
    made = acts.of_campaign(connection, desk.campaign.id, desk.now)
    return turned_away(letters, spoken_with(made), desk.roster)


def _left_behind(connection: Connection, desk: Desk, standings: Sequence[Standing]) -> tuple[str, ...]:
    if desk.now < desk.campaign.package.last:
        return ()
    made = packages.of_campaign(connection, desk.campaign.id)
    return left_behind(desk.campaign, desk.roster, made, standings, desk.now)


def _awaited(desk: Desk) -> Iterator[str]:
    """The tables of working days somebody should look for by now."""
    today = times.local(desk.now).date()
    yield from (each.text for each in awaited(desk.campaign, desk.calendar, today) if each.look)


def look(desk: Desk) -> View:
    """Read the ledger once and assess."""
    with desk.ledger.read() as connection:
        return look_through(connection, desk)


def look_through(connection: Connection, desk: Desk) -> View:
    """The same, within a view or a transaction that is already open."""
    campaign = desk.campaign.id
    close = desk.office.closes_at
    facts = gather(connection, campaign, desk.now)
    letters = tuple(outbox.fates(connection, campaign, desk.now))
    lost, unsure = _adrift(connection, desk, facts, {each.unit for each in letters})
    facts = replace(facts, held=facts.held | unsure) if unsure else facts
    standings = assess(desk.campaign, desk.roster, facts, desk.now, office_close=close)
    return View(
        desk=desk,
        standings=standings,
        tallies=tally(desk.campaign, standings, office_close=close),
        queue=tuple(submissions.undecided(connection, campaign, desk.now)),
        letters=letters,
        unreached=arrivals.failing(connection, source_names(desk)),
        left_there=left_at(connection, desk),
        dead=reach.dead_addresses(connection),
        adrift=lost,
        may_have_reported=unsure,
        turned_away=_turned_away(connection, desk, letters),
        conflicts=(
            *lost,
            *conflicts(desk.campaign, desk.roster, facts, desk.now, office_close=close),
            *after_closing(desk.campaign, desk.roster, standings),
            *_left_behind(connection, desk, standings),
            *_awaited(desk),
            *falling(desk.campaign, desk.roster, goals(desk.campaign, standings)),
        ),
    )
