"""What around a form says that its figures are of other days than were asked for. Pure."""

import re
from datetime import timedelta

from tasks.intake.forms.about import About
from tasks.intake.forms.remarks import says_other_days
from tasks.intake.words.occurrence import occurrences
from tasks.intake.words.stretch import is_long, of_another_stretch, stretches
from tasks.notice.unfold import is_once
from tasks.terms.due import Window
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Finding

_ONE_TURN = timedelta(35)
_WHEN = re.compile("时间|日期|时段|起止|期限|月份")


def of_other_days(about: About, obligation: Obligation) -> list[Finding]:
    """VAGUE where a remark says that the figures are of other days than the time asked for."""
    window = next((w for w in about.campaign.windows if w.id == obligation.window), None)
    if not is_once(obligation):
        return _of_several_turns(about, obligation)
    if window is None:
        return []
    around = about.remarks
    beside = (word for line in about.layout.lines for word in line.words if word not in line.names)
    rows = list(beside) if _tells_when(about) else [f"备注:{word}" for word in beside]
    due = obligation.due
    early = due != "unknown" and window.start < due.date < window.end
    last = due.date if due != "unknown" and early else window.end
    said = [t for t in around if says_other_days(t, window.start, last)]
    said = [t for t in said if not about.period.other_span([t])]  # told already
    said += [t for t in rows if says_other_days(t, window.start, last)]
    said += [t for t in (_of_another_stretch(about, obligation, window),) if t]
    asked = f"{window.start.month}月{window.start.day}日至{window.end.month}月{window.end.day}日"
    return [
        Finding("VAGUE", f"表中注明“{text[:40]}”，不是要报的{asked}，请核实后报送{asked}的数字")
        for text in said[:1]
    ]


def _tells_when(about: About) -> bool:
    """Whether the table has a column for when things were done: its days are no remark on the figures."""
    first = min((line.row for line in about.layout.lines), default=0)
    heads = range(about.layout.top, min(max(first - 1, 0), about.grid.height))
    return any(_WHEN.search(text) for row in heads for text in about.grid.labels(row))


def _of_several_turns(about: About, obligation: Obligation) -> list[Finding]:
    """VAGUE where the title of one month's report is of a quarter, or 1—9月, and no sum was asked for."""
    if any(target.over == "latest" for target in obligation.targets):
        return []
    turns = occurrences(about.campaign, obligation.id)
    own = next((t for t in turns if t.id == obligation.id and t.begins), None)
    if own is None or own.begins is None or own.day - own.begins > _ONE_TURN:
        return []
    said = next((t for t in about.titles_said() if any(map(is_long, stretches(t)))), "")
    text = f"表上写的“{said[:40]}”是几个月的数字，不是本次要报的，请核实后报送本次的数字"
    return [Finding("VAGUE", text)] if said else []


def _of_another_stretch(about: About, obligation: Obligation, window: Window) -> str:
    """The title or the label of a column that is of other months than those asked for; else nothing."""
    if about.period.month:
        return ""  # told already
    due = obligation.due
    last = min(window.end, due.date) if due != "unknown" else window.end
    said = [*about.titles_said(), *about.times_over_values()]
    return of_another_stretch(said, window.start, last)
