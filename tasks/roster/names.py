"""Unit names in running text: an index that finds the longest name at every place."""

import re
from functools import lru_cache

from tasks.roster.forms_of_name import places_above, stem_of, whole_names, written_alone
from tasks.terms.text import fold
from tasks.terms.units import Roster

_IS_SHORT = re.compile(r"[^镇乡村道区县市旗站室所局院会心办司府队校部委园厅处科股社家]$")
_NAMES_ANOTHER = re.compile(
    r"村|社区(?!活动|工作|走访|宣传|服务|治理|志愿|矫正|建设|家庭)|居委|小区|[一二三四五六七八九十0-9]+[组社队]|"
    r"小学|中学|水库|大桥|大道|路"
)
"""Behind a short name such as 三泉 they make the name of a village, a school, a road."""
_IN_BRACKETS = re.compile(r"\(([^()]{1,12})\)")
_PART_OF_IT = re.compile(
    r"校区|校园|分校|分园|园区|院区|分院|分部|分所|分站|分局|分社|分中心|^[东南西北新老]部?$"
)
"""In brackets behind a name they make it another unit's, or a part of it that nobody asked."""


class Names:
    """Every name and alias of a roster.

    Full names and the aliases the roster lists count everywhere. The stem of 白沙镇 is a name of its own
    only where people abbreviate, in subjects and file names; shared stems yield every unit that has them.
    """

    def __init__(self, roster: Roster) -> None:
        self._full: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        self._alone: dict[str, list[str]] = {}
        above = places_above(unit.name for unit in roster)
        for unit in roster:
            for name in whole_names((unit.name, *unit.aliases), above):
                self._enter(self._full, name, unit.code)
            for name in written_alone(unit.name, above):
                self._enter(self._alone, name, unit.code)
            if stem := stem_of(unit.name, above):
                self._enter(self._short, stem, unit.code)
        self._parents = {unit.code: unit.parent for unit in roster}
        self._whole = _Beginnings(self._full)
        self._shortened = _Beginnings(self._full, self._short)

    @staticmethod
    def _enter(index: dict[str, list[str]], name: str, code: str) -> None:
        index.setdefault(name, []).append(code)

    def find(self, text: str, *, shortened: bool = False) -> tuple[str, ...]:
        """Codes named in a text in order of appearance, each once.

        Of villages that share a name those under a town named in the same text are meant.
        """
        hits = [codes for _, _, codes in self._hits(fold(text), shortened=shortened)]
        return self._told_apart(hits)

    def each(self, text: str) -> list[list[str]]:
        """What each name in a title may mean, in order of appearance."""
        return [codes for _, _, codes in self._hits(fold(text), shortened=True)]

    def near(self, text: str) -> tuple[str, ...]:
        """Codes a text comes near to, for suggestions only: 东城社区 may have been meant for 东城街道."""
        return self._told_apart([c for _, _, c in self._hits(fold(text), shortened=True, strict=False)])

    def _told_apart(self, hits: list[list[str]]) -> tuple[str, ...]:
        certain = {code for codes in hits if len(codes) == 1 for code in codes}
        found: dict[str, None] = {}
        for codes in hits:
            meant = [c for c in codes if c in certain or self._above(c) & certain]
            found.update(dict.fromkeys(meant or codes))
        return tuple(found)

    def places(self, plain: str) -> list[tuple[int, int, list[str]]]:
        """Where a folded text names units: position, length and the codes it may mean."""
        return self._hits(plain, shortened=False)

    def _hits(self, plain: str, *, shortened: bool, strict: bool = True) -> list[tuple[int, int, list[str]]]:
        hits = []
        known = self._shortened if shortened else self._whole
        at = known.first.search(plain)
        while at:
            position = at.start()
            length, codes = self._at(plain, position, shortened=shortened, strict=strict)
            if codes:
                hits.append((position, length, codes))
            at = known.first.search(plain, position + length)
        return hits

    def _above(self, code: str) -> set[str]:
        above: set[str] = set()
        parent = self._parents.get(code)
        while parent is not None and parent not in above:
            above.add(parent)
            parent = self._parents.get(parent)
        return above

    def abbreviated(self, name: str) -> tuple[str, ...]:
        """Codes of the units whose stem, as 白沙 of 白沙镇, is exactly this."""
        return tuple(self._short.get(fold(name), ()))

    def ending(self, name: str) -> tuple[str, ...]:
        """Codes of the units with a name that is this with a place before it; slow, for the rare case."""
        plain = fold(name)
        ways = (plain, *(plain + room for room in ("社会工作室", "社工室", "工作室")))
        found = [c for known, codes in self._full.items() if known.endswith(ways) for c in codes]
        return tuple(dict.fromkeys(found)) if len(plain) > 2 else ()  # noqa: PLR2004  a name, not a word

    def exactly(self, name: str) -> tuple[str, ...]:
        """Codes of the units whose name or alias is exactly this, as an office calls itself at home."""
        plain = fold(name)
        return tuple(self._full.get(plain) or self._alone.get(plain) or ())

    def _at(self, text: str, position: int, *, shortened: bool, strict: bool) -> tuple[int, list[str]]:
        """How far the name at this place reaches and whom it may mean; one character where there is none."""
        known = self._shortened if shortened else self._whole
        for length in known.lengths.get(text[position : position + 2], ()):
            piece = text[position : position + length]
            if strict and _IS_SHORT.search(piece) and _NAMES_ANOTHER.match(text, position + length):
                continue
            if inner := _IN_BRACKETS.match(text, position + length):
                if codes := self._full.get(piece + inner[1]):
                    return length + len(inner[0]), codes
                if _PART_OF_IT.search(inner[1]):
                    continue
            codes = self._full.get(piece, [])
            if shortened and (short := self._short.get(piece)):
                codes = list(dict.fromkeys([*codes, *short]))
            if codes:
                return len(piece), codes
        return 1, []


class _Beginnings:
    """Where names may begin, and how long they are.

    Attributes:
        first: finds a character some name begins with; in running text there are few.
        lengths: lengths of names, longest first, by the two characters they begin with.
    """

    def __init__(self, *indexes: dict[str, list[str]]) -> None:
        found: dict[str, set[int]] = {}
        for index in indexes:
            for name in index:
                found.setdefault(name[:2], set()).add(len(name))
        self.lengths = {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}
        firsts = "".join(sorted({head[:1] for head in found}))
        self.first = re.compile(f"[{re.escape(firsts)}]" if firsts else "(?!)")


@lru_cache(maxsize=8)
def _index(holder: "_ById") -> Names:
    return Names(holder.roster)


class _ById:
    """Hashes a roster by identity: its content may be a hundred thousand units."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def __hash__(self) -> int:
        return id(self.roster)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.roster is self.roster


def names_of(roster: Roster) -> Names:
    """The index of a roster, made once for as long as the roster is in use."""
    return _index(_ById(roster))
