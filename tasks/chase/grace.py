"""What a return gives: time to correct, in which nobody is called late for it. Pure."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache

from tasks.notice.calendar import Calendar
from tasks.terms import times
from tasks.terms.errors import Misconfigured
from tasks.terms.standings import Standing

DAYS_TO_CORRECT = 2

Answered = Mapping[tuple[str, str, int], datetime]
"""When the answer to (reporter, obligation, version) was queued."""


def correction_date(as_of: datetime, due: datetime | None, calendar: Calendar) -> datetime:
    """By when a return is to be corrected: the due moment, but never less than two days from now.

    Nobody is asked to correct anything by a day on which nobody works.
    """
    day = times.local(as_of).date() + timedelta(days=DAYS_TO_CORRECT)
    with suppress(Misconfigured):  # of a year without a table nobody knows it
        day = calendar.next_working_day(day)
    earliest = times.utc(times.end_of(day))
    return max(due, earliest) if due is not None else earliest


@lru_cache(maxsize=1024)  # asked once for every unit that shares the moment
def more_time(obligation: str, until: datetime) -> str:
    """The occasion of the answer that gave more time for it until then."""
    return f"extended:{obligation}@{times.iso(until)}"


def has_time(standing: Standing, now: datetime) -> bool:
    """Whether a person gave it a date of its own to correct by, beyond the due moment and still ahead."""
    given, due = standing.correct_by, standing.due.at
    return given is not None and now <= given and (due is None or due < given)


def answers(already: Mapping[tuple[str, str], datetime]) -> Answered:
    """The receipts and returns among the letters queued (see ``tasks.ledger.submissions.occasion``)."""
    return dict(_answers(already))


def _answers(already: Mapping[tuple[str, str], datetime]) -> Iterator[tuple[tuple[str, str, int], datetime]]:
    for (reporter, occasion), queued_at in already.items():
        kind, _, rest = occasion.partition(":")
        if kind == "version":
            obligation, version, _ = rest.split(":")
            yield (reporter, obligation, int(version)), queued_at
