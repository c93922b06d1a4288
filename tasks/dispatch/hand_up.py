"""Handing a package up: by mail through the outbox, or laid out for the document exchange."""

from collections.abc import Mapping
from typing import Any

from tasks.chase.outbox import enqueue
from tasks.chase.write import Writer
from tasks.desk import Desk
from tasks.dispatch.layout import lay_out
from tasks.ledger import acts, outbox, packages
from tasks.ledger.packages import Package
from tasks.package.build import BuiltPackage
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.letters import LetterState


def waiting(desk: Desk) -> list[Package]:
    """Packages that have not gone up, oldest first."""
    with desk.ledger.read() as connection:
        return [p for p in packages.of_campaign(connection, desk.campaign.id) if p.dispatched_at is None]


def signed(desk: Desk, package: Package) -> bool:
    """Whether the campaign lets this very package go: no sign-off asked, or one given for its digest."""
    if not desk.campaign.package.sign_off:
        return True
    with desk.ledger.read() as connection:
        given = acts.of_campaign(connection, desk.campaign.id, desk.now)
    return any(a.kind == "sign_off" and a.detail.get("digest") == package.digest for a in given)


def queue_mail(desk: Desk, package: Package) -> bool:
    """Put the dispatch letter into the outbox: once for a package, never again by itself."""
    address = desk.campaign.superior.address
    if not address:
        return False
    zip_path = desk.home.root / f"{package.path}.zip"
    writer = Writer(desk, look(desk))
    letter = writer.letter(
        "dispatch",
        "",
        address,
        _facts(desk, package),
        occasion=occasion(package),
        files=[(zip_path.name, zip_path.read_bytes())],
    )
    return bool(enqueue(desk.ledger, desk.store, [letter], desk.now))


def occasion(package: Package) -> str:
    """What makes the dispatch of a package unique."""
    return f"package:{package.number}:{package.digest[:12]}"


def _facts(desk: Desk, package: Package) -> Mapping[str, Any]:
    """What the package says of itself, not what has come since."""
    campaign, notice = desk.campaign, desk.campaign.notice
    counts = [
        f"{o['title']}：应报 {o['expected']}，已报 {o['received']}，按时 {o['on_time']}"
        for o in package.summary["obligations"]
    ]
    return {
        "campaign": campaign.title,
        "issuer": notice.issuer,
        "unit": campaign.superior.name,
        "section": "" if notice.section == "unknown" else notice.section,
        "contact": notice.contact.name,
        "phone": "" if notice.contact.phone == "unknown" else notice.contact.phone,
        "today": times.date_zh(times.local(desk.now).date()),
        "superior_document": notice.superior_document,
        "package": f"第 {package.number} 号汇总件"
        if package.number == 1
        else f"第 {package.number} 号（补报件）",
        "attachment": f"{package.path.rpartition('/')[2]}.zip",
        "digest": package.digest,
        "counts": counts,
    }


def record_sent(desk: Desk) -> list[int]:
    """Enter as dispatched every package whose letter the server has taken; returns their numbers."""
    with desk.ledger.read() as connection:
        letters = {q.occasion: q for q in outbox.of_campaign(connection, desk.campaign.id, desk.clock())}
    done = []
    for package in waiting(desk):
        letter = letters.get(occasion(package))
        if letter is not None and letter.state == LetterState.SENT:
            detail = {"channel": "email", "message_id": letter.message_id}
            _record(desk, package, detail)
            done.append(package.number)
    return done


def lay_out_for_exchange(desk: Desk, package: Package) -> str:
    """Lay the package out for upload by a clerk and record where; returns the folder."""
    folder = lay_out(_built(desk, package), desk.campaign, desk.home.packages)
    shown = str(folder.relative_to(desk.home.root))
    _record(desk, package, {"channel": "document_exchange", "folder": shown})
    return shown


def _built(desk: Desk, package: Package) -> BuiltPackage:
    path = desk.home.root / package.path
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
