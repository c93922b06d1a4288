"""The step of dispatch, as Prefect runs it."""

from datetime import datetime
from typing import Any

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact

from tasks.desk import Desk, open_desk
from tasks.dispatch import acknowledge
from tasks.dispatch.board import board
from tasks.dispatch.hand_up import hand_up_all
from tasks.terms.machine import faults_told


@task(name="查上级签收")
@faults_told()
def take_receipts(campaign: str, now: datetime) -> list[int]:
    """Enter the superior's acknowledgements that have come since; returns the packages' numbers."""
    desk = open_desk(campaign, now)
    done = acknowledge.take_in(desk)
    if done:
        _show(desk)
    return done


@task(name="呈报上级")
@faults_told()
def hand_up(campaign: str, now: datetime) -> dict[str, Any]:
    """Hand up every package that may go: by mail, or laid out for a clerk to upload."""
    desk = open_desk(campaign, now)
    told = hand_up_all(desk)
    for number, why in told["why"].items():
        get_run_logger().warning("第 %s 号汇总件暂缓呈报：%s", number, why)
    _show(desk)
    return told


def _show(desk: Desk) -> None:
    shown = board(desk)
    if shown:
        create_markdown_artifact(
            shown, key=f"{desk.campaign.id}-package", description=f"{desk.campaign.title} 汇总件"
        )
