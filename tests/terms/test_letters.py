"""Which letters ask for what is owed, and which count as something done to get it."""

import pytest

from tasks.terms.letters import LETTER_KINDS, Letter, Outcome, Part, chases, presses
from tasks.terms.letters import LetterState as State

ASKING = {"reminder", "overdue", "daily", "紧急催报"}
"""The last is an office's own kind."""


@pytest.mark.parametrize("kind", sorted({*LETTER_KINDS, *ASKING}))
def test_a_letter_that_asks_for_what_is_owed_falls_away_once_it_has_come(kind):
    assert chases(kind) is (kind in ASKING)


@pytest.mark.parametrize("kind", sorted({*LETTER_KINDS, *ASKING}))
def test_asking_the_notice_of_start_and_sending_back_are_what_is_done_to_get_a_report(kind):
    assert presses(kind) is (kind in ASKING | {"start", "return"})


def test_a_letter_of_one_reminder_says_itself_and_one_of_several_says_its_parts():
    alone = Letter("c", "T1", "reminder", "rung:a", "a@b.example", "催报", "<1@b>", b"", ("summary",))
    assert alone.says == (Part("c", "T1", "rung:a", ("summary",)),)
    assert alone.says[0].obligations == ("summary",)
    parts = (Part("c", "T1", "rung:a"), Part("d", "T1", "rung:b"))
    several = Letter("c", "T1", "reminder", "rung:a", "a@b.example", "催报", "<1@b>", b"", parts=parts)
    assert several.says == parts


def test_two_reminders_that_say_the_same_are_the_same_whatever_they_speak_of():
    assert Part("c", "T1", "rung:a", ("summary",)) == Part("c", "T1", "rung:a")
    assert Part("c", "T1", "rung:a") != Part("c", "T2", "rung:a")


def test_a_hand_over_says_nothing_of_the_account_or_the_address_unless_the_server_did():
    said = Outcome(State.RETRY)
    assert (said.stop_run, said.slow_down, said.bad_address, said.code) == (False, False, False, None)
