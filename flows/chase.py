"""Check, then send what is due."""

from datetime import datetime
from typing import Any

from prefect import State, flow, get_run_logger, runtime

from flows.check import checked, stuck
from flows.ending import ended, ending
from flows.events import tell
from flows.moment import moment
from tasks.chase.steps import companions, held_back, plan, preview, send
from tasks.status.steps import publish


@flow(name="催报", flow_run_name="催报 {campaign}")
@ending
def chase(campaign: str, as_of: datetime | None = None, *, dry_run: bool = False) -> State[Any]:
    """先收件核对，再按梯次催报：已报的不催，非工作时间不发。

    Args:
        campaign: 专项代号，即 config/campaigns 下的文件名
        as_of: 以哪一时刻为准（北京时间）；不填即为现在
        dry_run: 只列出将要发的信，不发
    """
    now = moment(as_of)
    done = checked(campaign, now)
    if dry_run:
        done["would_send"] = preview(campaign, now)
    elif runtime.deployment.id and (why := held_back(campaign, now)):
        get_run_logger().warning("%s", why)
        done["held"] = why
    else:
        others = companions(campaign, now)
        for other in others:
            checked(other, now)  # nobody is asked for what came this morning
        done |= {"planned": plan(campaign, now, others), "letters": send(campaign, now)}
    done |= publish(campaign, now, "预览催报" if dry_run else "催报")
    done["needs_person"] |= "held" in done or stuck(done)
    tell(campaign, now, done)
    return ended(done)
