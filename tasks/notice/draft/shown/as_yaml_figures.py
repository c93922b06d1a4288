"""The figures a notice sets, as statistical forms: obligations of their own, for their dates are their own.

Units with figures of their own get a form of their own: a quota holds for everyone who owes its form.
"""

import re
from collections.abc import Iterator, Sequence

from tasks.notice.draft.model import Draft, Quota, Target
from tasks.notice.draft.shown.yaml_words import UNKNOWN, line, quoted, scalar

_PERSONS = re.compile(
    r"(?:每[名位]|人均|(?:每个?|各)[^，、]{0,8}(?:干部|党员|教师|网格员|志愿者|委员|代表|医生|队员)$)|每[场次期户]"
)
"""Whom or what a figure is set for when it is no unit: a unit with five of them owes five times as much."""
_STATISTICS = re.compile(
    r"《?(?P<name>[^《》、，和及与]{0,30}(?:统计表|统计报表|汇总表|[日周旬月季年]报表|进度表|数据表))》?(?:电子版|纸质版)?$"
)


def statistics(what: str) -> str:
    """The table of figures among what is asked for, by its name; empty when none is one for certain.

    A 登记表 or 推荐表 is filled in but not added up; a 统计表 or 月报表 is.
    """
    found = _STATISTICS.search(what)
    return found["name"] if found else ""


def needs_figures(draft: Draft) -> bool:
    """Whether units are given figures to reach."""
    return bool(draft.quotas or draft.targets)


def figures(draft: Draft) -> Iterator[str]:
    """The forms' obligations: the notice names the figures, not when they are to be reported."""
    groups = list(_alike(draft.quotas)) or [("", ())]
    for n, (per, quotas) in enumerate(groups, 1):
        several = len(groups) > 1
        yield f"  - id: figures{n if several else ''}"
        title = f"任务数统计表（{per}）" if several else "任务数统计表"
        asked_for = next(filter(None, (statistics(each.what or "") for each in draft.obligations)), "")
        ask = (
            f"通知定有任务数；如由“{asked_for}”统计，把 quotas、fields 并入那一项，删去本项"
            if asked_for
            else "通知定有任务数；是否另报统计表、何时报，通知没有写，不报则删去本项"
        )
        yield line(4, "title", scalar(title), ask)
        yield from _form(per, quotas, draft.targets if n == 1 else ())


def _alike(quotas: Sequence[Quota]) -> Iterator[tuple[str, tuple[Quota, ...]]]:
    """Each kind of units with its figures; those with the very same figures together."""
    order = list(dict.fromkeys(quota.per for quota in quotas))
    of_each = [(per, tuple(quota for quota in quotas if quota.per == per)) for per in order]
    together: dict[tuple[tuple[str | None, int | None, int | None, str], ...], list[str]] = {}
    for per, own in of_each:
        together.setdefault(tuple((q.item, q.min, q.max, q.measure) for q in own), []).append(per)
    shown = dict(of_each)
    yield from (("、".join(pers), shown[pers[0]]) for pers in together.values())


def _form(per: str, quotas: Sequence[Quota], targets: Sequence[Target]) -> Iterator[str]:
    yield line(4, "deliverable", "form")
    yield line(4, "due", None, "", "统计表的报送时限；不知道可保留 unknown")
    yield "    owed_by:"
    yield line(6, "- kind", None, f"通知说“{per}”" if per else "", "名册中的单位类别，可写几条")
    yield from _quotas(quotas)
    own = [_field_of(target, quotas) or f"total{n}" for n, target in enumerate(targets, 1)]
    if targets:
        yield "    targets:  # 总目标与各单位任务数是两回事；如同一指标，可并入上面的 field"
    for field, target in zip(own, targets, strict=True):
        goal = f"field: {field}, min: {target.min}, title: {scalar(target.item)}"
        yield f"      - {{{goal}}}  # {quoted(target.evidence.quote)}"
    yield "    fields:"
    for n, (quota, title) in enumerate(zip(quotas, _titles(quotas), strict=True), 1):
        yield f"      - {{id: item{n}, title: {title}, unit: {scalar(quota.measure)}}}"
    for field, target in zip(own, targets, strict=True):
        if field.startswith("total"):
            named = f"id: {field}, title: {scalar(target.item)}, unit: {scalar(target.measure)}"
            yield f"      - {{{named}, required: false}}"


def _field_of(target: Target, quotas: Sequence[Quota]) -> str:
    """The same thing counted in the same measure is one field, for each and for all."""
    same = (n for n, q in enumerate(quotas, 1) if (q.item, q.measure) == (target.item, target.measure))
    return f"item{found}" if (found := next(same, 0)) else ""


def _titles(quotas: Sequence[Quota]) -> Iterator[str]:
    """No two fields of a form bear one title."""
    seen: dict[str | None, int] = {}
    for quota in quotas:
        seen[quota.item] = seen.get(quota.item, 0) + 1
        times = f"（{seen[quota.item]}）" if seen[quota.item] > 1 else ""
        yield scalar(f"{quota.item}{times}") if quota.item else UNKNOWN


def _quotas(quotas: Sequence[Quota]) -> Iterator[str]:
    if any(not _PERSONS.match(quota.per) for quota in quotas):
        yield "    quotas:"
    for n, quota in enumerate(quotas, 1):
        most = f", max: {quota.max}" if quota.max is not None else ""
        said = f"{{field: item{n}, min: {quota.min or 0}{most}}}"
        quote = quoted(quota.evidence.quote)
        if _PERSONS.match(quota.per):
            yield f"      # {said} 不是按单位定的（{quota.per}），请换算后写入 quotas：{quote}"
        else:
            yield f"      - {said}  # {quote}"
