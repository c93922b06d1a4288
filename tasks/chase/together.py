"""One address, one letter: the reminders of one day that go to the same person become one.

A clerk may fill in for two villages, one unit may be late with two due moments, and several campaigns of the
bureau may ask the same office. What one address would get separately is said in one letter of several parts.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.chase.contexts import Facts
from tasks.terms.letters import Part

File = tuple[str, bytes]

KIND = "daily"
SHOWN_UNITS = 4


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder before it is a letter: what it says, to which address, with which forms.

    Attributes:
        kind: the template of its rung, for the case that it goes alone.
        title: the campaign's.
    """

    part: Part
    kind: str
    address: str
    title: str
    facts: Facts
    files: tuple[File, ...]


def by_address(reminders: Iterable[Reminder]) -> Iterator[list[Reminder]]:
    """The reminders of each address, in the order in which they were made."""
    groups: dict[str, list[Reminder]] = {}
    for each in reminders:
        groups.setdefault(each.address, []).append(each)
    return iter(groups.values())


def occasion(parts: Iterable[Part]) -> str:
    """What makes a letter of several parts unique: exactly these parts."""
    said = "\0".join(sorted(f"{p.campaign}\0{p.unit}\0{p.occasion}" for p in parts))
    return f"together:{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def facts(common: Facts, reminders: Sequence[Reminder]) -> Facts:
    """The facts of the one letter: a section for each reminder; those that are late come first."""
    sections = [each.facts for each in sorted(reminders, key=lambda each: not each.facts["late"])]
    units = list(dict.fromkeys(each["unit"] for each in sections))
    more = "等" if len(units) > SHOWN_UNITS else ""
    return {
        **common,
        "campaign": "、".join(dict.fromkeys(each["campaign"] for each in sections)),
        "unit": "、".join(units[:SHOWN_UNITS]) + more,
        "sections": sections,
        "titles": list(dict.fromkeys(each["campaign"] for each in sections)),
        "late": any(each["late"] for each in sections),
        "to_leader": any(each["to_leader"] for each in sections),
        "copied": any(each["copied"] for each in sections),
    }


def files(reminders: Iterable[Reminder]) -> list[File]:
    """Every form once; where two campaigns name theirs alike, the campaign's title tells them apart."""
    found: dict[str, bytes] = {}
    for each in reminders:
        for name, data in each.files:
            unlike = found.get(name, data) != data
            found[f"{_plain(each.title)}-{name}" if unlike else name] = data
    return list(found.items())


def _plain(title: str) -> str:
    return "".join(c for c in title if c not in '\\/:*?"<>|“”')
