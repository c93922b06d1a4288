"""Ladders no one thought of, through a real home: who gets how many letters."""

from collections import Counter

import pytest

from tasks.terms.errors import Misconfigured
from tests.chase.test_together import write
from tests.chase.test_write import CAMPAIGN, chased, home, letters

__all__ = ["home"]

MORE = """
  - {id: t-3, title: 三日前, working_days: -3, at: "09:00", audience: [preparer], template: reminder}
  - {id: late-1, title: 逾期, working_days: 1, at: "09:00", audience: [preparer], template: overdue}
  - {id: late-2, title: 再催, working_days: 2, at: "09:00", audience: [leader], template: overdue}
package:"""


def heard(home, campaign, *moments):
    write(home, "drill", campaign)
    for moment in moments:
        chased(moment)
    return Counter((m["X-Baosong-Letter"], m["To"].addresses[0].addr_spec) for m in letters(home))


def test_a_machine_stopped_for_days_writes_each_of_the_missed_readers_once(home):
    moments = ("2023-06-05T09:30", "2023-06-05T09:45", "2023-06-05T15:00")
    found = heard(home, CAMPAIGN.replace("\npackage:", MORE), *moments)
    assert set(found.values()) == {1}
    assert {address for kind, address in found if kind == "overdue"} == {
        "east@units.example", "east-leader@units.example", "west@units.example", "south@units.example",
    }  # fmt: skip


def test_hours_before_a_day_without_an_hour_are_heard_in_the_afternoon_once(home):
    whole_day = CAMPAIGN.replace(', time: "17:00"', "").replace("working_days: -1, at", "hours_before: 2, at")
    assert not [kind for kind, _ in heard(home, whole_day, "2023-06-01T15:45") if kind == "reminder"]
    moments = ("2023-06-01T16:00", "2023-06-01T16:15", "2023-06-01T22:00")
    found = heard(home, whole_day, *moments)
    assert [found[kind, to] for kind, to in found if kind == "reminder"] == [1, 1, 1]


def test_a_campaigns_own_words_for_several_announcements_are_proven_before_any_letter(home):
    own = home.templates / "campaigns" / "drill" / "letters" / "bulletin"
    own.mkdir(parents=True)
    (own / "subject.j2").write_text("{{ summery }}", "utf-8")
    with pytest.raises(Misconfigured, match=r"bulletin/subject\.j2 第 1 行"):
        chased("2023-05-31T09:00")
    assert letters(home) == []
