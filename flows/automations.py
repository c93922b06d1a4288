"""What Prefect itself watches for, as shipped in ``deployments/automations.yaml``."""

from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient
from prefect.events.schemas.automations import AutomationCore

from tasks.settings import SHIPPED

FILE = SHIPPED / "deployments" / "automations.yaml"
ALARM = "故障告警"
"""The deployment an automation runs to tell the people on duty; its id takes the place of its name."""


def automations(alarm_deployment: str) -> list[dict[str, Any]]:
    """Prefect's automations in the words of its API; ``alarm_deployment`` is the id of 故障告警."""
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))["automations"]
    for action in (action for each in found for action in each["actions"]):
        if action.get("deployment_id") == ALARM:
            action["deployment_id"] = alarm_deployment
    return found


async def install(client: PrefectClient, alarm_deployment: str) -> None:
    """Create or renew them; the same start made twice leaves one of each."""
    for each in automations(alarm_deployment):
        for old in await client.read_automations_by_name(each["name"]):
            await client.delete_automation(old.id)
        await client.create_automation(AutomationCore.model_validate(each))
