"""The ways offices write the name of one unit, derived from how such names are built. Pure.

西山镇人民政府 is 西山镇, 南川区东城街道 is 东城街道 where the whole roster lies in 南川区, 区教育局 is what
东河区教育局 calls itself at home. Nothing is derived that could be another unit's name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tasks.terms.text import fold

_COMMITTEE = re.compile(r"(?:居民委员会|村民委员会|居委会|村委会)$")
_BOARD = re.compile(r"(?<=[\u4e00-\u9fff]{3})委员会$")
_OFFICE = re.compile(r"(?<=[街道镇乡])(?:人民政府|政府|办事处)$|(?<=街道)办$")
_OFFICES = ("人民政府", "办事处", "政府")
_DIVISION = re.compile(r"^(.{2,}?)(?:街道|镇|(?:[\u4e00-\u9fff]{1,4}族)*乡)$")
_ABOVE = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,8}?(?:省|自治区|自治州|市|地区|盟|自治县|区|县|旗|自治旗))+?(?=.{3,}$)"
)
_LEVEL = re.compile(r"(?:自治县|自治旗|[市区县旗])$")
SHARED = 2
"""A place that this many units begin with lies above them; with fewer it may be part of the name."""


def places_above(names: Iterable[str]) -> frozenset[str]:
    """The places, such as 南川区, that several units of a roster are written under."""
    found = Counter(place for name in names if (place := _place(fold(name))))
    return frozenset(place for place, times in found.items() if times >= SHARED)


def _place(name: str) -> str:
    match = _ABOVE.match(name)
    return match[0] if match else ""


def whole_names(names: Sequence[str], above: frozenset[str]) -> list[str]:
    """Every way to write a unit that stands for it wherever it stands in a text; folded, each once."""
    found: list[str] = []
    for name in map(fold, names):
        if len(name) < 2:  # noqa: PLR2004  one letter is in every text
            continue
        found.append(name)
        short = _COMMITTEE.sub("", name)
        if len(short) > 2 and short != name:  # noqa: PLR2004  a bare two-letter village name is a common word
            found.append(short)
        elif short == name and _BOARD.search(name):
            found.append(name.removesuffix("员会"))
        found += _divisions(name, above)
    return list(dict.fromkeys(found))


def _divisions(name: str, above: frozenset[str]) -> list[str]:
    """西山镇, 西山镇人民政府 and 西山镇政府, with and without the place above."""
    plain = _OFFICE.sub("", name)
    bare = plain.removeprefix(_place(plain)) if _place(plain) in above else plain
    towns = [town for town in dict.fromkeys((plain, bare)) if _DIVISION.match(town)]
    offices = [town + office for town in towns for office in _OFFICES]
    return [*towns, *offices, *(town + "办" for town in towns if town.endswith("街道"))]


def written_alone(name: str, above: frozenset[str]) -> list[str]:
    """How an office names itself where nothing else is written: 区教育局 and 教育局 for 东河区教育局."""
    plain = fold(name)
    place = _place(plain)
    if place not in above:
        return []
    rest = plain.removeprefix(place)
    level = _LEVEL.search(place)
    return [rest, *([level[0] + rest] if level else [])]


def stem_of(name: str, above: frozenset[str]) -> str | None:
    """白沙 of 白沙镇, or None; a name only where people abbreviate."""
    plain = _OFFICE.sub("", fold(name))
    place = _place(plain)
    found = _DIVISION.match(plain.removeprefix(place) if place in above else plain)
    return found[1] if found else None
