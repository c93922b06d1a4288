"""What a sheet holds once its layout is understood: lines of figures, before anyone says whose they are."""

from dataclasses import dataclass, field
from enum import StrEnum

from tasks.intake.words.numbers import Number


class Doubt(StrEnum):
    """Why a field has no cell."""

    ABSENT = "absent"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell read for one field."""

    number: Number
    where: str
    shown: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of figures.

    Attributes:
        row: row number as people count, for sentences.
        names: what the row says about its unit, the most general first; code: a unit code, or empty.
        words: all words of the row outside its figures, remarks among them.
        page: how often the form began again above it.
    """

    row: int
    names: tuple[str, ...]
    code: str
    figures: dict[str, Figure]
    words: tuple[str, ...] = ()
    page: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return all(f.number.value is None and f.number.problem is None for f in self.figures.values())


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet understood.

    Attributes:
        lines: rows of figures, in order.
        totals: what the sheet states as sums, one mapping for each total row; examples: rows left in that
            only show how to fill in the form.
        top, last: first and last row of the table, from 0; what stands outside speaks of the whole form.
        doubts: fields of the obligation for which no cell is certain.
        places: where a field's header stands, for sentences.
        by_unit: rows are named; False for label-and-value sheets and single unnamed rows.
        other_time: the rows say that they are of another time than the report is about.
        listed_twice: places with figures in two tables one below the other, whose sum nobody states.
        displaced: numbers of rows that slipped by a cell, so that figures stand under the wrong heads.
        crowded: figures stand where no one place is certain, so the sheet is not blank.
    """

    sheet: str
    lines: tuple[Line, ...]
    totals: tuple[dict[str, Figure], ...] = ()
    examples: tuple[dict[str, Figure], ...] = ()
    top: int = 0
    last: int = -1
    doubts: dict[str, Doubt] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    by_unit: bool = False
    other_time: bool = False
    crowded: bool = False
    listed_twice: tuple[str, ...] = ()
    displaced: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody filled anything in."""
        stated = [f for total in self.totals for f in total.values() if f.number.value]
        return all(line.blank for line in self.lines) and not stated and not self.crowded

    def stated(self, name: str) -> Figure | None:
        """What the one total row says of a field; None where there is none, or more than one says it."""
        said = [f for total in self.totals if (f := total.get(name)) and f.number.value is not None]
        return said[0] if len(said) == 1 else None

    @property
    def found(self) -> int:
        """How many fields the sheet asks for."""
        return len(self.places)
