"""Check, build the package, hand it up."""

from datetime import datetime
from typing import Any

from prefect import State, flow

from flows.check import checked, stuck
from flows.ending import ended, ending
from flows.events import tell
from flows.moment import moment
from tasks.dispatch.steps import hand_up
from tasks.package.steps import build
from tasks.status.steps import publish


@flow(name="汇总呈报", flow_run_name="汇总呈报 {campaign}")
@ending
def compile_package(campaign: str, as_of: datetime | None = None) -> State[Any]:
    """先收件核对，再编成汇总件；到了呈报日，按专项规定呈报上级。

    Args:
        campaign: 专项代号，即 config/campaigns 下的文件名
        as_of: 以哪一时刻为准（北京时间）；不填即为现在
    """
    now = moment(as_of)
    done = checked(campaign, now)
    package = build(campaign, now)
    dispatch = hand_up(campaign, now)
    status = publish(campaign, now, "汇总呈报")
    look = (
        status["needs_person"]
        or stuck(done)
        or bool(package["gaps"] or dispatch["held_back"] or dispatch["laid_out"])
    )
    done |= {**status, "package": package, "dispatch": dispatch, "needs_person": look}
    tell(campaign, now, done)
    return ended(done)
