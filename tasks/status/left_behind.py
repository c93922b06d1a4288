"""What came after the last package and goes up with none: nobody would hear of it. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tasks.ledger.packages import Package
from tasks.status.counted import counted
from tasks.terms.campaign import Campaign
from tasks.terms.standings import Standing
from tasks.terms.units import Roster

_NAMED = 8
_MAKING = timedelta(hours=1)
"""So long after its moment a package may still be in the making."""


def left_behind(
    campaign: Campaign, roster: Roster, made: Sequence[Package], standings: Sequence[Standing], now: datetime
) -> tuple[str, ...]:
    """Who reported, corrected or was ruled on since the last package went up, when no other is to follow."""
    last = campaign.package.last
    if not made or made[-1].dispatched_at is None or now < last:
        return ()
    if made[-1].built_at < last and now < last + _MAKING:
        return ()
    known = {tuple(each) for each in made[-1].summary.get("counted", ())}
    new = [tuple(each) for each in counted(standings)]
    units = dict.fromkeys(each[0] for each in new if each not in known)
    names = [roster[code].name for code in units if code in roster]
    if not names:
        return ()
    more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
    said = f"第 {made[-1].number} 号汇总件以后又有变动的单位：{'、'.join(names[:_NAMED])}{more}"
    add = "要补报的，在专项文件 package.supplements 里加一个时刻"
    return (f"{said}；补报时刻已过，不会自动补报：{add}",)
