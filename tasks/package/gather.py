"""The dossier of a package, from the ledger, as it stands at one moment."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from sys import intern

from sqlalchemy import Connection

from tasks.chase.gone import acknowledged, went_up
from tasks.desk import Desk
from tasks.documents.reader import read_contents
from tasks.ledger import acts, packages, submissions
from tasks.ledger.outbox import Fate, asked_in_letters
from tasks.ledger.packages import Package
from tasks.ledger.submissions import Submission
from tasks.package.dossier import OWED, Call, Chase, Dossier, Earlier, Evidence, Original, Quote, Remark
from tasks.package.highlights import best_sentence, chosen
from tasks.status.view import View, look_through
from tasks.terms.acts import CALLS
from tasks.terms.campaign import Campaign
from tasks.terms.letters import LETTER_KINDS, LetterState, presses
from tasks.terms.standings import Standing, State


@dataclass
class _Held:
    """What a package needs of the versions it rests on; the rest of each is let go again."""

    narratives: Collection[str]
    files: dict[int, tuple[Original, ...]] = field(default_factory=dict)
    evidence: dict[int, Mapping[str, str]] = field(default_factory=dict)
    remarks: dict[int, tuple[Remark, ...]] = field(default_factory=dict)
    named: dict[int, tuple[str, str]] = field(default_factory=dict)
    """The file each narrative was read from: its name and digest."""
    layouts: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)
    """Which cell holds which field: alike in most forms, and kept once."""

    def take(self, version: Submission) -> None:
        self.files[version.id] = files = _originals(version)
        self.evidence[version.id] = Evidence(_name_in(files, version.filename), self._cells(version))
        if remarks := _remarks(version):
            self.remarks[version.id] = remarks
        if version.obligation in self.narratives:
            self.named[version.id] = version.filename, version.digest

    def _cells(self, version: Submission) -> Mapping[str, Mapping[str, str]]:
        cells: dict[str, Mapping[str, str]] = {}
        for row in version.reading.get("rows") or ():
            unit = intern(row["unit"])
            cells[unit] = self._layout({**cells.get(unit, {}), **row["evidence"]})
        return cells

    def _layout(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        return self.layouts.setdefault(tuple(cells.items()), cells)


def _name_in(files: Iterable[Original], name: str) -> str:
    """The name as the files have it, so that it is kept once."""
    return next((each.filename for each in files if each.filename == name), name)


READ_TOGETHER = 50
"""Narratives read at once for what stands out: their bytes are in memory together."""


def gather(connection: Connection, desk: Desk, number: int) -> Dossier:
    """Everything package ``number`` says, read in one view."""
    seen = _seen(connection, desk, number)
    held = _held(connection, desk, {s.submission for s in seen.standings if s.submission is not None})
    return replace(
        seen,
        files=held.files,
        evidence=held.evidence,
        remarks=held.remarks,
        quotes=chosen(_quotes(desk, seen.standings, held.named)),
    )


def _seen(connection: Connection, desk: Desk, number: int) -> Dossier:
    """What can be told without the versions; they are read when the letters are no longer held."""
    view = look_through(connection, desk)
    before = [p for p in packages.of_campaign(connection, desk.campaign.id) if p.number < number]
    received = acknowledged(acts.of_campaign(connection, desk.campaign.id, desk.now))
    gone = [p for p in before if went_up(p, view.letters, received)]
    return Dossier(
        campaign=desk.campaign,
        roster=desk.roster,
        as_of=desk.now,
        number=number,
        standings=view.standings,
        tallies=view.tallies,
        chased=_chased(
            desk.campaign, view, asked_in_letters(connection, desk.campaign.id, desk.now), desk.now
        ),
        queue=len(view.queue),
        calls=_calls(connection, desk),
        earlier=_earlier(gone[-1]) if gone else None,
        replaces=before[-1].number if before and before[-1] not in gone else None,
    )


def _held(connection: Connection, desk: Desk, counting: Collection[int]) -> _Held:
    held = _Held({o.id for o in desk.campaign.obligations if o.deliverable == "narrative"})
    for version in submissions.one_by_one(connection, desk.campaign.id, desk.now):
        if version.id in counting:
            held.take(version)
    return held


def _earlier(package: Package) -> Earlier:
    counted = package.summary.get("counted") or ()
    return Earlier(package.number, {(u, o): (state, version) for u, o, state, version in counted})


def _remarks(version: Submission) -> tuple[Remark, ...]:
    found = version.reading.get("findings") or ()
    return tuple(Remark(f["code"], f["text"], f.get("where", "")) for f in found)


def _calls(connection: Connection, desk: Desk) -> dict[str, tuple[Call, ...]]:
    found: dict[str, list[Call]] = {}
    for each in acts.of_campaign(connection, desk.campaign.id, desk.now):
        if each.kind == "call":
            outcome = CALLS.get(each.detail.get("outcome", ""), "")
            found.setdefault(each.unit, []).append(Call(each.at, outcome, each.why))
    return {unit: tuple(calls) for unit, calls in found.items()}


def _quotes(
    desk: Desk, standings: Iterable[Standing], named: Mapping[int, tuple[str, str]]
) -> Iterator[tuple[int, Quote]]:
    """The best sentence of every accepted narrative, with its score."""
    told = {o.id: o.narrative for o in desk.campaign.obligations if o.deliverable == "narrative"}
    mine = [
        s
        for s in standings
        if s.obligation in told and s.state is State.ACCEPTED and s.submission and s.unit == s.reporter
    ]
    for start in range(0, len(mine), READ_TOGETHER):
        batch = [(s, *named[s.submission or 0]) for s in mine[start : start + READ_TOGETHER]]
        batch = [(s, name, digest) for s, name, digest in batch if desk.store.path(digest).is_file()]
        contents = read_contents([(name, desk.store.read(digest)) for _, name, digest in batch])
        for (standing, name, _), content in zip(batch, contents, strict=True):
            best = best_sentence(content.text, told[standing.obligation])
            if best:
                yield best[0], Quote(standing.unit, standing.submission or 0, best[1], name)


def _originals(version: Submission) -> tuple[Original, ...]:
    return tuple(Original(f["filename"], f["digest"], f["size"]) for f in version.files)


def _chased(
    campaign: Campaign, view: View, asked: Mapping[tuple[int, str], Sequence[str]], as_of: datetime
) -> dict[str, tuple[Chase, ...]]:
    titles = {rung.id: rung.title for rung in campaign.ladder}
    owing = {code for s in view.standings if s.state in OWED for code in (s.unit, s.reporter)}
    found: dict[str, list[Chase]] = {}
    for each in view.letters:
        pressing = each.unit in owing and presses(each.kind)
        if pressing and each.state in {LetterState.SENT, LetterState.UNKNOWN}:
            sent_at = each.claimed_at if each.claimed_at and each.claimed_at <= as_of else each.queued_at
            found.setdefault(each.unit, []).append(
                Chase(
                    each.kind,
                    _title(each, titles),
                    sent_at,
                    LetterState(each.state),
                    tuple(asked.get((each.id, each.unit), ())),
                )
            )
    return {unit: tuple(chases) for unit, chases in found.items()}


def _title(letter: Fate, titles: Mapping[str, str]) -> str:
    rung = letter.occasion.removeprefix("rung:").partition("@")[0]
    return titles.get(rung, LETTER_KINDS.get(letter.kind, letter.kind))
