"""The steps of chasing, as Prefect runs them. No step is ever retried by Prefect: the outbox knows better."""

from datetime import datetime
from typing import Any

from prefect import task

from tasks.chase.deliver import deliver_waiting
from tasks.chase.ladder import Summons, quiet, summonses
from tasks.chase.outbox import enqueue
from tasks.chase.reconcile import reconcile
from tasks.chase.rulings import answers_due
from tasks.chase.write import Writer
from tasks.desk import Desk, open_desk
from tasks.ledger import acts, outbox, submissions
from tasks.roster.validate import last_package
from tasks.status.view import View, look
from tasks.terms import times
from tasks.terms.letters import Letter


@task(name="回执与退回")
def answer(campaign: str, now: datetime) -> dict[str, Any]:
    """Hear what came back of earlier letters; answer every version nobody has answered, and hand over."""
    desk = open_desk(campaign, now)
    settled = reconcile(desk)
    view = look(desk)
    writer = Writer(desk, view)
    with desk.ledger.read() as connection:
        answered = outbox.occasions(connection, campaign)
        versions = submissions.of_campaign(connection, campaign, now)
        decided = acts.of_campaign(connection, campaign, now)
    due = answers_due(versions, decided, answered)
    letters = [letter for each in due for letter in writer.answer(each)]
    queued = enqueue(desk.ledger, desk.store, letters, now)
    return {"queued": queued, "evidence": settled, **deliver_waiting(desk)}


@task(name="拟定催报")
def plan(campaign: str, now: datetime) -> int:
    """Queue the letters whose turn has come; none after the campaign closed."""
    desk = open_desk(campaign, now)
    if desk.now > last_package(desk.campaign):
        return 0
    view = look(desk)
    writer = Writer(desk, view)
    letters = [letter for summons in due_now(desk, view) for letter in writer.summons(summons)]
    return enqueue(desk.ledger, desk.store, letters, now)


@task(name="预览催报")
def preview(campaign: str, now: datetime) -> list[dict[str, str]]:
    """What would be sent now, without sending or queueing anything."""
    desk = open_desk(campaign, now)
    view = look(desk)
    writer = Writer(desk, view)
    letters = [letter for summons in due_now(desk, view) for letter in writer.summons(summons)]
    return [_shown(desk, letter) for letter in letters]


@task(name="发信")
def send(campaign: str, now: datetime) -> dict[str, Any]:
    """Hand over what waits in the outbox."""
    return deliver_waiting(open_desk(campaign, now))


def may_chase(desk: Desk) -> bool:
    """Whether reminders that keep to the office's hours may be written now."""
    if desk.now > last_package(desk.campaign):
        return False
    return not quiet(desk.now, desk.calendar, desk.office.hours_on(times.local(desk.now).date()))


def due_now(desk: Desk, view: View) -> list[Summons]:
    """The rungs whose turn has come and that are not written yet; off hours only those that need not wait."""
    off = not may_chase(desk)
    with desk.ledger.read() as connection:
        already = outbox.occasions(connection, desk.campaign.id)
    return summonses(desk.campaign, desk.calendar, view.standings, desk.now, already=already, any_hour=off)


def _shown(desk: Desk, letter: Letter) -> dict[str, str]:
    return {"unit": desk.roster[letter.unit].name, "kind": letter.kind, "subject": letter.subject}
