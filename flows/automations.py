"""What Prefect itself watches for, as data: a run that failed, and a run that died without a word."""

from typing import Any

from prefect.client.orchestration import PrefectClient
from prefect.events.schemas.automations import AutomationCore

from flows.engine import HEARTBEAT

DEAD_AFTER = 5 * HEARTBEAT
"""Seconds without a heartbeat after which a run is dead."""


def automations(alarm_deployment: str) -> list[dict[str, Any]]:
    """Prefect's automations in the words of its API; ``alarm_deployment`` is the id of 故障告警."""
    return [
        {
            "name": "运行失败即告警",
            "description": "任何一次运行失败或崩溃，写信告诉值班人员",
            "trigger": {
                "type": "event",
                "posture": "Reactive",
                "expect": ["prefect.flow-run.Failed", "prefect.flow-run.Crashed"],
                "match": {"prefect.resource.id": "prefect.flow-run.*"},
                "match_related": {
                    "prefect.resource.id": "prefect.tag.定时任务",
                    "prefect.resource.role": "tag",
                },
                "threshold": 1,
                "within": 0,
            },
            "actions": [
                {
                    "type": "run-deployment",
                    "source": "selected",
                    "deployment_id": alarm_deployment,
                    "parameters": {
                        "what": _template("{{ flow_run.name }}"),
                        "text": _template("{{ flow_run.state.message }}"),
                    },
                }
            ],
        },
        {
            "name": "没有心跳的运行记为崩溃",
            "description": "执行器被强行结束后，运行不会一直停在“运行中”",
            "trigger": {
                "type": "event",
                "posture": "Proactive",
                "after": ["prefect.flow-run.heartbeat"],
                "expect": [
                    "prefect.flow-run.heartbeat",
                    "prefect.flow-run.Completed",
                    "prefect.flow-run.Failed",
                    "prefect.flow-run.Cancelled",
                    "prefect.flow-run.Crashed",
                ],
                "match": {"prefect.resource.id": "prefect.flow-run.*"},
                "for_each": ["prefect.resource.id"],
                "threshold": 1,
                "within": DEAD_AFTER,
            },
            "actions": [
                {
                    "type": "change-flow-run-state",
                    "state": "CRASHED",
                    "message": "执行中断：没有心跳；已入账的不受影响，下一次运行会接着办",
                }
            ],
        },
    ]


def _template(text: str) -> dict[str, str]:
    return {"__prefect_kind": "jinja", "template": text}


async def install(client: PrefectClient, alarm_deployment: str) -> None:
    """Create or renew them; the same start made twice leaves one of each."""
    for each in automations(alarm_deployment):
        for old in await client.read_automations_by_name(each["name"]):
            await client.delete_automation(old.id)
        await client.create_automation(AutomationCore.model_validate(each))
