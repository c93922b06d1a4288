from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.chase.evidence import GRACE, Trace, findings
from tasks.ledger.outbox import DEAD_ADDRESS, Queued
from tasks.terms.letters import WITHOUT_COPY, LetterState
from tasks.terms.mails import Bounce
from tests.ledger.factory import CAMPAIGN, NOON, hours

SENT, REFUSED, RETRY, UNKNOWN = LetterState.SENT, LetterState.REFUSED, LetterState.RETRY, LetterState.UNKNOWN


def handed(number=1, state=UNKNOWN, **more):
    """A letter as the outbox holds it, handed over at noon."""
    known = Queued(
        id=number, campaign=CAMPAIGN, unit=f"T{number}", kind="reminder", occasion="r1",
        obligations=["summary"],
        address=f"town{number}@units.example", subject="催报", message_id=f"<{number}@bureau.example>",
        wire="", state=state.value, attempts=1, queued_at=NOON, claimed_at=NOON, settled_at=None, reply="",
    )  # fmt: skip
    return replace(known, **more)


def copy(number=1, at=NOON):
    return Trace(at, f"<{number}@bureau.example>")


def bounce(number=1, status="5.1.1", *, permanent=True, at=None, message_id=None, **more):
    identity = f"<{number}@bureau.example>" if message_id is None else message_id
    told = {"action": "failed", "no_such": status.startswith("5.1.")} | more
    about = Bounce(f"town{number}@units.example", status, permanent, identity, **told)
    return Trace(at or hours(1), identity, about)


def told(letters, *traces, now=None):
    return {f.letter.id: f.state for f in findings(letters, traces, now or hours(1))}


def test_a_copy_in_our_own_mailbox_shows_that_an_unknown_letter_was_taken():
    assert told([handed()], copy(at=NOON + timedelta(seconds=20))) == {1: SENT}


def test_a_letter_that_never_went_cannot_have_come_back():
    waiting = handed(state=RETRY, claimed_at=None)
    assert told([waiting, handed(2)], bounce(message_id="")) == {}
    sent = handed(3, SENT, address="town1@units.example")
    assert told([waiting, sent], bounce(message_id="")) == {3: REFUSED}


def test_a_copy_of_another_letter_shows_nothing():
    assert told([handed()], copy(2)) == {}


def test_without_a_copy_the_letter_goes_again_after_the_grace_and_not_before():
    witness = copy(2, at=hours(1))
    assert told([handed(), handed(2, SENT)], witness, now=NOON + GRACE - timedelta(seconds=1)) == {}
    assert told([handed(), handed(2, SENT)], witness, now=NOON + GRACE) == {1: RETRY}


def test_a_mailbox_that_has_shown_no_later_copy_is_no_witness():
    assert told([handed()], now=hours(48)) == {}
    assert told([handed(), handed(2, SENT)], copy(2, at=NOON), now=hours(48)) == {}


def test_a_letter_goes_again_only_once():
    assert told([handed(attempts=2), handed(2, SENT)], copy(2, at=hours(1)), now=hours(48)) == {}


@pytest.mark.parametrize("kind", ["dispatch", "sign_off", "sign_note"])
def test_the_dispatch_to_the_superior_never_goes_again_by_itself(kind):
    assert told([handed(kind=kind), handed(2, SENT)], copy(2, at=hours(1)), now=hours(48)) == {}
    assert told([handed(kind=kind)], bounce(status="4.4.7", permanent=False)) == {1: REFUSED}


def test_a_copy_that_comes_after_all_keeps_the_letter_from_going_again():
    assert told([handed(state=RETRY)], copy(at=hours(3)), now=hours(3)) == {1: SENT}


def test_a_bounce_that_names_the_letter_ends_it_and_its_address():
    (found,) = findings([handed(state=SENT)], [bounce()], hours(1))
    assert (found.state, found.why) == (REFUSED, DEAD_ADDRESS + "退信 5.1.1")


@pytest.mark.parametrize("status", ["5.7.1", "5.3.4", "5.6.0"])
def test_a_bounce_about_policy_or_size_does_not_condemn_the_address(status):
    (found,) = findings([handed(state=SENT)], [bounce(status=status)], hours(1))
    assert (found.state, found.why) == (REFUSED, f"退信 {status}")


def test_a_bounce_that_names_no_letter_is_about_the_last_one_to_that_address():
    letters = [handed(1, SENT, claimed_at=hours(-24)), handed(2, SENT, address="town1@units.example")]
    assert told(letters, bounce(1, message_id="")) == {2: REFUSED}


def test_a_bounce_from_before_the_letter_says_nothing_of_it():
    assert told([handed(state=SENT)], bounce(at=hours(-1))) == {}
    assert told([handed(state=SENT)], bounce(at=hours(-1), message_id="")) == {}


def test_a_full_mailbox_is_tried_again_but_not_for_ever():
    full = bounce(status="5.2.2", permanent=False)
    assert told([handed(state=SENT)], full) == {1: RETRY}
    assert told([handed(state=SENT, attempts=3)], full) == {1: REFUSED}


def test_a_notice_of_delay_is_no_reason_to_send_a_second_letter():
    delayed = bounce(status="4.4.1", permanent=False, action="delayed")
    assert told([handed(state=SENT)], delayed) == {}
    assert told([handed()], delayed) == {1: SENT}


def test_a_bounce_already_acted_on_is_not_acted_on_again():
    full = bounce(status="5.2.2", permanent=False)
    assert told([handed(state=RETRY)], full) == {}
    assert told([handed(state=SENT, attempts=2, claimed_at=hours(2))], full, now=hours(2)) == {}


def test_of_a_copy_and_a_later_bounce_the_bounce_decides():
    assert told([handed()], bounce(at=hours(1)), copy(at=NOON)) == {1: REFUSED}


def test_the_reason_holds_the_servers_own_words():
    (found,) = findings([handed(state=SENT)], [bounce(said="550 User not found")], hours(1))
    assert found.why == DEAD_ADDRESS + "退信 5.1.1（550 User not found）"


def test_where_a_clerk_has_mail_passed_on_and_that_fails_the_clerks_address_stands():
    onward = Bounce("clerk@home.example", "5.1.1", True, "<1@bureau.example>", "failed", no_such=True)
    (found,) = findings([handed(state=SENT)], [Trace(hours(1), onward.message_id, onward)], hours(1))
    assert (found.state, found.why) == (REFUSED, "退信 5.1.1，转投 clerk@home.example 未成")
    full = Bounce("clerk@home.example", "5.2.2", False, "<1@bureau.example>", "failed")
    assert (
        told([handed(state=SENT)], Trace(hours(1), full.message_id, full)) == {}
    )  # the clerk has it already


def test_a_copy_to_ourselves_that_comes_back_says_only_that_the_letter_was_taken():
    ours = Bounce("bureau@bureau.example", "5.2.2", False, "<1@bureau.example>", "failed")
    trace = Trace(hours(1), ours.message_id, ours, of_the_copy=True)
    assert told([handed(state=SENT)], trace) == {}
    assert told([handed()], trace) == {1: SENT}
    to_ourselves = handed(state=SENT, address="bureau@bureau.example")
    assert told([to_ourselves], trace) == {1: RETRY}


def test_copies_of_another_campaigns_letters_are_no_witness():
    """Its account may give itself copies where this one's does not: a letter taken would go a second time."""
    theirs = handed(2, SENT, campaign="other")
    assert told([handed(), theirs], copy(2, at=hours(1)), now=hours(48)) == {}


def test_a_letter_that_went_without_a_copy_waits_for_a_person():
    alone = handed(reply=f"连接中断{WITHOUT_COPY}")
    assert told([alone, handed(2, SENT)], copy(2, at=hours(1)), now=hours(48)) == {}
