"""Who sent this: from the form's code, the address, and the names in folder, subject, file name and text.

One source that is certain is enough; two that disagree are put before a clerk. Nothing is guessed: no
unit or several mean None, with the candidates and the reasons in Chinese.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.roster.names import Names, names_of
from tasks.terms.units import Roster, Unit


@dataclass(frozen=True, slots=True)
class Match:
    """Whose submission something is.

    Attributes:
        unit: the code of the one unit it can be, or None.
        candidates: the codes a clerk chooses from; empty when nothing points anywhere.
        reasons: what points where, in Chinese.
        conflict: two certain sources name different units.
    """

    unit: str | None
    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    conflict: bool = False


_TEXT = "正文"
_PASSED_ON = "来信转发或代报，"


@dataclass(frozen=True, slots=True)
class _Hint:
    """One source of evidence: what it is called, and the reporting units it names."""

    source: str
    units: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...] = ()
    """What each name in it may mean."""


def find_names(roster: Roster, text: str) -> tuple[str, ...]:
    """Codes of the units a text names, in order of appearance; the longest name at a place wins.

    A name several units share yields all of them. A village beside its own town yields both; who reports
    is for ``match`` to say.
    """
    return names_of(roster).find(text)


def match(
    roster: Roster,
    *,
    form_unit: str | None,
    sender: str,
    subject: str,
    filenames: Sequence[str],
    folder_hint: str,
    text_candidates: Sequence[str] = (),
    passed_on: Sequence[str] = (),
    reporters: frozenset[str] | None = None,
) -> Match:
    """Whose submission this is.

    Args:
        roster: every unit.
        form_unit: the code a form or text states with certainty, if any.
        sender: the bare address in From, or empty.
        subject: subject of the mail or title in the exchange's register.
        filenames: names of the files, as sent.
        folder_hint: name of the drop folder, or the exchange's 来文单位.
        text_candidates: unit codes found in the text itself.
        passed_on: codes of the units whose report the mail says it passes on.
        reporters: codes of the units that send reports; others count as the one they report through.
            None lets every unit count for itself.
    """
    desk = _Desk(roster, names_of(roster), reporters)
    stated = desk.reporting([form_unit] if form_unit else [])
    by_address = desk.by_address(sender)
    named = desk.named(subject, filenames, folder_hint, text_candidates, passed_on)
    reasons = desk.explain(stated, by_address, named, sender)
    if stated:
        return desk.against_address(stated[0], by_address, named, reasons)
    if by_address:
        return desk.from_address(by_address, named, reasons)
    return desk.from_names(named, reasons)


@dataclass(frozen=True)
class _Desk:
    """One look at one submission."""

    roster: Roster
    names: Names
    reporters: frozenset[str] | None

    def reporting(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The reporting units behind codes, each once."""
        found = (self._reporter(code) for code in codes)
        return tuple(dict.fromkeys(code for code in found if code))

    def _reporter(self, code: str | None) -> str | None:
        if self.reporters is None:
            return code if code in self.roster else None
        while code is not None and code not in self.reporters:
            code = self.roster[code].parent if code in self.roster else None
        return code

    def by_address(self, sender: str) -> tuple[str, ...]:
        units: Sequence[Unit] = self.roster.by_address.get(sender.strip().lower(), ())
        return self.reporting([u.code for u in units])

    def named(
        self,
        subject: str,
        filenames: Sequence[str],
        folder: str,
        codes: Sequence[str],
        passed_on: Sequence[str] = (),
    ) -> tuple[_Hint, ...]:
        """Hints from names, the most deliberate first; sources that name no unit are left out."""
        hints = [
            _Hint("投放目录或来文单位", self._units(folder)),
            _Hint("主题", self._units(subject), self._each(subject)),
            *(_Hint(f"文件名“{name}”", self._units(name), self._each(name)) for name in filenames),
            _Hint(_PASSED_ON, self._main(self.reporting(passed_on))),
            _Hint(_TEXT, self._main(self.reporting(codes))),
        ]
        return tuple(h for h in hints if h.units)

    def _units(self, text: str) -> tuple[str, ...]:
        return self._main(self.reporting(self.names.find(text, shortened=True)))

    def _each(self, text: str) -> tuple[tuple[str, ...], ...]:
        return tuple(self.reporting(codes) for codes in self.names.each(text))

    def _main(self, units: tuple[str, ...]) -> tuple[str, ...]:
        """Without the units that stand under another named beside them: a town speaks for its villages."""
        return tuple(u for u in units if self._above(u).isdisjoint(units))

    def _above(self, code: str) -> set[str]:
        """The units a unit stands under."""
        above: set[str] = set()
        parent = self.roster[code].parent if code in self.roster else None
        while parent is not None and parent not in above:
            above.add(parent)
            parent = self.roster[parent].parent if parent in self.roster else None
        return above

    def stands_under(self, code: str, other: str) -> bool:
        return other in self._above(code)

    def agree(self, one: str, other: str) -> bool:
        return one == other or self.stands_under(one, other) or self.stands_under(other, one)

    def explain(
        self, stated: tuple[str, ...], by_address: tuple[str, ...], named: tuple[_Hint, ...], sender: str
    ) -> tuple[str, ...]:
        reasons = [f"材料本身写明报送单位是{self._list(stated)}"] if stated else []
        if by_address:
            reasons.append(f"发件地址登记在{self._list(by_address)}名下")
        elif sender:
            reasons.append(f"发件地址 {sender} 不在名册上")
        reasons += [f"{hint.source}提到{self._list(hint.units)}" for hint in named]
        return tuple(reasons)

    def _list(self, codes: Sequence[str]) -> str:
        return "、".join(f"“{self.roster[c].name}”" if c in self.roster else f"“{c}”" for c in codes)

    def against_address(
        self, unit: str, by_address: tuple[str, ...], named: tuple[_Hint, ...], reasons: tuple[str, ...]
    ) -> Match:
        """The material names its unit; the sender's unit and a plain name must not contradict it."""
        if by_address and not any(self.agree(unit, other) for other in by_address):
            return self._conflict((unit, *by_address), reasons, "材料写明的单位与发件人的单位不一致，请核实")
        strays = self._strays(unit, named)
        if strays and not by_address:
            return self._conflict(
                (unit, *strays), reasons, "材料写明的单位与主题、文件名所称单位不一致，请核实"
            )
        return Match(unit, (unit,), reasons)

    def _speaks_for(self, hint: _Hint, unit: str) -> bool:
        return any(self.agree(unit, named) for named in hint.units)

    def _strays(self, unit: str, named: tuple[_Hint, ...]) -> tuple[str, ...]:
        """Units that hints name instead of this one; a hint that also names this one is no contradiction."""
        apart = [h.units for h in named if h.source != _TEXT and not self._speaks_for(h, unit)]
        return tuple(dict.fromkeys(u for units in apart for u in units))

    def from_address(
        self, units: tuple[str, ...], named: tuple[_Hint, ...], reasons: tuple[str, ...]
    ) -> Match:
        """A known sender; when one address serves several units, the names choose among them."""
        if len(units) > 1:
            chosen = self._chosen(units, named)
            if len(chosen) != 1:
                return Match(None, chosen or units, (*reasons, "该地址由几个单位共用，请指定报送单位"))
            units = chosen
        strays = self._all_strays(units[0], named)
        if strays:
            both = (units[0], *strays)
            return self._conflict(both, reasons, "发件人的单位与材料所称单位不一致，请核实是否代报")
        return Match(units[0], units, reasons)

    def _all_strays(self, unit: str, named: tuple[_Hint, ...]) -> tuple[str, ...]:
        """Strays, unless a hint speaks for the unit and for no stray: what fits both settles nothing."""
        strays = self._strays(unit, named) or self._named_at_once(unit, named)
        for hint in named:
            if self._speaks_for(hint, unit) and not any(self._speaks_for(hint, other) for other in strays):
                return ()
        return strays

    def _named_at_once(self, unit: str, named: tuple[_Hint, ...]) -> tuple[str, ...]:
        """Units a title names by a name of their own beside this one's: 东城街道、南城街道统计表."""
        apart = [u for h in named for u in h.beside if u and not any(self.agree(unit, each) for each in u)]
        return tuple(dict.fromkeys(u for units in apart for u in units))

    def _chosen(self, units: tuple[str, ...], named: tuple[_Hint, ...]) -> tuple[str, ...]:
        for hint in named:
            if both := tuple(u for u in units if u in hint.units):
                return both
        return ()

    def from_names(self, named: tuple[_Hint, ...], reasons: tuple[str, ...]) -> Match:
        """An unknown sender: every hint that names anything must name the same unit."""
        if not named:
            return Match(None, (), (*reasons, "主题、文件名和正文都没有写明报送单位，请指定"))
        common = tuple(u for u in named[0].units if all(self._speaks_for(hint, u) for hint in named))
        everyone = tuple(dict.fromkeys(u for hint in named for u in hint.units))
        if len(common) == 1:
            return Match(common[0], common, reasons)
        text = "名称对应几个单位，请指定" if common else "主题、文件名和正文所称单位不一致，请指定"
        return Match(None, common or everyone, (*reasons, text), conflict=not common)

    def _conflict(self, units: Sequence[str], reasons: tuple[str, ...], text: str) -> Match:
        return Match(None, tuple(dict.fromkeys(units)), (*reasons, text), conflict=True)
