"""The figures a notice sets, as one statistical form: an obligation of its own, for its date is its own."""

from collections.abc import Iterator

from tasks.notice.draft.model import Draft, Quota
from tasks.notice.draft.yaml_words import UNKNOWN, line, quoted, scalar


def needs_figures(draft: Draft) -> bool:
    """Whether units are given figures to reach."""
    return bool(draft.quotas or draft.targets)


def figures(draft: Draft) -> Iterator[str]:
    """The form's obligation: the notice names the figures, not when they are to be reported."""
    yield "  - id: figures"
    yield line(
        4, "title", "任务数统计表", "通知定有任务数；是否另报统计表、何时报，通知没有写，不报则删去本项"
    )
    yield line(4, "deliverable", "form")
    yield line(4, "due", None, "", "统计表的报送时限；不知道可保留 unknown")
    yield "    owed_by:"
    said = "、".join(dict.fromkeys(quota.per for quota in draft.quotas))
    yield line(6, "- kind", None, f"通知说“{said}”" if said else "", "名册中的单位类别，可写几条")
    yield from _quotas(draft.quotas)
    if draft.targets:
        yield "    targets:  # 总目标与各单位任务数是两回事；如同一指标，可并入上面的 field"
    for n, target in enumerate(draft.targets, 1):
        goal = f"field: total{n}, min: {target.min}, title: {scalar(target.item)}"
        yield f"      - {{{goal}}}  # {quoted(target.evidence.quote)}"
    yield "    fields:"
    for n, quota in enumerate(draft.quotas, 1):
        item = scalar(quota.item) if quota.item else UNKNOWN
        yield f"      - {{id: item{n}, title: {item}, unit: {scalar(quota.measure)}}}"
    for n, target in enumerate(draft.targets, 1):
        named = f"id: total{n}, title: {scalar(target.item)}, unit: {scalar(target.measure)}"
        yield f"      - {{{named}, required: false}}"


def _quotas(quotas: tuple[Quota, ...]) -> Iterator[str]:
    if quotas:
        yield "    quotas:"
    for n, quota in enumerate(quotas, 1):
        most = f", max: {quota.max}" if quota.max is not None else ""
        yield f"      - {{field: item{n}, min: {quota.min or 0}{most}}}  # {quoted(quota.evidence.quote)}"
