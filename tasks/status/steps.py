"""The step of status: the board staff see in the Prefect UI."""

from datetime import datetime
from typing import Any

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext

from tasks.desk import open_desk
from tasks.status import report
from tasks.status.board import overview
from tasks.status.view import View, look
from tasks.terms import times


@task(name="更新报送情况")
def publish(campaign: str, now: datetime, what: str) -> dict[str, Any]:
    """Show where everyone stands; returns the counts a flow run ends with."""
    view = look(open_desk(campaign, now))
    title = view.desk.campaign.title
    create_markdown_artifact(overview(view), key=f"{campaign}-board", description=f"{title} 报送情况")
    create_table_artifact(
        report.rows_zh(view.desk.campaign, view.desk.roster, view.standings),
        key=f"{campaign}-standing",
        description=f"{title} 各单位报送状态",
    )
    _beat(view)
    _name_run(f"{title} · {what} · {times.moment_zh(now)} · {report.reported(view.tallies)}")
    return counts(view)


def _beat(view: View) -> None:
    """A sign of life for the watchdog, which knows nothing of Prefect."""
    pulses = view.desk.home.pulses
    pulses.mkdir(parents=True, exist_ok=True)
    (pulses / view.desk.campaign.id).touch()


def counts(view: View) -> dict[str, Any]:
    """The figures of a view a script or a run wants: small, without names."""
    return {
        "reported": report.reported(view.tallies),
        "queue": len(view.queue),
        "unsettled_letters": view.unsettled,
        "unreached": list(view.unreached),
        "needs_person": view.needs_person,
    }


def _name_run(name: str) -> None:
    """Give the flow run a name that tells the story: which campaign, what, when, how many."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    with get_client(sync_client=True) as client:
        client.update_flow_run(context.flow_run.id, name=name)
