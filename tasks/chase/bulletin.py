"""One address, one letter, for announcements too: thanks, circular and digest of one hour become one mail."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.chase.contexts import Facts
from tasks.chase.together import SHOWN_UNITS, File
from tasks.terms.letters import LETTER_KINDS, Part

KIND = "bulletin"


@dataclass(frozen=True, slots=True)
class Told:
    """An announcement before it is a letter.

    Attributes:
        kind: the template of its rung, for the case that it goes alone.
        addressee: how one of the office's own people is greeted; empty for a unit.
    """

    part: Part
    kind: str
    address: str
    facts: Facts
    pictures: tuple[File, ...] = ()
    addressee: str = ""


def sections(told: Sequence[Told]) -> list[Facts]:
    """What is said, each thing once: what two units of one reader are told alike names both."""
    found: list[tuple[Facts, list[str]]] = []
    for each in told:
        said = {k: v for k, v in each.facts.items() if k != "unit"} | {"kind": each.kind}
        names = next((names for known, names in found if known == said), None)
        if names is None:
            found.append((said, names := []))
        names.append(each.facts["unit"])
    blank = {"chart": "", "queue": 0, "unreachable": []}  # only a digest has them
    return [
        {**blank, **said, "name": LETTER_KINDS[said["kind"]], "unit": _joined(names)} for said, names in found
    ]


def facts(common: Facts, said: Sequence[Facts]) -> Facts:
    """The facts of the one letter; where its parts concern different units, each names its own."""
    units = _joined(name for each in said for name in each["unit"].split("、"))
    several = len({each["unit"] for each in said}) > 1
    parts = [{**each, "whose": each["unit"] if several else ""} for each in said]
    names = list(dict.fromkeys(each["name"] for each in said))
    return {**common, "unit": units, "sections": parts, "names": names}


def pictures(told: Iterable[Told]) -> list[File]:
    """Every picture once."""
    return list({name: (name, data) for each in told for name, data in each.pictures}.values())


def _joined(names: Iterable[str]) -> str:
    units = list(dict.fromkeys(names))
    return "、".join(units[:SHOWN_UNITS]) + ("等" if len(units) > SHOWN_UNITS else "")


def by_address(told: Iterable[Told]) -> Iterator[list[Told]]:
    """The announcements of each address, in the order in which they were made."""
    groups: dict[str, list[Told]] = {}
    for each in told:
        groups.setdefault(each.address, []).append(each)
    return iter(groups.values())
