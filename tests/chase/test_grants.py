"""An extension is answered once, while the answer still helps."""

from dataclasses import replace

from tasks.chase.grants import grants_due
from tasks.ledger.acts import Act
from tasks.terms import times
from tasks.terms.standings import DueMoment, State
from tests.chase.rungs import FIGURES, SUMMARY, owes

NOW, UNTIL = times.parse("2023-04-03T10:00"), times.parse("2023-04-10T17:00")
LONGER = DueMoment(UNTIL, "4月10日（周一）17:00前（准予延期）", before="4月4日（周二）24:00前")
ACT = Act("c", "extend", "张三", "台风影响", NOW, "T1", SUMMARY, {"until": times.iso(UNTIL)})


def granted(*, obligation=SUMMARY, **more):
    return replace(owes(obligation, **more), due=LONGER)


def occasions(*standings, already=None, now=NOW):
    return [(g.reporter, g.occasion) for g in grants_due(standings, [ACT], already or {}, now)]


def test_more_time_is_told_once_with_the_reason_and_the_former_date():
    found = grants_due([granted(), owes(FIGURES)], [ACT], {}, NOW)
    assert [(g.reporter, g.obligation, g.until, g.before, g.why) for g in found] == [
        ("T1", SUMMARY, UNTIL, "4月4日（周二）24:00前", "台风影响")
    ]
    assert occasions(granted(), already={("T1", found[0].occasion): NOW}) == []


def test_a_second_longer_extension_is_told_again():
    later = DueMoment(times.parse("2023-04-12T17:00"), "", before="4月4日（周二）24:00前")
    first = occasions(granted())
    second = grants_due([replace(granted(), due=later)], [ACT], dict.fromkeys(first, NOW), NOW)
    assert [g.until for g in second] == [later.at]


def test_many_units_of_one_reporter_are_one_letter():
    standings = [granted(unit=u) for u in ("T1", "V1", "V2")]
    assert [g.units for g in grants_due(standings, [ACT], {}, NOW)] == [("T1", "V1", "V2")]


def test_nothing_is_said_when_it_no_longer_helps():
    assert occasions(granted(), now=UNTIL) == []
    assert occasions(granted(state=State.ACCEPTED), granted(unit="V1", state=State.WAIVED)) == []


def test_a_returned_report_with_more_time_is_told():
    assert len(occasions(granted(state=State.RETURNED))) == 1
