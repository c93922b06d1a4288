"""Register the timetable with a Prefect server."""

from collections.abc import Sequence
from contextlib import suppress

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron, RRule, Schedule
from prefect.types.entrypoint import EntrypointType

from flows import engine
from flows.timetable import POOL, Planned


async def deploy(timetable: Sequence[Planned]) -> None:
    """Create or renew every deployment. Flows are named by module, and importing them here proves them."""
    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    for planned in timetable:
        flow = engine.load(planned.verb)
        deployment = await flow.to_deployment(
            planned.name,
            description=planned.description,
            parameters={"campaign": planned.campaign},
            schedules=[_schedule(each) for each in planned.schedules],
            tags=[planned.campaign],
            work_pool_name=POOL,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        await deployment.apply()


def _schedule(given: dict[str, str]) -> Schedule:
    if "cron" in given:
        return Cron(given["cron"], timezone=given["timezone"])
    return RRule(given["rrule"], timezone=given["timezone"])
