"""What came back of earlier letters, and the answers nobody has written yet."""

from typing import Any

from tasks.chase.deliver import deliver_waiting
from tasks.chase.grants import grants_due
from tasks.chase.outbox import enqueue
from tasks.chase.reconcile import reconcile
from tasks.chase.rulings import answers_due
from tasks.chase.write import Writer
from tasks.desk import Desk
from tasks.ledger import acts, outbox, submissions
from tasks.status import still
from tasks.status.view import look

ANSWERED = "answered"


def answer_all(desk: Desk) -> dict[str, Any]:
    """Hear what came back; answer every version nobody has answered; hand over.

    When the last time came to nothing and nothing has changed since, it would come to nothing again.
    """
    known: dict[str, Any] | None = still.recall(desk, ANSWERED)
    if known is not None:
        return known
    of = still.mark(desk)
    done = _answered(desk)
    if not any(done.values()):
        still.remember(desk, ANSWERED, of, still.midnight(desk), done)
    return done


def _answered(desk: Desk) -> dict[str, Any]:
    settled = reconcile(desk)
    view = look(desk)
    writer = Writer(desk, view)
    with desk.ledger.read() as connection:
        answered = outbox.occasions(connection, desk.campaign.id)
        versions = submissions.of_campaign(connection, desk.campaign.id, desk.now)
        decided = acts.of_campaign(connection, desk.campaign.id, desk.now)
    due = answers_due(versions, decided, answered)
    letters = [letter for each in due for letter in writer.answer(each)]
    grants = grants_due(view.standings, decided, answered, desk.now)
    letters += [letter for grant in grants for letter in writer.granted(grant)]
    queued = enqueue(desk.ledger, desk.store, letters, desk.now)
    return {"queued": queued, "evidence": settled, **deliver_waiting(desk)}
