"""What each report is called: by its thing, and where several are of one thing, also by whose or by when."""

from collections.abc import Iterator, Sequence

from tasks.notice.draft.model import Obligation


def called(found: Sequence[Obligation]) -> list[str]:
    """One name for each, no two alike; empty where the notice does not say what is owed."""
    places: dict[str, list[int]] = {}
    for n, each in enumerate(found):
        places.setdefault(each.what or "", []).append(n)
    names = [""] * len(found)
    for what, alike in places.items():
        for n, told in zip(alike, _told([found[n] for n in alike]), strict=True):
            names[n] = f"{what}（{told}）" if what and told else what
    return names


def _told(alike: Sequence[Obligation]) -> Iterator[str]:
    """What tells those of one thing apart; nothing where there is only one."""
    if len(alike) == 1:
        yield ""
        return
    for tell in (_whose, _when):
        told = [tell(each) for each in alike]
        if all(told) and len(set(told)) == len(told):
            yield from told
            return
    yield from map(str, range(1, len(alike) + 1))


def _whose(each: Obligation) -> str:
    return each.who or ""


def _when(each: Obligation) -> str:
    if each.recurrence and each.day:
        weekly = each.recurrence == "weekly"
        return f"每周{'一二三四五六日'[each.day - 1]}" if weekly else f"每月{each.day}日"
    return f"{each.due_date.month}月{each.due_date.day}日" if each.due_date else ""
