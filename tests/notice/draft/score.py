"""Precision and recall per field over notices a person has read: ``python -m tests.notice.draft.score``.

A value is right when it says the same, spaces and brackets aside; a longer or shorter wording of the same
thing counts for ``what``, ``who``, ``per``, ``item`` and names, never for a date, a number or an address.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tasks.notice.draft.as_json import as_json
from tasks.notice.draft.reading import draft_of
from tasks.notice.tables import load_calendar
from tasks.settings import SHIPPED, Home

CORPUS = Path(__file__).parent / "corpus"
UNSEEN = Path(__file__).parent / "unseen"
UNSEEN_AGAIN = Path(__file__).parent / "unseen_again"
UNSEEN_THIRD = Path(__file__).parent / "unseen_third"
SCALARS = (
    "issuer", "doc_number", "title", "issue_date", "superior_document", "superior_due", "theme", "section",
    "late_policy", "is_reporting_notice",
)  # fmt: skip
LISTS = {
    "periods": ("start", "end"),
    "periods.name": ("name", "start", "end"),
    "obligations": ("due_date", "due_time", "inclusive", "recurrence", "roll"),
    "obligations.what": ("what", "due_date", "recurrence"),
    "obligations.who": ("who", "due_date", "recurrence"),
    "channels": ("type", "address"),
    "contacts": ("name", "phone"),
    "quotas": ("min", "max", "item"),
    "quotas.per": ("per", "min"),
    "campaign_targets": ("item", "min"),
}
WORDY = frozenset({"what", "who", "per", "item", "name"})


def calendar():
    return load_calendar(Home.at(SHIPPED))


def plain(value):
    return re.sub(r"[\s《》“”\"（）()、，]", "", value) if isinstance(value, str) else value


def alike(key, one, other):
    one, other = plain(one), plain(other)
    if one == other or key not in WORDY or not one or not other:
        return one == other
    return (one in other or other in one) and min(len(one), len(other)) * 3 >= max(len(one), len(other))


def examples(folder: Path) -> Iterator[tuple[str, str, dict]]:
    for path in sorted(folder.glob("*.txt")):
        yield path.stem, path.read_text("utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8"))


def verdicts(found: dict, wanted: dict) -> Iterator[tuple[str, str, object]]:
    """(field, right|invented|missed, value) for everything found or wanted."""
    for name in SCALARS:
        got, want = found.get(name), wanted.get(name)
        if got is not None and alike(name, got, want):
            yield name, "right", got
        elif got is not None:
            yield name, "invented", got
        if want is not None and not alike(name, got, want):
            yield name, "missed", want
    for name, keys in LISTS.items():
        key = name.partition(".")[0]
        yield from listed(name, keys, found.get(key, []), list(wanted.get(key, [])))


def listed(name, keys, found, wanted):
    left = list(wanted)
    for got in found:
        match = next((w for w in left if all(alike(k, got.get(k), w.get(k)) for k in keys)), None)
        if match is None and got.get(keys[0]) is None and keys[0] in WORDY:
            continue  # left open is not invented; it still counts as missed below
        if match is None:
            yield name, "invented", [got.get(k) for k in keys]
        else:
            left.remove(match)
            yield name, "right", None
    for want in left:
        yield name, "missed", [want.get(k) for k in keys]


def count(folder: Path, *, tell: bool = False) -> Counter:
    total: Counter = Counter()
    days = calendar()
    for stem, text, wanted in examples(folder):
        for name, verdict, value in verdicts(as_json(draft_of(text, days)), wanted):
            total[name, verdict] += 1
            if tell and verdict != "right":
                sys.stdout.write(f"{stem}: {name} {verdict} {value}\n")
    return total


def table(total: Counter) -> str:
    rows = [f"{'field':22}{'right':>7}{'invented':>10}{'missed':>8}{'precision':>11}{'recall':>8}"]
    for name in (*SCALARS, *LISTS):
        right, invented, missed = (total[name, v] for v in ("right", "invented", "missed"))
        precision = right / (right + invented) if right + invented else 1
        recall = right / (right + missed) if right + missed else 1
        rows.append(f"{name:22}{right:7}{invented:10}{missed:8}{precision:11.3f}{recall:8.3f}")
    return "\n".join(rows)


if __name__ == "__main__":
    for folder in (CORPUS, UNSEEN, UNSEEN_AGAIN, UNSEEN_THIRD):
        if folder.is_dir():
            total = count(folder, tell="-v" in sys.argv)
            sys.stdout.write(f"{folder.name}: {len(list(folder.glob('*.txt')))} notices\n{table(total)}\n\n")
