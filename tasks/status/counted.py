"""What a package rests on: a pure rule over standings."""

from collections.abc import Iterable, Mapping
from typing import Any

from tasks.terms.standings import Standing, State, Tally


def counts_as(standing: Standing) -> bool:
    """Whether a package rests on this standing: a version, or a waiver; a unit that owes is no such thing."""
    return standing.submission is not None or standing.state is State.WAIVED


def counted(standings: Iterable[Standing]) -> list[list[Any]]:
    """Each unit's state and version, as a package's record keeps them; who merely owes is not in it."""
    return [[s.unit, s.obligation, s.state.value, s.submission] for s in standings if counts_as(s)]


def still_so(told: Mapping[str, Any], standings: Iterable[Standing], tallies: Iterable[Tally]) -> bool:
    """Whether what a package's record tells holds: every version and waiver, and how many are to report.

    An occurrence that has begun since is none of that package's.
    """
    expected = {each["id"]: each["expected"] for each in told.get("obligations", ())}
    return told.get("counted") == counted(standings) and all(
        expected.get(each.obligation, each.expected) == each.expected for each in tallies
    )
