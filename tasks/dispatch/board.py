"""The packages as Markdown for the Prefect UI: digest, figures, sign-off, dispatch, acknowledgement."""

from collections.abc import Iterator, Mapping

from tasks.desk import Desk
from tasks.dispatch.acknowledge import acknowledged
from tasks.dispatch.facts import counts, has_undated, name_zh
from tasks.dispatch.hand_up import replaced, stuck
from tasks.dispatch.sign_rule import SIGN_ZH, Sign
from tasks.dispatch.signing import state_of
from tasks.ledger import packages
from tasks.ledger.acts import Act
from tasks.ledger.packages import Package
from tasks.terms import times

CHANNELS = {"email": "邮件", "document_exchange": "公文系统（已排好待上传）", "by_hand": "人工"}


def board(desk: Desk) -> str:
    """Every package, newest first; nothing before the first."""
    with desk.ledger.read() as connection:
        made = packages.of_campaign(connection, desk.campaign.id)
    given = acknowledged(desk)
    gone = {p.number for p in replaced(desk)}
    back = stuck(desk)
    parts = [
        "\n".join(_package(desk, p, given.get(p.number), back, replaced_by_later=p.number in gone))
        for p in reversed(made)
    ]
    return "\n\n".join(parts)


def _package(
    desk: Desk, package: Package, receipt: Act | None, back: Mapping[int, str], *, replaced_by_later: bool
) -> Iterator[str]:
    yield f"## {name_zh(package)}"
    yield f"- 数据截至 {times.moment_zh(package.as_of, year=True)}"
    yield from (f"- {line}" for line in counts(package))
    uncounted = "（时限未写明的事项不计）" if has_undated(package) else ""
    yield f"- 缺报 {package.summary.get('gaps', 0)} 项{uncounted}"
    yield f"- 清单校验码（SHA-256）`{package.digest}`"
    if replaced_by_later:
        yield "- 未呈报，已由后一号代替"
        return
    yield from _signed(desk, package)
    if package.dispatched_at is None:
        yield "- 尚未呈报"
        return
    channel = CHANNELS.get(package.dispatch.get("channel", ""), "")
    yield f"- {times.moment_zh(package.dispatched_at, year=True)} 呈报（{channel}）"
    if receipt is None:
        yield f"- {back[package.number]}" if package.number in back else "- 上级尚未签收"
    else:
        yield f"- {times.moment_zh(receipt.at, year=True)} 上级签收（{receipt.who}）"


def _signed(desk: Desk, package: Package) -> Iterator[str]:
    if not desk.campaign.package.sign_off or package.dispatched_at is not None:
        return
    stands = state_of(desk, package)
    who = f"（{stands.who}：{stands.why}）" if stands.state in {Sign.SIGNED, Sign.REFUSED} else ""
    until = f"，应于 {times.moment_zh(stands.until, year=True)} 前审签" if stands.until else ""
    yield f"- {SIGN_ZH[stands.state]}{who}{until if stands.state is Sign.WAITING else ''}"
