"""A village's own text that its town sends on: it is not the town's summary. Pure.

A town would count as having reported, and never be reminded of its own.
"""

from collections.abc import Sequence

from tasks.intake.placing.placement import Placed, Undecided
from tasks.terms.campaign import Campaign
from tasks.terms.units import Roster
from tasks.terms.wording import quoted


def is_from_below(placed: Placed) -> bool:
    """Whether a report says itself that it is another unit's, one that reports through this one."""
    reading = placed.document.reading
    return not reading.rows and reading.unit not in {None, placed.unit}


def without_those_from_below(
    campaign: Campaign, roster: Roster, placed: Sequence[Placed]
) -> tuple[list[Placed], list[Undecided]]:
    """Summaries of units below go with the unit's own; where there is none, a person is asked."""
    own = {(p.unit, p.obligation) for p in placed if not is_from_below(p)}
    kept: list[Placed] = []
    waiting: list[Undecided] = []
    for each in placed:
        asked = campaign.obligation(each.obligation)
        below = each.document.reading.unit
        passed_on = below in roster and roster[below].kind in asked.through_parent if below else True
        alone = (each.unit, each.obligation) not in own
        if asked.deliverable != "narrative" or passed_on or not (is_from_below(each) and alone):
            kept.append(each)
            continue
        whose = quoted(roster[below].name) if below and below in roster else "别的单位"
        reason = f"材料写明是{whose}的，不是{quoted(roster[each.unit].name)}的{quoted(asked.title)}，请核实"
        waiting.append(Undecided(each.document.file, (each.unit,), (reason,)))
    return kept, waiting
