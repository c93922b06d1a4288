"""Today's work list 今日待办: what waits for a person, most pressing first. Pure."""

from collections.abc import Iterator
from datetime import datetime

from tasks.ledger.outbox import DEAD_ADDRESS
from tasks.status.report import still_owed
from tasks.status.undelivered import sentences
from tasks.status.view import View
from tasks.terms import times
from tasks.terms.letters import LetterState
from tasks.terms.standings import State

NAMED = 8


def work_list(view: View) -> list[str]:
    """One Chinese line for each thing to do, with the act that settles it."""
    return [
        *view.sources_away,
        *_left_there(view),
        *_unsettled(view),
        *_refused(view),
        *_undecided(view),
        *_unread(view),
        *_due_today(view),
        *view.conflicts,
    ]


def _left_there(view: View) -> Iterator[str]:
    yield from view.left_there[:NAMED]
    if len(view.left_there) > NAMED:
        yield f"另有 {len(view.left_there) - NAMED} 件未能收取，见收件核对的运行日志"


def _unsettled(view: View) -> Iterator[str]:
    if view.unsettled:
        yield f"{view.unsettled} 封信去向不明{view.unsettled_to}：请核实对方是否收到"


def _refused(view: View) -> Iterator[str]:
    yield from sentences(view.turned_away, view.desk.roster)
    back = [q for q in view.letters if q.state == LetterState.REFUSED and q.reply.startswith(DEAD_ADDRESS)]
    units = dict.fromkeys(each.unit for each in back)
    if refused := [code for code in units if code in view.desk.roster]:
        yield f"邮箱收不到信的单位：{_names(view, refused)}：请电话联系并更正邮箱"


def _undecided(view: View) -> Iterator[str]:
    if view.queue:
        yield f"{len(view.queue)} 件来件待确认：用“待确认件归位”逐件处理"


def _unread(view: View) -> Iterator[str]:
    waiting = dict.fromkeys(s.reporter for s in view.standings if s.state is State.RECEIVED)
    if waiting:
        yield f"已收待核：{_names(view, list(waiting))}：核对后用“人工通过”或“退回补正”"


def _due_today(view: View) -> Iterator[str]:
    today = times.local(view.desk.now).date()
    for obligation in view.desk.campaign.obligations:
        owed = [s for s in still_owed(view.standings) if s.obligation == obligation.id]
        due = dict.fromkeys(s.reporter for s in owed if s.due.at and _day(s.due.at) == today)
        if due:
            yield f"{obligation.title}今天到期，未报齐的有：{_names(view, list(due))}"


def _day(moment: datetime) -> object:
    return times.local(moment).date()


def _names(view: View, codes: list[str]) -> str:
    known = [view.desk.roster[code].name for code in codes if code in view.desk.roster]
    more = f"等 {len(known)} 个" if len(known) > NAMED else ""
    return "、".join(known[:NAMED]) + more
