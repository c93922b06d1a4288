"""What a person ruled on a version, as the answer its sender gets: a return with the reason, or a receipt."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.ledger.acts import Act
from tasks.ledger.submissions import Submission, occasion
from tasks.status.facts import RULINGS
from tasks.terms import times
from tasks.terms.standings import State

BY_HAND = "RETURNED_BY_STAFF"
"""The reason a person gave, where the rules' findings stand otherwise."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one version.

    Attributes:
        version: the version as it now stands; a person's reason for returning it is among its findings.
        occasion: what makes the answer unique.
        until: the date the person set for correcting it, if any.
    """

    version: Submission
    occasion: str
    until: datetime | None = None


def answers_due(
    versions: Iterable[Submission], decided: Iterable[Act], answered: Mapping[tuple[str, str], datetime]
) -> list[Answer]:
    """Every version whose answer nobody has written yet, as the rules or the last ruling have it."""
    rulings: dict[int, list[Act]] = defaultdict(list)
    for act in decided:
        if act.kind in RULINGS:
            rulings[act.detail["submission"]].append(act)
    due = []
    for version in versions:
        ruled = rulings[version.id]
        answer = _answer(version, ruled[-1]) if ruled else Answer(version, occasion(version))
        told = (version.unit, occasion(version)) in answered
        if (version.unit, answer.occasion) not in answered and not (told and _only_confirms(version, ruled)):
            due.append(answer)
    return due


def _only_confirms(version: Submission, ruled: Sequence[Act]) -> bool:
    """Whether the last ruling accepts what stood accepted: its sender has been told that already."""
    states = [State(version.verdict), *(RULINGS[act.kind] for act in ruled)]
    return states[-2:] == [State.ACCEPTED, State.ACCEPTED]


def _answer(version: Submission, ruling: Act) -> Answer:
    state = RULINGS[ruling.kind]
    ruled = replace(version, verdict=str(state))
    if state is State.RETURNED:
        reason = {"code": BY_HAND, "text": ruling.why, "where": ""}
        ruled = replace(ruled, reading={**version.reading, "findings": [reason]})
    until = ruling.detail.get("until")
    return Answer(ruled, _ruled_occasion(version, ruling), times.parse(until) if until else None)


def _ruled_occasion(version: Submission, ruling: Act) -> str:
    """Beside the version's own occasion, so that a return by hand gives time to correct like any other."""
    mark = hashlib.sha256(f"{ruling.key}{times.iso(ruling.at)}".encode()).hexdigest()[:12]
    return f"version:{version.obligation}:{version.version}:{mark}"
