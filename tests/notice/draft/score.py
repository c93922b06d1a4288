"""Precision and recall per field over notices a person has read: ``python -m tests.notice.draft.score``.

A value is right when it says the same, spaces and brackets aside; a longer or shorter wording of the same
thing counts for ``what``, ``who``, ``per``, ``item`` and names, never for a date, a number or an address.
A key with ``partial`` judges only what it says; ``also`` holds other answers a careful reader would accept.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_json import as_json
from tasks.notice.draft.source import notice_text
from tasks.notice.tables import load_calendar
from tasks.settings import SHIPPED, Home

CORPUS = Path(__file__).parent / "corpus"
UNSEEN = Path(__file__).parent / "unseen"
UNSEEN_AGAIN = Path(__file__).parent / "unseen_again"
UNSEEN_THIRD = Path(__file__).parent / "unseen_third"
UNSEEN_FOURTH = Path(__file__).parent / "unseen_fourth"
BLIND = Path(__file__).parent / "blind"
"""Written with their keys by someone who has never seen the rules; arguable ones are left out."""
BLIND_AGAIN = Path(__file__).parent / "blind_again"
"""As before, by a third writer; nothing is left out."""
SUPERIORS = Path(__file__).parent / "superiors"
SUPERIORS_AGAIN = Path(__file__).parent / "superiors_again"
"""Circulars of party, government, bureaus and federations, by a writer who had not seen the rules."""
FOLDERS = (
    CORPUS, UNSEEN, UNSEEN_AGAIN, UNSEEN_THIRD, UNSEEN_FOURTH, BLIND, BLIND_AGAIN, SUPERIORS, SUPERIORS_AGAIN,
)  # fmt: skip
KINDS = frozenset({".txt", ".docx", ".pdf"})
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


@cache
def calendar():
    return load_calendar(Home.at(SHIPPED))


def plain(value):
    return re.sub(r"[\s《》“”\"（）()、，]", "", value) if isinstance(value, str) else value


def alike(key, one, other):
    one, other = plain(one), plain(other)
    if one == other or key not in WORDY or not one or not other:
        return one == other
    return (one in other or other in one) and min(len(one), len(other)) * 3 >= max(len(one), len(other))


@cache
def text_of(path: Path) -> str:
    return notice_text(path)


@cache
def drafted(text: str) -> dict:
    return as_json(draft_of(text, calendar()))


@cache
def examples(folder: Path) -> list[tuple[str, str, dict]]:
    return [
        (path.stem, text_of(path), json.loads(path.with_suffix(".json").read_text("utf-8")))
        for path in sorted(each for each in folder.iterdir() if each.suffix in KINDS)
    ]


def verdicts(found: dict, wanted: dict) -> Iterator[tuple[str, str, object]]:
    """(field, right|invented|missed, value) for everything found or wanted."""
    partial, also = wanted.get("partial", False), wanted.get("also", {})
    for name in SCALARS:
        if name in wanted or not partial:
            yield from single(name, found.get(name), [wanted.get(name), *also.get(name, [])], loose=partial)
    for name, keys in LISTS.items():
        key = name.partition(".")[0]
        if key in wanted or not partial:
            allowed = [*also.get(key, []), *({"word": word} for word in also.get("words", []))]
            rows = found.get(key, [])
            yield from listed(name, keys, rows, list(wanted.get(key, [])), allowed if partial else None)


def single(name, got, wants, *, loose):
    right = any(alike(name, got, want) or (loose and within(name, got, want)) for want in wants)
    if right:
        yield from [(name, "right", got)] if got is not None else []
        return
    if got is not None:
        yield name, "invented", got
    if wants[0] is not None:
        yield name, "missed", wants[0]


def inside(key, got, want):
    """Judged by containment either way, as the key's author asked."""
    one, other = plain(got.get(key)), plain(want)
    return key in WORDY and bool(one and other) and (one in other or other in one)


def within(name, one, other):
    """A section with its office before it, a title without it: the same to a reader."""
    one, other = plain(one), plain(other)
    texts = name in {"title", "section", "superior_document", "theme"}
    return texts and bool(one and other) and (one in other or other in one)


def listed(name, keys, found, wanted, allowed=None):
    partial, left = allowed is not None, list(wanted)
    for got in found:
        match = next((w for w in left if all(fits(k, got, w, partial) for k in keys)), None)
        if match is None and got.get(keys[0]) is None and keys[0] in WORDY:
            continue  # left open is not invented; it still counts as missed below
        if match is not None:
            left.remove(match)
            yield name, "right", None
        elif not any(may_be(got, each, keys) for each in allowed or []):
            yield name, "invented", [got.get(k) for k in keys]
    for want in left:
        yield name, "missed", [want.get(k) for k in keys]


def may_be(got, each, keys):
    """Whether a row is one of those that may also be named: given in full, or by a word of it."""
    if "word" in each:
        return plain(each["word"]) in plain(f"{got.get('what')}{got.get('quote')}")
    return all(fits(key, got, each, True) for key in keys)


def fits(key, got, want, partial):
    if partial and key not in want:
        return True
    wants = [want.get(key), *want.get("also", {}).get(key, [])]
    return any(alike(key, got.get(key), each) or (partial and inside(key, got, each)) for each in wants)


def count(folder: Path, *, tell: bool = False) -> Counter:
    total: Counter = Counter()
    for stem, text, wanted in examples(folder):
        for name, verdict, value in verdicts(drafted(text), wanted):
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
    for folder in FOLDERS:
        if folder.is_dir():
            total = count(folder, tell="-v" in sys.argv)
            sys.stdout.write(f"{folder.name}: {len(list(examples(folder)))} notices\n{table(total)}\n\n")
