"""The step of dispatch, as Prefect runs it."""

from datetime import datetime
from typing import Any

from prefect import get_run_logger, task

from tasks.chase.deliver import deliver_waiting
from tasks.desk import Desk, open_desk
from tasks.dispatch.hand_up import lay_out_for_exchange, queue_mail, record_sent, signed, waiting
from tasks.intake.sources import source_names
from tasks.ledger import arrivals


@task(name="呈报上级")
def hand_up(campaign: str, now: datetime) -> dict[str, Any]:
    """Hand up every package that may go: by mail, or laid out for a clerk to upload."""
    desk = open_desk(campaign, now)
    told: dict[str, Any] = {"sent": [], "laid_out": [], "held_back": []}
    blind = _sources_out_of_reach(desk)
    for package in waiting(desk):
        if blind:
            get_run_logger().warning(
                "来源 %s 连接不上，可能有未收到的来件，第 %s 号汇总件暂缓呈报", blind, package.number
            )
            told["held_back"].append(package.number)
        elif not signed(desk, package):
            told["held_back"].append(package.number)
        elif desk.campaign.superior.channel == "document_exchange":
            told["laid_out"].append(lay_out_for_exchange(desk, package))
        elif not queue_mail(desk, package) and desk.campaign.superior.channel == "unknown":
            get_run_logger().warning("呈报渠道未定，第 %s 号汇总件未呈报", package.number)
            told["held_back"].append(package.number)
    deliver_waiting(desk)
    told["sent"] = record_sent(desk)
    return told


def _sources_out_of_reach(desk: Desk) -> str:
    with desk.ledger.read() as connection:
        return "、".join(arrivals.failing(connection, source_names(desk)))
