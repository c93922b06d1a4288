"""Handing a package up: by mail through the outbox, or laid out for the document exchange."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from tasks.chase.deliver import deliver_waiting
from tasks.chase.gone import STOPPED, came_back, letters_of, parts, went_up
from tasks.chase.outbox import enqueue
from tasks.chase.write import Writer
from tasks.desk import Desk
from tasks.dispatch import acknowledge
from tasks.dispatch.facts import facts, name_zh
from tasks.dispatch.layout import lay_out
from tasks.dispatch.parts import Part, plan, zipped
from tasks.dispatch.sign_rule import SIGN_ZH, Sign, SignOff
from tasks.dispatch.signing import enforce, state_of
from tasks.intake.sources import source_names
from tasks.ledger import arrivals, outbox, packages
from tasks.ledger.packages import Package
from tasks.package.at_hand import at_hand, faults_of
from tasks.package.bagged.signature import beside, sign
from tasks.package.build import BuiltPackage
from tasks.package.make import superseded
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.errors import NeedsPerson
from tasks.terms.letters import LetterState

WAITED_LONG = timedelta(days=1)
"""After so long without a signature a person is told, also where no hour was set for it."""

CHANGED = "编成后又有新的情况，须重新编制（compile）后再呈报"

log = logging.getLogger(__name__)


def hand_up_all(desk: Desk) -> dict[str, Any]:
    """Hand up every package that may go, each at most once; what may not go is named with the reason."""
    told: dict[str, Any] = {"sent": [], "laid_out": [], "held_back": [], "why": {}}
    blind = _out_of_reach(desk) or "；".join(look(desk).adrift)
    told["acknowledged"] = acknowledge.take_in(desk)
    for package in replaced(desk):
        _enforce(desk, package)
    for package in waiting(desk):
        why_not = blind or _hand_up(desk, package, told)
        if why_not:
            log.warning("%s暂缓呈报：%s", name_zh(package), why_not)
            told["held_back"].append(package.number)
            told["why"][str(package.number)] = why_not
    deliver_waiting(desk)
    told["sent"] = record_sent(desk)
    for number, why in stuck(desk).items():
        told["held_back"].append(number)
        told["why"][str(number)] = why
    return told


def to_upload(desk: Desk) -> list[Package]:
    """Packages laid out for the document exchange that nobody has said the superior has."""
    made, _ = _made(desk)
    received = acknowledge.acknowledged(desk)
    laid = [p for p in made if p.dispatch.get("channel") == "document_exchange"]
    return [p for p in laid if p.number not in received]


def stuck(desk: Desk) -> dict[int, str]:
    """Packages whose dispatch letter was refused, or nobody knows of: a person decides, no rule resends."""
    with desk.ledger.read() as connection:
        letters = outbox.of_campaign(connection, desk.campaign.id, desk.clock())
    made, gone = _made(desk)
    last = max((p.number for p in gone if p.summary.get("supplement_to") is None), default=0)
    found = {}
    for package in made:
        mine = letters_of(package, letters)
        if package not in gone and package.number > last and (back := came_back(mine)):
            why = f"呈报信被拒收或退回（{back[0].reply}），上级没有收到"
            found[package.number] = f"{why}，请另行呈报后登记签收"
        elif package.dispatched_at is None and any(q.state == LetterState.UNKNOWN for q in mine):
            found[package.number] = "呈报信是否送达不明，不会自动重发；请向上级核实后登记签收"
    return found


def waiting(desk: Desk) -> list[Package]:
    """Packages that have not gone up, oldest first; one that a later package takes the place of is not."""
    made, gone = _made(desk)
    return [p for p in made if p.dispatched_at is None and (p in gone or p is made[-1])]


def replaced(desk: Desk) -> list[Package]:
    """Packages that never went up and never will: a later one was made in their place."""
    made, gone = _made(desk)
    return [p for p in made[:-1] if p not in gone and p.dispatched_at is None]


def _made(desk: Desk) -> tuple[list[Package], list[Package]]:
    with desk.ledger.read() as connection:
        made = packages.of_campaign(connection, desk.campaign.id)
        letters = outbox.of_campaign(connection, desk.campaign.id, desk.clock())
    received = frozenset(acknowledge.acknowledged(desk))
    return made, [p for p in made if went_up(p, letters, received)]


def _hand_up(desk: Desk, package: Package, told: dict[str, Any]) -> str:
    """Let one package go; returns in Chinese why it may not, or nothing."""
    stands = _enforce(desk, package)
    if not stands.may_go:
        return _unsigned(desk, package, stands)
    if faults := faults_of(desk, package):
        return f"{faults[0]}；须重新编制（compile）后再呈报"
    if _is_outdated(desk, package):
        return CHANGED
    try:
        if desk.office.sign_key:
            sign(at_hand(desk, package), desk.office.sign_key)
        return _let_go(desk, package, told)
    except NeedsPerson as fault:
        return str(fault)


def _is_outdated(desk: Desk, package: Package) -> bool:
    """What came since it was made would go up as missing."""
    with desk.ledger.read() as connection:
        return superseded(connection, desk, package)


def _unsigned(desk: Desk, package: Package, stands: SignOff) -> str:
    """Why a package that is not signed stays, and whether it has waited too long."""
    said = SIGN_ZH[stands.state]
    if stands.state is Sign.REFUSED:
        return f"{said}（{stands.why}）"
    due = desk.campaign.superior.due
    if stands.state is not Sign.WAITING:
        return said
    if due != "unknown" and desk.now >= times.utc(due):
        return f"{said}，已过上级时限"
    return f"{said}，编成已超过一天" if desk.now - package.built_at > WAITED_LONG else said


def _let_go(desk: Desk, package: Package, told: dict[str, Any]) -> str:
    superior = desk.campaign.superior
    if superior.channel == "unknown":  # an address alone does not say that mail is wanted
        return (
            f"向{superior.name}呈报的渠道未写明，没有发出；请问清后在专项文件 superior.channel 中填写："
            "email（邮件）或 document_exchange（公文系统）"
        )
    if superior.channel == "document_exchange":
        told["laid_out"].append(lay_out_for_exchange(desk, package))
        return ""
    if not superior.address:
        return "没有写明上级的邮件地址，请在专项文件 superior.address 中填写"
    queue_mail(desk, package)
    return ""


def _enforce(desk: Desk, package: Package) -> Any:
    stands = state_of(desk, package)
    enforce(desk, package, stands)
    return stands


def queue_mail(desk: Desk, package: Package) -> bool:
    """Put the dispatch letters into the outbox: once for a package, never again by itself.

    Raises:
        NeedsPerson: the package does not fit the receiver's mailbox.
    """
    address = desk.campaign.superior.address
    if not address:
        return False
    folder = at_hand(desk, package)
    planned = plan(folder, desk.campaign.superior.size_limit_mb)
    _as_begun(desk, package, len(planned))
    done = [_queue_part(desk, package, part, address) for part in planned if not _queued(desk, package, part)]
    return any(done)


def _as_begun(desk: Desk, package: Package, number: int) -> None:
    """Hold a package to the parts it began to go in: cut anew, all of it would go a second time.

    Raises:
        NeedsPerson: the limit was changed after letters had gone.
    """
    with desk.ledger.read() as connection:
        letters = outbox.of_campaign(connection, desk.campaign.id, desk.clock())
    begun = {parts(q) for q in letters_of(package, letters) if q.state not in STOPPED}
    if begun - {number}:
        raise NeedsPerson(
            f"{name_zh(package)}已按{max(begun)}封发出或待发，现在的单封上限要分{number}封，不会改分后重发；"
            "请恢复原来的上限，或向上级核实后另行呈报并登记签收"
        )


def _queue_part(desk: Desk, package: Package, part: Part, address: str) -> bool:
    folder = at_hand(desk, package)
    name = part.filename(folder.name)
    # One part at a time: only its own bytes are in memory.
    data = folder.with_name(f"{folder.name}.zip").read_bytes() if part.whole else zipped(folder, part)
    letter = Writer(desk, look(desk)).letter(
        "dispatch",
        "",
        address,
        facts(desk, package) | _part_facts(package, part, name),
        occasion=occasion(package, part),
        files=[(name, data), *_signature(folder, part)],
    )
    return bool(enqueue(desk.ledger, desk.store, [letter], desk.now))


def _signature(folder: Path, part: Part) -> list[tuple[str, bytes]]:
    """The office's signature, where there is one, with the first mail."""
    path = beside(folder)
    return [(path.name, path.read_bytes())] if part.number == 1 and path.exists() else []


def _part_facts(package: Package, part: Part, name: str) -> dict[str, str]:
    if part.whole:
        return {}
    return {
        "package": f"{name_zh(package)}，共 {part.of} 卷，本封为第 {part.number} 卷",
        "attachment": f"{name}（各卷解压到同一文件夹，即为完整的汇总件）",
    }


def _queued(desk: Desk, package: Package, part: Part) -> bool:
    with desk.ledger.read() as connection:
        return ("", occasion(package, part)) in outbox.occasions(connection, desk.campaign.id)


def occasion(package: Package, part: Part | None = None) -> str:
    """What makes the dispatch of a package, or of one of its parts, unique."""
    tail = "" if part is None or part.whole else f":{part.number}/{part.of}"
    return f"package:{package.number}:{package.digest[:12]}{tail}"


def record_sent(desk: Desk) -> list[int]:
    """Enter as dispatched every package whose letters the server has all taken; returns their numbers."""
    with desk.ledger.read() as connection:
        letters = outbox.of_campaign(connection, desk.campaign.id, desk.clock())
    done = []
    for package in waiting(desk):
        sent = [q for q in letters_of(package, letters) if q.state == LetterState.SENT]
        whole = {of for of in map(parts, sent) if sum(parts(q) == of for q in sent) == of}
        if whole:
            first = next(q for q in sent if parts(q) in whole)
            detail = {"channel": "email", "message_id": first.message_id, "parts": parts(first)}
            _record(desk, package, detail)
            done.append(package.number)
    return done


def lay_out_for_exchange(desk: Desk, package: Package) -> str:
    """Lay the package out for upload by a clerk and record where; returns the folder."""
    folder = lay_out(_built(desk, package), desk.campaign, desk.home.packages)
    shown = str(folder.relative_to(desk.home.root))
    _record(desk, package, {"channel": "document_exchange", "folder": shown})
    return shown


def _out_of_reach(desk: Desk) -> str:
    with desk.ledger.read() as connection:
        names = "、".join(arrivals.failing(connection, source_names(desk)))
    return f"来源 {names} 连接不上，可能有未收到的来件" if names else ""


def _built(desk: Desk, package: Package) -> BuiltPackage:
    path = at_hand(desk, package)
    return BuiltPackage(
        name=path.name,
        path=path,
        zip_path=path.with_name(f"{path.name}.zip"),
        digest=package.digest,
        zip_digest=package.summary["zip"],
        files=(),
        summary=package.summary,
    )


def _record(desk: Desk, package: Package, detail: dict[str, Any]) -> None:
    with desk.ledger.write() as connection:
        packages.record_dispatch(connection, desk.campaign.id, package.number, desk.now, detail)
