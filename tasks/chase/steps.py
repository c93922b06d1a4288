"""The steps of chasing, as Prefect runs them. No step is ever retried by Prefect: the outbox knows better."""

from datetime import datetime
from typing import Any

from prefect import task

from tasks.chase.announce import announcements
from tasks.chase.deliver import deliver_waiting
from tasks.chase.grants import grants_due
from tasks.chase.ladder import quiet, summonses
from tasks.chase.outbox import enqueue
from tasks.chase.proof import ensure_letters
from tasks.chase.reconcile import reconcile
from tasks.chase.rulings import answers_due
from tasks.chase.write import Writer
from tasks.desk import Desk, open_desk
from tasks.ledger import acts, outbox, submissions
from tasks.roster.validate import last_package
from tasks.status.view import look
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
    grants = grants_due(view.standings, decided, answered, now)
    letters += [letter for grant in grants for letter in writer.granted(grant)]
    queued = enqueue(desk.ledger, desk.store, letters, now)
    return {"queued": queued, "evidence": settled, **deliver_waiting(desk)}


@task(name="拟定催报")
def plan(campaign: str, now: datetime) -> int:
    """Queue the letters whose turn has come; none after the campaign closed.

    Raises:
        Misconfigured: a template of the campaign is wrong; no letter was written.
    """
    desk = open_desk(campaign, now)
    if desk.now > last_package(desk.campaign):
        return 0
    ensure_letters(desk.home, desk.campaign)
    return enqueue(desk.ledger, desk.store, letters_due(desk), now)


@task(name="预览催报")
def preview(campaign: str, now: datetime) -> list[dict[str, str]]:
    """What would be sent now, without sending or queueing anything."""
    desk = open_desk(campaign, now)
    return [_shown(desk, letter) for letter in letters_due(desk)]


@task(name="发信")
def send(campaign: str, now: datetime) -> dict[str, Any]:
    """Hand over what waits in the outbox."""
    return deliver_waiting(open_desk(campaign, now))


def may_chase(desk: Desk) -> bool:
    """Whether reminders that keep to the office's hours may be written now."""
    if desk.now > last_package(desk.campaign):
        return False
    return not quiet(desk.now, desk.calendar, desk.office.hours_on(times.local(desk.now).date()))


def letters_due(desk: Desk) -> list[Letter]:
    """The letters whose turn has come and that are not written yet; off hours only what need not wait."""
    view, off = look(desk), not may_chase(desk)
    writer = Writer(desk, view)
    with desk.ledger.read() as connection:
        already = outbox.occasions(connection, desk.campaign.id)
    asked = summonses(desk.campaign, desk.calendar, view.standings, desk.now, already=already, any_hour=off)
    told = announcements(
        desk.campaign, desk.calendar, view.standings, view.tallies, desk.now, already=already, any_hour=off
    )
    letters = [letter for each in asked for letter in writer.summons(each)]
    return [*letters, *(letter for each in told for letter in writer.announcement(each))]


def _shown(desk: Desk, letter: Letter) -> dict[str, str]:
    unit = desk.roster[letter.unit].name if letter.unit in desk.roster else "本局"
    return {"unit": unit, "kind": letter.kind, "subject": letter.subject}
