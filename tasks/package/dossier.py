"""The frozen facts one package is made of: nothing else is read to build it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from tasks.status.counted import counts_as
from tasks.terms.campaign import Campaign
from tasks.terms.letters import LetterState
from tasks.terms.obligation import Obligation
from tasks.terms.standings import Standing, State, Tally
from tasks.terms.units import Roster, Unit

ReadOriginal = Callable[[str], bytes | Path]
"""Gives the original with this SHA-256: its bytes, or the path of a file that holds them."""

OWED = frozenset({State.MISSING, State.RETURNED})
"""States in which a report is still owed."""

COUNTED = frozenset({State.ACCEPTED, State.NIL})
"""States whose figures enter a sum; a nil return counts as nought."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it arrived. ``filename`` is the sender's own and never a path."""

    filename: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Chase:
    """One letter sent after a unit.

    Attributes:
        kind: a key of ``LETTER_KINDS``.
        title: what the letter was, in Chinese, such as the rung's title.
        sent_at: when it was handed over; None while it was not.
        state: what became of it.
        obligations: what it asked for, or sent back; empty where that is not told apart.
    """

    kind: str
    title: str
    sent_at: datetime | None
    state: LetterState
    obligations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found wrong or doubtful in a version, as the sender was told: where and in what words."""

    code: str
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence(Mapping[str, str]):
    """Where each figure of one form was read: ``unit/field`` → file and cell, put together when asked for.

    Attributes:
        cells: unit → field → ``sheet!cell``.
    """

    filename: str
    cells: Mapping[str, Mapping[str, str]]

    def __getitem__(self, key: str) -> str:
        unit, _, field = key.partition("/")
        return f"{self.filename} {self.cells[unit][field]}"

    def __iter__(self) -> Iterator[str]:
        return (f"{unit}/{field}" for unit, cells in self.cells.items() for field in cells)

    def __len__(self) -> int:
        return sum(map(len, self.cells.values()))


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a unit's own narrative, word for word, and the file it stands in."""

    unit: str
    submission: int
    text: str
    filename: str


@dataclass(frozen=True, slots=True)
class Call:
    """A telephone call on record: how it ended, in Chinese, and what was said."""

    at: datetime
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The package handed up before this one.

    Attributes:
        counted: (unit, obligation) -> (state, submission) as that package had them; the rest was owed.
    """

    number: int
    counted: Mapping[tuple[str, str], tuple[str, int | None]]


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything a package says.

    Attributes:
        as_of: the moment the facts were frozen (UTC); also the date the documents carry.
        number: 1 is the package of the due day, 2 and up are supplements.
        standings: one per unit and obligation; ``.reporter`` sent it, ``.submission`` is its version.
        files: submission id -> the originals it came with.
        evidence: submission id -> field -> ``file!cell`` the figure was read from. In a form that speaks
            for several units the key is ``unit/field``; a plain field then means the form's own total.
        chased: unit code -> the letters sent to it, oldest first; of those only through whom something is
            still owed.
        queue: items that wait for a clerk's decision.
        remarks: submission id -> what was found in it.
        quotes: sentences that stand out, chosen by the rules of ``highlights``.
        calls: unit code -> telephone calls on record, oldest first.
        earlier: the package handed up before this one, which then is a supplement: it carries what changed.
        replaces: number of the package this one takes the place of; that one never went up.
    """

    campaign: Campaign
    roster: Roster
    as_of: datetime
    number: int
    standings: tuple[Standing, ...]
    tallies: tuple[Tally, ...]
    files: Mapping[int, tuple[Original, ...]] = field(default_factory=dict)
    evidence: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    chased: Mapping[str, tuple[Chase, ...]] = field(default_factory=dict)
    queue: int = 0
    remarks: Mapping[int, tuple[Remark, ...]] = field(default_factory=dict)
    quotes: tuple[Quote, ...] = ()
    calls: Mapping[str, tuple[Call, ...]] = field(default_factory=dict)
    earlier: Earlier | None = None
    replaces: int | None = None

    @property
    def name(self) -> str:
        """The package's name, also of its folder: ``<campaign>-第01号``."""
        return f"{self.campaign.id}-第{self.number:02d}号"

    @property
    def supplement(self) -> bool:
        """Whether this is a supplement 补报件: a package before it has gone up."""
        return self.earlier is not None or (self.number > 1 and self.replaces is None)

    def changed(self, standing: Standing) -> bool:
        """Whether the standing differs from what went up before; always true of a first package."""
        if self.earlier is None:
            return True
        before = self.earlier.counted.get((standing.unit, standing.obligation))
        now = (standing.state.value, standing.submission) if counts_as(standing) else None
        return before != now

    def tally(self, obligation: Obligation) -> Tally | None:
        """The counts of that obligation, or None when nothing is owed under it."""
        return next((t for t in self.tallies if t.obligation == obligation.id), None)

    def of(self, obligation: Obligation) -> tuple[Standing, ...]:
        """The standings of that obligation, in roster order."""
        mine = (s for s in self.standings if s.obligation == obligation.id)
        return tuple(sorted(mine, key=lambda s: self.order.get(s.unit, len(self.order))))

    def unit_name(self, code: str) -> str:
        """The unit's name, or its code when the roster does not hold it."""
        unit = self.unit(code)
        return unit.name if unit else code

    def unit(self, code: str) -> Unit | None:
        """The unit with that code, or None when the roster does not hold it."""
        return self.roster.by_code.get(code)

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """The kinds of unit there are in each tier."""
        tiers = dict.fromkeys(unit.tier for unit in self.roster)
        return {t: frozenset(u.kind for u in self.roster if u.tier == t) for t in tiers}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each unit in the roster."""
        return {unit.code: n for n, unit in enumerate(self.roster)}
