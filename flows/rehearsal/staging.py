"""What a rehearsal adds to the office's own configuration, so that every kind of letter is seen in it."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from flows.rehearsal.cast import Part
from tasks.desk import Desk, open_desk
from tasks.settings import Home

SIGNER = "分管局领导（演练）"
SIGN_WITHIN_HOURS = 3
ASKS_NONE = re.compile(r"^([ \t]+)sign_off:[ \t]*false[ \t]*(#.*)?$", re.MULTILINE)

FORGETFUL = (Part.LATE, Part.NUDGED, Part.NEVER)
MANY = 20
"""Where so many units report, some have one clerk between them."""


def ask_for_signature(home: Home, campaign: str, desk: Desk) -> str:
    """A document for the exchange is signed by a leader first, so the rehearsal asks for it.

    Returns what was added, in Chinese; nothing where nothing was.
    """
    leaders = desk.office.leaders
    if desk.campaign.superior.channel != "document_exchange" or desk.campaign.package.sign_off or not leaders:
        return ""
    path = home.config / "campaigns" / f"{campaign}.yaml"
    asked = (
        r"\1sign_off: true\n"
        rf"\1signer: {SIGNER}\n"
        rf"\1signer_address: {leaders[0]}\n"
        rf"\1sign_within_hours: {SIGN_WITHIN_HOURS}"
    )
    text, changed = ASKS_NONE.subn(asked, path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    return "公文呈报前请分管局领导审签（专项文件没有要求）" if changed else ""


def share_clerk(home: Home, desk: Desk, parts: Mapping[str, Part]) -> str:
    """Two forgetful units have one clerk: what would be two reminders comes to that address as one letter.

    Returns what was added, in Chinese; nothing where nothing was.
    """
    path = home.config / desk.campaign.roster
    alike = _alike(desk, [code for code, part in parts.items() if part in FORGETFUL])
    if len(parts) < MANY or len(alike) < len(FORGETFUL) or path.suffix != ".csv":
        return ""
    one, other = alike[:2]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"code", "preparer"} <= rows[0].keys():
        return ""  # a roster with headings of its own is left as it is
    by_code = {row["code"]: row for row in rows}
    by_code[other]["preparer"] = by_code[one]["preparer"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return f"{by_code[one]['name']}、{by_code[other]['name']}由同一人填报"


def _alike(desk: Desk, codes: Sequence[str]) -> list[str]:
    """Those of the kind most of them are of: nobody works for a street and for an association at once."""
    kinds = Counter(desk.roster[code].kind for code in codes)
    return [code for code in codes if desk.roster[code].kind == max(kinds, key=lambda k: kinds[k])]


def reopened(desk: Desk, home: Home) -> Desk:
    """The desk with what was just added."""
    return open_desk(desk.campaign.id, desk.now, home)
