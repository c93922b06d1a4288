"""A draft as a campaign file to complete: every value with its quote, every gap with its question.

What must be known before anything may start (roster, kinds of units, package time) is written ``unknown``
where the loader refuses it, so that ``validate`` names it until someone has filled it in.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from tasks.notice.draft.model import Channel, Draft, EnclosedForm, Obligation, Said
from tasks.notice.draft.shown.as_yaml_figures import figures, needs_figures, statistics
from tasks.notice.draft.shown.as_yaml_forms import (
    fields,
    forms_of,
    is_form_alone,
    shown,
    unclaimed,
    without_form,
)
from tasks.notice.draft.shown.called import called
from tasks.notice.draft.shown.questions import lacks_area, questions
from tasks.notice.draft.shown.yaml_words import UNKNOWN, line, quoted, scalar
from tasks.terms.wording import matter


def as_yaml(draft: Draft, campaign_id: str) -> str:
    """The campaign file."""
    parts = (
        _head(draft, campaign_id),
        _notice(draft),
        _superior(draft),
        _windows(draft),
        _obligations(draft),
        _sources(draft, campaign_id),
        _ladder(),
        _package(draft),
        _notes(draft),
    )
    return "\n".join(text for part in parts for text in (*part, ""))


def _head(draft: Draft, campaign_id: str) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../campaign.schema.json"
    yield "# 由通知自动起草，须人工核对。引号内为通知原文；通知没有写的填 unknown，问清后替换。"
    for n, question in enumerate(questions(draft), 1):
        readings = f"（两种读法：{' / '.join(question.readings)}）" if question.readings else ""
        yield f"# 待问 {n}. {' '.join(question.text.split())}{readings}"
    yield line(0, "id", scalar(campaign_id), "与文件名一致")
    named = replace(draft.title, value=matter(draft.title.value)) if draft.title else None
    yield _said(0, "title", named, "专项名称")


def _said(indent: int, key: str, found: Said | None, ask: str) -> str:
    if found is None:
        return line(indent, key, None, ask=ask)
    return line(indent, key, scalar(found.value), quoted(found.evidence.quote))


def _notice(draft: Draft) -> Iterator[str]:
    yield "notice:"
    yield _said(2, "issuer", draft.issuer, "发文机关")
    yield _said(2, "document_number", draft.doc_number, '发文字号，年份用〔〕；通知没有文号的填 ""')
    yield _said(2, "title", draft.title, "通知标题")
    issued = draft.issue_date
    yield line(
        2,
        "issued_on",
        issued.value if issued else None,
        quoted(issued.evidence.quote) if issued else "",
        "成文日期，如 2024-03-05",
    )
    yield _said(2, "section", draft.section, "承办科室")
    yield from _contact(draft)
    if draft.theme:
        yield _said(2, "theme", draft.theme, "")
    if draft.superior_document:
        yield _said(2, "superior_document", draft.superior_document, "")


def _contact(draft: Draft) -> Iterator[str]:
    """The first contact; a number without area code is shown and left open, the others are remarks."""
    first = draft.contacts[0] if draft.contacts else None
    yield "  contact:"
    name = first.name if first else None
    yield line(
        4, "name", scalar(name) if name else None, quoted(first.evidence.quote) if first else "", "联系人姓名"
    )
    phone = first.phone if first else None
    if first and phone and lacks_area(first):
        yield line(4, "phone", None, f"通知所列 {phone} 没有区号", "补全区号")
    else:
        yield line(4, "phone", f'"{phone}"' if phone else None, "", "联系电话，须带区号")
    for other in draft.contacts[1:]:
        yield f"    # 另有：{other.name or '（未写姓名）'} {other.phone or '（未写电话）'}"


def _superior(draft: Draft) -> Iterator[str]:
    name = _superior_name(draft)
    yield "superior:"
    yield line(
        2, "name", scalar(name) if name else None, "据上级文件名称，请核对" if name else "", "上级机关名称"
    )
    due = draft.superior_due
    told = f"通知提到 {due.value}：{quoted(due.evidence.quote)}，未写钟点" if due else ""
    yield line(2, "due", None, told, "上级规定的时限，如 2024-04-20T18:00；不知道可保留 unknown")
    yield line(2, "channel", None, "", "呈报渠道 email 或 document_exchange；不知道可保留 unknown")


def _superior_name(draft: Draft) -> str:
    """The office that opens the superior document's title, or that stands before it: 根据市民政局《……》."""
    document = draft.superior_document.value if draft.superior_document else ""
    found = re.match(
        r"《(?P<name>[\u4e00-\u9fff]{3,24}(?:局|委|厅|办公室|委员会|政府|部|办))(?:关于|印发|转发)", document
    )
    return found["name"] if found else ""


def _windows(draft: Draft) -> Iterator[str]:
    yield line(
        0,
        "roster",
        None,
        quoted(draft.addressees.evidence.quote) if draft.addressees else "",
        "名册文件，如 rosters/名册.csv",
    )
    if not draft.periods:
        yield "windows: []  # 通知没有写工作时段"
        return
    yield "windows:"
    for n, period in enumerate(draft.periods, 1):
        yield f"  - id: w{n}"
        yield line(4, "title", scalar(period.name or f"时段{n}"))
        yield line(4, "start", str(period.start), quoted(period.evidence.quote))
        yield line(4, "end", str(period.end))


def _obligations(draft: Draft) -> Iterator[str]:
    if not draft.obligations:
        yield "obligations: []  # 通知没有要求报送"
        return
    yield "obligations:"
    names = called(draft.obligations)
    for n, (each, form) in enumerate(zip(draft.obligations, forms_of(draft), strict=True), 1):
        if form and is_form_alone(each, form):
            yield from _obligation(f"o{n}", each, names[n - 1], form)
            continue
        title = without_form(names[n - 1], form) if form else names[n - 1]
        yield from _obligation(f"o{n}", each, title)
        if form:
            yield from _obligation(f"o{n}f", replace(each, what=form.name), form.name, form)
    for form in unclaimed(draft):
        yield from shown(form)
    if needs_figures(draft):
        yield from figures(draft)


def _obligation(of: str, each: Obligation, name: str, form: EnclosedForm | None = None) -> Iterator[str]:
    yield f"  - id: {of}"
    yield line(4, "title", scalar(name) if name else None, quoted(each.evidence.quote), "报什么")
    yield from _deliverable(each, form)
    yield from _due(each)
    yield "    owed_by:"
    yield line(6, "- kind", None, f"通知说“{each.who}”" if each.who else "", "名册中的单位类别，可写几条")
    if form:
        yield from fields(form)
    elif _is_statistics(each):
        yield "    fields:"
        yield "      - {id: item1, title: unknown}  # 待填：表中的指标，一个指标一行，可加 unit: 计量单位"


def _is_statistics(each: Obligation) -> bool:
    return bool(each.what) and statistics(each.what or "") == each.what


def _deliverable(each: Obligation, enclosed: EnclosedForm | None) -> Iterator[str]:
    form = statistics(each.what or "")
    if enclosed or _is_statistics(each):
        yield line(4, "deliverable", "form", "统计表；如其实是文字材料改为 narrative，并删去 fields")
    elif form:
        yield line(
            4,
            "deliverable",
            "narrative",
            f"文字材料；其中“{form}”是统计表，请另立一项 form，写明 fields",
        )
    else:
        yield line(4, "deliverable", "narrative", "文字材料；如是统计表改为 form，并在 fields 写明指标")


def _due(each: Obligation) -> Iterator[str]:
    if each.due_date is None and not each.every:
        readings = f"两种读法：{' / '.join(each.readings)}" if each.readings else ""
        yield line(4, "due", None, readings, each.ask or "时限")
        return
    yield "    due:"
    first = each.due_date or each.first
    yield line(6, "date", str(first) if first else None, _rhythm(each), "首期的日期")
    if each.due_time or each.closing:
        yield line(6, "time", _hour(each), each.ask, f"{each.closing}是几点，如 12:00")
    elif each.readings:
        yield f"      # time: 待填：{each.ask}，通知写有 {'、'.join(each.readings)}"
    inclusive = "false" if each.inclusive is False else "true"
    doubt = "“前”是否含当日，通知未写明，默认含；另一读法：不含当日，填 false" if each.plain_limit else ""
    yield line(6, "inclusive", inclusive, doubt)
    if each.roll:
        yield line(6, "roll", each.roll, "遇节假日顺延")
    yield line(6, "quote", scalar("".join(each.evidence.quote.split())))
    if each.every:
        yield "    recurrence:"
        yield line(6, "every", each.every, _RHYTHMS.get(each.every, ""))
        ask = "末期的日期；或删去此行，另写 window: 所属时段"
        last = str(each.until) if each.until else None
        yield line(6, "until", last, "末期不晚于这天，请核对" if last else "", ask)


_RHYTHMS = {"working_daily": "每个工作日", "quarterly": "每季度，自首期起每三个月一次"}


def _hour(each: Obligation) -> str | None:
    """The hour; the end of the office day as such, any other time of day only when someone has told it."""
    if each.due_time:
        return f'"{each.due_time}"'
    return "下班前" if each.closing in {"下班前", "下午下班前"} else None


def _rhythm(each: Obligation) -> str:
    if each.recurrence == "monthly" and each.day:
        return f"每月{each.day}日"
    if each.recurrence == "weekly" and each.day:
        return f"每周{'一二三四五六日'[each.day - 1]}"
    return ""


def _sources(draft: Draft, campaign_id: str) -> Iterator[str]:
    kinds = {channel.type for channel in draft.channels}
    for channel in draft.channels:
        yield f"# 报送渠道：{_CHANNELS[channel.type]} {channel.address or ''}{_shown(channel)}"
    yield "sources:"
    if "email" in kinds:
        yield line(2, "- kind", "imap")
        yield line(
            4,
            "account",
            None,
            "",
            "config/office.yaml 中的收件账户；先演练的，换成 kind: maildir、path: var/mail/inbox",
        )
    if "document_exchange" in kinds:
        yield f"  - {{kind: exchange, path: {scalar(f'var/exchange/{campaign_id}')}}}"
    yield f"  - {{kind: drop, path: {scalar(f'var/drop/{campaign_id}')}}}  # 纸质、群里收到的电子版放这里"
    yield "account: capture  # 只投到本机；启用真实邮箱见 office.yaml"


_CHANNELS = {
    "email": "邮箱",
    "document_exchange": "公文系统",
    "fax": "传真",
    "paper": "纸质",
    "chat_group": "工作群",
    "website": "网站平台",
    "meeting": "会上提交",
}


def _shown(channel: Channel) -> str:
    return f"（{quoted(channel.evidence.quote)}）"


FORMER = 'at: "09:00", audience: [preparer]'
"""When and to whom a letter goes that a clerk may add."""


def _ladder() -> Iterator[str]:
    yield "ladder:  # 常用梯次，可增减"
    yield "  # 要先用邮件发报送通知和填报表的，写上日期，去掉行首的 #："
    yield f"  # - {{id: start, title: 报送通知, on: 日期, {FORMER}, template: start}}"
    for rung, title, days, audience in (
        ("t-5", "到期前五个工作日提醒", -5, "preparer"),
        ("t-1", "到期前一个工作日提醒", -1, "preparer, sender"),
        ("today", "到期当日提醒", 0, "preparer, sender"),
    ):
        when = f'working_days: {days}, at: "09:00"'
        to = f"audience: [{audience}], template: reminder"
        yield f"  - {{id: {rung}, title: {title}, {when}, {to}}}"
    yield "  # 到期以后还要催的，先在 package 里加补报件时刻 supplements，再去掉行首的 #："
    yield f"  # - {{id: late, title: 逾期催报, working_days: 1, {FORMER}, template: overdue}}"


def _package(draft: Draft) -> Iterator[str]:
    last = max((each.due_date for each in draft.obligations if each.due_date), default=None)
    yield "package:"
    example = f"汇总呈报时刻，如 {last or '2024-04-04'}T18:00"
    yield line(2, "at", None, f"不早于 {last}" if last else "", example)
    yield line(2, "basis", None, "", "这个时刻的依据")


def _notes(draft: Draft) -> Iterator[str]:
    for order in draft.standing_orders:
        yield f"# 突发情况即时报告，不是定期报送，不列入本专项，也不催报：{quoted(order.quote)}"
    kept = [("逾期处理", draft.late_policy), ("所调整的文件", draft.amended_document)]
    notes = [f"{name}：{found.value}" for name, found in kept if found]
    if notes:
        yield "notes:"
        yield from (f"  - {scalar(note)}" for note in notes)


__all__ = ["UNKNOWN", "as_yaml"]
