"""What happened, told to Prefect as events: counts and a sentence, never a person, an address or a number.

Automations (``deployments/automations.yaml``) write to the people on duty on some of them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from prefect import get_run_logger
from prefect.events import emit_event

from tasks.desk import Desk, open_desk
from tasks.dispatch.sign_rule import SIGN_ZH
from tasks.dispatch.sign_rule import Sign as Waiting
from tasks.health.passing import missed, tell_until, told_until
from tasks.health.signs import Sign, signs
from tasks.ledger import submissions
from tasks.status import still
from tasks.status.view import look

TOLD = "told"

FIRST_LOOK = timedelta(days=1)
"""How far back the first telling of a campaign looks."""


def tell(campaign: str, now: datetime, done: dict[str, Any]) -> list[str]:
    """Emit what happened since the last telling; gives the names of what was told.

    A run for a moment already told of, a rehearsed or repeated one, tells of its package only.
    """
    desk = open_desk(campaign, now)
    told = [*_since_last(desk), *_of_package(done)]
    for each in told:
        emit(desk, each)
    return [each.name for each in told]


def emit(desk: Desk, sign: Sign) -> None:
    """One event; its resource is the campaign."""
    emit_event(
        f"baosong.{sign.name}",
        resource={
            "prefect.resource.id": f"baosong.campaign.{desk.campaign.id}",
            "prefect.resource.name": desk.campaign.title,
        },
        payload={"count": sign.count, "text": sign.text},
    )


def _since_last(desk: Desk) -> Iterator[Sign]:
    before = told_until(desk.home, desk.campaign.id)
    since = before or desk.now - FIRST_LOOK
    if desk.now <= since:
        return
    if before and (late := missed(desk.home, desk.campaign.id, before, desk.now)):
        text = "程序停了一段时间，下列事项误点，现已补办：" + "；".join(late)
        get_run_logger().warning("%s", text)
        yield Sign("late", len(late), text)
    if before is None or still.recall(desk, TOLD) is None:
        yield from _looked(desk, since)
    yield Sign("checked", 1, "已收件核对")
    tell_until(desk.home, desk.campaign.id, desk.now)


def _looked(desk: Desk, since: datetime) -> Iterator[Sign]:
    of = still.mark(desk)
    view = look(desk)
    with desk.ledger.read() as connection:
        versions = submissions.of_campaign(connection, desk.campaign.id, desk.now)
    yield from signs(view, versions, since)
    still.remember(desk, TOLD, of, still.until(view), True)


def _of_package(done: dict[str, Any]) -> Iterator[Sign]:
    package, dispatch = done.get("package", {}), done.get("dispatch", {})
    if package.get("new") and package["number"]:
        yield Sign("package-ready", package["number"], f"第 {package['number']} 号汇总件已编成")
    for number in dispatch.get("sent", ()):
        yield Sign("dispatched", number, f"第 {number} 号汇总件已呈报")
    if laid := dispatch.get("laid_out"):
        yield Sign("laid-out", len(laid), "汇总件已排好，请上传公文系统")
    for number, why in dispatch.get("why", {}).items():
        if why != SIGN_ZH[Waiting.WAITING]:  # that a signature is waited for is as it should be, for a day
            yield Sign("held-back", int(number), f"第 {number} 号汇总件暂缓呈报：{why}")
