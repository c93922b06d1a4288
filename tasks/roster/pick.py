"""What a person called a unit or an obligation, found in roster and campaign: by name, or by code."""

from collections import Counter
from collections.abc import Iterable

from tasks.roster.names import names_of
from tasks.terms.campaign import Campaign
from tasks.terms.errors import Misconfigured
from tasks.terms.obligation import Obligation
from tasks.terms.text import fold
from tasks.terms.units import Roster, Unit
from tasks.terms.wording import quoted

SUGGESTED = 5


def pick_unit(roster: Roster, words: str) -> Unit:
    """The unit with this code, name or alias, or as ``choices`` writes it.

    Raises:
        Misconfigured: no unit is called so, or several are; the units that may be meant are named.
    """
    called = words.strip()
    code = called.rpartition("（")[2].rstrip("）") if called.endswith("）") else called
    if code in roster:
        return roster[code]
    names = names_of(roster)
    found = names.exactly(called)
    if len(found) == 1:
        return roster[found[0]]
    if found:
        codes = "、".join(f"{_full_name(roster, code)}（{code}）" for code in found[:SUGGESTED])
        raise Misconfigured(f"叫“{called}”的单位不止一个，请改用代码：{codes}")
    near = (names.near(called) or _holding(roster, called))[:SUGGESTED]
    meant = "、".join(_full_name(roster, code) for code in near)
    hint = f"；是否指：{meant}" if near else "，请写单位全称或代码"
    raise Misconfigured(f"名册中没有“{called}”{hint}")


def _holding(roster: Roster, words: str) -> tuple[str, ...]:
    """Units whose name holds these words: 东村 of 东村村委会."""
    part = fold(words)
    return tuple(u.code for u in roster if len(part) > 1 and part in fold(u.name))


def choices(roster: Roster, codes: Iterable[str]) -> list[str]:
    """These units as a list to choose from: by name, with the code where names are shared."""
    units = roster.of(codes)
    shared = {name for name, count in Counter(u.name for u in units).items() if count > 1}
    return [f"{u.name}（{u.code}）" if u.name in shared else u.name for u in units]


def _full_name(roster: Roster, code: str) -> str:
    unit = roster[code]
    above = roster[unit.parent].name if unit.parent in roster and unit.parent else ""
    return unit.name if unit.name.startswith(above) else f"{above}{unit.name}"


def pick_obligation(campaign: Campaign, owed: tuple[str, ...], words: str) -> Obligation:
    """The obligation with this title or id; with no words, the only one that is ``owed``.

    Raises:
        Misconfigured: none is called so, or none was named and several are owed.
    """
    called = words.strip()
    if called:
        for each in campaign.obligations:
            if called == each.id or fold(called) == fold(each.title):
                return each
        raise Misconfigured(f"本专项没有报送事项“{called}”，应为：{_titles(campaign.obligations)}")
    mine = [o for o in campaign.obligations if o.id in owed]
    if len(mine) == 1:
        return mine[0]
    raise Misconfigured(f"请写明报送事项：{_titles(mine or campaign.obligations)}")


def _titles(obligations: list[Obligation] | tuple[Obligation, ...]) -> str:
    return "、".join(f"{quoted(o.title)}（{o.id}）" for o in obligations)
