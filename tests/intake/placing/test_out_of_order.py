"""A report held up on its way, or sent again after a newer one, is never taken for the last word unseen."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.intake.entry import Entry, in_order
from tasks.intake.placing.out_of_order import AGAIN, SENT, UNCHANGED, out_of_order, sent_of
from tasks.ledger.arrivals import Judgement
from tasks.ledger.submissions import Submission
from tasks.mail.parse import parse_mail
from tests.mail.letters import HEAD, plain

NINE = datetime(2023, 9, 4, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai."""
HOUR = timedelta(hours=1)


def report(name: str, came: float, sent: float | None = None, *, verdict="accepted", rows=("T1",), of="T1"):
    reading = {"rows": [{"unit": unit} for unit in rows]}
    if sent is not None:
        reading[SENT] = (NINE + sent * HOUR).isoformat()
    received = NINE + came * HOUR
    return Submission(
        "c", "figures", of, name, f"{name}.xlsx", [], "a@x.example", verdict, reading, received, received
    )


def test_what_was_sent_before_and_came_after_its_correction_is_asked_about():
    said = out_of_order(report("old", came=2.5, sent=0), [report("corrected", came=1, sent=1)])
    assert said.startswith("这封来信是9月4日（周一）09:00发出的，在路上耽搁了")


@pytest.mark.parametrize(
    ("came", "sent", "known"),
    [
        (2, 2, report("first", came=1, sent=1)),
        (2, None, report("first", came=1, sent=1)),
        (2, 0, report("first", came=1)),
        (2, 0, report("first", came=1, sent=0)),
        (2, 0, report("other villages", came=1, sent=1, rows=("V2",))),
        (2, 0, report("other unit's", came=1, sent=1, of="T2")),
        (0, 0, report("came later", came=1, sent=1)),
    ],
)
def test_what_came_in_the_order_it_was_sent_in_or_is_of_other_units_is_taken(came, sent, known):
    assert out_of_order(report("new", came, sent), [known]) == ""


def test_the_first_file_once_more_after_another_is_asked_about():
    before = [report("a", came=0), report("b", came=1)]
    assert out_of_order(report("a", came=2), before) == AGAIN
    assert out_of_order(report("b", came=2), before) == ""
    assert out_of_order(report("a", came=2), before[:1]) == ""
    assert out_of_order(report("a", came=2), [report("a", came=0, verdict="returned"), before[1]]) == ""


@pytest.mark.parametrize(
    ("verdict", "ruled", "asked"),
    [
        ("accepted", ("return", 1), UNCHANGED),
        ("returned", None, UNCHANGED),
        ("returned", ("return", -1), UNCHANGED),
        ("returned", ("accept", 1), ""),
        ("accepted", ("return", 3), ""),
        ("accepted", None, ""),
    ],
)
def test_the_very_file_that_was_sent_back_does_not_come_once_more_unseen(verdict, ruled, asked):
    """The unit takes it for mended, or for right: neither it nor a clerk would hear of it."""
    given = {("figures", "T1"): (ruled[0], NINE + ruled[1] * HOUR)} if ruled else {}
    assert out_of_order(report("a", came=2), [report("a", came=0, verdict=verdict)], given) == asked


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        ("Mon, 04 Sep 2023 08:00:00 +0800", True),
        ("Sat, 04 Jan 2003 01:01:01 +0800", False),
        ("Fri, 31 Dec 2032 23:59:59 +0800", False),
        ("2023-9-4", False),
    ],
)
def test_a_wrong_clock_says_nothing_of_when_a_mail_was_sent(date, kept):
    mail = parse_mail(plain("x", HEAD + f"Date: {date}\r\n".encode()))
    assert (SENT in sent_of(mail, NINE)) is kept
    assert sent_of(None, NINE) == {}


def test_of_one_batch_the_late_one_waits_and_the_correction_is_entered():
    def entry(number: int, row: Submission) -> Entry:
        judged = Judgement("c", number, "submission", "submission", row.sender, "月报", "", (), NINE)
        return Entry(judged, (row,), ())

    late, corrected = report("old", came=2.5, sent=0), report("corrected", came=1, sent=1)
    found = in_order([entry(2, late), entry(1, corrected)], [])
    assert [e.submissions for e in found] == [(corrected,), ()]
    (waiting,) = found[1].queue
    assert (waiting.arrival, waiting.digest, waiting.candidates, waiting.subject) == (
        2,
        "old",
        ("T1",),
        "月报",
    )
    assert [e.judgement.outcome for e in found] == ["submission", "queued"]
