"""The step of the package, as Prefect runs it."""

from datetime import datetime
from typing import Any

from prefect import task

from tasks.desk import open_desk
from tasks.package.make import make


@task(name="编制汇总件")
def build(campaign: str, now: datetime) -> dict[str, Any]:
    """Build the package whose moment has come; before the first package day, a preview that goes nowhere."""
    return make(open_desk(campaign, now))
