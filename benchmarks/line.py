"""The product's own steps without Prefect, as the flows order them."""

from pathlib import Path

from benchmarks import office
from tasks.chase.answer import answer_all
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.package.tiers.below import take_packages
from tasks.roster.validate import ensure_sound
from tasks.status.shown import shown, shown_again


def check(folder: Path, _size: int) -> None:
    """Take in, judge, answer, work out what the board shows."""
    take_in(folder)
    desk = office.desk(folder)
    answer_all(desk)
    if shown_again(desk) is None:
        shown(desk)


def take_in(folder: Path, readers: int = 1) -> None:
    """Into store and ledger, and judged."""
    desk = office.desk(folder)
    ensure_sound(desk.home, desk.campaign.id)
    for inbox in inboxes(desk):
        collect(desk.ledger, desk.store, inbox, desk.now)
    take_packages(desk)
    own = desk.own_addresses
    settle_new(
        desk.ledger, desk.store, rules_of(desk), source_names(desk), desk.now,
        own_addresses=own, readers=readers,
    )  # fmt: skip
