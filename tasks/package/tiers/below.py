"""Packages from the tier below, taken in before anything else is read: checked, then entered as reports."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tasks.desk import Desk
from tasks.intake.entry import reading_row
from tasks.intake.placing.placement import Context
from tasks.intake.placing.rules import Rules
from tasks.intake.settle import rules_of
from tasks.intake.sources import source_names
from tasks.ledger import arrivals, packages, submissions
from tasks.ledger.arrivals import Arrival, Judgement
from tasks.ledger.submissions import QueueItem, Submission
from tasks.mail.reader import read_mail
from tasks.package.bagged import bag
from tasks.package.bagged.holdings import Unreadable, opened
from tasks.package.bagged.verify import verify
from tasks.package.bagged.volumes import Part, join, part_of
from tasks.package.tiers.below_known import Counted
from tasks.package.tiers.tier import Below, as_reading, check_for, check_made_by, read_below
from tasks.package.tiers.tier_match import Unfit
from tasks.terms import times
from tasks.terms.mails import ROBOTS, File, Mail, as_file
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Finding, Reading
from tasks.terms.units import Unit

KIND, PART_KIND = "package", "package_part"
REPORT, FIGURES, SUMMARY = "data/总结报告.docx", "data/数据/figures.csv", "data/数据/summary.json"
_ZIP = b"PK\x03\x04"
_BEGINS = b"UEsDB"
"""How a zip begins in base64; an attachment's first line stands behind an empty one."""
_EMPTY_LINE = re.compile(rb"(?:^|\r?\n)\r?\n\Z")
_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]{0,405}")
_OFFICE = (
    b"[Content_Types].xml",
    b"_rels/",
    b"word/",
    b"xl/",
    b"docProps/",
    b"ppt/",
    b"mimetype",
    b"OFD.xml",
)
_MOST_FAULTS = 3
_MOST_WAITING = 200_000


@dataclass(frozen=True, slots=True)
class Came:
    """A package file as it came, whole or a numbered part, and what other packages its mail held."""

    arrival: Arrival
    mail: Mail | None
    file: File
    more: tuple[File, ...] = ()
    joined: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts there are; empty unless all that came are parts of one package, cut in one way."""
        found = [part_of(each) for each in (self.file, *self.more)]
        parts = tuple(part for part in found if part is not None)
        alike = {(part.name, part.of) for part in parts}
        return parts if len(parts) == len(found) and len(alike) == 1 else ()


def take_packages(desk: Desk) -> dict[str, int]:
    """Take in every package of the tier below that has come and was not looked at yet.

    Whatever is no package is left for the step that reads documents.
    """
    told = {"packages": 0, "queued": 0}
    for came in _new(desk):
        desk.store.put(came.file.data)
        try:
            outcome = _take_any(desk, came)
        except Unreadable as fault:
            outcome = _queue(desk, came, (), f"下级汇总件未能计入：{fault}，请人工处理")
        if outcome:
            told[outcome] += 1
    return told


def _new(desk: Desk) -> Iterator[Came]:
    names = source_names(desk)
    with desk.ledger.read() as connection:
        waiting = arrivals.unjudged(connection, desk.campaign.id, names, _MOST_WAITING)
    for arrival in waiting:
        data = desk.store.read(arrival.digest)
        if arrival.form == "mail":
            if _may_hold_package(data):
                mail = read_mail(data, own_addresses=desk.own_addresses, receivers=desk.receivers)
                files = (
                    [f for f in mail.attachments if _is_package(f)]
                    if mail.kind not in {*ROBOTS, "suspicious"}
                    else []
                )
                several = list({f.digest: f for f in files}.values())
                if several:
                    yield Came(arrival, mail, several[0], tuple(several[1:]))
        else:
            file = File(arrival.filename, arrival.digest, len(data), data)
            if _is_package(file):
                yield Came(arrival, None, file)


def _take_any(desk: Desk, came: Came) -> str:
    if came.parts:
        return _take_parts(desk, came)
    if came.more:
        names = "、".join(f"“{each.filename}”" for each in (came.file, *came.more))
        return _queue(desk, came, (), f"一封邮件里有多个汇总件（{names}），不能确定以哪一个为准，请人工处理")
    return _take(desk, came)


def _may_hold_package(mail: bytes) -> bool:
    """Whether some attachment is a zip that is no office document: only such a mail is taken apart here."""
    at = -1
    while (at := mail.find(_BEGINS, at + 1)) >= 0:
        found = _BASE64.match(mail, at)
        if found is None or not _EMPTY_LINE.search(mail[max(at - 4, 0) : at]):
            continue
        start = b"".join(found[0].split())
        head = io.BytesIO(_decoded(start[: len(start) // 4 * 4])).read()
        if not head[30:].startswith(_OFFICE):
            return True
    return False


def _decoded(text: bytes) -> bytes:
    import binascii  # noqa: PLC0415  only for a mail that may hold a package

    return binascii.a2b_base64(text)


def _is_package(file: File) -> bool:
    if not file.data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            names = archive.namelist()
    # What zipfile raises for a listing that is cut, lies or is of an unknown kind.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return False
    inner = {name.partition("/")[2] for name in names} | set(names)
    whole = {bag.BAGIT, FIGURES} <= inner
    part = part_of(file) and all("/data/" in name for name in names if not name.endswith("/"))
    return bool(whole or part)


def _take_parts(desk: Desk, came: Came) -> str:
    """Keep the parts; when none is missing any more, join them and take the package in."""
    name, of = came.parts[0].name, came.parts[0].of
    hints = came.arrival.hints
    whose = came.mail.sender if came.mail else hints.get("folder") or hints.get("sender", "")
    mark = f"{whose}/{name}"
    for part in came.parts:
        desk.store.put(part.file.data)
    with desk.ledger.write() as connection:
        reasons = tuple(f"{part.file.digest} {part.number}/{of} {mark}" for part in came.parts)
        arrivals.record_judgement(connection, _judged(desk, came, PART_KIND, reasons))
        known = packages.parts_of(connection, desk.campaign.id, PART_KIND, mark, of)
    if not set(range(1, of + 1)) <= set(known):
        return ""
    joined = join([desk.store.path(known[n]) for n in range(1, of + 1)])
    file = as_file(f"{name}.zip", joined)
    desk.store.put(joined)
    return _take(desk, replace(came, file=file, more=(), joined=True))


def _take(desk: Desk, came: Came) -> str:
    rules, path = rules_of(desk), desk.store.path(came.file.digest)
    unit = _sender(desk, rules, came)
    try:
        faults = verify(path)
        if unit is None:
            return _queue(desk, came, (), "汇总件的报送单位不能确定：发件地址或编制单位不在名册上")
        if faults:
            return _return(desk, came, unit, faults, rules)
        below = _below(path)
        check_for(below, desk.campaign)
        check_made_by(below, unit, rules.roster)
        return _enter(desk, came, unit, below, rules)
    except (Unfit, Unreadable) as fault:
        return _queue(desk, came, (unit.code,) if unit else (), f"下级汇总件未能计入：{fault}，请人工处理")


def _below(path: Path) -> Below:
    with opened(path) as holdings:
        try:
            summary: Mapping[str, Any] = json.loads(holdings.text(SUMMARY))
        except (ValueError, KeyError, RecursionError) as fault:
            raise Unfit("缺少汇总数据 summary.json，或其格式不对") from fault
        return read_below(summary, holdings.text(FIGURES).removeprefix("\ufeff"))


def _sender(desk: Desk, rules: Rules, came: Came) -> Unit | None:
    """Who sent it, for certain: the address, or for a folder its name and the file's."""
    if came.mail is not None:
        mine = [u for u in desk.roster.by_address.get(came.mail.sender, ()) if u.code in rules.reporters]
        return mine[0] if len(mine) == 1 else None
    hints = came.arrival.hints
    folder = " ".join(filter(None, (hints.get("folder"), hints.get("sender"))))
    context = Context(subject=hints.get("subject", ""), folder=folder)
    found = rules.reporter(rules.match(context, None, [came.file.filename]).unit)
    return desk.roster[found] if found else None


def _enter(desk: Desk, came: Came, unit: Unit, below: Below, rules: Rules) -> str:
    made: list[tuple[File, str, dict[str, Any], str]] = []
    owing = [desk.campaign.obligation(o) for o in rules.reporters[unit.code]]
    for owed, reading in _answers(desk, rules, below, unit, owing):
        form = owed.deliverable == "form"
        made.append((_document(desk, came, form=form), owed.id, reading_row(reading, form=form), "accepted"))
    outcome = _record(desk, came, unit, made)
    if came.mail is None:
        _beside(desk, came)
    return outcome


def _answers(
    desk: Desk, rules: Rules, below: Below, unit: Unit, owing: Sequence[Obligation]
) -> Iterator[tuple[Obligation, Reading]]:
    """What the package says anew: of a recurring report it also carries every period that is long reported.

    Raises:
        Unfit: it answers nothing of what this office owes.
    """
    day = times.local(desk.now).date()
    read = [(o, reading) for o in owing if (reading := as_reading(below, rules, o, unit, day)) is not None]
    if not read:
        raise Unfit("其中没有本级要的任何一项")
    last = {o.series: o.id for o, _ in read}
    standing = Counted(desk, unit)
    for owed, reading in read:
        older = owed.deliverable == "narrative" and owed.id != last[owed.series]
        if not standing.said(owed, reading, older=older):
            yield owed, reading


def _beside(desk: Desk, came: Came) -> None:
    """Files laid beside the package that are in it as well are no reports of their own."""
    with opened(desk.store.path(came.file.digest)) as holdings:
        inside = set(bag.read_manifest(holdings.text(bag.MANIFEST))[0].values())
    with desk.ledger.write() as connection:
        for each in arrivals.unjudged(connection, desk.campaign.id, [came.arrival.source], _MOST_WAITING):
            if each.hints == came.arrival.hints and each.digest in inside:
                same = Came(each, None, came.file)
                reason = f"与汇总件“{came.file.filename}”内的文件相同"
                arrivals.record_judgement(connection, _judged(desk, same, KIND, (reason,)))


def _return(desk: Desk, came: Came, unit: Unit, faults: list[str], rules: Rules) -> str:
    """A package that is not what its manifest says goes back to its sender, file by file named."""
    told = "；".join(faults[:_MOST_FAULTS]) + ("等" if len(faults) > _MOST_FAULTS else "")
    text = f"汇总件“{came.file.filename}”与其清单不符（{told}），未予采用，请重新打包报送"
    row: dict[str, Any] = {
        "values": {}, "evidence": {}, "rows": None, "date": None, "nil": False, "reasons": [],
        "findings": [asdict(Finding("DAMAGED", text))],
    }  # fmt: skip
    return _record(desk, came, unit, [(came.file, o, row, "returned") for o in rules.reporters[unit.code]])


def _document(desk: Desk, came: Came, *, form: bool) -> File:
    """What answers: the package for figures, the report inside it for a narrative."""
    if form:
        return came.file
    with opened(desk.store.path(came.file.digest)) as holdings:
        data = holdings.read(REPORT)
    return File(
        f"{came.file.filename.removesuffix('.zip')}-总结报告.docx", desk.store.put(data), len(data), data
    )


def _record(desk: Desk, came: Came, unit: Unit, made: list[tuple[File, str, dict[str, Any], str]]) -> str:
    with desk.ledger.write() as connection:
        if not _first(connection, desk, came, (f"下级汇总件，已按{unit.name}的报件计入",)):
            return ""
        for file, obligation, row, verdict in made:
            files = {f.digest: f for f in (file, came.file)}.values()
            submissions.add(
                connection,
                Submission(
                    campaign=desk.campaign.id,
                    obligation=obligation,
                    unit=unit.code,
                    digest=file.digest,
                    filename=file.filename,
                    files=[{"filename": f.filename, "digest": f.digest, "size": f.size} for f in files],
                    sender=came.mail.sender if came.mail else "",
                    verdict=verdict,
                    reading=row,
                    received_at=came.arrival.received_at,
                    recorded_at=desk.now,
                    arrival=came.arrival.id,
                ),
            )
    return "packages"


def _queue(desk: Desk, came: Came, candidates: tuple[str, ...], reason: str) -> str:
    with desk.ledger.write() as connection:
        if not _first(connection, desk, came, (reason,), outcome="queued"):
            return ""
        item = QueueItem(
            campaign=desk.campaign.id,
            arrival=came.arrival.id,
            digest=came.file.digest,
            filename=came.file.filename,
            sender=came.mail.sender if came.mail else came.arrival.hints.get("sender", ""),
            subject=came.mail.subject if came.mail else came.arrival.hints.get("subject", ""),
            candidates=candidates,
            reasons=(reason,),
            received_at=came.arrival.received_at,
            queued_at=desk.now,
        )
        submissions.enqueue(connection, item)
    return "queued"


def _first(
    connection: Connection, desk: Desk, came: Came, reasons: tuple[str, ...], outcome: str = "submission"
) -> bool:
    """Enter the judgement; False when another worker was first. A package's last part has one already."""
    made = replace(_judged(desk, came, KIND, reasons), outcome=outcome)
    return arrivals.record_judgement(connection, made) or came.joined


def _judged(desk: Desk, came: Came, kind: str, reasons: tuple[str, ...]) -> Judgement:
    mail, hints = came.mail, came.arrival.hints
    return Judgement(
        campaign=desk.campaign.id,
        arrival=came.arrival.id,
        outcome="ignored",
        kind=kind,
        sender=mail.sender if mail else hints.get("sender", ""),
        subject=mail.subject if mail else hints.get("subject", ""),
        message_id=mail.message_id if mail else "",
        reasons=reasons,
        judged_at=desk.now,
    )
