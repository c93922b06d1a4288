"""Facts for the assessment, read from the ledger in one view."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import Connection

from tasks.ledger import acts, submissions
from tasks.ledger.acts import Act
from tasks.ledger.submissions import QueueItem, Submission
from tasks.status.assess import Facts, Version
from tasks.terms import times
from tasks.terms.standings import State

RULINGS = {"accept": State.ACCEPTED, "return": State.RETURNED}
"""Acts that overrule what the rules concluded about one version."""


def gather(
    connection: Connection, campaign: str, as_of: datetime, *, versions_of: submissions.Of | None = None
) -> Facts:
    """Everything the ledger knows about the campaign at ``as_of``, or only of one reporter's versions."""
    decided = acts.of_campaign(connection, campaign, as_of)
    return Facts(
        versions=versions(submissions.one_by_one(connection, campaign, as_of, of=versions_of), decided),
        extensions=_extensions(decided),
        waivers=_waivers(decided),
        held=held(submissions.undecided(connection, campaign, as_of)),
    )


def versions(rows: Iterable[Submission], decided: Iterable[Act]) -> list[Version]:
    """Submissions as versions, each with the staff's last ruling on it."""
    made = enumerate((a for a in decided if a.kind in RULINGS), start=1)
    rulings = {a.detail["submission"]: (turn, a) for turn, a in made}
    return [_version(row, *rulings.get(row.id, (0, None))) for row in rows]


def held(items: Iterable[QueueItem]) -> frozenset[str]:
    """Units that an undecided item may belong to: they are not chased until a clerk has looked."""
    return frozenset(code for item in items for code in item.candidates)


def _version(row: Submission, turn: int, ruling: Act | None) -> Version:
    reading: Mapping[str, Any] = row.reading
    until = ruling.detail.get("until") if ruling else None
    rows = reading.get("rows")
    return Version(
        id=row.id,
        obligation=intern(row.obligation),
        reporter=intern(row.unit),
        number=row.version,
        verdict=RULINGS[ruling.kind] if ruling else State(row.verdict),
        received_at=row.received_at,
        codes=tuple(dict.fromkeys(f["code"] for f in reading.get("findings", ()))),
        rows=None
        if rows is None
        else {intern(r["unit"]): _figures(r) for r in rows if not _left_empty(r, row.unit)},
        nil=bool(reading.get("nil")),
        ruled=ruling is not None,
        turn=turn,
        correct_by=times.until(until) if until else None,
    )


def _figures(row: Mapping[str, Any]) -> dict[str, float | None]:
    """A row's figures by field; the names of fields, alike in every report, are kept once."""
    return {intern(field): value for field, value in row["values"].items()}


def _left_empty(row: Mapping[str, Any], sender: str) -> bool:
    """Whether a form has a row for a unit and nothing in it: no figure, and no cell that could not be read.

    The sender's own row is kept: the form is its answer, whatever it left out.
    """
    return row["unit"] != sender and not row["evidence"] and all(v is None for v in row["values"].values())


def _extensions(decided: Iterable[Act]) -> dict[tuple[str, str], datetime]:
    """The latest moment granted to each unit and obligation: a second grant never takes back the first."""
    found: dict[tuple[str, str], datetime] = {}
    for each in (a for a in decided if a.kind == "extend"):
        key, until = (each.unit, each.obligation), times.until(each.detail["until"])
        found[key] = max(until, found.get(key, until))
    return found


def _waivers(decided: Iterable[Act]) -> dict[tuple[str, str], str]:
    """Who is excused and why, by the last word on it: what was withdrawn is no waiver any more."""
    last = {(a.unit, a.obligation): a for a in decided if a.kind in {"waive", "unwaive"}}
    return {key: a.why for key, a in last.items() if a.kind == "waive"}
