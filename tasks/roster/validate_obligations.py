"""What one obligation must not contradict: the roster, the windows, its own figures and days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from tasks.notice.deadline import due_moment
from tasks.notice.unfold import is_once, no_window, series_of
from tasks.roster.duty import owing
from tasks.roster.surroundings import Place, Problem, Surroundings
from tasks.terms import times
from tasks.terms.due import Due, Inner, SettledInner
from tasks.terms.obligation import Field, Obligation
from tasks.terms.text import fold
from tasks.terms.units import Unit


def of_obligations(around: Surroundings) -> Iterator[Problem]:
    """Every contradiction of every obligation."""
    for n, obligation in enumerate(around.campaign.obligations):
        place = ("obligations", n)
        yield from _selected(around, obligation, place)
        yield from _owed(around, obligation, place)
        yield from _fields(obligation, place)
        yield from _asked(obligation, place)
        yield from _window(around, obligation, place)
        yield from _inner(around, obligation, place)
        yield from _moments(around, obligation, place)


def _one_of(known: Iterable[str]) -> str:
    listed = "、".join(sorted(each for each in known if each))
    return f"应为 {listed} 之一" if listed else "名册没有填这一列"


def _selected(around: Surroundings, obligation: Obligation, place: Place) -> Iterator[Problem]:
    for n, wanted in enumerate(obligation.owed_by):
        here = (*place, "owed_by", n)
        yield from _group(around, wanted.tier, wanted.kind, here)
        for name in ("units", "exclude"):
            for code in getattr(wanted, name):
                if code not in around.roster:
                    yield Problem((*here, name), f"名册中没有代码“{code}”")


def _group(around: Surroundings, tier: str | None, kind: str | None, here: Place) -> Iterator[Problem]:
    kinds = {u.kind for u in around.roster}
    tiers = {u.tier for u in around.roster}
    if kind is not None and kind not in kinds:
        yield Problem((*here, "kind"), f"名册中没有类别“{kind}”，{_one_of(kinds)}")
    if tier is not None and tier not in tiers:
        yield Problem((*here, "tier"), f"名册中没有层级“{tier}”，{_one_of(tiers)}")


def _owed(around: Surroundings, obligation: Obligation, place: Place) -> Iterator[Problem]:
    units = _units(around, obligation)
    if not units:
        yield Problem((*place, "owed_by"), "没有任何单位应报这一事项，应至少选中名册中的一个单位")
    orphans = [u for u in units if u.kind in obligation.through_parent and not u.parent]
    if orphans:
        yield Problem((*place, "through_parent"), f"“{orphans[0].name}”在名册中没有上级，不能由上级代报")
    kinds = {u.kind for u in around.roster}
    for n, kind in enumerate(obligation.through_parent):
        if kind not in kinds:
            yield Problem((*place, "through_parent", n), f"名册中没有类别“{kind}”，{_one_of(kinds)}")


def _units(around: Surroundings, obligation: Obligation) -> list[Unit]:
    """Whoever owes it on the last day anything is collected."""
    last = times.local(around.campaign.package.last).date()
    return owing(replace(obligation, since=None), around.roster, last)


def _fields(obligation: Obligation, place: Place) -> Iterator[Problem]:
    known = [f.id for f in obligation.fields]
    if obligation.deliverable == "form" and not known:
        yield Problem((*place, "fields"), "统计表须列出指标，应至少有一项 fields")
    for name in ("quotas", "targets"):
        asked = [each.field for each in getattr(obligation, name)]
        for n, field in enumerate(asked):
            here = (*place, name, n, "field")
            if field not in known:
                yield Problem(here, f"没有指标“{field}”，应为 {'、'.join(known)} 之一")
            if field in asked[:n]:
                yield Problem(here, f"指标“{field}”重复，每项指标只写一次")
    for n, each in enumerate(obligation.fields):
        here = (*place, "fields", n)
        if each.low > each.high:
            yield Problem((*here, "low"), f"下限 {each.low} 大于上限 {each.high}")
        yield from _called_alike(obligation.fields[:n], each, here)


def _called_alike(before: Sequence[Field], field: Field, here: Place) -> Iterator[Problem]:
    """A head both answer to is read as neither; a measure of its own tells 走访（户） from 走访（人）."""
    mine = {fold(name): name for name in (field.title, *field.aliases)}
    for other in (each for each in before if fold(each.unit) == fold(field.unit)):
        for name in (other.title, *other.aliases):
            if fold(name) in mine:
                yield Problem(here, f"“{mine[fold(name)]}”也是指标“{other.id}”的名称，表里分不清，应只留一处")


def _asked(obligation: Obligation, place: Place) -> Iterator[Problem]:
    for n, quota in enumerate(obligation.quotas):
        if quota.min < 0:
            yield Problem((*place, "quotas", n, "min"), f"“{quota.min}”不对，任务数应为 0 以上的整数")
        if quota.max is not None and quota.max < quota.min:
            yield Problem((*place, "quotas", n, "max"), f"至多 {quota.max} 小于至少 {quota.min}")
    for n, target in enumerate(obligation.targets):
        if target.min < 0:
            yield Problem((*place, "targets", n, "min"), f"“{target.min}”不对，目标应为 0 以上的整数")
        if target.over is not None and obligation.recurrence is None:
            yield Problem((*place, "targets", n, "over"), "这一事项只报一次，over 只用于周期报送，应删去")


def _window(around: Surroundings, obligation: Obligation, place: Place) -> Iterator[Problem]:
    asked = obligation.window
    if asked is not None and asked not in {w.id for w in around.campaign.windows}:
        yield Problem((*place, "window"), no_window(around.campaign, asked))


def _inner(around: Surroundings, obligation: Obligation, place: Place) -> Iterator[Problem]:
    units = _units(around, obligation)
    for n, inner in enumerate(obligation.inner):
        here = (*place, "inner", n)
        if inner.tier is None and inner.kind is None:
            yield Problem(here, "tier 与 kind 应至少写一项，说明内部时限为谁而设")
        elif units and not any(_holds(inner, u) for u in units):
            yield Problem(here, "应报这一事项的单位中没有这一层级、类别的，内部时限不起作用，请核对")
        yield from _group(around, inner.tier, inner.kind, here)
        if inner.working_days < 0:
            yield Problem(
                (*here, "working_days"), f"“{inner.working_days}”不对，提前的工作日数应为 0 以上的整数"
            )
        through = [u for u in units if u.kind in obligation.through_parent and _holds(inner, u)]
        if through:
            yield Problem(here, f"“{through[0].name}”由上级代报，时限随上级，不能另设内部时限")


def _holds(inner: Inner, unit: Unit) -> bool:
    return inner.holds_for(tier=unit.tier, kind=unit.kind)


def _moments(around: Surroundings, obligation: Obligation, place: Place) -> Iterator[Problem]:
    """What its days contradict, once they are known."""
    for each in _parts(around, obligation):
        due = due_moment(each.due, office_close=around.office.closes_at).at
        found = list(_against(around, each, due, place)) if due is not None else []
        yield from found
        if found:
            return  # the other occurrences would only repeat it


def _parts(around: Surroundings, obligation: Obligation) -> Sequence[Obligation]:
    definite = around.definite.obligations if around.definite else ()
    return [o for o in definite if series_of(o.id) == obligation.id]


def _against(around: Surroundings, each: Obligation, due: datetime, place: Place) -> Iterator[Problem]:
    shown = times.moment_zh(due, year=True)
    if each.closes is not None and times.utc(each.closes) < due:
        yield Problem((*place, "closes"), f"截止接收早于时限 {shown}")
    if each.since is not None and each.since > times.local(due).date():
        yield Problem((*place, "since"), f"{each.since} 晚于时限 {shown}，应不晚于时限当日")
    known = [(n, inner.due) for n, inner in enumerate(each.inner) if isinstance(inner, SettledInner)]
    for n, inner_due in known:
        own = due_moment(inner_due, office_close=around.office.closes_at).at
        if own is not None and own > due:
            field = (*place, "inner", n, "working_days")
            yield Problem(field, f"内部时限 {times.moment_zh(own, year=True)} 晚于本事项时限 {shown}")
    last = times.local(around.campaign.package.last).date()
    if not is_once(each) and isinstance(each.due, Due) and last < each.due.date:
        field = (*place, "recurrence")
        yield Problem(
            field, f"有一次的时限 {shown} 晚于最后一次汇总呈报，请在 package.supplements 中补上呈报时刻"
        )
