"""What a check shows of a campaign: the board, the standing table, the counts a run ends with."""

from dataclasses import dataclass
from typing import Any

from tasks.desk import Desk
from tasks.status import report
from tasks.status.board import overview
from tasks.status.view import View, look


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of the board, the rows of the table, and the counts."""

    board: str
    rows: list[dict[str, str]]
    counts: dict[str, Any]


def shown(desk: Desk) -> Shown:
    """Work out what the ledger says at the desk's moment."""
    view = look(desk)
    rows = report.rows_zh(desk.campaign, desk.roster, view.standings)
    return Shown(overview(view), rows, counts(view))


def counts(view: View) -> dict[str, Any]:
    """The figures of a view a script or a run wants: small, without names."""
    return {
        "reported": report.reported(view.tallies),
        "queue": len(view.queue),
        "unsettled_letters": view.unsettled,
        "unreached": list(view.unreached),
        "needs_person": view.needs_person,
    }
