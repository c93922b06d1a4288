"""A circular to everyone: written from its templates, frozen and queued, one letter a unit."""

from pathlib import Path

from benchmarks import office
from benchmarks.case import Case, Rival
from benchmarks.cases.queue import reset, stage
from benchmarks.peers import post_office
from tasks.chase.announce import Announcement
from tasks.chase.outbox import enqueue
from tasks.chase.write import Writer
from tasks.status.view import look


def ours(folder: Path, size: int) -> None:
    desk = office.desk(folder)
    view = look(desk)
    rung, writer = desk.campaign.ladder[-1], Writer(desk, view)
    told = [Announcement(rung, s.reporter, s.due.at, (s.obligation,)) for s in view.standings]
    assert enqueue(desk.ledger, desk.store, writer.announce(told), desk.now) == size


PEER = Rival("django-post_office's send_many, plain text", post_office.queue, goal=5)
CASE = Case(
    title="circular to {size} units: written, frozen, queued",
    sizes=(3_000, 41_352),
    small=30,
    stage=stage,
    reset=reset,
    ours=ours,
    peers=(PEER,) if post_office.HERE else (),
    rounds=3,
)
