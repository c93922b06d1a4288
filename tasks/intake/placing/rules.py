"""One campaign's view of what comes in: its roster, who reports what, whom it trusts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.intake.placing.placement import Context
from tasks.mail.parse import without_quote
from tasks.roster.match import Match, match
from tasks.roster.names import names_of
from tasks.terms.campaign import Campaign
from tasks.terms.readings import Reading
from tasks.terms.units import Roster

_WORDS = 20_000


@dataclass(frozen=True)
class Rules:
    """One campaign's view: its roster and who reports what (reporting unit → obligation ids)."""

    campaign: Campaign
    roster: Roster
    reporters: dict[str, tuple[str, ...]]
    bureau: str = ""
    trusted: frozenset[str] = frozenset()
    """Addresses of the bureau itself and of its superior."""
    others: tuple[Campaign, ...] = ()
    """The campaigns that read the same sources."""

    @property
    def superior(self) -> str:
        """The superior's address, lower case, or empty."""
        return (self.campaign.superior.address or "").lower()

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(self.reporters)

    def roster_names(self, name: str) -> bool:
        """Whether a unit is called exactly this."""
        return bool(names_of(self.roster).exactly(name))

    def reporter(self, code: str | None) -> str | None:
        """The reporting unit behind a code: itself, or the parent it reports through."""
        while code is not None and code not in self.reporters:
            code = self.roster[code].parent if code in self.roster else None
        return code

    def match(self, context: Context, reading: Reading | None, filenames: Sequence[str]) -> Match:
        """Who sent this, from every hint there is."""
        return match(
            self.roster,
            form_unit=reading.unit if reading else None,
            sender=context.sender,
            subject=context.subject,
            filenames=filenames,
            folder_hint=context.folder,
            passed_on=context.passed_on,
            text_candidates=self._named(context, reading),
            reporters=self._codes,
        )

    def _named(self, context: Context, reading: Reading | None) -> Sequence[str]:
        """Whom the document names; of a stranger's mail, where it names nobody, whom the words name."""
        named = reading.candidates if reading else ()
        known = context.sender in self.roster.by_address or (reading and reading.unit)
        if named or known or not context.sender:
            return named
        return names_of(self.roster).find(without_quote(context.text)[:_WORDS])

    def reporting(self, found: Match) -> tuple[str, ...]:
        """The reporting units a match points to, the likeliest first."""
        codes = (found.unit, *found.candidates) if found.unit else found.candidates
        return tuple(dict.fromkeys(r for c in codes if (r := self.reporter(c))))
