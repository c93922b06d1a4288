"""How far 其中 reaches: to where its parts are complete, or where a count can be no part any more. Pure."""

from dataclasses import dataclass, field

from tasks.intake.prose.counts import Count
from tasks.intake.words.numbers import measure_of
from tasks.terms.obligation import Field

_LEAST_PARTS = 2
_MAY_BE_BOTH = frozenset({"人", "名", "位", "人次", "户", "户次", "家", "人数"})
"""其中党员20人、退役军人15人: one may be both."""


@dataclass
class OfWhich:
    """The parts read since 其中.

    Where they are complete, what is counted behind them is none.

    Attributes:
        whole: the count they are parts of, and what it counts; None before any 其中.
        parts: what they come to; fields: what else was counted among them.
        deeds: those of the parts behind a pause and a deed: 20场，其中宣讲12场，组织观摩9场.
    """

    whole: Count | None = None
    counted: Field | None = None
    parts: list[float] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    deeds: list[float] = field(default_factory=list)

    def take(self, count: Count, asked: Field | None, *, deed: bool = False) -> None:
        """A count behind 其中; ``deed``: its own words say what was done, and it may be no part at all."""
        if self.whole is None or self.is_complete:
            return
        if self._is_like_the_whole(count) and count.value is not None:
            self.parts.append(count.value)
            self.deeds += [count.value] if deed else []
        if asked:
            self.fields.add(asked.id)

    def ends_before(self, count: Count, asked: Field | None) -> bool:
        """Whether a count is of the whole again.

        In 发现408处，其中重大2处，整改390处 the last is more than the parts; in 12场，其中室内5场、室外7场
        they are all there.
        """
        if self.whole is None or asked is None or asked is self.counted or asked.id in self.fields:
            return False
        if self.is_complete:
            return True
        return bool(self.parts) and self._is_like_the_whole(count) and (count.value or 0) > sum(self.parts)

    @property
    def is_complete(self) -> bool:
        """Whether the parts come to the whole."""
        whole = self.whole.value if self.whole else None
        return len(self.parts) >= _LEAST_PARTS and whole is not None and round(sum(self.parts), 6) == whole

    @property
    def too_much(self) -> float | None:
        """What the parts come to where that is more than the whole; one of people may be of two parts."""
        whole = self.whole.value if self.whole else None
        if whole is None or self.whole is None or self.whole.measure in _MAY_BE_BOTH:
            return None
        together = round(sum(self.parts) - sum(self.deeds), 6)
        return together if together > whole else None

    def _is_like_the_whole(self, count: Count) -> bool:
        return self.whole is not None and count.measure in measure_of(self.whole.measure)
