"""Check, build the package, hand it up."""

from datetime import datetime
from typing import Any

from prefect import flow
from tasks.dispatch.steps import hand_up
from tasks.package.steps import build

from flows.check import checked
from flows.moment import moment


@flow(name="汇总呈报", flow_run_name="汇总呈报 {campaign}")
def compile_package(campaign: str, as_of: datetime | None = None) -> dict[str, Any]:
    """先收件核对，再编成汇总件；到了呈报日，按专项规定呈报上级。

    Args:
        campaign: 专项代号，即 config/campaigns 下的文件名
        as_of: 以哪一时刻为准（北京时间）；不填即为现在
    """
    now = moment(as_of)
    status = checked(campaign, now)
    number = build(campaign, now)
    return {**status, "package": number, "dispatch": hand_up(campaign, now)}
