"""Reports whose unit or obligation the files no longer name, so that they count nowhere.

A unit's code or an obligation's id was edited in mid-campaign: who reported looks silent. Nothing may rest on
that until a person has put it right: it is told, who may have reported is not chased, nothing goes up. Pure.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.ledger.submissions import Submission
from tasks.status.assess import Version
from tasks.terms.campaign import Campaign
from tasks.terms.standings import State
from tasks.terms.units import Roster

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Adrift:
    """One version that counts nowhere, or not for every unit it speaks for.

    Attributes:
        unit: the code the roster no longer has; empty where the unit is known.
        obligation: the id the campaign no longer has; empty where it is known.
        reporter: who sent it in.
    """

    id: int
    unit: str
    obligation: str
    reporter: str


def adrift(campaign: Campaign, roster: Roster, versions: Iterable[Version]) -> list[Adrift]:
    """What of these versions counts nowhere; one that was sent back is nobody's report."""
    known = {o.id for o in campaign.obligations}
    return [
        each
        for version in versions
        if version.verdict is not State.RETURNED
        for each in _of(version, known, roster)
    ]


def _of(version: Version, known: Collection[str], roster: Roster) -> Iterator[Adrift]:
    obligation = "" if version.obligation in known else version.obligation
    codes = dict.fromkeys([version.reporter, *(version.rows or ())])
    lost = [code for code in codes if code not in roster]
    for unit in lost or ([""] if obligation else []):
        yield Adrift(version.id, unit, obligation, version.reporter)


def entered_again(
    found: Sequence[Adrift], rows: Iterable[Submission], still: Collection[int]
) -> list[Adrift]:
    """Without those whose very bytes a person has entered under a name that is known.

    ``rows`` are all versions of these bytes, ``still`` the numbers of those that count nowhere.
    """
    digest = {row.id: row.digest for row in rows}
    settled = {row_digest for number, row_digest in digest.items() if number not in still}
    return [each for each in found if digest.get(each.id) not in settled]


def may_have_reported(
    found: Sequence[Adrift],
    senders: Mapping[int, str],
    roster: Roster,
    *,
    reported: Collection[str],
    written_to: Collection[str],
) -> frozenset[str]:
    """Units that are not to be chased: who sent it, whose address it came from, else who is new to us.

    A unit renamed in the roster is one nobody has written to and that has reported nothing under its code.
    """
    held: set[str] = set()
    for each in found:
        if each.reporter in roster:
            held.add(each.reporter)
            continue
        known = roster.by_address.get(senders.get(each.id, "").lower(), ())
        held |= {u.code for u in known} or {
            code for code in roster.by_code if code not in reported and code not in written_to
        }
    return frozenset(held)


def sentences(found: Sequence[Adrift], roster: Roster) -> Iterator[str]:
    """One for each code and id that is missing, with what puts it right."""
    yield from _told(
        found,
        lambda each: each.unit,
        "名册中没有代码“{0}”的单位，它已报的 {1} 件现在不计入，有关单位暂不催报、汇总件暂不呈报："
        "代码改过的请改回；单位已撤并的请恢复该行并填写终止日",
    )
    yield from _told(
        found,
        lambda each: each.obligation,
        "专项文件中没有事项“{0}”，{2}按它已报的 {1} 件现在不计入，有关单位暂不催报、汇总件暂不呈报："
        "事项代号改过的请改回；不再要求的请恢复该事项并写 optional: true",
        roster,
    )


def _told(
    found: Sequence[Adrift], missing: Callable[[Adrift], str], said: str, roster: Roster | None = None
) -> Iterator[str]:
    for name in dict.fromkeys(filter(None, map(missing, found))):
        mine = [each for each in found if missing(each) == name]
        yield said.format(name, len({each.id for each in mine}), _names(mine, roster) if roster else "")


def _names(found: Iterable[Adrift], roster: Roster) -> str:
    codes = list(dict.fromkeys(each.reporter for each in found))
    shown = "、".join(roster[c].name if c in roster else c for c in codes[:_SHOWN])
    return f"{shown}等 {len(codes)} 个单位" if len(codes) > _SHOWN else shown
