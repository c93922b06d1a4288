"""One round of delivery for a campaign."""

import logging
from dataclasses import asdict
from typing import Any

from tasks.chase.carrier import carrier, limits
from tasks.chase.need import objection
from tasks.chase.outbox import ORPHANED_AFTER, Delivered, deliver
from tasks.desk import Desk
from tasks.ledger import latest, outbox

log = logging.getLogger(__name__)


def deliver_waiting(desk: Desk) -> dict[str, Any]:
    """One round of delivery; the way out is opened only when something waits.

    A letter whose sender died is told of also when nothing waits: the last letter of a campaign, a dispatch,
    has no other after it.
    """
    with desk.ledger.read() as connection:
        if not latest.restless(connection):  # nothing is written: the ledger's mark stays
            return asdict(Delivered())
    with desk.ledger.write() as connection:
        outbox.orphan_to_unknown(connection, desk.campaign.id, desk.clock() - ORPHANED_AFTER)
        waiting = outbox.waiting(connection, desk.campaign.id)
    if not waiting:
        return asdict(Delivered())
    with carrier(desk) as way_out:
        done = deliver(
            desk.ledger,
            desk.store,
            desk.campaign.id,
            way_out,
            sender=desk.account.address,
            clock=desk.clock,
            objection=objection(desk),
            limits=limits(desk, desk.now),
        )
    if done.stopped:
        log.warning("%s", done.stopped)
    return asdict(done)
