"""Whose the figures of a form are, once its unit is known from elsewhere. Pure.

The sums are made of rows by unit: a row that is nobody's would be accepted and counted nowhere.
"""

from dataclasses import replace
from datetime import date

from tasks.roster.duty import rows_for
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Reading
from tasks.terms.units import Roster
from tasks.terms.wording import quoted


def as_the_units(reading: Reading, unit: str) -> Reading:
    """A form that names nobody: its figures are those of the unit that is known to send it."""
    if all(row.unit for row in reading.rows):
        return reading
    return replace(reading, rows=tuple(r if r.unit else replace(r, unit=unit) for r in reading.rows))


def counted_nowhere(
    reading: Reading, obligation: Obligation, reporter: str, roster: Roster, day: date
) -> str | None:
    """Why figures under the reporter's own name count for nobody: it only passes on what others owe."""
    own = [row for row in reading.rows if row.unit == reporter and any(row.values.values())]
    if not own or reporter not in roster or not obligation.through_parent:
        return None
    owing = rows_for(obligation, reporter, roster, day)
    if not owing or any(unit.code == reporter for unit in owing):
        return None
    below = "、".join(unit.name for unit in owing[:3]) + ("等" if owing[3:] else "")
    return (
        f"表中的数字写在“{roster[reporter].name}”名下，而{quoted(obligation.title)}由{below}分别填报，"
        "请与报送单位核实是哪个单位的数字"
    )


def entered_as(reading: Reading, obligation: Obligation, unit: str, roster: Roster, day: date) -> Reading:
    """A form a person has given to a unit: figures of nobody, or of its reporter, are that unit's."""
    reading = as_the_units(reading, unit)
    parent = roster[unit].parent if unit in roster else None
    rows = reading.rows
    if len(rows) != 1 or parent is None or rows[0].unit != parent:
        return reading
    if counted_nowhere(reading, obligation, parent, roster, day) is None:
        return reading
    return replace(reading, rows=(replace(rows[0], unit=unit),))
