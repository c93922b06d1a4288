"""What a letter of thanks names: no more than has come, been found right, and was in time."""

from dataclasses import replace
from types import SimpleNamespace

from tasks.chase.announce import Announcement
from tasks.chase.announced import announced
from tasks.terms.standings import State, Timeliness
from tests.chase.rungs import EXTRA, FIGURES, SUMMARY, of, owes, rung

THANKS = rung("thanks", 1, template="thanks")
ON_TIME, LATE = Timeliness.ON_TIME, Timeliness.LATE


def thanked(*standings):
    view = SimpleNamespace(by_reporter={"T1": standings}, desk=SimpleNamespace(campaign=of(THANKS)))
    told = Announcement(THANKS, "T1", None, (SUMMARY,))
    return announced(told, view, {}, [])


def came(what, state=State.ACCEPTED, timeliness=ON_TIME):
    return replace(owes(what, state=state), timeliness=timeliness)


def test_all_that_came_is_named_and_in_time_only_if_all_of_it_was():
    facts = thanked(came(SUMMARY), came(FIGURES))
    assert (facts["complete"], len(facts["items"]), facts["on_time"]) == (True, 2, True)
    facts = thanked(came(SUMMARY), came(FIGURES, timeliness=LATE))
    assert (facts["complete"], len(facts["items"]), facts["on_time"]) == (True, 2, False)


def test_what_still_waits_to_be_looked_at_is_not_called_right():
    facts = thanked(came(SUMMARY), came(FIGURES), came(EXTRA, State.RECEIVED, LATE))
    assert (facts["complete"], len(facts["items"]), facts["on_time"]) == (True, 2, True)


def test_of_several_only_what_the_letter_is_about_is_named_while_something_is_missing():
    facts = thanked(came(SUMMARY), owes(FIGURES))
    assert (facts["complete"], len(facts["items"]), facts["on_time"]) == (False, 1, True)
