"""What a package rests on: a pure rule over standings."""

from collections.abc import Iterable
from typing import Any

from tasks.terms.standings import Standing, State


def counts_as(standing: Standing) -> bool:
    """Whether a package rests on this standing: a version, or a waiver; a unit that owes is no such thing."""
    return standing.submission is not None or standing.state is State.WAIVED


def counted(standings: Iterable[Standing]) -> list[list[Any]]:
    """Each unit's state and version, as a package's record keeps them; who merely owes is not in it."""
    return [[s.unit, s.obligation, s.state.value, s.submission] for s in standings if counts_as(s)]
