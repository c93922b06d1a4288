"""What a check shows of a campaign: the board, the standing table, the counts a run ends with."""

from dataclasses import dataclass
from typing import Any

from tasks.desk import Desk
from tasks.status import report, still
from tasks.status.board import as_of, overview
from tasks.status.view import View, look

SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of the board, the rows of the table (None: the same as before), and the counts."""

    board: str
    rows: list[dict[str, str]] | None
    counts: dict[str, Any]


def shown(desk: Desk) -> Shown:
    """Work out what the ledger says at the desk's moment, and remember it."""
    of = still.mark(desk)
    view = look(desk)
    rows = report.rows_zh(desk.campaign, desk.roster, view.standings)
    found = Shown(overview(view), rows, counts(view))
    said = {"board": found.board, "counts": found.counts, "as_of": as_of(desk)}
    still.remember(desk, SHOWN, of, still.until(view), said)
    return found


def shown_again(desk: Desk) -> Shown | None:
    """What is shown already, under the present moment, or None when something may have changed."""
    known = still.recall(desk, SHOWN)
    if known is None:
        return None
    return Shown(known["board"].replace(known["as_of"], as_of(desk), 1), None, known["counts"])


def counts(view: View) -> dict[str, Any]:
    """The figures of a view a script or a run wants: small, without names."""
    return {
        "reported": report.reported(view.tallies, view.desk.now),
        "queue": len(view.queue),
        "unsettled_letters": view.unsettled,
        "unreached": list(view.unreached),
        "not_taken": list(view.left_there),
        "needs_person": view.needs_person,
    }
