"""Making the package that is due: once for each package moment, whatever runs how often."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tasks.chase.gone import came_back, letters_of, went_up
from tasks.desk import Desk
from tasks.ledger import packages
from tasks.ledger.packages import Package
from tasks.package.at_hand import faults_of, put_aside, share
from tasks.package.build import BuiltPackage, PackageConflict, build_package
from tasks.package.documents.preview import pdf_preview
from tasks.package.dossier import Dossier
from tasks.package.gather import gather
from tasks.package.schedule import occasion, served
from tasks.status.counted import counted, still_so
from tasks.status.view import View, look_through

PREVIEW = "预览"


def make(desk: Desk) -> dict[str, Any]:
    """Build what is due. Returns number, path and whether it is new; number 0 is a preview."""
    moment = served(desk.campaign, desk.now)
    if moment is None:
        return _preview(desk)
    due = occasion(moment)
    with desk.ledger.read() as connection:
        known = packages.latest_for(connection, desk.campaign.id, due)
        if known is not None and not _again(connection, desk, known, moment):
            return _told(known, new=False)
        number = packages.next_number(connection, desk.campaign.id)
        due = f"{due}{packages.AGAIN}{number}" if known else due
        dossier = gather(connection, desk, number)
        if number > 1 and not _changed(connection, desk, dossier):
            return {
                "number": 0,
                "path": "",
                "new": False,
                "gaps": _gaps(dossier),
                "note": "没有新材料，不编补报件",
            }
    built = _built(desk, dossier)
    share(desk, built)
    with desk.ledger.write() as connection:
        packages.record(connection, _row(desk, built, dossier, due))
        entered = packages.for_occasion(connection, desk.campaign.id, due)
    if entered is None:
        raise PackageConflict(f"汇总件第 {number} 号已由另一次运行入账")
    return _told(entered, new=True) | {"pdf": pdf_preview(built.path)}


def outdated(connection: Connection, desk: Desk, package: Package) -> bool:
    """Whether a package that nobody has is no longer what the ledger says: it is made anew before it goes.

    What counts may have changed since, or its files: a clerk mended a figure in them, or a disk lost some.
    """
    view = _before_it_goes(connection, desk, package)
    return view is not None and (_says_otherwise(package, view) or bool(faults_of(desk, package)))


def superseded(connection: Connection, desk: Desk, package: Package) -> bool:
    """The same of what counts alone, for whoever has looked at its files: every byte is read for those."""
    view = _before_it_goes(connection, desk, package)
    return view is not None and _says_otherwise(package, view)


def _before_it_goes(connection: Connection, desk: Desk, package: Package) -> View | None:
    """How everything stands; None where the package is on its way or came back: then a person decides."""
    view = look_through(connection, desk)
    mine = letters_of(package, view.letters)
    return None if package.dispatched_at or went_up(package, mine, ()) or came_back(mine) else view


def _says_otherwise(package: Package, view: View) -> bool:
    return not still_so(package.summary, view.standings, view.tallies)


def _again(connection: Connection, desk: Desk, known: Package, moment: datetime) -> bool:
    """Whether the moment wants another package than the one it has."""
    return outdated(connection, desk, known) or _early(connection, desk, known, moment)


def _early(connection: Connection, desk: Desk, known: Package, moment: datetime) -> bool:
    """Whether it was compiled by hand before its hour, the hour has come, and more counts by now."""
    if not known.built_at < moment <= desk.now:
        return False
    return known.summary.get("counted") != counted(look_through(connection, desk).standings)


def _built(desk: Desk, dossier: Dossier) -> BuiltPackage:
    try:
        return _build(desk, dossier, desk.home.packages)
    except PackageConflict:
        put_aside(desk.home.packages, dossier.name)
        return _build(desk, dossier, desk.home.packages)


def _build(desk: Desk, dossier: Dossier, folder: Path) -> BuiltPackage:
    own = desk.home.templates / "report"
    return build_package(dossier, desk.store.path, folder, templates=own if own.is_dir() else None)


def _preview(desk: Desk) -> dict[str, Any]:
    with desk.ledger.read() as connection:
        dossier = gather(connection, desk, 1)
    stamp = f"{desk.now:%Y%m%dT%H%M%SZ}"
    built = _build(desk, dossier, desk.home.packages / PREVIEW / stamp)
    path = str(built.path.relative_to(desk.home.root))
    return {
        "number": 0,
        "path": path,
        "new": True,
        "gaps": _gaps(dossier),
        "note": "未到呈报日，仅供预览，不呈报",
    }


def _changed(connection: Connection, desk: Desk, dossier: Dossier) -> bool:
    """Whether anything that counts differs from the package before: a supplement says something new."""
    last = packages.of_campaign(connection, desk.campaign.id)[-1]
    if outdated(connection, desk, last):
        return True
    return last.summary.get("counted") != counted(dossier.standings)


def _gaps(dossier: Dossier) -> int:
    return sum(tally.expected - tally.received for tally in dossier.tallies if tally.due.at is not None)


def _row(desk: Desk, built: BuiltPackage, dossier: Dossier, due: str) -> Package:
    return Package(
        campaign=desk.campaign.id,
        number=dossier.number,
        occasion=due,
        as_of=dossier.as_of,
        digest=built.digest,
        path=str(built.path.relative_to(desk.home.root)),
        summary={
            **built.summary,
            "counted": counted(dossier.standings),
            "gaps": _gaps(dossier),
            "zip": built.zip_digest,
        },
        built_at=desk.now,
        dispatched_at=None,
        dispatch={},
    )


def _told(package: Package, *, new: bool) -> dict[str, Any]:
    return {
        "number": package.number,
        "path": package.path,
        "new": new,
        "gaps": package.summary["gaps"],
        "digest": package.digest,
    }
