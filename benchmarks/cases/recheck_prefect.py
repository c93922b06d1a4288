"""The same check as a flow, by Prefect's client in this process against a warm server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import office
from benchmarks.case import Case, Rival
from benchmarks.cases import recheck
from benchmarks.measure import timed
from flows import engine
from flows.serve import server
from tests.rig.postgresql import free_port

MOST_TASK_RUNS = 10
MOST_WAITS = 20
NOT_BUSY = 1.2


@contextmanager
def stage(folder: Path, size: int) -> Iterator[None]:
    """As without Prefect, and a server that has run the flow before."""
    with recheck.stage(folder, size), server(office.desk(folder).home, free_port()):
        for _ in range(2):
            ours(folder, size)
        assert task_runs() <= MOST_TASK_RUNS, task_runs()
        yield


def at_rest(folder: Path, size: int) -> None:
    """Wait until the server has recorded the many task runs of the peer: that is no part of ours."""
    quickest = timed(empty_flow, folder, size)
    for _ in range(MOST_WAITS):
        took = timed(empty_flow, folder, size)
        if took < NOT_BUSY * quickest:
            return
        quickest = min(quickest, took)


def ours(folder: Path, _size: int) -> dict[str, Any]:
    return engine.run(office.desk(folder).home, "check", campaign="bench", as_of=office.AS_OF)


def task_runs() -> int:
    """How many task runs the last flow run had."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        (run,) = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)
        mine = FlowRunFilter(id=FlowRunFilterId(any_=[run.id]))
        return len(client.read_task_runs(flow_run_filter=mine))


def empty_flow(_folder: Path, _size: int) -> None:
    """A flow that does nothing: what Prefect itself costs."""
    from prefect import flow

    flow(_nothing, name="empty")()


def _nothing() -> None:
    """Do nothing."""


def one_task_a_unit(_folder: Path, size: int) -> None:
    """A task run for every unit, each doing nothing."""
    from prefect import flow, task

    look = task(_look, name="look")

    @flow(name="one-task-a-unit")
    def each() -> None:
        for number in range(size):
            look(number)

    each()


def _look(_number: int) -> None:
    """Do nothing."""


CASE = Case(
    title="re-check of {size} units with nothing new, through a warm Prefect",
    sizes=recheck.SIZES,
    small=34,
    stage=stage,
    reset=at_rest,
    ours=ours,
    floor=Rival("an empty flow", empty_flow),
    peers=(Rival("one Prefect task a unit", one_task_a_unit, share=100, rounds=1),),
    megabytes=300,
)
