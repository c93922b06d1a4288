"""The steps of the package, as Prefect runs them."""

from datetime import datetime
from typing import Any

from prefect import task

from tasks.desk import open_desk
from tasks.package.make import make
from tasks.package.tiers.below import take_packages
from tasks.package.turn import turn
from tasks.terms.machine import faults_told


@task(name="收下级汇总件")
@faults_told()
def take_below(campaign: str, now: datetime) -> dict[str, int]:
    """Take in packages of the tier below as that office's reports, before any document is read."""
    return take_packages(open_desk(campaign, now))


@task(name="编制汇总件")
@faults_told()
def build(campaign: str, now: datetime) -> dict[str, Any]:
    """Build the package whose moment has come; before the first package day, a preview that goes nowhere."""
    desk = open_desk(campaign, now)
    with turn(desk.home.packages, campaign):
        return make(desk)
