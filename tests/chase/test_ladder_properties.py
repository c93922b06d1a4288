"""An office in which anything may happen, looked at by a machine that may sleep."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.chase.ladder import START, summonses
from tasks.terms import times
from tasks.terms.standings import State
from tests.chase import rungs
from tests.chase.rungs import CALENDAR, EXTRA, FIGURES, SUMMARY, office_hours, owes, rung

PLAIN = settings(max_examples=120, deadline=None, derandomize=True, database=None)
BEGIN, TICKS = times.parse("2023-03-27T00:00"), 8 * 18
"""A tick is three hours: every rung's hour and every due hour but one falls on one."""
DUES = ["2023-04-04T23:59:59.999999", "2023-04-04T12:00", "2023-04-07T17:30", "2023-04-08T23:59:59.999999"]
UNITS = {"T1": "T1", "V1": "T1", "T2": "T2"}

ticks = st.integers(0, TICKS)
changes = st.fixed_dictionaries(
    {
        "tick": ticks,
        "unit": st.sampled_from(sorted(UNITS)),
        "obligation": st.sampled_from([SUMMARY, FIGURES, EXTRA]),
    },
    optional={
        "state": st.sampled_from(list(State)),
        "due": st.sampled_from([None, *DUES]),
        "held": st.booleans(),
    },
)
offices = st.lists(changes, max_size=12)
steps = st.builds(
    rung,
    st.sampled_from(["one", "two", "three"]),
    st.integers(-4, 3),
    st.sampled_from(["09:00", "15:00"]),
    template=st.sampled_from(["reminder", "overdue"]),
    obligations=st.sampled_from([(), (), (SUMMARY,), (FIGURES,)]),
)
ladders = st.just(rungs.USUAL) | st.lists(steps, unique_by=lambda r: r.id, max_size=3).map(
    lambda found: [rungs.START, *found]
)
sleeps = st.lists(ticks, max_size=12).map(lambda found: sorted({*found, TICKS}))


def standings_at(office, tick):
    """What stands at that tick after every change up to it; a return is a new version."""
    known = {
        (unit, what): {"due": DUES[0], "version": 0} for unit in UNITS for what in (SUMMARY, FIGURES, EXTRA)
    }
    for change in sorted(office, key=lambda c: c["tick"]):
        if change["tick"] <= tick:
            mine = known[change["unit"], change["obligation"]]
            mine.update({k: change[k] for k in ("state", "due", "held") if k in change})
            mine["version"] += change.get("state") is State.RETURNED
    return [owes(what, unit=unit, reporter=UNITS[unit], **more) for (unit, what), more in known.items()]


def run(office, ladder, at_ticks):
    """Letters with the moment they were queued at; returns are answered first, as the flow does."""
    campaign, already, found = rungs.of(*ladder), {}, []
    for tick in at_ticks:
        now, standings = BEGIN + timedelta(hours=3 * tick), standings_at(office, tick)
        for each in standings:
            if each.state is State.RETURNED:
                key = (each.reporter, f"version:{each.obligation}:{each.version}:{'0' * 12}")
                already.setdefault(key, now)
        letters = summonses(campaign, CALENDAR, standings, now, hours_on=office_hours, already=already)
        found += [(now, letter) for letter in letters]
        already |= {(letter.reporter, letter.occasion): now for letter in letters}
    return found


def reminders(letters):
    return [(now, each) for now, each in letters if each.rung.template != START]


@PLAIN
@given(offices, ladders, sleeps)
def test_only_what_is_owed_dated_wanted_and_not_in_the_queue_is_asked_for(office, ladder, at_ticks):
    for _, letter in reminders(run(office, ladder, at_ticks)):
        assert letter.standings
        for standing in letter.standings:
            assert standing.state in {State.MISSING, State.RETURNED}
            assert not standing.held
            assert standing.obligation != EXTRA
            assert standing.due.at == letter.due


@PLAIN
@given(offices, ladders, sleeps)
def test_no_letter_comes_before_its_hour_or_on_the_wrong_side_of_the_due_moment(office, ladder, at_ticks):
    for now, letter in reminders(run(office, ladder, at_ticks)):
        assert letter.moment <= now
        assert (letter.moment > letter.due) == (now > letter.due)
        assert letter.rung.template != "overdue" or now > letter.due
        assert now <= letter.due or letter.rung.working_days > 0 or letter.rung.template == "overdue"


@PLAIN
@given(offices, ladders, sleeps)
def test_one_reporter_never_gets_two_letters_for_one_due_moment_at_a_time(office, ladder, at_ticks):
    letters = [(now, each.reporter, each.due) for now, each in run(office, ladder, at_ticks)]
    assert len(letters) == len(set(letters))


@PLAIN
@given(offices, ladders)
def test_tick_by_tick_each_rung_speaks_once_for_a_due_moment(office, ladder):
    letters = [(each.reporter, each.occasion) for _, each in run(office, ladder, range(TICKS + 1))]
    assert len(letters) == len(set(letters))


@PLAIN
@given(offices, ladders, sleeps)
def test_a_machine_that_sleeps_never_writes_more_letters_than_one_that_never_does(office, ladder, at_ticks):
    awake = len(run(office, ladder, range(TICKS + 1)))
    assert len(run(office, ladder, at_ticks)) <= awake


@PLAIN
@given(ladders)
def test_a_unit_that_never_answers_hears_every_rung_that_can_be_said_in_time(ladder):
    """Always awake, the ladder leaves out only rungs that share their hour or miss their side."""
    due = times.parse(DUES[0])
    heard = {
        each.rung.id for _, each in reminders(run([], ladder, range(TICKS + 1))) if each.reporter == "T1"
    }
    silent = [r for r in ladder if r.template != START and r.id not in heard]
    for each in silent:
        moment = times.at(CALENDAR.shift(times.local(due).date(), each.working_days), each.at)
        shared = [
            r for r in ladder if r.id in heard and (r.working_days, r.at) == (each.working_days, each.at)
        ]
        assert shared or (each.template == "overdue" and moment <= due)
