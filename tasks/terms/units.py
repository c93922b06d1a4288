"""Who reports: units and the roster they stand in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

Role = Literal["preparer", "sender", "leader"]
"""填报人 prepares the report, 报送人 sends it, 分管领导 is informed when it is late."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One address of a unit and the part its owner plays."""

    role: Role
    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit 报送单位.

    Attributes:
        code: the official code where there is one (statistical division code), else the bureau's own.
        kind: what it is to selectors: ``township``, ``street``, ``station``, ``studio``, ``organisation`` …
        tier: the level as staff name it: 镇街, 村社, 社会组织, 区 …
        parent: the code of the unit it reports through or stands under; the *reporting* tree, which may
            differ from the code tree (桂林洋 reports beside the districts it lies in).
        aliases: other names people write: short names, old names.
        phone: for the call list; never written to a log or an artifact.
        start, end: first and last day on which it owes anything; None is open.
    """

    code: str
    name: str
    kind: str
    tier: str = ""
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    phone: str = ""
    start: date | None = None
    end: date | None = None

    def address(self, role: Role) -> str | None:
        """The first address of that role, or None when the roster names none."""
        return next(iter(self.addresses(role)), None)

    def addresses(self, role: Role) -> tuple[str, ...]:
        """Every address of that role, in the order of the roster."""
        return tuple(c.address for c in self.contacts if c.role == role)

    def active_on(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Roster:
    """The roster 名册: every unit of one bureau, in the order of its file."""

    units: tuple[Unit, ...] = field(default=())

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __getitem__(self, code: str) -> Unit:
        return self.by_code[code]

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        """Unit by code."""
        return {u.code: u for u in self.units}

    @cached_property
    def by_address(self) -> dict[str, tuple[Unit, ...]]:
        """Units by lower-cased address; one address may serve several units."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            for address in dict.fromkeys(c.address.lower() for c in unit.contacts):
                found.setdefault(address, []).append(unit)
        return {address: tuple(units) for address, units in found.items()}

    @cached_property
    def children(self) -> dict[str, tuple[Unit, ...]]:
        """Units by the code of their reporting parent."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.parent:
                found.setdefault(unit.parent, []).append(unit)
        return {code: tuple(units) for code, units in found.items()}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {u.code: n for n, u in enumerate(self.units)}

    def near(self, code: str) -> "Roster":
        """A unit and those below it, in roster order: all that one reporter's standing needs."""
        own = (self.by_code[code],) if code in self.by_code else ()
        found = {u.code: u for u in (*own, *self.children.get(code, ()))}
        return Roster(tuple(sorted(found.values(), key=lambda u: self._position[u.code])))

    def of(self, codes: Iterable[str]) -> tuple[Unit, ...]:
        """The units with these codes, in roster order."""
        wanted = set(codes)
        return tuple(u for u in self.units if u.code in wanted)
