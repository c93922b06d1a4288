"""The package's figures for machines: summary.json, units.csv, figures.csv and originals.csv."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tasks.package.annexes import annexes
from tasks.package.dossier import COUNTED, Dossier
from tasks.package.figures import Count, Figures, value_of
from tasks.package.originals import Placed
from tasks.package.schema import FIGURES, ORIGINALS, UNITS
from tasks.package.whose_findings import WhoseFindings
from tasks.package.words import clean
from tasks.status.report import TIMELINESS_ZH
from tasks.status.series import Goal
from tasks.terms import times
from tasks.terms.standings import STATE_ZH, Standing

_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "\t", "\r")


def summary(dossier: Dossier, counted: tuple[Figures, ...]) -> dict[str, Any]:
    """What the package says, in one record; also what the ledger keeps of it."""
    return {
        "package": dossier.name,
        "number": dossier.number,
        "campaign": dossier.campaign.id,
        "title": clean(dossier.campaign.title),
        "issuer": clean(dossier.campaign.notice.issuer),
        "superior": clean(dossier.campaign.superior.name),
        "as_of": times.iso(dossier.as_of),
        "supplement_to": dossier.earlier.number if dossier.earlier else None,
        "obligations": [_obligation(each) for each in counted],
        "annexes": annexes(dossier),
        "queue": dossier.queue,
        "unknown": [clean(u) for u in dossier.campaign.unknowns],
    }


def summary_json(dossier: Dossier, counted: tuple[Figures, ...]) -> bytes:
    """``summary`` as UTF-8 JSON."""
    return (json.dumps(summary(dossier, counted), ensure_ascii=False, indent=2) + "\n").encode()


def units_csv(dossier: Dossier) -> bytes:
    """One row a unit and obligation; UTF-8 with a byte order mark, no cell a spreadsheet would execute."""
    fields = list(dict.fromkeys(f.id for o in dossier.campaign.obligations for f in o.fields))
    rows, found = [[*UNITS, *fields]], WhoseFindings(dossier)
    for obligation in dossier.campaign.obligations:
        rows += [_row(dossier, s, fields, found(s)) for s in dossier.of(obligation)]
    return csv_bytes(rows)


def figures_csv(dossier: Dossier, originals: Sequence[Placed]) -> bytes:
    """One row a figure, with the original it was read from and the cell; unknown figures are empty."""
    places = {(p.reporter, p.original.digest): p.path for p in originals}
    rows = [list(FIGURES)]
    for obligation in dossier.campaign.obligations:
        for standing in dossier.of(obligation):
            if standing.state in COUNTED:
                rows += _figures(dossier, standing, places)
    return csv_bytes(rows)


def originals_csv(dossier: Dossier, originals: Sequence[Placed], small: Mapping[str, str]) -> bytes:
    """One row an original of this package; ``small`` gives the smaller copy of a photo by its path."""
    rows = [list(ORIGINALS)]
    for each in originals:
        kept = each.original
        rows.append(
            [
                each.reporter,
                dossier.unit_name(each.reporter),
                each.path,
                kept.filename,
                str(kept.size),
                kept.digest,
                small.get(each.path, ""),
            ]
        )
    return csv_bytes(rows)


def _figures(
    dossier: Dossier, standing: Standing, places: Mapping[tuple[str, str], str]
) -> Iterator[list[str]]:
    files = dossier.files.get(standing.submission or 0, ())
    evidence = dossier.evidence.get(standing.submission or 0, {})
    digest = files[0].digest if files else ""
    for field in dossier.campaign.obligation(standing.obligation).fields:
        yield [
            standing.unit,
            dossier.unit_name(standing.unit),
            standing.obligation,
            field.id,
            standing.state.value,
            _plain_text(value_of(standing, field)),
            places.get((standing.reporter, digest), ""),
            digest,
            evidence.get(f"{standing.unit}/{field.id}", ""),
        ]


def csv_bytes(rows: list[list[str]]) -> bytes:
    """Rows as a CSV file that opens in a spreadsheet with its Chinese intact and nothing executed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """The text with a quote before whatever a spreadsheet would take for a formula."""
    kept = clean(text)
    return f"'{kept}" if kept.startswith(_LIVE) else kept


def _row(dossier: Dossier, standing: Standing, fields: list[str], found: str) -> list[str]:
    unit = dossier.unit(standing.unit)
    asked = {f.id: f for f in dossier.campaign.obligation(standing.obligation).fields}
    return [
        standing.unit,
        dossier.unit_name(standing.unit),
        unit.tier if unit else "",
        dossier.unit_name(standing.reporter),
        dossier.campaign.obligation(standing.obligation).title,
        STATE_ZH[standing.state],
        TIMELINESS_ZH[standing.timeliness] if standing.timeliness else "",
        times.iso(standing.received_at) if standing.received_at else "",
        str(standing.version or ""),
        found,
        *(_plain_text(value_of(standing, asked[f]) if f in asked else None) for f in fields),
    ]


def _obligation(each: Figures) -> dict[str, Any]:
    return {
        "id": each.obligation.id,
        "title": clean(each.obligation.title),
        "due": times.iso(each.due.at) if each.due and each.due.at else None,
        "due_explained": clean(each.due.explained) if each.due else "",
        **_count(each.whole),
        "groups": [{"label": group.label, **_count(group)} for group in each.groups],
        "sums": [
            {
                "field": s.field.id,
                "title": clean(s.field.title),
                "unit": clean(s.field.unit),
                "adds_up": s.field.adds,
                "sum": _plain(s.total),
                "lowest": _plain(s.lowest),
                "highest": _plain(s.highest),
                "units": s.known,
                "unknown_units": list(s.unknown),
                "absent_units": s.absent,
            }
            for s in each.sums
        ],
        "quotas": [
            {
                "field": q.field.id,
                "each": q.quota.min,
                "units": q.units,
                "required": q.required,
                "done": _plain(q.done),
                "lacking": _plain(q.lacking),
                "met": q.met,
                "short": q.short,
                "open": q.open,
            }
            for q in each.quotas
        ],
        "targets": [
            {
                "field": t.field.id,
                "title": clean(t.target.title),
                "required": t.target.min,
                "done": _plain(t.done),
                "lacking": _plain(t.lacking),
                "open": t.open,
                **_series(t.goal),
            }
            for t in each.targets
        ],
    }


def _series(goal: Goal | None) -> dict[str, Any]:
    """What a recurring report came to by either way of adding, where the target is one of the series."""
    if goal is None:
        return {}
    return {
        "series": goal.series,
        "over": goal.target.over,
        "sum": _plain(goal.total),
        "latest": _plain(goal.latest),
    }


def _count(count: Count) -> dict[str, Any]:
    return {
        "expected": count.expected,
        "received": count.received,
        "on_time": count.on_time,
        "late": count.late,
        "states": {state.value: n for state, n in count.states.items()},
    }


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _plain_text(value: float | None) -> str:
    return "" if value is None else str(_plain(value))
