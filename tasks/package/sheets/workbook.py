"""汇总表.xlsx: the figures and the standing of every unit, ready to print on A4 landscape.

Text from a sender is always written as a string, figures as numbers; beside every formula of ours stands
its value, for readers that do not recalculate. The same dossier gives the same bytes.
"""

from tasks.package.dossier import Dossier
from tasks.package.figures import Figures
from tasks.package.owing import still_owing
from tasks.package.sheets.arrivals import arrivals_sheet
from tasks.package.sheets.changes import changes_sheet
from tasks.package.sheets.doubts import doubts_sheet, late_sheet, waived_sheet
from tasks.package.sheets.sheet import Book, Mark, Page, Rate, sheet_names
from tasks.package.sheets.units_sheet import units_sheet
from tasks.package.words import affair, due_zh, moment_zh, number
from tasks.status.series import NO_SUM_ZH, Goal, of_the_series
from tasks.terms import times
from tasks.terms.standings import State

_OVERVIEW = (30, 24, 9, 9, 9, 9, 9, 9, 9, 9, 11, 11)
_LARGE = 1000  # standings beyond which the book is written through files
_ONE_PAGE = 55  # more rows than this would print too small
_OWING = (6, 26, 12, 20, 11, 34, 9, 44)
_COUNTS = ("应报", "已报", "其中按时", "其中迟报", "未报", "退回待补", "已收待核", "免报")
_LISTS = ("未报与退回", "迟报", "免报", "核对问题", "到件时间")
_HEADS = ("事项", "层级（类别）", *_COUNTS, "报送率", "按时率")


def summary_workbook(dossier: Dossier, counted: tuple[Figures, ...]) -> bytes:
    """The workbook's bytes."""
    created = times.local(dossier.as_of).replace(tzinfo=None, microsecond=0)
    large = len(dossier.standings) > _LARGE
    book = Book(title="汇总表", author=dossier.campaign.notice.issuer, created=created, large=large)
    own = ("总览", *(["本次补报"] if dossier.earlier else []), *_LISTS)
    # Our own names first: an obligation of the same title is the one to be renamed.
    ours = dict(zip((*own, *range(len(counted))), sheet_names((*own, *_titles(counted))), strict=True))
    _overview(book.page(ours["总览"], _OVERVIEW), dossier, counted)
    if dossier.earlier:
        changes_sheet(book, ours["本次补报"], dossier, dossier.earlier)
    for count, each in enumerate(counted):
        units_sheet(book, ours[count], dossier, each)
    _owing(book.page(ours["未报与退回"], _OWING, middle=(0, 2, 4, 6)), dossier)
    late_sheet(book, ours["迟报"], dossier)
    waived_sheet(book, ours["免报"], dossier)
    doubts_sheet(book, ours["核对问题"], dossier)
    arrivals_sheet(book, ours["到件时间"], dossier, counted)
    return book.finish()


def _titles(counted: tuple[Figures, ...]) -> tuple[str, ...]:
    return tuple(each.obligation.title for each in counted)


def _overview(page: Page, dossier: Dossier, counted: tuple[Figures, ...]) -> None:
    page.title(f"{affair(dossier.campaign.title)}报送情况汇总表")
    issuer = dossier.campaign.notice.issuer
    page.note(f"编制单位：{issuer}　　数据截至：{moment_zh(dossier.as_of)}　　第{dossier.number}号")
    page.section("一、报送时限")
    for each in counted:
        page.note(f"{each.obligation.title}：{due_zh(each.due)}")
    page.section("二、报送情况（单位：个）")
    page.heads(_HEADS)
    for each in counted:
        _counts(page, each)
    if any(each.sums for each in counted):
        _results(page, counted)
    page.section("待确认事项")
    page.notes(_open_points(dossier), "无。")
    if page.at < _ONE_PAGE:
        page.single()


def _counts(page: Page, each: Figures) -> None:
    for count in (*each.groups, each.whole):
        whole = count is each.whole
        states = count.states
        cells = [
            count.expected, count.received, count.on_time, None if count.on_time is None else count.late,
            states[State.MISSING], states[State.RETURNED], states[State.RECEIVED], states[State.WAIVED],
        ]  # fmt: skip
        rates = [_rate(count.received, count.expected), _rate(count.on_time, count.expected)]
        page.row([each.obligation.title, count.label, *cells, *rates], bold=whole)


def _rate(part: int | None, whole: int) -> Rate | None:
    return Rate(part / whole) if part is not None and whole else None


def _results(page: Page, counted: tuple[Figures, ...]) -> None:
    page.section("三、任务完成情况（只计已通过的报件；“数据不明”和“尚无数据”的单位均未计入，不按零计算）")
    page.heads(("事项", "指标", "计量单位", "合计", "已计单位", "数据不明", "尚无数据"))
    for each in counted:
        for s in each.sums:
            page.row(
                [
                    each.obligation.title,
                    s.field.title,
                    s.field.unit,
                    s.total if s.field.adds else Mark("不相加"),
                    s.known,
                    len(s.unknown),
                    s.absent,
                ]
            )
    if any(each.quotas for each in counted):
        _quotas(page, counted)
    if any(each.targets for each in counted):
        _targets(page, counted)


def _quotas(page: Page, counted: tuple[Figures, ...]) -> None:
    page.section("（一）任务数（单位数×每单位任务数）")
    page.heads(
        (
            "事项",
            "指标",
            "应报单位",
            "每单位",
            "任务总数",
            "已完成",
            "尚差",
            "达到单位",
            "未达单位",
            "不明或无",
        )
    )
    for each in counted:
        for q in each.quotas:
            numbers = [q.units, q.quota.min, q.required, q.done, q.lacking, q.met, q.short, q.open]
            page.row([each.obligation.title, q.field.title, *numbers])


def _targets(page: Page, counted: tuple[Figures, ...]) -> None:
    page.section("（二）总目标（与任务数分别计算）")
    page.heads(("事项", "目标", "目标数", "已完成", "尚差", "未计单位"))
    for each in counted:
        for t in each.targets:
            how = _how(t.goal) if t.field.adds else f"：{NO_SUM_ZH}"
            title = f"{t.target.title}（{t.field.title}）{how}"
            whose = t.goal.title if t.goal else each.obligation.title
            page.row([whose, title, t.target.min, t.done, t.lacking, t.open])


def _how(goal: Goal | None) -> str:
    """Which figures of a recurring report are held against the target; both sums while nobody knows."""
    if goal is None:
        return ""
    if goal.target.over is None:
        both = f"各次相加{number(goal.total)}，各单位最近一次相加{number(goal.latest)}"
        return f"：{both}；当次新增还是累计待确认，未与目标对照"
    return "：各次相加" if goal.target.over == "sum" else "：各单位最近一次累计数相加"


def _open_points(dossier: Dossier) -> list[str]:
    held = any(
        o.recurs and (o.quotas or any(not of_the_series(o, t) for t in o.targets))
        for o in dossier.campaign.obligations
    )
    points = ["周期报送的事项，任务数和按每期定的目标与各期分别对照，各期数字未相加"] if held else []
    points += [f"通知未写明：{point}" for point in dossier.campaign.unknown_of_reports]
    if dossier.queue:
        points.append(f"待人工确认的来件{dossier.queue}件，未计入上列数字")
    return points


def _owing(page: Page, dossier: Dossier) -> None:
    page.title("未报与退回单位")
    page.note(f"数据截至{moment_zh(dossier.as_of)}；逾期天数按自然日计算")
    page.heads(("序号", "单位", "层级", "事项", "状态", "原因", "逾期天数", "催报情况"), repeat=True)
    for count, each in enumerate(still_owing(dossier), 1):
        late = "" if each.days_late is None else each.days_late
        page.row([count, each.name, each.tier, each.obligation, each.state, each.reason, late, each.letters])
    if not page.rows:
        page.note("无：各应报单位均已报送。")
