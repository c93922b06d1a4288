"""Which of a unit's reports is its last word, where the order they came in does not say it. Pure.

A mail can be held up on its way and arrive after its own correction; an old file can be sent once more after
a newer one. What came last would count, or go unseen: a person asks the unit.
"""

from collections.abc import Sequence
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


def sent_of(mail: Mail | None, received: datetime) -> dict[str, Any]:
    """When a mail was sent, by its own word, if that can be."""
    sent = mail.sent_at if mail else None
    return {SENT: sent.isoformat()} if sent and received - ON_ITS_WAY <= sent <= received else {}


def out_of_order(new: Submission, known: Sequence[Submission]) -> str:
    """What to ask about a report, held against what its unit sent before it; nothing where it is the last."""
    before = [k for k in known if k.received_at < new.received_at and _of_the_same(k, new)]
    same = next((k for k in before if k.digest == new.digest), None)
    if same:
        newer = [k for k in before if same.received_at < k.received_at]
        return AGAIN if newer and same.verdict == "accepted" else ""
    sent = _sent(new)
    newer = [k for k in before if sent and (other := _sent(k)) and other > sent]
    if not (sent and newer):
        return ""
    moment = times.moment_zh(sent)
    return (
        f"这封来信是{moment}发出的，在路上耽搁了，该单位后发的一份已经先收到，没有自动采用，"
        "请核实以哪一份为准"
    )


def _of_the_same(one: Submission, other: Submission) -> bool:
    """Whether two reports of one reporter are of a unit in common: a town sends its villages' one by one."""
    if (one.campaign, one.obligation, one.unit) != (other.campaign, other.obligation, other.unit):
        return False
    mine, theirs = ({row["unit"] for row in each.reading.get("rows") or ()} for each in (one, other))
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _sent(each: Submission) -> datetime | None:
    return datetime.fromisoformat(each.reading[SENT]) if SENT in each.reading else None
