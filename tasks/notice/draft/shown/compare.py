"""What a changed notice changes, in sentences: against the earlier notice or the campaign made from it."""

from collections.abc import Iterator, Mapping
from typing import Any

_NAMES = {
    "issuer": "发文机关",
    "doc_number": "发文字号",
    "title": "标题",
    "issue_date": "成文日期",
    "superior_document": "上级文件",
    "superior_due": "上级时限",
    "theme": "主题",
    "section": "承办科室",
    "late_policy": "逾期处理",
}
_PARTS = {
    "due_date": "时限日期",
    "due_time": "时限钟点",
    "inclusive": "是否含当日",
    "recurrence": "周期",
    "roll": "顺延",
    "who": "报送单位",
}
_WORDS = {"daily": "每日", "weekly": "每周", "monthly": "每月", "next_working_day": "遇节假日顺延"}
_LISTS = {
    "periods": ("时段", ("start", "end")),
    "channels": ("渠道", ("type", "address")),
    "contacts": ("联系人", ("name", "phone")),
    "quotas": ("单位任务数", ("item", "min", "max", "per")),
    "campaign_targets": ("总目标", ("item", "min")),
}


def differences(old: Mapping[str, Any], new: Mapping[str, Any], *, completed: bool = False) -> list[str]:
    """One sentence a difference; only what both sides speak of is compared.

    Args:
        old: the earlier reading, or a campaign.
        new: today's reading.
        completed: the old side is a campaign a clerk completed: what only he knew is no change.
    """
    return [
        *(
            f"{name}：{_shown(old[key])} → {_shown(new.get(key))}"
            for key, name in _NAMES.items()
            if key in old
            and _plain(old[key]) != _plain(new.get(key))
            and not (completed and new.get(key) is None)
        ),
        *_obligations(old.get("obligations", []), new.get("obligations", []), completed=completed),
        *(
            said
            for key, (name, parts) in _LISTS.items()
            if key in old
            for said in _listed(name, parts, old[key], new.get(key, []))
        ),
    ]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "含" if value else "不含"
    return _WORDS.get(value, str(value)) if value else "（未写明）"


def _plain(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


def _obligations(
    old: list[Mapping[str, Any]], new: list[Mapping[str, Any]], *, completed: bool
) -> Iterator[str]:
    left = list(new)
    for before in old:
        after = _counterpart(before, left)
        if after is None:
            yield f"报送事项减少：{_brief(before)}"
            continue
        left.remove(after)
        for key, name in _PARTS.items():
            if completed and after.get(key) is None and key == "due_time":
                continue
            if key in before and _plain(before[key]) != _plain(after.get(key)):
                change = f"{_shown(before[key])} → {_shown(after.get(key))}"
                yield f"“{_shown(after.get('what'))}”的{name}：{change}"
    for added in left:
        yield f"报送事项增加：{_brief(added)}"


def _brief(each: Mapping[str, Any]) -> str:
    return f"{_shown(each.get('what'))}（{_shown(each.get('due_date') or each.get('recurrence'))}）"


def _counterpart(before: Mapping[str, Any], candidates: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The same report in the new notice: the one whose name shares most with it."""
    wanted = _pairs(before.get("what"))
    best = max(candidates, key=lambda each: _nearness(wanted, before, each), default=None)
    if best is None:
        return None
    common = len(wanted & _pairs(best.get("what")))
    return best if common * 2 >= min(len(wanted), len(_pairs(best.get("what")))) else None


def _nearness(wanted: set[str], before: Mapping[str, Any], each: Mapping[str, Any]) -> tuple[int, int, bool]:
    """How much of the name is shared; between two of one name, how much of the units', and the day."""
    what, who = each.get("what") or "", each.get("who") or ""
    told = wanted | _pairs(before.get("who"))
    same_day = before.get("due_date") == each.get("due_date")
    return len(wanted & _pairs(what)), len(told & _pairs(f"{what}（{who}）")), same_day


def _pairs(text: str | None) -> set[str]:
    plain = _plain(text or "（未写明）")
    return {plain[n : n + 2] for n in range(len(plain) - 1)} or {plain}


def _listed(
    name: str, parts: tuple[str, ...], old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]
) -> Iterator[str]:
    before, after = (
        [tuple(_plain(each.get(part)) for part in parts) for each in side] for side in (old, new)
    )
    yield from (f"{name}减少：{_row(each)}" for each in before if each not in after)
    yield from (f"{name}增加：{_row(each)}" for each in after if each not in before)


def _row(values: tuple[Any, ...]) -> str:
    return " ".join(str(value) for value in values if value is not None)


def from_campaign(value: Mapping[str, Any]) -> dict[str, Any]:
    """A campaign file's plain values in the draft's words; what it leaves unknown is not compared."""
    notice = value.get("notice") or {}
    keys = {
        "issuer": "issuer",
        "document_number": "doc_number",
        "title": "title",
        "issued_on": "issue_date",
        "section": "section",
        "theme": "theme",
        "superior_document": "superior_document",
    }
    told = {new: notice[old] for old, new in keys.items() if notice.get(old) not in {None, "", "unknown"}}
    return {
        **told,
        "periods": [{"start": w.get("start"), "end": w.get("end")} for w in value.get("windows") or []],
        "obligations": [
            _owed(each) for each in value.get("obligations") or [] if each.get("due") != "unknown"
        ],
    }


def _owed(each: Mapping[str, Any]) -> dict[str, Any]:
    due = each["due"]
    time = due.get("time")
    every = str((each.get("recurrence") or {}).get("every") or "")
    told = {"working_daily": "daily", "quarterly": None}.get(every, every or None)
    owed = {"what": each.get("title"), "roll": due.get("roll"), "recurrence": told}
    if not every:
        owed["due_date"] = due.get("date")
    if time != "下班前":
        owed["due_time"] = time
    return owed
