"""Deleting personal data by rule: so many days after a campaign's last package (``keep_days``)."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from pathlib import Path

from tasks.desk import Desk, open_desk
from tasks.ledger import acts, forget
from tasks.ledger.acts import Act
from tasks.ledger.packages import of_campaign
from tasks.notice.load import campaign_ids, load_campaign
from tasks.settings import Home
from tasks.terms import times
from tasks.terms.errors import Misconfigured

FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Forgettable:
    """What a campaign holds of persons and nobody else needs."""

    digests: tuple[str, ...]
    letters: tuple[Path, ...]
    packages: tuple[Path, ...]


def due_on(desk: Desk) -> datetime:
    """From when on the campaign's personal data is to go.

    Raises:
        Misconfigured: the office has not said how long it is kept.
    """
    days = desk.office.keep_days
    if days is None:
        raise Misconfigured(
            "config/office.yaml 没有写 keep_days（最后一次汇总后几天删除个人信息），未删除任何东西"
        )
    return desk.campaign.package.last + timedelta(days=days)


def survey(desk: Desk, *, packages: bool) -> Forgettable:
    """What would go.

    Raises:
        Misconfigured: it is too early, or letters still wait.
    """
    due = due_on(desk)
    if desk.now < due:
        raise Misconfigured(
            f"专项 {desk.campaign.id} 的个人信息保存到 {times.moment_zh(due, year=True)}，现在不能删除"
        )
    with desk.ledger.read() as connection:
        if waiting := forget.open_letters(connection, desk.campaign.id):
            raise Misconfigured(f"还有 {waiting} 封信待发，处理完再删除")
        kept_by = _still_kept(desk)
        digests = forget.originals(connection, desk.campaign.id, kept_by)
        ours = forget.message_ids(connection, desk.campaign.id)
    there = tuple(sorted(d for d in digests if desk.store.has(d)))
    folders = tuple(sorted(_packages(desk))) if packages else ()
    return Forgettable(there, tuple(_captured(desk.home, ours)), folders)


def forget_all(desk: Desk, *, packages: bool, who: str, why: str) -> Forgettable:
    """Do it. First on record, then in the ledger, then on disk: cut short, it is done again and completes."""
    if not who.strip() or not why.strip():
        raise Misconfigured("须写明经办人和理由")
    found = survey(desk, packages=packages)
    with desk.ledger.write() as connection:
        acts.record(
            connection,
            Act(desk.campaign.id, FORGET, who.strip(), why.strip(), desk.now, detail={"packages": packages}),
        )
        forget.blank(connection, desk.campaign.id, found.digests)
    for path in found.letters:
        path.unlink(missing_ok=True)
    for digest in (*found.digests, *(_shared_packages(desk) if packages else ())):
        desk.store.remove(digest)
    for folder in found.packages:
        shutil.rmtree(folder) if folder.is_dir() else folder.unlink(missing_ok=True)
    return found


def _still_kept(desk: Desk) -> list[str]:
    """The other campaigns whose time has not come."""
    days = timedelta(days=desk.office.keep_days or 0)
    others = (each for each in campaign_ids(desk.home) if each != desk.campaign.id)
    return [each for each in others if desk.now < load_campaign(desk.home, each).package.last + days]


def _packages(desk: Desk) -> Iterator[Path]:
    for path in desk.home.packages.glob("*"):
        if path.name.startswith(desk.campaign.id):
            yield path


def _shared_packages(desk: Desk) -> list[str]:
    """The packages' zips where other machines fetch them; one machine has them in its folder alone."""
    with desk.ledger.read() as connection:
        made = of_campaign(connection, desk.campaign.id)
    return [each.summary["zip"] for each in made] if desk.store.shared else []


def _captured(home: Home, ours: set[str]) -> Iterator[Path]:
    """Letters the embedded capture took for this campaign."""
    for folder in ("new", "cur"):
        for path in sorted((home.captured / folder).glob("*")):
            with path.open("rb") as file:
                if BytesHeaderParser().parse(file).get("Message-ID", "").strip() in ours:
                    yield path


def overdue(home: Home, now: datetime) -> list[str]:
    """Campaigns whose personal data should have gone already."""
    found = []
    for name in campaign_ids(home):
        desk = open_desk(name, now, home)
        if desk.office.keep_days is None or now < due_on(desk):
            continue
        with desk.ledger.read() as connection:
            done = any(a.kind == FORGET for a in acts.of_campaign(connection, name, now))
        if not done:
            found.append(name)
    return found
