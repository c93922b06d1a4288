"""The staff's acts as forms in the Prefect UI. Every act is answered and shown at once."""

from collections.abc import Callable
from typing import Any, Literal

from prefect import State, flow, get_run_logger
from prefect.states import Completed

from flows import acts
from flows.ending import ending
from flows.events import emit
from flows.moment import moment
from tasks.chase.steps import answer
from tasks.desk import Desk, open_desk
from tasks.dispatch.steps import hand_up
from tasks.health.signs import Sign
from tasks.status.steps import publish
from tasks.terms.acts import CALLS, WAYS

Decision = Literal["免报", "撤销免报"]
Way = Literal["纸质材料", "专人送达", "电话报送"]
Outcome = Literal["已联系上", "答应报送", "无人接听", "号码有误"]


def _done(campaign: str, what: str, act: Callable[[Desk], str]) -> State[Any]:
    """Do it, answer whom it concerns, show it; the run ends with the sentence of what was done."""
    now = moment(None)
    said = act(open_desk(campaign, now))
    get_run_logger().info("%s", said)
    answer(campaign, now)
    publish(campaign, now, what)
    return Completed(message=said)


@flow(name="延期", flow_run_name="延期 {unit}")
@ending
def extend(campaign: str, unit: str, obligation: str, *, until: str, who: str, why: str) -> State[Any]:
    """准予一个单位延期；延期从不缩短原时限。

    Args:
        campaign: 专项
        unit: 单位
        obligation: 报送事项
        until: 延至何时，如 2023-04-07（当日24时）或 2023-04-07T17:00
        who: 经办人姓名
        why: 理由
    """
    return _done(
        campaign, "延期", lambda desk: acts.extended(desk, [unit], obligation, until, who=who, why=why)
    )


@flow(name="免报", flow_run_name="免报 {unit}")
@ending
def waive(
    campaign: str, unit: str, obligation: str, *, who: str, why: str, decision: Decision = "免报"
) -> State[Any]:
    """免除一个单位的报送，或撤销此前的免报。

    Args:
        campaign: 专项
        unit: 单位
        obligation: 报送事项
        who: 批准人姓名
        why: 理由
        decision: 决定，免报，或撤销此前的免报、照常报送
    """
    act = acts.waived if decision == "免报" else acts.owed_again
    return _done(campaign, decision, lambda desk: act(desk, [unit], obligation, who=who, why=why))


@flow(name="人工通过", flow_run_name="人工通过 {unit}")
@ending
def accept(campaign: str, unit: str, obligation: str, who: str, why: str) -> State[Any]:
    """通过一个单位当前的报件，不论系统核对结果如何。

    Args:
        campaign: 专项
        unit: 单位
        obligation: 报送事项
        who: 经办人姓名
        why: 理由
    """
    return _done(campaign, "人工通过", lambda desk: acts.accepted(desk, unit, obligation, who=who, why=why))


@flow(name="退回补正", flow_run_name="退回 {unit}")
@ending
def give_back(
    campaign: str, unit: str, obligation: str, *, who: str, why: str, until: str = ""
) -> State[Any]:
    """退回一个单位当前的报件，请其补正；退回信随即发出。

    Args:
        campaign: 专项
        unit: 单位
        obligation: 报送事项
        who: 经办人姓名
        why: 退回原因，写给报送单位看
        until: 补正期限，如 2023-04-07；不填则按规则计算
    """
    return _done(
        campaign, "退回补正", lambda desk: acts.returned(desk, unit, obligation, until, who=who, why=why)
    )


@flow(name="待确认件归位", flow_run_name="待确认 第 {item} 件")
@ending
def assign(
    campaign: str, item: int, *, who: str, why: str, unit: str = "", obligation: str = ""
) -> State[Any]:
    """处理一件待确认的来件：归入某个单位，或作为“不是报件”了结。

    Args:
        campaign: 专项
        item: “待确认”表中的序号
        unit: 归入哪个单位；不选即“不是报件”
        obligation: 报送事项；材料本身看得出时可不选
        who: 经办人姓名
        why: 依据，如“电话核实”
    """
    if unit:
        return _done(
            campaign,
            "待确认件归位",
            lambda desk: acts.assigned(desk, item, unit, obligation, who=who, why=why),
        )
    return _done(campaign, "了结待确认件", lambda desk: acts.dismissed(desk, item, who=who, why=why))


@flow(name="登记来件", flow_run_name="登记 {unit}")
@ending
def receive(
    campaign: str,
    unit: str,
    obligation: str,
    *,
    who: str,
    why: str,
    way: Way = "纸质材料",
    at: str = "",
    figures: str = "",
    nil: bool = False,
) -> State[Any]:
    """登记纸质、专人送达或电话报送的材料。

    Args:
        campaign: 专项
        unit: 单位
        obligation: 报送事项
        way: 方式
        at: 收到时间，如 2023-04-04T15:30；不填即现在
        figures: 数字，每行一个，如 社区活动=3；代下属单位填报的写 单位名：社区活动=3
        nil: 零报告：该单位没有要报的，不填数字
        who: 登记人姓名
        why: 说明
    """
    chosen = next(key for key, title in WAYS.items() if title == way)
    return _done(
        campaign,
        "登记来件",
        lambda desk: acts.taken_by_hand(
            desk,
            unit,
            obligation,
            way=chosen,
            at=at,
            figures=figures.splitlines(),
            file=None,
            nil=nil,
            who=who,
            why=why,
        ),
    )


@flow(name="通话记录", flow_run_name="通话 {unit}")
@ending
def log_call(campaign: str, unit: str, outcome: Outcome, who: str, why: str) -> State[Any]:
    """记录与一个单位的通话。

    Args:
        campaign: 专项
        unit: 单位
        outcome: 结果
        who: 通话人姓名
        why: 通话内容
    """
    chosen = next(key for key, title in CALLS.items() if title == outcome)
    return _done(campaign, "通话记录", lambda desk: acts.called(desk, unit, chosen, who=who, why=why))


@flow(name="审签", flow_run_name="审签 {campaign}")
@ending
def sign_off(campaign: str, name: str, code: str, refuse: str = "") -> State[Any]:
    """审签待呈报的汇总件；同意的随即呈报。

    Args:
        campaign: 专项
        name: 审签人姓名，须与专项文件中的一致
        code: 审签码，见审签请求邮件，只能用一次
        refuse: 不同意的理由；同意呈报的不填
    """

    def sign(desk: Desk) -> str:
        said = acts.signed(desk, name, code, refuse.strip() or None)
        emit(desk, Sign("refused" if refuse.strip() else "signed", 1, said.replace(name.strip(), "审签人")))
        return said

    done = _done(campaign, "审签", sign)
    hand_up(campaign, moment(None))  # the board of packages says at once that it went
    return done


@flow(name="登记签收", flow_run_name="登记签收 第 {number} 号")
@ending
def acknowledge(campaign: str, number: int, who: str, why: str) -> State[Any]:
    """登记上级已签收某号汇总件。

    Args:
        campaign: 专项
        number: 第几号汇总件
        who: 经办人姓名
        why: 依据，如“电话确认”“公文系统已签收”
    """
    done = _done(campaign, "登记签收", lambda desk: acts.acknowledged(desk, number, who, why))
    hand_up(campaign, moment(None))
    return done
