"""What an office below has reported already: a package that repeats it is no new version of it."""

from tasks.desk import Desk
from tasks.ledger import acts, submissions
from tasks.ledger.submissions import Submission
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Reading
from tasks.terms.units import Unit


class Counted:
    """The versions of one unit that count, and what a clerk returned since."""

    def __init__(self, desk: Desk, unit: Unit) -> None:
        about = (desk.campaign.id, desk.now)
        with desk.ledger.read() as connection:
            mine = [r for r in submissions.of_campaign(connection, *about) if r.unit == unit.code]
            returns = [a for a in acts.of_campaign(connection, *about) if a.kind == "return"]
        self._latest = {row.obligation: row for row in mine}
        self._returned = {(a.obligation, a.unit): a.at for a in returns}
        self._unit = unit.code

    def said(self, owed: Obligation, reading: Reading, *, older: bool) -> bool:
        """Whether the last version says the same; of a narrative of an earlier period, that there is one."""
        latest = self._latest.get(owed.id)
        if latest is None or latest.verdict != "accepted" or self._sent_back(latest):
            return False
        if owed.deliverable == "narrative":
            return older
        before = {row["unit"]: row["values"] for row in latest.reading.get("rows") or ()}
        return before == {row.unit: dict(row.values) for row in reading.rows} and bool(before)

    def _sent_back(self, version: Submission) -> bool:
        returned = self._returned.get((version.obligation, self._unit))
        return returned is not None and returned >= version.recorded_at
