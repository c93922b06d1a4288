"""Addresses that are known not to work, over all campaigns of the office."""

from sqlalchemy import Connection, func, select

from tasks.ledger.outbox import DEAD_ADDRESS
from tasks.ledger.schema import arrival, judgement, letter
from tasks.terms.letters import LetterState

ROBOTS = ("bounce", "own_mail", "auto_reply", "read_receipt")


def dead_addresses(connection: Connection) -> dict[str, str]:
    """Addresses whose letters came back, with the reason; whoever wrote to us since is alive again."""
    refused = (
        select(letter.c.address, letter.c.settled_at, letter.c.reply)
        .where(letter.c.state == LetterState.REFUSED.value, letter.c.reply.startswith(DEAD_ADDRESS))
        .order_by(letter.c.settled_at)
    )
    found = {row.address.lower(): row for row in connection.execute(refused)}
    if not found:
        return {}
    heard = (
        select(judgement.c.sender, func.max(arrival.c.received_at).label("at"))
        .join(arrival, judgement.c.arrival == arrival.c.id)
        .where(judgement.c.sender.in_(found), judgement.c.kind.not_in(ROBOTS))
        .group_by(judgement.c.sender)
    )
    alive = {row.sender for row in connection.execute(heard) if row.at > found[row.sender].settled_at}
    reasons = {address: str(row.reply).removeprefix(DEAD_ADDRESS) for address, row in found.items()}
    return {address: why for address, why in reasons.items() if address not in alive}
