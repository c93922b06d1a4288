"""The steps of intake, as Prefect runs them: one batch, one transaction each."""

from contextlib import closing
from dataclasses import asdict
from datetime import datetime

from prefect import get_run_logger, task

from tasks.desk import open_desk
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.ledger import arrivals
from tasks.roster.validate import ensure_sound
from tasks.terms.errors import LedgerOut, Transient
from tasks.terms.machine import faults_told


@task(name="收取来件")
@faults_told()
def take_in(campaign: str, now: datetime) -> int:
    """Take in what is new at every source; a source out of reach is told and left for the next run.

    Raises:
        Misconfigured: the campaign contradicts itself; nothing has been touched.
    """
    desk = open_desk(campaign, now)
    ensure_sound(desk.home, campaign)
    taken = 0
    for inbox in inboxes(desk):
        with closing(inbox):
            try:
                taken += collect(desk.ledger, desk.store, inbox, now)
            except LedgerOut:  # no word of the source's
                raise
            except Transient as fault:
                get_run_logger().warning("来源 %s 暂时不可达，下次再收：%s", inbox.name, fault)
                with desk.ledger.write() as connection:
                    arrivals.mark_failing(connection, inbox.name, now)
            for problem in inbox.problems:
                get_run_logger().warning("来源 %s：%s", inbox.name, problem)
            for remark in inbox.remarks:
                get_run_logger().info("来源 %s：%s", inbox.name, remark)
    return taken


@task(name="逐件核对")
@faults_told()
def judge(campaign: str, now: datetime) -> dict[str, int]:
    """Read and place everything that was taken in and not judged yet."""
    desk = open_desk(campaign, now)
    settled = settle_new(
        desk.ledger,
        desk.store,
        rules_of(desk),
        source_names(desk),
        now,
        own_addresses=desk.own_addresses,
        receivers=desk.receivers,
        readers=desk.office.readers,
    )
    return asdict(settled)
