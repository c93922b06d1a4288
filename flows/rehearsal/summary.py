"""The end of a rehearsal in a few Chinese lines."""

from collections import Counter
from collections.abc import Iterator

from tasks.desk import Desk
from tasks.ledger import packages
from tasks.status import report
from tasks.status.series import NO_SUM_ZH, Goal, goals
from tasks.status.view import View, look
from tasks.terms.letters import LETTER_KINDS, LetterState
from tasks.terms.standings import REPORTED, State, Timeliness


def summary(desk: Desk) -> Iterator[str]:
    """What came of the campaign, line by line."""
    view = look(desk)
    yield f"《{desk.campaign.title}》演练结果"
    yield from _obligations(view)
    yield from _figures(view)
    yield from _letters(view)
    with desk.ledger.read() as connection:
        for package in packages.of_campaign(connection, desk.campaign.id):
            how = {"email": "已邮件呈报", "document_exchange": "已按公文系统要求排好，待上传"}
            state = how.get(package.dispatch.get("channel", ""), "未呈报")
            yield f"  第 {package.number} 号汇总件：{state}（缺报 {package.summary['gaps']}）"


def _obligations(view: View) -> Iterator[str]:
    for obligation in view.desk.campaign.obligations:
        mine = [s for s in view.standings if s.obligation == obligation.id]
        reported = [s for s in mine if s.state in REPORTED]
        late = sum(s.timeliness is Timeliness.LATE for s in reported)
        waived = sum(s.state is State.WAIVED for s in mine)
        missing = len(mine) - len(reported) - waived
        due = "时限通知未写明" if obligation.due == "unknown" else f"其中迟报 {late}"
        excused = f"，免报 {waived}" if waived else ""
        came = f"应报 {len(mine)}，已报 {len(reported)}（{due}）"
        yield f"  {obligation.title}：{came}，未报 {missing}{excused}"


def _figures(view: View) -> Iterator[str]:
    for name, fields in report.totals(view.desk.campaign, view.standings).items():
        for field in view.desk.campaign.obligation(name).fields:
            total = fields[field.id]
            if not field.adds:
                continue
            if total["quota"] is not None:
                told = _reached(total["sum"], total["quota"])
                yield f"  {field.title}：已核实 {total['sum']:,} {field.unit}"
                yield f"    各单位任务数合计 {total['quota']:,} {field.unit}（{told}）"
            if total["target"] is not None:
                told = _reached(total["sum"], total["target"])
                yield f"    总目标“{total['target_title']}” {total['target']:,} {field.unit}（{told}）"
    yield from map(_goal, goals(view.desk.campaign, view.standings))


def _goal(goal: Goal) -> str:
    if not goal.field.adds:
        return f"    {goal.title}的总目标“{goal.target.title}”：{NO_SUM_ZH}"
    told = "当次新增还是累计待定" if goal.done is None else _reached(goal.done, goal.target.min)
    return f"    {goal.title}的总目标“{goal.target.title}” {goal.target.min:,} {goal.field.unit}（{told}）"


def _reached(value: float, goal: int) -> str:
    return "已达到" if value >= goal else f"差 {goal - value:,.15g}"


def _letters(view: View) -> Iterator[str]:
    sent = Counter(each.kind for each in view.mails if each.state == LetterState.SENT)
    told = "，".join(f"{LETTER_KINDS.get(kind, kind)} {number}" for kind, number in sent.items())
    other = Counter(each.state for each in view.mails if each.state != LetterState.SENT)
    dropped = other.get(LetterState.DROPPED, 0)
    yield f"  信件：{told}" + (f"；临发前发现已报而未发 {dropped}" if dropped else "")
