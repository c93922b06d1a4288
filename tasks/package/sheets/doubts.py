"""The sheets 迟报, 免报, 核对问题: what came late, who is excused and why, what was found in the reports."""

from collections.abc import Iterable, Sequence
from itertools import starmap

from tasks.package.dossier import Dossier, Remark
from tasks.package.sheets.sheet import Book, Cell
from tasks.package.words import clean, moment_zh
from tasks.terms import times
from tasks.terms.places import in_words
from tasks.terms.readings import FINDING_ZH
from tasks.terms.standings import STATE_ZH, Standing, State, Timeliness

CONTRADICTING = frozenset({"CONTRADICTION", "TOTAL_MISMATCH"})
"""Findings in which a report contradicts itself or another of the same unit; they are listed first."""

_DAY = 24 * 60 * 60
_HOUR = 60 * 60


def late_sheet(book: Book, name: str, dossier: Dossier) -> None:
    """Who reported after the due moment, and by how much."""
    rows: list[Sequence[Cell]] = [
        [
            dossier.unit_name(s.unit), _tier(dossier, s), _title(dossier, s), moment_zh(s.due.at),
            moment_zh(s.received_at), _how_late(s), STATE_ZH[s.state],
        ]
        for s in _all(dossier)
        if s.timeliness is Timeliness.LATE
    ]  # fmt: skip
    _list(
        book,
        name,
        dossier,
        ("单位", "层级", "事项", "时限", "收到时间", "迟到", "状态"),
        rows,
        title="迟报单位",
        widths=(30, 12, 24, 22, 22, 14, 12),
        none="无：已报的单位均未迟于时限。",
    )


def waived_sheet(book: Book, name: str, dossier: Dossier) -> None:
    """Who is excused, and the reason on record."""
    rows: list[Sequence[Cell]] = [
        [dossier.unit_name(s.unit), _tier(dossier, s), _title(dossier, s), s.reason or "台账未记理由"]
        for s in _all(dossier)
        if s.state is State.WAIVED
    ]
    _list(
        book,
        name,
        dossier,
        ("单位", "层级", "事项", "免报理由"),
        rows,
        title="免报单位",
        widths=(34, 14, 30, 58),
        none="无：没有免报单位。",
    )


def doubts_sheet(book: Book, name: str, dossier: Dossier) -> None:
    """What was found in the versions that count: contradictions first, then the rest in roster order."""
    found = [(s, r) for s in _once(_all(dossier)) for r in dossier.remarks.get(s.submission or 0, ())]
    found.sort(key=lambda each: each[1].code not in CONTRADICTING)
    rows = list(starmap(lambda s, r: _doubt(dossier, s, r), found))
    _list(
        book,
        name,
        dossier,
        ("单位", "事项", "问题", "具体情况", "位置", "处理"),
        rows,
        title="核对发现的矛盾和其他问题",
        widths=(28, 22, 16, 48, 20, 12),
        none="无：计入的报件未发现问题。",
        about="；“具体情况”是核对时告知报送单位的原话",
    )


def _doubt(dossier: Dossier, standing: Standing, remark: Remark) -> list[Cell]:
    kind = FINDING_ZH.get(remark.code, remark.code)
    return [
        dossier.unit_name(standing.reporter), _title(dossier, standing), kind,
        in_words(remark.text), in_words(remark.where), STATE_ZH[standing.state],
    ]  # fmt: skip


def _list(
    book: Book,
    name: str,
    dossier: Dossier,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    widths: Sequence[float],
    none: str,
    about: str = "",
) -> None:
    page = book.page(name, (6, *widths), middle=(0,))
    page.title(title)
    page.note(f"数据截至{moment_zh(dossier.as_of)}{about}")
    page.heads(("序号", *heads), repeat=True)
    for count, row in enumerate(rows, 1):
        page.row([count, *row])
    if not page.rows:
        page.note(none)


def _all(dossier: Dossier) -> list[Standing]:
    return [s for obligation in dossier.campaign.obligations for s in dossier.of(obligation)]


def _once(standings: Iterable[Standing]) -> list[Standing]:
    """One standing for each version: a form that speaks for ten units has its findings once."""
    found: dict[int, Standing] = {}
    for each in standings:
        if each.submission is not None:
            found.setdefault(each.submission, each)
    return list(found.values())


def _tier(dossier: Dossier, standing: Standing) -> str:
    unit = dossier.unit(standing.unit)
    return clean(unit.tier) if unit else ""


def _title(dossier: Dossier, standing: Standing) -> str:
    return dossier.campaign.obligation(standing.obligation).title


def _how_late(standing: Standing) -> str:
    """By how much: whole days by the calendar, and within a day in hours, never rounded down to nought."""
    if standing.due.at is None or standing.received_at is None:
        return ""
    seconds = (standing.received_at - standing.due.at).total_seconds()
    days = (times.local(standing.received_at).date() - times.local(standing.due.at).date()).days
    if days and seconds >= _DAY:
        return f"{days}天"
    return f"不足{max(1, -(-int(seconds) // _HOUR))}小时"
