"""The board 报送情况 as Markdown for the Prefect UI: no address and no telephone number in it."""

from tasks.desk import Desk
from tasks.status.chart import arrivals_chart, embedded
from tasks.status.named import masked, owing, waiting
from tasks.status.report import on_time, percent, totals
from tasks.status.series import NO_SUM_ZH, Goal, goals
from tasks.status.today import work_list
from tasks.status.view import View
from tasks.terms import times
from tasks.terms.letters import LETTER_KINDS, WAITING, LetterState


def overview(view: View) -> str:
    """What a clerk wants first: how many, who is missing, what waits for a decision."""
    parts = [
        f"# {view.desk.campaign.title}",
        as_of(view.desk),
        _progress(view),
        _today(view),
        _figures(view),
        _chart(view),
        _missing(view),
        _queue(view),
        _letters(view),
        _unknowns(view),
    ]
    return "\n\n".join(part for part in parts if part)


def as_of(desk: Desk) -> str:
    """The line that says for which moment the board stands."""
    return f"截至 {times.moment_zh(desk.now, year=True)}"


def _today(view: View) -> str:
    return "\n".join(["## 今日待办", "", *(f"- {line}" for line in work_list(view) or ["无"])])


def _chart(view: View) -> str:
    pictures = []
    for obligation in view.desk.campaign.obligations:
        mine = [s for s in view.standings if s.obligation == obligation.id]
        if picture := arrivals_chart(mine, view.desk.now, f"{obligation.title}：累计已报"):
            pictures.append(f"![{_cell(obligation.title)}累计已报]({embedded(picture)})")
    return "## 进度\n\n" + "\n\n".join(pictures) if pictures else ""


def _progress(view: View) -> str:
    lines = ["| 事项 | 应报 | 已报 | 按时 | 报送率 | 按时率 |", "|---|---|---|---|---|---|"]
    dues = []
    for count in view.tallies:
        title = view.desk.campaign.obligation(count.obligation).title
        counts = f"{count.expected} | {count.received} | {on_time(count)}"
        rates = f"{percent(count.reporting_rate)} | {percent(count.reporting_rate_on_time)}"
        lines.append(f"| {title} | {counts} | {rates} |")
        dues.append(f"- {title}的时限：{count.due.explained}")
    return "\n".join([*lines, "", *dues])


def _figures(view: View) -> str:
    lines = []
    for obligation_id, fields in totals(view.desk.campaign, view.standings).items():
        obligation = view.desk.campaign.obligation(obligation_id)
        for field in obligation.fields:
            total = fields[field.id]
            if not field.adds or (total["quota"] is None and total["target"] is None):
                continue
            quota = "—" if total["quota"] is None else f"{total['quota']:,}"
            target = "—" if total["target"] is None else f"{total['target_title']} {total['target']:,}"
            unknown = f"（另有 {total['unknown_units']} 个单位数字待核）" if total["unknown_units"] else ""
            lines.append(f"| {field.title} | {total['sum']:,}{unknown} | {quota} | {target} |")
    lines += [_goal(goal) for goal in goals(view.desk.campaign, view.standings)]
    head = "| 指标 | 已核实合计 | 单位任务数合计 | 总目标 |\n|---|---|---|---|\n"
    return "## 数字\n\n" + head + "\n".join(lines) if lines else ""


def _goal(goal: Goal) -> str:
    """A target of a whole series; while nobody knows which figures it means, both are shown."""
    if not goal.field.adds:
        figure = NO_SUM_ZH
    elif goal.target.over is None:
        figure = (
            f"各次相加 {_known(goal.total)}，各单位最近一次相加 {_known(goal.latest)}（当次新增还是累计待定）"
        )
    else:
        how = "各次相加" if goal.target.over == "sum" else "各单位最近一次累计数相加"
        figure = f"{_known(goal.done)}（{how}）"
    name = f"{_cell(goal.title)}：{goal.field.title}"
    return f"| {name} | {figure} | — | {goal.target.title} {goal.target.min:,} |"


def _known(value: float | None) -> str:
    return "—" if value is None else f"{value:,.15g}"


def _missing(view: View) -> str:
    parts = [
        f"**{title}**：{len(names)} 个单位未报齐\n\n{'、'.join(names)}"
        for title, names in owing(view.desk, view.standings).items()
    ]
    return "## 未报\n\n" + ("\n\n".join(parts) or "无")


def _queue(view: View) -> str:
    """A table to find an item in, and under it why it waits: a page cuts off what a cell cannot hold."""
    if not view.queue:
        return "## 待确认\n\n无"
    rows, why = ["| 序号 | 文件 | 主题 | 可能的单位 |", "|---|---|---|---|"], []
    for item in waiting(view.desk, view.queue):
        cells = (str(item.number), item.file, item.subject, item.units or "—")
        rows.append("| " + " | ".join(_cell(c) for c in cells) + " |")
        why.append(f"- 第 {item.number} 件：{_cell(item.why)}")
    return "\n".join(["## 待确认", "", *rows, "", *why])


def _letters(view: View) -> str:
    counts: dict[tuple[str, str], int] = {}
    for each in view.mails:
        counts[each.kind, each.state] = counts.get((each.kind, each.state), 0) + 1
    kinds = dict.fromkeys(each.kind for each in view.letters)
    rows = []
    for kind in kinds:
        sent = counts.get((kind, LetterState.SENT), 0)
        unknown = counts.get((kind, LetterState.UNKNOWN), 0)
        refused = counts.get((kind, LetterState.REFUSED), 0)
        wait = sum(counts.get((kind, state), 0) for state in WAITING)
        rows.append(f"| {LETTER_KINDS.get(kind, kind)} | {sent} | {wait} | {refused} | {unknown} |")
    head = "| 信件 | 已发 | 待发 | 被拒 | 去向不明 |\n|---|---|---|---|---|\n"
    return "## 信件\n\n" + head + "\n".join(rows) if rows else ""


def _unknowns(view: View) -> str:
    points = view.desk.campaign.unknowns
    return "## 通知未写明，须问清\n\n" + "\n".join(f"- {point}" for point in points) if points else ""


def _cell(text: str) -> str:
    """What a sender typed, made harmless inside Markdown."""
    return masked(text).replace("|", "｜").replace("<", "＜").replace(">", "＞")
