"""Which of a unit's reports is its last word, where the order they came in does not say it. Pure.

A mail can be held up on its way and arrive after its own correction; an old file can be sent once more after
a newer one, or after it was sent back. What came last would count, or go unseen: a person asks the unit.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tasks.ledger.submissions import Submission
from tasks.terms import times
from tasks.terms.mails import Mail

ON_ITS_WAY = timedelta(days=5)
"""So long servers try to deliver a mail (RFC 5321, 4.5.4.1); a Date farther back is a wrong clock's."""

SENT = "sent"
"""Where a reading in the ledger keeps when its mail was sent."""

AGAIN = (
    "这份材料与先前收到的一份内容相同，其后该单位又报过另一份，现在计入的是后报的那份，请与该单位核实；"
    "如应以这一份为准，请退回后报的那份，由该单位注明“以此为准”后重新保存、重新报送"
)

UNCHANGED = (
    "这份材料与已退回的那一份完全相同，没有改动，请与该单位核实：确实无误的，用“人工通过”通过原来那一份，"
    "再将这一件按不是报件了结；须改的，请该单位改好后重新报送"
)

Ruled = Mapping[tuple[str, str], tuple[str, datetime]]
"""What a person last ruled of an obligation's report by a unit: accept or return, and when."""


def sent_of(mail: Mail | None, received: datetime) -> dict[str, Any]:
    """When a mail was sent, by its own word, if that can be."""
    sent = mail.sent_at if mail else None
    return {SENT: sent.isoformat()} if sent and received - ON_ITS_WAY <= sent <= received else {}


def out_of_order(new: Submission, known: Sequence[Submission], ruled: Ruled | None = None) -> str:
    """What to ask about a report, held against what its unit sent before it; nothing where it is the last."""
    before = [k for k in known if k.received_at < new.received_at and _of_the_same(k, new)]
    same = next((k for k in before if k.digest == new.digest), None)
    if same:
        newer = [k for k in before if same.received_at < k.received_at]
        if newer:
            return AGAIN if same.verdict == "accepted" else ""
        return UNCHANGED if _sent_back(same, new, ruled or {}) else ""
    sent = _sent(new)
    newer = [k for k in before if sent and (other := _sent(k)) and other > sent]
    if not (sent and newer):
        return ""
    moment = times.moment_zh(sent)
    return (
        f"这封来信是{moment}发出的，在路上耽搁了，该单位后发的一份已经先收到，没有自动采用，"
        "请核实以哪一份为准"
    )


def _sent_back(same: Submission, new: Submission, ruled: Ruled) -> bool:
    """Whether it was sent back before it came once more; the same mail twice in one batch was not."""
    verdict, at = ruled.get((same.obligation, same.unit), ("", same.recorded_at))
    if at < same.recorded_at or not verdict:
        verdict, at = same.verdict, same.recorded_at
    return verdict in {"return", "returned"} and at < new.received_at


def _of_the_same(one: Submission, other: Submission) -> bool:
    """Whether two reports of one reporter are of a unit in common: a town sends its villages' one by one."""
    if (one.campaign, one.obligation, one.unit) != (other.campaign, other.obligation, other.unit):
        return False
    mine, theirs = ({row["unit"] for row in each.reading.get("rows") or ()} for each in (one, other))
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _sent(each: Submission) -> datetime | None:
    return datetime.fromisoformat(each.reading[SENT]) if SENT in each.reading else None
