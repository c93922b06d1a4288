"""What has happened between two looks at a campaign, as counts and one Chinese sentence each. Pure.

Nothing here names a person or an address: it is told to Prefect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.ledger.submissions import Submission
from tasks.status.report import still_owed
from tasks.status.view import View
from tasks.terms import times
from tasks.terms.letters import LetterState
from tasks.terms.standings import State

QUEUE_LIMIT = timedelta(days=1)
"""How long something may wait undecided before somebody is told."""

FEW = 0.5
"""A reporting rate below this when the office opens on the day before is too few."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that happened: its name, how many, and the sentence a person reads."""

    name: str
    count: int
    text: str


def signs(view: View, versions: Sequence[Submission], since: datetime) -> Iterator[Sign]:
    """What happened after ``since``, up to the view's moment; each is told in one such stretch only."""
    new = [v for v in versions if since < v.recorded_at]
    if new:
        yield Sign("received", len(new), f"新收 {len(new)} 件报件")
    if returned := sum(v.verdict == State.RETURNED for v in new):
        yield Sign("returned", returned, f"退回 {returned} 件报件")
    yield from _letters(view, since)
    yield from _dispatch(view, since)
    yield from _queue(view, since)
    yield from _eves(view, since)
    yield from _overdue(view, since)
    yield from _gap(view, since)


def _letters(view: View, since: datetime) -> Iterator[Sign]:
    unknown = [e for e in view.letters if e.state == LetterState.UNKNOWN]
    if any((e.settled_at or e.claimed_at or e.queued_at) > since for e in unknown):
        text = f"{len(unknown)} 封信去向不明，不会自动重发，请核实对方是否收到"
        yield Sign("letter-unknown", len(unknown), text)


def _dispatch(view: View, since: datetime) -> Iterator[Sign]:
    back = [e for e in view.letters if e.kind == "dispatch" and e.state == LetterState.REFUSED]
    if any((e.settled_at or e.queued_at) > since for e in back):
        text = "呈报信被拒收或退回，上级没有收到，请另行呈报后登记签收"
        yield Sign("dispatch-back", len(back), text)


def _queue(view: View, since: datetime) -> Iterator[Sign]:
    waited = [item for item in view.queue if item.queued_at + QUEUE_LIMIT <= view.desk.now]
    if any(item.queued_at + QUEUE_LIMIT > since for item in waited):
        text = f"{len(waited)} 件来件待确认已超过一天，请用“待确认件归位”处理"
        yield Sign("queue-old", len(waited), text)


def _eves(view: View, since: datetime) -> Iterator[Sign]:
    for count in view.tallies:
        rate = count.reporting_rate
        if count.due.at is None or rate is None or rate >= FEW:
            continue
        eve = times.local(count.due.at).date() - timedelta(days=1)
        if since < times.utc(times.at(eve, view.desk.office.hours_on(eve)[0][0])) <= view.desk.now:
            title = view.desk.campaign.obligation(count.obligation).title
            text = f"{title}明日到期，应报 {count.expected} 家，只报了 {count.received} 家，请过问"
            yield Sign("few-reports", count.expected - count.received, text)


def _overdue(view: View, since: datetime) -> Iterator[Sign]:
    owed = [s for s in still_owed(view.standings) if s.due.at and since < s.due.at <= view.desk.now]
    for obligation in dict.fromkeys(s.obligation for s in owed):
        late = len({s.reporter for s in owed if s.obligation == obligation})
        title = view.desk.campaign.obligation(obligation).title
        yield Sign("overdue", late, f"{title}时限已过，{late} 家未报")


def _gap(view: View, since: datetime) -> Iterator[Sign]:
    moment = times.utc(view.desk.campaign.package.at)
    owed = {s.reporter for s in still_owed(view.standings) if not _optional(view, s.obligation)}
    if owed and since < moment <= view.desk.now:
        yield Sign("gap", len(owed), f"汇总时刻已到，{len(owed)} 家未报齐，见缺报说明")


def _optional(view: View, obligation: str) -> bool:
    return view.desk.campaign.obligation(obligation).optional
