"""What a rehearsal adds to the office's own configuration, so that every kind of letter is seen in it."""

import csv
import re
from collections.abc import Mapping

from flows.rehearsal.cast import Part
from tasks.desk import Desk, open_desk
from tasks.settings import Home

SIGNER = "分管局领导（演练）"
SIGN_WITHIN_HOURS = 3
ASKS_NONE = re.compile(r"^([ \t]+)sign_off:[ \t]*false[ \t]*(#.*)?$", re.MULTILINE)

FORGETFUL = (Part.LATE, Part.NUDGED, Part.NEVER)
MANY = 20
"""Where so many units report, some have one clerk between them."""


def ask_for_signature(home: Home, campaign: str, desk: Desk) -> bool:
    """A document for the exchange is signed by a leader first, so the rehearsal asks for it."""
    leaders = desk.office.leaders
    if desk.campaign.superior.channel != "document_exchange" or desk.campaign.package.sign_off or not leaders:
        return False
    path = home.config / "campaigns" / f"{campaign}.yaml"
    asked = (
        r"\1sign_off: true\n"
        rf"\1signer: {SIGNER}\n"
        rf"\1signer_address: {leaders[0]}\n"
        rf"\1sign_within_hours: {SIGN_WITHIN_HOURS}"
    )
    text, changed = ASKS_NONE.subn(asked, path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    return bool(changed)


def share_clerk(home: Home, desk: Desk, parts: Mapping[str, Part]) -> bool:
    """Two forgetful units have one clerk: what would be two reminders comes to that address as one letter."""
    path = home.config / desk.campaign.roster
    forgetful = [code for part in FORGETFUL for code, played in parts.items() if played is part]
    if len(parts) < MANY or len(forgetful) < len(FORGETFUL) or path.suffix != ".csv":
        return False
    one, other = forgetful[0], next(c for c in forgetful if parts[c] is not parts[forgetful[0]])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    by_code = {row["code"]: row for row in rows}
    by_code[other]["preparer"] = by_code[one]["preparer"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return True


def reopened(desk: Desk, home: Home) -> Desk:
    """The desk with what was just added."""
    return open_desk(desk.campaign.id, desk.now, home)
