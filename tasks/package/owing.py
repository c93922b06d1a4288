"""Who still owes what, why, and what was done about it."""

from dataclasses import dataclass
from datetime import datetime

from tasks.package.dossier import OWED, Chase, Dossier
from tasks.package.words import clean
from tasks.terms import times
from tasks.terms.letters import LETTER_KINDS, LetterState, presses
from tasks.terms.readings import FINDING_ZH
from tasks.terms.standings import STATE_ZH, Standing, State


@dataclass(frozen=True, slots=True)
class Owing:
    """One report that is still owed, in words.

    Attributes:
        days_late: calendar days since the due day; None when it has not passed or is not known.
        letters: what was sent and when, or that nothing was.
    """

    code: str
    name: str
    tier: str
    obligation: str
    obligation_id: str
    state: str
    reason: str
    days_late: int | None
    letters: str


def still_owing(dossier: Dossier) -> list[Owing]:
    """Missing and returned reports of every obligation that is not optional, in the order of the roster."""
    return [_owing(dossier, standing) for standing in owed_standings(dossier)]


def owed_standings(dossier: Dossier) -> list[Standing]:
    """The standings behind ``still_owing``."""
    return [
        standing
        for obligation in dossier.campaign.obligations
        if not obligation.optional
        for standing in dossier.of(obligation)
        if standing.state in OWED
    ]


SHOWN_LETTERS = 2
"""A line that tells every letter would fill a page for each unit; the workbook's reader needs the gist."""


def letters_to(dossier: Dossier, standing: Standing) -> tuple[Chase, ...]:
    """The letters that pressed for this report: to the unit, and to the one it reports through."""
    codes = dict.fromkeys((standing.reporter, standing.unit))
    letters = (c for code in codes for c in dossier.chased.get(code, ()) if presses(c.kind))
    return tuple(c for c in letters if not c.obligations or standing.obligation in c.obligations)


def days_late(standing: Standing, as_of: datetime) -> int | None:
    """Calendar days from the due day to ``as_of``; None when not due yet or when no date is known."""
    if standing.due.at is None or as_of <= standing.due.at:
        return None
    return (times.local(as_of).date() - times.local(standing.due.at).date()).days


def letters_zh(letters: tuple[Chase, ...]) -> str:
    """Letters as a line: all of two, else how many with the first and the last of them."""
    lines = list(filter(None, map(_letter, letters)))
    shown = list(dict.fromkeys(lines))
    if len(shown) <= SHOWN_LETTERS:
        return "；".join(shown) or "没有发函记录"
    return f"发函{len(lines)}件：{shown[0]}……{shown[-1]}"


def _letter(letter: Chase) -> str:
    title = clean(letter.title) or LETTER_KINDS.get(letter.kind, letter.kind)
    if letter.state is LetterState.DROPPED:
        return ""
    if letter.state is LetterState.REFUSED:
        return f"{title}（被拒收）"
    if letter.sent_at is None:
        return f"{title}（待发）"
    day = times.local(letter.sent_at).date()
    doubt = "" if letter.state is LetterState.SENT else "（投递结果不明）"
    return f"{day.month}月{day.day}日{title}{doubt}"


def _owing(dossier: Dossier, standing: Standing) -> Owing:
    unit = dossier.unit(standing.unit)
    return Owing(
        code=standing.unit,
        name=clean(dossier.unit_name(standing.unit)),
        tier=clean(unit.tier) if unit else "",
        obligation=clean(dossier.campaign.obligation(standing.obligation).title),
        obligation_id=standing.obligation,
        state=STATE_ZH[standing.state],
        reason=_reason(dossier, standing),
        days_late=days_late(standing, dossier.as_of),
        letters="；".join(
            filter(None, (letters_zh(letters_to(dossier, standing)), calls_zh(dossier, standing)))
        ),
    )


def calls_zh(dossier: Dossier, standing: Standing) -> str:
    """The last telephone call about this report and how many there were; empty when none is on record."""
    codes = dict.fromkeys((standing.reporter, standing.unit))
    calls = sorted((c for code in codes for c in dossier.calls.get(code, ())), key=lambda c: c.at)
    if not calls:
        return ""
    last = calls[-1]
    day = times.local(last.at).date()
    before = f"通话{len(calls)}次，末次" if len(calls) > 1 else ""
    said = f"（{clean(last.why)}）" if clean(last.why) else ""
    return f"{before}{day.month}月{day.day}日电话{last.outcome}{said}"


def _reason(dossier: Dossier, standing: Standing) -> str:
    causes = []
    if standing.reporter != standing.unit:
        causes.append(f"由{clean(dossier.unit_name(standing.reporter))}代报")
    if standing.state is State.RETURNED:
        causes.append(
            "退回原因：" + ("、".join(FINDING_ZH.get(f, f) for f in standing.findings) or "见退回函")
        )
    elif standing.due.at is None:
        causes.append("时限待定")
    elif dossier.as_of <= standing.due.at:
        causes.append("未到时限")
    if standing.held:
        causes.append("有来件待人工确认")
    if standing.reason:
        causes.append(clean(standing.reason))
    return "；".join(causes) or "未说明原因"
