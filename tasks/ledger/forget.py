"""Taking personal data out of the ledger: addresses, senders, subjects, file names; never a figure or an act.

The acts stay as they are: their chain is the proof of what was decided.
"""

from collections.abc import Collection

from sqlalchemy import Connection, select

from tasks.ledger.schema import arrival, judgement, letter, queue_item, submission

GONE = "gone"
"""The form of an arrival whose original was deleted: no campaign judges it any more."""

REMOVED = "removed-"
"""What stands for the address of a letter whose text was deleted."""

NOTED = "ignored"


def originals(connection: Connection, campaign: str, kept_by: Collection[str]) -> set[str]:
    """Digests only this campaign needs: what it judged, took in or sent, less what ``kept_by`` holds."""
    return _held(connection, [campaign], noted=True) - _held(connection, kept_by, noted=False)


def _held(connection: Connection, campaigns: Collection[str], *, noted: bool) -> set[str]:
    judged = (
        select(arrival.c.digest)
        .join(judgement, judgement.c.arrival == arrival.c.id)
        .where(judgement.c.campaign.in_(campaigns), arrival.c.form != GONE)
    )
    if not noted:
        judged = judged.where(judgement.c.outcome != NOTED)
    found = set(connection.execute(judged).scalars())
    for column, owner in (
        (letter.c.wire, letter.c.campaign),
        (submission.c.digest, submission.c.campaign),
        (queue_item.c.digest, queue_item.c.campaign),
    ):
        found |= set(connection.execute(select(column).where(owner.in_(campaigns))).scalars())
    files = select(submission.c.files).where(submission.c.campaign.in_(campaigns))
    return found | {f["digest"] for row in connection.execute(files).scalars() for f in row}


def message_ids(connection: Connection, campaign: str) -> set[str]:
    """The campaign's letters, as a mailbox knows them."""
    return set(connection.execute(select(letter.c.message_id).where(letter.c.campaign == campaign)).scalars())


def open_letters(connection: Connection, campaign: str) -> int:
    """Letters that still wait to be handed over."""
    waiting = letter.c.state.in_(("queued", "claimed", "sending", "retry"))
    found = select(letter.c.id).where(letter.c.campaign == campaign, waiting)
    return len(connection.execute(found).all())


def blank(connection: Connection, campaign: str, gone: Collection[str]) -> None:
    """Blank what names a person, in everything of this campaign."""
    connection.execute(
        judgement.update().where(judgement.c.campaign == campaign).values(sender="", subject="", reasons=[])
    )
    connection.execute(
        queue_item.update()
        .where(queue_item.c.campaign == campaign)
        .values(sender="", subject="", filename="", reasons=[])
    )
    mine = select(letter.c.id).where(letter.c.campaign == campaign)
    for number in connection.execute(mine).scalars().all():
        values = {"address": f"{REMOVED}{number}", "reply": ""}
        connection.execute(letter.update().where(letter.c.id == number).values(**values))
    _blank_submissions(connection, campaign)
    for digest in gone:
        cleared: dict[str, object] = {"form": GONE, "filename": "", "hints": {}}
        connection.execute(arrival.update().where(arrival.c.digest == digest).values(**cleared))


def _blank_submissions(connection: Connection, campaign: str) -> None:
    query = select(submission).where(submission.c.campaign == campaign)
    for row in connection.execute(query).all():
        reading = {**row.reading, "reasons": []}
        reading["findings"] = [{**f, "text": ""} for f in reading.get("findings", ())]
        files = [{**f, "filename": ""} for f in row.files]
        values = {"sender": "", "filename": "", "files": files, "reading": reading}
        connection.execute(submission.update().where(submission.c.id == row.id).values(**values))
