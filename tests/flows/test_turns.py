"""Turns of a rehearsal: a campaign nobody could be late in has none, and its clerk is told so."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from flows.rehearsal.cast import Part
from flows.rehearsal.play import first_day
from flows.rehearsal.troupe import Troupe
from flows.rehearsal.turns import turns
from tasks.desk import Desk, open_desk
from tasks.terms import times
from tasks.terms.errors import Misconfigured
from tests.intake.factory import CAMPAIGN
from tests.line import office


def test_a_campaign_without_any_due_moment_is_told_in_a_sentence_what_it_lacks():
    undated = tuple(replace(each, due="unknown") for each in CAMPAIGN.obligations)
    with pytest.raises(Misconfigured, match="没有写明时限的必报事项，无法演练"):
        turns(replace(CAMPAIGN, obligations=undated), time(18))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk("drill", times.parse("2000-01-01"), office.make_home(tmp_path))


def with_rungs(desk: Desk, *rungs: dict) -> Desk:
    """The desk with a ladder of these alone."""
    bare = replace(desk.campaign.ladder[0], on=None, working_days=None, hours_before=None, hours_after=None)
    ladder = tuple(replace(bare, id=f"r{n}", **rung) for n, rung in enumerate(rungs))
    return replace(desk, campaign=replace(desk.campaign, ladder=ladder))


@pytest.mark.parametrize(
    ("rungs", "first"),
    [
        ([{"working_days": -5}, {"working_days": -1}], date(2023, 5, 26)),  # due on Friday, 2 June
        ([{"working_days": -1}, {"on": date(2023, 5, 4)}], date(2023, 5, 4)),
        ([{"hours_before": 48}], date(2023, 5, 31)),
        ([{"working_days": 1}, {"hours_after": 2}], date(2023, 6, 2)),
    ],
)
def test_a_rehearsal_begins_with_the_first_rung_however_it_is_counted(desk, rungs, first):
    """A draft's ladder has no date of its own: its first reminders were never seen in a rehearsal."""
    assert first_day(with_rungs(desk, *rungs)) == first


def test_without_a_ladder_a_rehearsal_begins_on_the_day_due(desk):
    assert first_day(with_rungs(desk)) == date(2023, 6, 2)


def test_units_that_are_sent_no_letter_of_start_report_by_the_notice_itself(desk):
    """A draft's ladder begins with a reminder: only those who needed two were seen to report."""
    moments = turns(desk.campaign, desk.office.closes_at)
    sent = []
    parts = dict.fromkeys((u.code for u in desk.roster), Part.EARLY)
    troupe = Troupe(desk.roster, desk.campaign, moments, parts, lambda *report: sent.append(report), seed=1)
    troupe.act(moments[0].due)
    assert sent == []
    troupe.know_of_it()
    troupe.act(moments[0].due)
    assert len(sent) == 3
