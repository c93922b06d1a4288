"""Each campaign: its file, templates, calendar, addresses, and what waits for a person."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tasks.chase.ladder import never_goes
from tasks.chase.proof import kinds_of, letter_faults
from tasks.desk import Desk, open_desk
from tasks.health.finding import Found, fault, look, ok
from tasks.notice.awaited import awaited
from tasks.notice.deadline import due_moment
from tasks.roster.duty import reporters
from tasks.roster.validate import validate
from tasks.settings import Home
from tasks.status.view import View
from tasks.status.view import look as look_at
from tasks.terms import times
from tasks.terms.errors import BaosongError

NAMED = 10
QUEUE_LIMIT = timedelta(days=1)


def campaign(home: Home, name: str, now: datetime) -> Iterator[Found]:
    """Everything that can be told of one campaign before it goes wrong."""
    what = f"专项 {name}"
    try:
        faults = validate(home, name)
        if faults:
            yield from (fault(what, line) for line in faults)
            return
        desk = open_desk(name, now, home)
        if now > desk.campaign.package.last:
            yield ok(what, "专项文件无误；已过最后一次汇总，不再催报")
            return
        yield ok(what, "专项文件无误")
        yield from _templates(what, desk)
        yield from _calendar(what, desk)
        yield from _silent(what, desk)
        yield from _addresses(what, desk)
        yield from _waiting(what, look_at(desk))
    except BaosongError as wrong:
        yield fault(what, str(wrong))


def _templates(what: str, desk: Desk) -> Iterator[Found]:
    faults = letter_faults(desk.home, desk.campaign)
    yield from (fault(what, line) for line in faults)
    if not faults:
        yield ok(what, f"{len(kinds_of(desk.campaign))} 种信件模板都写得出来")


def _calendar(what: str, desk: Desk) -> Iterator[Found]:
    missing = awaited(desk.campaign, desk.calendar, times.local(desk.now).date())
    yield from ((fault if each.overdue else look)(what, each.text) for each in missing)
    if not missing:
        yield ok(what, f"{times.local(desk.campaign.package.last).year} 年及以前的放假调休表齐全")


def _silent(what: str, desk: Desk) -> Iterator[Found]:
    """Reminders whose hour lies where nothing is sent: nobody would notice that they never went."""
    close = desk.office.closes_at
    for obligation in (o for o in desk.campaign.obligations if not o.optional):
        due = due_moment(obligation.due, office_close=close).at
        if due is None or due < desk.now:
            continue
        for rung in (r for r in desk.campaign.ladder if not r.obligations or obligation.id in r.obligations):
            if never_goes(rung, due, desk.calendar, desk.office.hours_on):
                yield look(
                    what,
                    f"梯次“{rung.title}”对“{obligation.title}”{times.moment_zh(due)}的时限永远不会发出："
                    "它的钟点在时限之后或办公时间以外，请在专项文件 ladder 中改 at，或写 any_hour: true",
                )


def _addresses(what: str, desk: Desk) -> Iterator[Found]:
    """Reporters no letter can reach: they are to be telephoned, and better now than on the day."""
    duties = reporters(desk.campaign, desk.roster, times.local(desk.now).date())
    silent = [desk.roster[code].name for code in duties if desk.roster[code].address("preparer") is None]
    if silent:
        more = f"等 {len(silent)} 个" if len(silent) > NAMED else ""
        yield look(what, f"没有填报人邮箱、只能电话联系的单位：{'、'.join(silent[:NAMED])}{more}")
    else:
        yield ok(what, f"{len(duties)} 个报送单位都有填报人邮箱")


def _waiting(what: str, view: View) -> Iterator[Found]:
    for source, since in view.unreached.items():
        yield fault(what, f"来源 {source} 自 {times.moment_zh(since)} 起连接不上，其间不催报、不呈报")
    for each in view.left_there[:NAMED]:
        yield look(what, f"未能收取：{each}")
    old = [item for item in view.queue if view.desk.now - item.queued_at > QUEUE_LIMIT]
    if old:
        yield look(what, f"有 {len(old)} 件待确认超过一天，请处理（最早的是第 {old[0].id} 件）")
    if view.unsettled:
        yield look(what, f"有 {view.unsettled} 封信去向不明，请核实是否送达")
