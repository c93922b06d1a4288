"""Take in, judge, answer, publish."""

from datetime import datetime
from typing import Any

from prefect import State, flow

from flows.ending import ended, ending
from flows.events import tell
from flows.moment import moment
from tasks.chase.steps import answer
from tasks.dispatch.steps import take_receipts
from tasks.intake.steps import judge, take_in
from tasks.package.steps import take_below
from tasks.status.steps import publish


@flow(name="收件核对", flow_run_name="收件核对 {campaign}", validate_parameters=True)
@ending
def check(campaign: str, as_of: datetime | None = None) -> State[Any]:
    """收取各来源的来件，逐件核对，发回执或退回通知，更新报送情况。

    Args:
        campaign: 专项代号，即 config/campaigns 下的文件名
        as_of: 以哪一时刻为准（北京时间）；不填即为现在
    """
    now = moment(as_of)
    done = {**checked(campaign, now), "acknowledged": take_receipts(campaign, now)}
    done |= publish(campaign, now, "收件核对")
    done["needs_person"] |= stuck(done)
    tell(campaign, now, done)
    return ended(done)


def checked(campaign: str, now: datetime) -> dict[str, Any]:
    """The steps of a check, in order; every flow begins with them and ends with what it publishes."""
    taken = take_in(campaign, now)
    below = take_below(campaign, now)
    settled = judge(campaign, now)
    answered = answer(campaign, now)
    return {"taken": taken, "below": below["packages"], **settled, "answers": answered}


def stuck(done: dict[str, Any]) -> bool:
    """Whether letters wait for something that does not pass by itself: a wrong password, a server gone."""
    return any(bool(done.get(sent, {}).get("stuck")) for sent in ("answers", "letters"))
