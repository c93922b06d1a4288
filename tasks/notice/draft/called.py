"""What each report is called: by its thing, and where several are of one thing, also by whose or by when."""

from collections.abc import Sequence

from tasks.notice.draft.model import Obligation


def called(found: Sequence[Obligation]) -> list[str]:
    """One name for each, no two alike; empty where the notice does not say what is owed."""
    return [_distinct(each, found) if each.what else "" for each in found]


def _distinct(each: Obligation, found: Sequence[Obligation]) -> str:
    alike = [other for other in found if other.what == each.what]
    if len(alike) == 1:
        return each.what or ""
    for tell in (_whose, _when):
        told = [tell(other) for other in alike]
        if all(told) and len(set(told)) == len(told):
            return f"{each.what}（{tell(each)}）"
    return f"{each.what}（{alike.index(each) + 1}）"


def _whose(each: Obligation) -> str:
    return each.who or ""


def _when(each: Obligation) -> str:
    return f"{each.due_date.month}月{each.due_date.day}日" if each.due_date else ""
