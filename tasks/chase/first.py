"""A campaign's first letters leave through a real account only after somebody has seen what would go."""

from tasks.desk import Desk
from tasks.ledger import arrivals, outbox


def unseen(desk: Desk) -> bool:
    """Whether nothing of this campaign has gone out yet and nobody has looked at a preview."""
    if desk.home.rehearsal or desk.account.smtp is None:
        return False
    with desk.ledger.read() as connection:
        if outbox.any_of(connection, desk.campaign.id):
            return False
        return not arrivals.cursor_of(connection, _mark(desk))


def seen(desk: Desk) -> None:
    """Somebody has looked."""
    with desk.ledger.write() as connection:
        arrivals.move_cursor(connection, _mark(desk), desk.now.isoformat())


def _mark(desk: Desk) -> str:
    return f"preview:{desk.campaign.id}"
