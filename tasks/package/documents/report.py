"""总结报告.docx, and how every Word document of a package is rendered.

Templates carry the sentences (``templates/report``), this room carries the facts. A template that asks
for a fact that is not there fails; a fact that is not in the dossier is never printed.
"""

import gc
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError

from tasks.documents.same_bytes import normalised
from tasks.package.annexes import ORIGINALS, annexes, carries_table
from tasks.package.documents.phrases import (
    book_title,
    chasing,
    contact_zh,
    notice_zh,
    ordinal,
    quoted,
    sentence,
    title_lines,
)
from tasks.package.documents.seal import seal
from tasks.package.documents.stationery import FOLDER
from tasks.package.documents.template_check import check_template, wrong_tag
from tasks.package.dossier import COUNTED, Dossier, Quote
from tasks.package.figures import Count, Figures, QuotaFigure, Sum, TargetFigure, readable, value_of
from tasks.package.highlights import RULE_ZH
from tasks.package.originals import placed
from tasks.package.owing import still_owing
from tasks.package.schedule import moments
from tasks.package.sheets.doubts import CONTRADICTING
from tasks.package.whose_findings import WhoseFindings
from tasks.package.words import (
    clean,
    date_zh,
    due_zh,
    listed,
    moment_zh,
    number,
    ourselves,
    rate,
    report_title,
)
from tasks.status.report import TIMELINESS_ZH
from tasks.status.series import Goal
from tasks.terms import times
from tasks.terms.obligation import Obligation
from tasks.terms.standings import REPORTED, STATE_ZH, Standing, State, Timeliness
from tasks.terms.wording import matter

_MOST_NAMES = 20  # in a sentence; every one stands in the gap statement and the workbook


def summary_report(dossier: Dossier, counted: tuple[Figures, ...], *, templates: Path | None = None) -> bytes:
    """The report's bytes, from the template ``report/report.docx``."""
    return rendered("report", _facts(dossier, counted), dossier, templates)


def rendered(name: str, facts: Mapping[str, Any], dossier: Dossier, templates: Path | None) -> bytes:
    """A document from the office's own template when it has one, else from the product's.

    Raises:
        Misconfigured: a tag of the template is wrong; it is named with its place, and nothing is made.
    """
    own = templates / "report" / f"{name}.docx" if templates else None
    path = own if own and own.exists() else FOLDER / f"{name}.docx"
    with _nothing_left_behind():
        check_template(path, facts)
        made = _filled(path, facts)
    return normalised(made, created=dossier.as_of)


def _filled(path: Path, facts: Mapping[str, Any]) -> bytes:
    document = DocxTemplate(path)
    try:
        document.render(dict(facts), Environment(undefined=StrictUndefined, autoescape=True))
    except TemplateError as fault:
        raise wrong_tag(path, fault) from fault
    seal(document.docx)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@contextmanager
def _nothing_left_behind() -> Iterator[None]:
    """A document's parts hold one another: without this three of them would lie in memory together.

    What lived before is set aside meanwhile, so that only what is new is looked through.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()


def common_facts(dossier: Dossier, title: str) -> dict[str, Any]:
    """What every document of a package says about itself."""
    notice = dossier.campaign.notice
    return {
        "标题": title_lines(notice.issuer, title),
        "主送机关": clean(dossier.campaign.superior.name),
        "上级文件": book_title(notice.superior_document) if notice.superior_document else "",
        "我局": ourselves(clean(notice.issuer)),
        "通知": notice_zh(dossier),
        "活动": matter(clean(dossier.campaign.title)),
        "编号": dossier.number,
        "补报": dossier.supplement,
        "截至": moment_zh(dossier.as_of),
        "原件数": len(placed(dossier)),
        "署名": clean(notice.issuer),
        "成文日期": date_zh(times.local(dossier.as_of).date()),
        "联系人": contact_zh(dossier),
    }


def count_facts(each: Figures) -> dict[str, Any]:
    """One obligation's counts, as sentences use them."""
    whole = each.whole
    return {
        "题": clean(each.obligation.title),
        "可选": each.obligation.optional,
        "时限": sentence(due_zh(each.due)),
        **_count(whole),
        "报送率": rate(whole.received, whole.expected),
        "按时率": rate(whole.on_time, whole.expected),
        "迟报": whole.late,
        "零报告": whole.states[State.NIL],
        "待核": whole.states[State.RECEIVED],
        "免报": whole.states[State.WAIVED],
        "未报": whole.states[State.MISSING],
        "退回": whole.states[State.RETURNED],
        "缺报": whole.states[State.MISSING] + whole.states[State.RETURNED],
    }


def other_troubles(dossier: Dossier, counted: tuple[Figures, ...]) -> list[str]:
    """What else the reader has to know before trusting the figures."""
    lines = [
        f"{quoted(s.field.title)}数据不明的单位{len(s.unknown)}个："
        f"{listed([clean(dossier.unit_name(code)) for code in s.unknown], _MOST_NAMES)}。"
        for each in counted
        for s in each.sums
        if s.unknown
    ]
    lines += _contradictions(dossier)
    waiting = sum(each.whole.states[State.RECEIVED] for each in counted)
    if waiting:
        lines.append(
            f"已收到而尚未核验的报件{waiting}件（按单位和事项计），计入已报，其数据和原件未编入本件。"
        )
    if dossier.queue:
        lines.append(f"另有来件{dossier.queue}件待人工确认，未计入已报。")
    return lines


def _contradictions(dossier: Dossier) -> list[str]:
    """Units whose accepted report contradicts itself or another; what exactly stands in the workbook."""
    found = dict.fromkeys(
        clean(dossier.unit_name(s.reporter))
        for s in dossier.standings
        if s.state in COUNTED
        and any(r.code in CONTRADICTING for r in dossier.remarks.get(s.submission or 0, ()))
    )
    named = listed(list(found), _MOST_NAMES)
    text = f"报件内数字前后矛盾、尚待核实的单位{len(found)}个：{named}；具体见汇总表“核对问题”表。"
    return [text] if found else []


def following_up(dossier: Dossier) -> str:
    """When what is still owed will be handed up: the next moment the campaign sets, or that none is set."""
    later = [m for m in moments(dossier.campaign) if m > dossier.as_of]
    if not later:
        return "补报时间尚未确定；收到后另行补报。"
    return f"对上述单位将继续催报，{moment_zh(later[0])}前收到并通过核验的材料编入补报件呈送。"


def _facts(dossier: Dossier, counted: tuple[Figures, ...]) -> dict[str, Any]:
    notes = _numbered(_parts(counted, dossier))
    return {
        **common_facts(dossier, report_title(dossier.campaign.title, supplement=dossier.supplement)),
        "时段": [
            {"名称": clean(w.title), "起": date_zh(w.start), "止": date_zh(w.end)}
            for w in dossier.campaign.windows
        ],
        "主题": sentence(dossier.campaign.notice.theme),
        "事项": [
            {
                "序": ordinal(n) if len(counted) > 1 else "",
                **count_facts(each),
                "迟报名单": _late(dossier, each.obligation),
                "分组": [{"名称": g.label, **_count(g)} for g in each.groups],
            }
            for n, each in enumerate(counted, 1)
        ],
        "有指标": any(each.sums for each in counted),
        "指标": [_sum(each, s, counted) for each in counted for s in each.sums],
        "任务数": [_quota(each, q, counted) for each in counted for q in each.quotas],
        "目标": [_target(each, t, counted) for each in counted for t in each.targets],
        "分期": any(map(_by_occurrence, counted)),
        "自身任务": [
            {"题": clean(t.title), "成果": "、".join(map(clean, t.deliverables)), "完成": sentence(t.done)}
            for t in dossier.campaign.own_tasks
        ],
        "自身未统计": _untold(dossier),
        **notes,
        "亮点": [_quote(dossier, n, q) for n, q in enumerate(dossier.quotes, 1)],
        "摘录办法": RULE_ZH,
        "问题序": "四" if dossier.quotes else "三",
        "补报安排": following_up(dossier),
        "变动": sum(map(dossier.changed, dossier.standings)) if dossier.earlier else 0,
        "缺报": _gaps(dossier, counted),
        "催报": chasing(dossier),
        "其他问题": other_troubles(dossier, counted),
        "附件": _attachments(dossier),
        "明细": _tables(dossier, counted),
    }


def _untold(dossier: Dossier) -> str:
    """The office's own tasks of which the campaign file does not say what came; empty when it says all."""
    tasks = dossier.campaign.own_tasks
    untold = [clean(t.title) for t in tasks if not clean(t.done)]
    if not untold:
        return ""
    whose = "上述任务不在各单位报送范围内，其" if len(untold) == len(tasks) else f"其中{'、'.join(untold)}的"
    return f"{whose}完成情况本报告未作统计。"


def _late(dossier: Dossier, obligation: Obligation) -> str:
    """Names of the units that reported late, in roster order; empty when none did."""
    late = [s for s in dossier.of(obligation) if s.timeliness is Timeliness.LATE and s.state in REPORTED]
    return listed([clean(dossier.unit_name(s.unit)) for s in late], _MOST_NAMES)


def _quote(dossier: Dossier, count: int, quote: Quote) -> dict[str, str]:
    """A sentence in quotation marks, those inside it made single, with unit and file."""
    inner = quote.text.replace("“", "‘").replace("”", "’")
    return {
        "序": str(count),
        "单位": clean(dossier.unit_name(quote.unit)),
        "原句": f"“{inner}”",
        "出处": clean(quote.filename),
    }


def _parts(counted: tuple[Figures, ...], dossier: Dossier) -> dict[str, bool]:
    return {
        "指标序": any(each.sums for each in counted),
        "任务数序": any(each.quotas for each in counted),
        "目标序": any(each.targets for each in counted),
        "自身任务序": bool(dossier.campaign.own_tasks),
    }


def _numbered(parts: Mapping[str, bool]) -> dict[str, str]:
    """The ordinals of the parts that are there; a part that stands alone has none."""
    there = [name for name, present in parts.items() if present]
    return {
        name: ordinal(there.index(name) + 1) if name in there and len(there) > 1 else "" for name in parts
    }


def _count(count: Count) -> dict[str, Any]:
    return {"应报": count.expected, "已报": count.received, "按时": count.on_time}


def _of_which(each: Figures, counted: tuple[Figures, ...], goal: Goal | None = None) -> str:
    """The obligation or the series a figure belongs to, said where several have figures."""
    title = goal.title if goal else each.obligation.title
    return f"{clean(title)}——" if sum(bool(f.sums) for f in counted) > 1 else ""


def _sum(each: Figures, added: Sum, counted: tuple[Figures, ...]) -> dict[str, Any]:
    return {
        "题": _of_which(each, counted) + clean(added.field.title),
        "单位": clean(added.field.unit),
        "相加": added.field.adds,
        "合计": number(added.total),
        "最低": number(added.lowest),
        "最高": number(added.highest),
        "已计": added.known,
        "不明": len(added.unknown),
        "无": added.absent,
    }


def _quota(each: Figures, figure: QuotaFigure, counted: tuple[Figures, ...]) -> dict[str, Any]:
    return {
        "题": _of_which(each, counted) + clean(figure.field.title),
        "相加": figure.field.adds,
        "有数": figure.done is not None,
        "单位": clean(figure.field.unit),
        "每个": figure.quota.min,
        "至多": figure.quota.max,
        "应报": figure.units,
        "总数": figure.required,
        "完成": number(figure.done),
        "尚差": bool(figure.lacking),
        "差数": number(figure.lacking),
        "达到": figure.met,
        "未达": figure.short,
        "不明": figure.open,
    }


def _by_occurrence(each: Figures) -> bool:
    """Whether anything is held against every occurrence by itself."""
    return each.obligation.recurs and bool(each.quotas or any(t.goal is None for t in each.targets))


def _target(each: Figures, figure: TargetFigure, counted: tuple[Figures, ...]) -> dict[str, Any]:
    whose = _of_which(each, counted, figure.goal)
    return {
        "题": f"{whose}{quoted(figure.target.title)}（{clean(figure.field.title)}）",
        "相加": figure.field.adds,
        "单位": clean(figure.field.unit),
        "总数": figure.target.min,
        "有数": figure.done is not None or (figure.goal is not None and figure.goal.total is not None),
        **_series(figure.goal),
        "完成": number(figure.done),
        "尚差": bool(figure.lacking),
        "差数": number(figure.lacking),
        "未计": figure.open,
    }


def _series(goal: Goal | None) -> dict[str, Any]:
    """What a recurring report came to; while nobody knows which figures the target means, both sums."""
    over = goal.target.over if goal else "each"
    return {
        "待定": over is None,
        "各次": number(goal.total) if goal else "",
        "最近": number(goal.latest) if goal else "",
        "算法": {"sum": "（各次报送数相加）", "latest": "（各单位最近一次累计数相加）"}.get(over or "", ""),
        "未计者": "份报表" if over == "sum" else "个单位",
    }


def _gaps(dossier: Dossier, counted: tuple[Figures, ...]) -> list[dict[str, Any]]:
    owed = still_owing(dossier)
    found = []
    for obligation in (each.obligation for each in counted):
        mine = [o for o in owed if o.obligation_id == obligation.id]
        missing = [o.name for o in mine if o.state == STATE_ZH[State.MISSING]]
        returned = [o.name for o in mine if o.state == STATE_ZH[State.RETURNED]]
        if mine:
            found.append(
                {
                    "题": quoted(obligation.title),
                    "未报数": len(missing),
                    "未报": listed(missing, _MOST_NAMES),
                    "退回数": len(returned),
                    "退回": listed(returned, _MOST_NAMES),
                }
            )
    return found


def _attachments(dossier: Dossier) -> list[str]:
    count = f"{ORIGINALS}（{len(placed(dossier))}个文件）"
    names = [count if name == ORIGINALS else name for name in annexes(dossier)]
    return [f"{'　　　' if n else '附件：'}{n + 1}. {name}" for n, name in enumerate(names)]


def _tables(dossier: Dossier, counted: tuple[Figures, ...]) -> list[dict[str, Any]]:
    if not carries_table(dossier):
        return []
    found = WhoseFindings(dossier)
    return [
        {
            "题": clean(each.obligation.title),
            "行": [
                {"序号": n, **_unit(dossier, each.obligation, s, found(s))}
                for n, s in enumerate(dossier.of(each.obligation), 1)
            ],
        }
        for each in counted
        if each.whole.expected or each.whole.states[State.WAIVED]
    ]


def _unit(dossier: Dossier, obligation: Obligation, standing: Standing, found: str) -> dict[str, Any]:
    received = times.local(standing.received_at) if standing.received_at else None
    return {
        "单位": clean(dossier.unit_name(standing.unit)),
        "状态": STATE_ZH[standing.state],
        "是否按时": TIMELINESS_ZH[standing.timeliness] if standing.timeliness else "",
        "收到时间": f"{received.month}月{received.day}日 {received:%H:%M}" if received else "",
        "数据及说明": "；".join(filter(None, (_data(obligation, standing), _remark(standing, found)))),
    }


def _data(obligation: Obligation, standing: Standing) -> str:
    if standing.state not in COUNTED:
        return ""
    values = ((f, value_of(standing, f)) for f in obligation.fields if readable(standing, f))
    return "、".join(
        f"{clean(f.title)}{'不明' if v is None else number(v) + clean(f.unit)}" for f, v in values
    )


def _remark(standing: Standing, found: str) -> str:
    """What the reader should know of this report: findings, a late correction, why it is not owed."""
    parts = [found] if found else []
    if standing.late_fix:
        parts.append("补正迟于时限")
    if standing.reason:
        parts.append(clean(standing.reason))
    return "、".join(parts)
