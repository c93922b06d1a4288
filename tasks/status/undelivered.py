"""Letters a server turned away for good, and nobody has made up for since. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from tasks.ledger.acts import Act
from tasks.ledger.outbox import DEAD_ADDRESS, Fate
from tasks.terms.acts import SPOKEN_WITH
from tasks.terms.letters import LetterState
from tasks.terms.units import Roster

NAMED = 8


def came_back(letters: Iterable[Fate]) -> dict[str, list[Fate]]:
    """Of each unit that its last letter reached at no address: that letter, to each."""
    last: dict[str, list[Fate]] = {}
    for each in sorted(letters, key=lambda q: q.queued_at):
        if each.state in {LetterState.SENT, LetterState.REFUSED}:
            known = last.get(each.unit, [])
            last[each.unit] = [*(k for k in known if k.occasion == each.occasion), each]
    return {unit: mine for unit, mine in last.items() if all(q.state == LetterState.REFUSED for q in mine)}


def spoken_with(acts: Iterable[Act]) -> dict[str, datetime]:
    """When each unit was last reached by telephone; a call nobody answered told it nothing."""
    return {
        act.unit: act.at for act in acts if act.kind == "call" and act.detail.get("outcome") in SPOKEN_WITH
    }


def turned_away(
    letters: Iterable[Fate], telephoned: Mapping[str, datetime], roster: Roster
) -> dict[str, str]:
    """Units their last letter did not reach though no address is at fault, and what the server said.

    Content, size, the sender's standing: the office has to see to it, for every letter is in danger. A unit
    somebody spoke with since knows.
    """
    return {
        unit: mine[-1].reply
        for unit, mine in came_back(letters).items()
        if unit in roster
        and not any(q.reply.startswith(DEAD_ADDRESS) for q in mine)
        and not _since(telephoned.get(unit), mine)
    }


def _since(call: datetime | None, letters: Sequence[Fate]) -> bool:
    return call is not None and all(call >= (q.settled_at or q.queued_at) for q in letters)


def sentences(turned: Mapping[str, str], roster: Roster) -> Iterator[str]:
    """For each of the server's reasons, whom it kept from being told and what is to be done."""
    units: dict[str, list[str]] = {}
    for unit, reply in turned.items():
        units.setdefault(reply, []).append(roster[unit].name)
    for reply, names in units.items():
        more = f"等 {len(names)} 个" if len(names) > NAMED else ""
        said = f"（服务器说：{reply}）" if reply else ""
        yield (
            f"信件没有送到的单位：{'、'.join(names[:NAMED])}{more}{said}：服务器并未说邮箱不存在，"
            "请电话告知并用“通话记录”登记，再核对信件内容与发信账户"
        )
