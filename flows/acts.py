"""The staff's acts, from the words a clerk types to one sentence of what was done.

The command line and the forms in the Prefect UI both come here, so that they cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from tasks.desk import Desk
from tasks.dispatch.acknowledge import acknowledge
from tasks.dispatch.hand_up import hand_up_all, waiting
from tasks.dispatch.signing import decide, renew
from tasks.intake.assign import Assignment, assign, dismiss
from tasks.intake.receive import Received, receive
from tasks.intake.settle import rules_of
from tasks.ledger.packages import Package
from tasks.roster.duty import reporters
from tasks.roster.pick import pick_obligation, pick_unit
from tasks.status import acts
from tasks.status.acts import until_moment
from tasks.terms import times
from tasks.terms.acts import CALLS, WAYS
from tasks.terms.errors import Misconfigured
from tasks.terms.machine import why
from tasks.terms.obligation import Obligation
from tasks.terms.units import Unit
from tasks.terms.wording import quoted

LARGEST_FILE = 30 << 20


def extended(desk: Desk, units: Iterable[str], obligation: str, until: str, *, who: str, why: str) -> str:
    """Give one or many units until a moment; a bare date runs to its end."""
    moment = until_moment(until)

    def one(unit: Unit, owed: Obligation) -> bool:
        return acts.extend(desk, unit.code, owed.id, moment, who=who, why=why)

    return _each(desk, units, obligation, f"延期至{times.moment_zh(moment, year=True)}", one)


def waived(desk: Desk, units: Iterable[str], obligation: str, *, who: str, why: str) -> str:
    """Excuse one or many units."""

    def one(unit: Unit, owed: Obligation) -> bool:
        return acts.waive(desk, unit.code, owed.id, who=who, why=why)

    return _each(desk, units, obligation, "免报", one)


def owed_again(desk: Desk, units: Iterable[str], obligation: str, *, who: str, why: str) -> str:
    """Take a waiver back: one or many units owe it again."""

    def one(unit: Unit, owed: Obligation) -> bool:
        return acts.unwaive(desk, unit.code, owed.id, who=who, why=why)

    return _each(desk, units, obligation, "撤销免报，照常报送", one)


def accepted(desk: Desk, unit: str, obligation: str, *, who: str, why: str) -> str:
    """Accept the version that counts, whatever the rules said of it."""

    def one(unit: Unit, owed: Obligation) -> bool:
        return acts.accept(desk, unit.code, owed.id, who=who, why=why)

    return _each(desk, [unit], obligation, "人工通过", one)


def returned(desk: Desk, unit: str, obligation: str, until: str, *, who: str, why: str) -> str:
    """Return the version that counts, with the reason, by a date of its own if one is given."""
    moment = until_moment(until) if until.strip() else None

    def one(unit: Unit, owed: Obligation) -> bool:
        return acts.give_back(desk, unit.code, owed.id, who=who, why=why, until=moment)

    return _each(desk, [unit], obligation, "退回补正", one)


def assigned(desk: Desk, item: int, unit: str, obligation: str, *, who: str, why: str) -> str:
    """Say whose report a queued item is."""
    _signed(who, why)
    chosen = pick_unit(desk.roster, unit)
    named = pick_obligation(desk.campaign, (), obligation).id if obligation.strip() else None
    done = assign(desk, rules_of(desk), Assignment(item, chosen.code, who.strip(), why.strip(), named))
    return _told(done, f"待确认第 {item} 件已归入{chosen.name}")


def dismissed(desk: Desk, item: int, *, who: str, why: str) -> str:
    """Say that a queued item is no report."""
    _signed(who, why)
    return _told(dismiss(desk, item, who=who.strip(), why=why.strip()), f"待确认第 {item} 件不是报件，已了结")


def taken_by_hand(
    desk: Desk,
    unit: str,
    obligation: str,
    *,
    way: str,
    at: str,
    figures: Iterable[str],
    file: Path | None,
    who: str,
    why: str,
    nil: bool = False,
) -> str:
    """Enter a report that came on paper, by hand or by telephone."""
    _signed(who, why)
    if way not in WAYS:
        raise Misconfigured(f"方式“{way}”不在下列之中：{'、'.join(WAYS)}")
    chosen = pick_unit(desk.roster, unit)
    owed = pick_obligation(desk.campaign, _owed(desk, chosen), obligation)
    acts.check_duty(desk, chosen.code, owed.id)
    given = Received(
        unit=chosen.code,
        obligation=owed.id,
        way=way,
        at=_moment(at) if at.strip() else desk.now,
        who=who.strip(),
        why=why.strip(),
        figures=tuple(line.strip() for line in figures if line.strip()),
        file=_file(file) if file else None,
        nil=nil,
    )
    done = receive(desk, given)
    what = f"{WAYS[way]}，零报告" if nil else WAYS[way]
    said = _told(done.new, f"{chosen.name}的{quoted(owed.title)}已登记（{what}）")
    doubts = (*done.doubts, *acts.shut_out(desk, chosen.code, owed.id))
    return "\n".join([said, *(f"请核实：{doubt}" for doubt in doubts)])


def called(desk: Desk, unit: str, outcome: str, *, who: str, why: str) -> str:
    """Log a telephone call."""
    _signed(who, why)
    chosen = pick_unit(desk.roster, unit)
    done = acts.log_call(desk, chosen.code, outcome, who=who, why=why)
    return _told(done, f"与{chosen.name}的通话已记录：{CALLS[outcome]}")


def acknowledged(desk: Desk, number: int, who: str, why: str) -> str:
    """Record that the superior has a package."""
    return acknowledge(desk, number, who=who, why=why)


def signed(desk: Desk, name: str, code: str, refuse: str | None) -> str:
    """Sign the package that waits, or refuse it with a reason; what was signed goes at once."""
    said = decide(desk, _waiting(desk), name=name, typed=code, refuse=refuse)
    return "\n".join([said, *_handed_up(desk)])


def sign_renewed(desk: Desk, who: str, why: str) -> str:
    """Ask for the signature anew; the code sent before is void."""
    if not who.strip():
        raise Misconfigured("重发审签请求须写明经办人")
    said = renew(desk, _waiting(desk), who=who.strip(), why=why.strip())
    return "\n".join([said, *_handed_up(desk)])


def _handed_up(desk: Desk) -> list[str]:
    told = hand_up_all(desk)
    lines = [f"第 {number} 号汇总件已呈报" for number in told["sent"]]
    lines += [f"已排好，请经办人上传公文系统：{folder}" for folder in told["laid_out"]]
    return lines + [f"第 {number} 号汇总件暂缓呈报：{why}" for number, why in told["why"].items()]


def _waiting(desk: Desk) -> Package:
    open_ones = waiting(desk)
    if not open_ones:
        raise Misconfigured("没有待审签的汇总件：尚未编成，或已经呈报")
    return open_ones[-1]


def _each(
    desk: Desk,
    units: Iterable[str],
    obligation: str,
    what: str,
    act: Callable[[Unit, Obligation], bool],
) -> str:
    """One act on several units; all are found before the first is done, so a misspelt name does nothing."""
    chosen = [pick_unit(desk.roster, words) for words in units]
    owed = [pick_obligation(desk.campaign, _owed(desk, unit), obligation) for unit in chosen]
    for unit, each in zip(chosen, owed, strict=True):
        acts.check_duty(desk, unit.code, each.id)
    done = [_one(act(unit, each), unit, each, what) for unit, each in zip(chosen, owed, strict=True)]
    return "\n".join([*done, *_doubts(desk, chosen, owed)])


def _doubts(desk: Desk, units: Iterable[Unit], owed: Iterable[Obligation]) -> Iterator[str]:
    """What the clerk should know at once of what stands now."""
    for unit, each in zip(units, owed, strict=True):
        yield from (f"请核实：{said}" for said in acts.doubts_about(desk, unit.code, each.id))


def _one(done: bool, unit: Unit, owed: Obligation, what: str) -> str:
    return _told(done, f"{unit.name}的{quoted(owed.title)}：{what}")


def _told(done: bool, what: str) -> str:
    return f"{what}，已记入台账" if done else f"{what}（此前已作同样处理，未重复记录）"


def _owed(desk: Desk, unit: Unit) -> tuple[str, ...]:
    duties = reporters(desk.campaign, desk.roster, times.local(desk.now).date())
    return duties.get(unit.code) or duties.get(unit.parent or "", ())


def _signed(who: str, why: str) -> None:
    if not who.strip() or not why.strip():
        raise Misconfigured("须写明经办人和理由")


def _moment(text: str) -> datetime:
    try:
        return times.parse(text)
    except ValueError:
        raise Misconfigured(f"“{text}”不是时刻，应写作 2023-04-04T09:00") from None


def _file(path: Path) -> tuple[str, bytes]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Misconfigured(f"{path.name} 超过 {LARGEST_FILE >> 20} MB，请压缩后再登记")
        return path.name, path.read_bytes()
    except OSError as fault:
        raise Misconfigured(f"文件 {path} 读不到（{why(fault)}）") from None
