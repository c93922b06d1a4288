"""Register the timetable and the staff's forms with a Prefect server."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.schedules import CronSchedule, RRuleSchedule
from prefect.exceptions import ObjectAlreadyExists

from flows import engine
from flows.automations import install
from flows.forms import form, plain_form
from flows.timetable import POOL, Planned
from tasks.desk import Desk
from tasks.roster.duty import reporters
from tasks.terms import times


async def deploy(timetable: Sequence[Planned], desks: Sequence[Desk]) -> None:
    """Create or renew every deployment. Flows are named by module, and importing them here proves them."""
    desk_of = {desk.campaign.id: desk for desk in desks}
    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
        for planned in timetable:
            await _register(client, planned, desk_of[planned.campaign])
        await _register_alone(client, "draft", "起草专项", "由通知的文字起草专项文件，只看不写", "经办操作")
        told = "由自动规则运行：把故障写信告诉值班人员"
        await install(client, str(await _register_alone(client, "alarm", "故障告警", told, "自动规则")))


async def _register(client: PrefectClient, planned: Planned, desk: Desk) -> None:
    flow = engine.load(planned.verb)
    await client.create_deployment(
        flow_id=await client.create_flow(flow),
        name=planned.name,
        description=planned.description,
        parameters={"campaign": planned.campaign},
        schedules=[_schedule(each) for each in planned.schedules],
        tags=[planned.campaign, planned.family],
        work_pool_name=POOL,
        entrypoint=engine.FLOWS[planned.verb].replace(":", "."),
        parameter_openapi_schema=_form(flow, desk),
        enforce_parameter_schema=True,
    )


async def _register_alone(client: PrefectClient, verb: str, name: str, description: str, tag: str) -> UUID:
    """A flow of the whole office, of no one campaign."""
    flow = engine.load(verb)
    return await client.create_deployment(
        flow_id=await client.create_flow(flow),
        name=name,
        description=description,
        tags=[tag],
        work_pool_name=POOL,
        entrypoint=engine.FLOWS[verb].replace(":", "."),
        parameter_openapi_schema=plain_form(flow.parameters.model_dump()),
    )


def _form(flow: Any, desk: Desk) -> dict[str, Any]:
    day = times.local(desk.now).date()
    reporting = tuple(reporters(desk.campaign, desk.roster, day))
    return form(flow.parameters.model_dump(), desk.campaign, desk.roster, reporting)


def _schedule(given: dict[str, str]) -> DeploymentScheduleCreate:
    zone = given["timezone"]
    timing: CronSchedule | RRuleSchedule
    if "cron" in given:
        timing = CronSchedule(cron=given["cron"], timezone=zone)
    else:
        timing = RRuleSchedule(rrule=given["rrule"], timezone=zone)
    return DeploymentScheduleCreate(schedule=timing, active=True)
