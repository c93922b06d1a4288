"""Documents that came together and are of one unit and obligation: which is the report, which go with it."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.intake.placing.from_below import is_from_below
from tasks.intake.placing.placement import CLOSED, Placed, Undecided, codes, said_of
from tasks.terms.mails import File
from tasks.terms.readings import Row


def one_form_each(placed: Sequence[Placed]) -> tuple[list[Placed], list[Undecided]]:
    """One report a unit and obligation: two forms that differ about one unit are put before a person.

    A town sends a form for each of its villages: those are reports of their own. Of several narratives the
    longest is the report and the others go with it.
    """
    groups: dict[tuple[str, str], list[Placed]] = {}
    for each in placed:
        groups.setdefault((each.unit, each.obligation), []).append(each)
    kept: list[Placed] = []
    doubled: list[Undecided] = []
    for group in groups.values():
        if _disagree(group):
            reason = "同一来件中有几份数字不同的统计表，请指定以哪一份为准"
            doubled += [Undecided(p.document.file, (p.unit,), (reason,)) for p in group]
        else:
            read = [p for p in group if CLOSED.isdisjoint(codes(p.document))]
            shut = [p for p in group if p not in read] if read else []
            kept += [_merged(each) for each in _by_subject(read or group)]
            doubled += [Undecided(p.document.file, (p.unit,), said_of(p.document)) for p in shut]
    return kept, doubled


def _by_subject(group: Sequence[Placed]) -> list[list[Placed]]:
    """Reports by the units their figures are of; what has no figures goes with the first."""
    found: dict[frozenset[str], list[Placed]] = {}
    for each in group:
        if rows := each.document.reading.rows:
            found.setdefault(frozenset(row.unit for row in rows), []).append(each)
    without = [p for p in group if not p.document.reading.rows]
    subjects = list(found.values()) or [[]]
    subjects[0] += without
    return subjects


def _disagree(group: Sequence[Placed]) -> bool:
    """Whether two forms have different figures for one unit."""
    said: dict[str, list[Row]] = {}
    for each in group:
        for row in each.document.reading.rows:
            said.setdefault(row.unit, []).append(row)
    return any(row.values != rows[0].values for rows in said.values() for row in rows[1:])


def _merged(group: Sequence[Placed]) -> Placed:
    main = max(
        group,
        key=lambda p: (not is_from_below(p), not p.document.reading.blocking, len(p.document.content.text)),
    )
    others = tuple(p.document.file for p in group if p is not main)
    return replace(main, files=(main.document.file, *others))


def with_companions(placed: Sequence[Placed], pictures: tuple[File, ...]) -> list[Placed]:
    """Pictures go with the narrative they came with, else with the first report."""
    if not placed or not pictures:
        return list(placed)
    texts = [i for i, p in enumerate(placed) if p.document.content.text]
    home = texts[0] if texts else 0
    return [replace(p, files=(*p.files, *pictures)) if i == home else p for i, p in enumerate(placed)]
