"""Reporters no letter can reach, told while there is time to telephone. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tasks.terms.units import Roster, Unit

NO_ADDRESS = "名册上没有填报人邮箱"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A reporter without an address that works."""

    unit: Unit
    why: str


def unreachable(roster: Roster, reporters: Iterable[str], dead: Mapping[str, str]) -> list[Unreachable]:
    """The reporters no letter reaches, in the order given; ``dead`` is why each bad address is bad."""
    return list(_unreachable(roster, dict.fromkeys(reporters), dead))


def _unreachable(roster: Roster, codes: Iterable[str], dead: Mapping[str, str]) -> Iterator[Unreachable]:
    for unit in (roster[code] for code in codes if code in roster):
        addresses = [c.address.lower() for c in unit.contacts if c.role in {"preparer", "sender"}]
        if not addresses:
            yield Unreachable(unit, NO_ADDRESS)
        elif all(address in dead for address in addresses):
            yield Unreachable(unit, f"邮箱收不到信（{dead[addresses[0]]}）")
