"""Whether anything can have changed since a campaign was last worked out: if not, it is not worked out again.

What a campaign comes to is a function of ledger, configuration and the clock. The ledger carries a mark that
every committed write renews; the configuration has its files' times; and the clock changes nothing before
``until``. So a check with nothing new costs what asking costs, however many units there are. What is
remembered here may be deleted at any time.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tasks.desk import Desk
from tasks.ledger import latest
from tasks.settings import SHIPPED
from tasks.status.view import View
from tasks.terms import times

ONE_DAY = timedelta(days=1)
"""Something undecided for so long is told of, and the last day before a due moment is a sharper one."""


def mark(desk: Desk) -> str:
    """The same as long as neither the ledger nor a file of the configuration has changed."""
    with desk.ledger.read() as connection:
        found = hashlib.sha256(latest.mark_of(connection).encode())
    for folder in (desk.home.config, desk.home.templates, SHIPPED / "config" / "calendar"):
        for path in sorted(_files(folder)):
            try:
                seen = path.stat()
            except FileNotFoundError:  # an editor's lock points nowhere, its half-saved file was just renamed
                continue
            found.update(f"{path}\0{seen.st_mtime_ns}\0{seen.st_size}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder, followlinks=True):
        yield from (Path(here, name) for name in names)


def recall(desk: Desk, what: str) -> Any:
    """What was remembered under this name, or None when something may have changed since."""
    try:
        known = json.loads(_path(desk, what).read_text("utf-8"))
        since, until = (times.parse(known[each]) for each in ("since", "until"))
        valid = since <= desk.now < until and known["mark"] == mark(desk)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return known["said"] if valid else None


def remember(desk: Desk, what: str, of: str, until: datetime, said: Any) -> None:
    """Keep what came of it for as long as the mark ``of``, taken before it was worked out, stands.

    Not while a letter is on its way or in doubt, nor when the ledger holds facts of a later moment.
    """
    with desk.ledger.read() as connection:
        if latest.restless(connection) or latest.fact_after(connection, desk.now):
            return
    known = {"mark": of, "since": times.utc(desk.now).isoformat(), "until": times.utc(until).isoformat()}
    path = _path(desk, what)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(known | {"said": said}, ensure_ascii=False), "utf-8")
    fresh.replace(path)


def midnight(desk: Desk) -> datetime:
    """The end of the desk's day: working days, duties and today's list change with it."""
    here = times.local(desk.now)
    return times.utc(here.replace(hour=0, minute=0, second=0, microsecond=0) + ONE_DAY)


def until(view: View) -> datetime:
    """The first moment after the desk's at which the clock alone changes what is shown or told."""
    return min(moment for moment in _moments(view) if moment > view.desk.now)


def _moments(view: View) -> Iterator[datetime]:
    desk, campaign = view.desk, view.desk.campaign
    yield midnight(desk)
    today = times.local(desk.now).date()
    yield from (times.utc(times.at(today, hour)) for span in desk.office.hours_on(today) for hour in span)
    for due in {s.due.at for s in view.standings if s.due.at is not None}:
        yield from (due, due - ONE_DAY, due + timedelta.resolution)
    for rule in (*campaign.package.moments, *(o.closes for o in campaign.obligations)):
        if rule is not None:
            yield from (times.utc(rule), times.utc(rule) + timedelta.resolution)
    yield from (item.queued_at + ONE_DAY for item in view.queue)


def _path(desk: Desk, what: str) -> Path:
    return desk.home.var / "still" / f"{desk.campaign.id}.{what}"
