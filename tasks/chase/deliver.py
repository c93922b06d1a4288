"""One round of delivery for a campaign."""

import logging
from dataclasses import asdict
from typing import Any

from tasks.chase.carrier import carrier, limits
from tasks.chase.need import objection
from tasks.chase.outbox import Delivered, deliver, take_from_the_dead
from tasks.desk import Desk
from tasks.ledger import latest, outbox

log = logging.getLogger(__name__)


def deliver_waiting(desk: Desk) -> dict[str, Any]:
    """One round of delivery; the way out is opened only when something waits.

    What a worker that died had claimed is looked after first: the last letters of a campaign, its dispatch
    among them, have no others after them.
    """
    with desk.ledger.read() as connection:
        if not latest.restless(connection):  # nothing is written: the ledger's mark stays
            return asdict(Delivered())
    brakes = limits(desk, desk.now)
    take_from_the_dead(desk.ledger, desk.campaign.id, desk.clock(), brakes.up_since)
    with desk.ledger.read() as connection:
        if not outbox.waiting(connection, desk.campaign.id):
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
            limits=brakes,
        )
    if done.stopped:
        log.warning("%s", done.stopped)
    return asdict(done)
