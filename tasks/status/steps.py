"""The step of status: the board staff see in the Prefect UI."""

from datetime import datetime
from typing import Any

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext

from tasks.desk import Desk, open_desk
from tasks.status.shown import shown, shown_again
from tasks.terms import times
from tasks.terms.machine import faults_told


@task(name="更新报送情况")
@faults_told()
def publish(campaign: str, now: datetime, what: str) -> dict[str, Any]:
    """Show where everyone stands; returns the counts a flow run ends with."""
    desk = open_desk(campaign, now)
    title = desk.campaign.title
    found = (shown_again(desk) if _holds(f"{campaign}-standing") else None) or shown(desk)
    create_markdown_artifact(found.board, key=f"{campaign}-board", description=f"{title} 报送情况")
    if found.rows is not None:
        create_table_artifact(found.rows, key=f"{campaign}-standing", description=f"{title} 各单位报送状态")
    _beat(desk)
    _name_run(f"{title} · {what} · {times.moment_zh(now)} · {found.counts['reported']}")
    return found.counts


def _beat(desk: Desk) -> None:
    """A sign of life for the watchdog, which knows nothing of Prefect."""
    pulses = desk.home.pulses
    pulses.mkdir(parents=True, exist_ok=True)
    (pulses / desk.campaign.id).touch()


def _holds(key: str) -> bool:
    """Whether Prefect has this artifact still; its database may be deleted at any time."""
    asked = {"artifacts": {"key": {"any_": [key]}}}
    with get_client(sync_client=True) as client:
        return bool(client.request("POST", "/artifacts/latest/count", json=asked).json())


def _name_run(name: str) -> None:
    """Give the flow run a name that tells the story: which campaign, what, when, how many."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    with get_client(sync_client=True) as client:
        client.update_flow_run(context.flow_run.id, name=name)
