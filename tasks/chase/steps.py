"""The steps of chasing, as Prefect runs them. No step is ever retried by Prefect: the outbox knows better."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from prefect import task
from prefect.artifacts import create_table_artifact

from tasks.chase.announce import Announcement, announcements
from tasks.chase.answer import answer_all
from tasks.chase.deliver import deliver_waiting
from tasks.chase.first import seen, unseen
from tasks.chase.ladder import START, Summons, quiet, summonses
from tasks.chase.outbox import enqueue
from tasks.chase.proof import ensure_letters
from tasks.chase.together import Reminder, by_address
from tasks.chase.write import Writer
from tasks.desk import Desk, open_desk
from tasks.ledger import outbox
from tasks.notice.load import campaign_ids
from tasks.roster.validate import validate
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.errors import Misconfigured
from tasks.terms.letters import LETTER_KINDS, Letter
from tasks.terms.machine import faults_told


@task(name="回执与退回")
@faults_told()
def answer(campaign: str, now: datetime) -> dict[str, Any]:
    """Hear what came back of earlier letters; answer every version nobody has answered, and hand over."""
    return answer_all(open_desk(campaign, now))


@task(name="同日催报的其他专项")
@faults_told()
def companions(campaign: str, now: datetime) -> list[str]:
    """Campaigns that have something to say to an address this one is about to write to."""
    desk = open_desk(campaign, now)
    others = list(neighbours(desk))
    mine = _addressed(desk) if others else set()
    return [other.campaign.id for other in others if mine and mine & _addressed(other)]


def _addressed(desk: Desk) -> set[str]:
    """Whom a campaign would remind now, as far as the ledger knows."""
    if not may_chase(desk):
        return set()
    writer = Writer(desk, look(desk))
    return {address for each in _asked(writer, off=False) for address in writer.addressees(each)}


def neighbours(desk: Desk) -> Iterator[Desk]:
    """The home's other campaigns that write from the same account; one whose file is wrong is left alone."""
    for name in campaign_ids(desk.home):
        if name == desk.campaign.id:
            continue
        try:
            if validate(desk.home, name):
                continue
            other = open_desk(name, desk.now, desk.home)
        except Misconfigured:
            continue
        if other.account == desk.account:
            yield other


@task(name="拟定催报")
@faults_told()
def plan(campaign: str, now: datetime, others: Sequence[str] = ()) -> int:
    """Queue the letters whose turn has come; none after the campaign closed.

    What ``others``, checked just now, have to say to the same addresses goes in the same letters.

    Raises:
        Misconfigured: a template of the campaign is wrong; no letter was written.
    """
    desk = open_desk(campaign, now)
    if desk.now > desk.campaign.package.last:
        return 0
    ensure_letters(desk.home, desk.campaign)
    letters = letters_due(desk, [open_desk(other, now) for other in others])
    return enqueue(desk.ledger, desk.store, letters, now)


@task(name="预览催报")
@faults_told()
def preview(campaign: str, now: datetime) -> list[dict[str, str]]:
    """What would be sent now, without sending or queueing anything; shown in the UI, too."""
    desk = open_desk(campaign, now)
    shown = shown_now(desk)
    addresses = Counter((s["unit"], LETTER_KINDS.get(s["kind"], s["kind"]), s["subject"]) for s in shown)
    create_table_artifact(
        [
            {"单位": unit, "信件": kind, "主题": subject, "收件邮箱": f"{count} 个"}
            for (unit, kind, subject), count in addresses.items()
        ]
        or [{"单位": "此刻没有要发的信"}],
        key=f"{campaign}-preview",
        description=f"{desk.campaign.title} 此刻将要发出的信（{times.moment_zh(now)}，共 {len(shown)} 封）",
    )
    seen(desk)
    return shown


@task(name="首次发信须先预览")
@faults_told()
def held_back(campaign: str, now: datetime) -> str:
    """Why nothing may be sent yet; empty when it may.

    The first letters of a campaign go out through a real account only after a preview.
    """
    desk = open_desk(campaign, now)
    if not unseen(desk):
        return ""
    how = "“催报”里勾选“只列出将要发的信”，命令行加 --dry-run"
    return f"专项 {campaign} 还没有发过信：请先运行一次“预览”（{how}），看过将要发的信再正式催报"


@task(name="发信")
@faults_told()
def send(campaign: str, now: datetime) -> dict[str, Any]:
    """Hand over what waits in the outbox."""
    return deliver_waiting(open_desk(campaign, now))


def may_chase(desk: Desk) -> bool:
    """Whether reminders that keep to the office's hours may be written now."""
    if desk.now > desk.campaign.package.last:
        return False
    return not quiet(desk.now, desk.calendar, desk.office.hours_on(times.local(desk.now).date()))


def letters_due(desk: Desk, others: Sequence[Desk] = ()) -> list[Letter]:
    """The letters whose turn has come and that are not written yet; off hours only what need not wait.

    What ``others`` have to say to the same addresses is said in the same letters.
    """
    off = not may_chase(desk)
    writer = Writer(desk, look(desk))
    letters = [letter for each in _starts(writer, off=off) for letter in writer.start(each)]
    own = reminders_due(writer, off=off)
    if off:
        letters += [writer.reminder(each) for each in own]
    else:
        letters += _by_address(writer, own, others)
    return [*letters, *writer.announce(_told(writer, off=off), alone=off)]


def _by_address(writer: Writer, own: Sequence[Reminder], others: Sequence[Desk]) -> Iterator[Letter]:
    addresses = {each.address for each in own}
    theirs = [
        r for other in others for r in reminders_due(Writer(other, look(other)), off=not may_chase(other))
    ]
    for group in by_address([*own, *(r for r in theirs if r.address in addresses)]):
        yield writer.reminder(group[0]) if len(group) == 1 else writer.together(group)


def _summonses(writer: Writer, *, off: bool) -> list[Summons]:
    desk = writer.desk
    due = summonses(
        desk.campaign,
        desk.calendar,
        writer.view.standings,
        desk.now,
        hours_on=desk.office.hours_on,
        already=_already(desk),
        any_hour=off,
    )
    return [each for each in due if each.reporter not in writer.view.may_have_reported]


def _starts(writer: Writer, *, off: bool) -> list[Summons]:
    return [each for each in _summonses(writer, off=off) if each.rung.template == START]


def reminders_due(writer: Writer, *, off: bool) -> list[Reminder]:
    """What is to be said now to whoever owes something, one for each address."""
    return [reminder for each in _asked(writer, off=off) for reminder in writer.reminders(each)]


def _asked(writer: Writer, *, off: bool) -> list[Summons]:
    return [each for each in _summonses(writer, off=off) if each.rung.template != START]


def _told(writer: Writer, *, off: bool) -> list[Announcement]:
    desk, view = writer.desk, writer.view
    return announcements(
        desk.campaign,
        desk.calendar,
        view.standings,
        view.tallies,
        desk.now,
        hours_on=desk.office.hours_on,
        already=_already(desk),
        any_hour=off,
    )


def _already(desk: Desk) -> Mapping[tuple[str, str], datetime]:
    with desk.ledger.read() as connection:
        return outbox.occasions(connection, desk.campaign.id)


def shown_now(desk: Desk) -> list[dict[str, str]]:
    """The letters that are due, each with unit, kind and subject.

    Raises:
        Misconfigured: a template of the campaign is wrong.
    """
    ensure_letters(desk.home, desk.campaign)
    return [_shown(desk, letter) for letter in letters_due(desk)]


def _shown(desk: Desk, letter: Letter) -> dict[str, str]:
    unit = desk.roster[letter.unit].name if letter.unit in desk.roster else "本局"
    return {"unit": unit, "kind": letter.kind, "subject": letter.subject}
