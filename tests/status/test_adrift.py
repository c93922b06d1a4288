"""A code or an id edited in mid-campaign: what came under the old name is never forgotten."""

from dataclasses import replace

import pytest

from tasks.status.adrift import Adrift, adrift, entered_again, may_have_reported, sentences
from tasks.terms.standings import State
from tests.ledger.factory import submission
from tests.status.factory import ROSTER, campaign, filled, version

OLD = version(7, reporter="T9")


def found(*versions):
    return adrift(campaign(), ROSTER, versions)


def unsure(versions, senders=None, reported=(), written_to=()):
    return may_have_reported(
        found(*versions), senders or {}, ROSTER, reported=reported, written_to=written_to
    )


def test_a_report_whose_unit_and_obligation_are_known_is_not_adrift():
    assert found(version(), filled()) == []


def test_a_report_of_a_code_or_of_an_obligation_that_is_gone_is_adrift():
    assert found(OLD) == [Adrift(7, "T9", "", "T9")]
    assert found(version(8, obligation="old")) == [Adrift(8, "", "old", "T1")]


def test_a_row_of_a_unit_that_is_gone_is_adrift_though_its_sender_is_known():
    assert found(filled(9, rows={"T1": {}, "V9": {}})) == [Adrift(9, "V9", "", "T1")]


def test_what_was_sent_back_is_nobodys_report():
    assert found(replace(OLD, verdict=State.RETURNED)) == []


def test_whoever_sent_it_is_not_chased():
    assert unsure([version(8, obligation="old")]) == {"T1"}
    assert unsure([OLD], senders={7: "East@units.example"}) == {"T1"}


def test_with_nothing_to_tell_by_nobody_new_to_us_is_chased():
    known = {"T1", "V1", "V2", "V3", "G1"}
    assert unsure([OLD], written_to=known) == {"T2"}
    assert unsure([OLD], written_to={"T2"}, reported=known) == frozenset()


def test_the_same_bytes_entered_under_a_known_name_settle_it():
    lost = found(OLD)
    old, other = (replace(submission(), id=n, digest="d" * 64, unit=u) for n, u in ((7, "T9"), (8, "T2")))
    assert entered_again(lost, [old, other], {7}) == []
    assert entered_again(lost, [old, replace(other, digest="e" * 64)], {7}) == lost


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        ([OLD, replace(OLD, id=8)], "名册中没有代码“T9”的单位，它已报的 2 件"),
        ([version(8, obligation="old")], "专项文件中没有事项“old”，东坪镇按它已报的 1 件"),
    ],
)
def test_it_is_told_once_for_each_name_with_what_puts_it_right(versions, words):
    (told,) = sentences(found(*versions), ROSTER)
    assert told.startswith(words)
    assert "改回" in told
