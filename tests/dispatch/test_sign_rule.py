from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.dispatch.sign_rule import LAPSE, RENEW, SIGN, VOID, Sign, sign_off
from tasks.ledger.acts import Act
from tasks.ledger.packages import Package
from tasks.terms import times
from tasks.terms.campaign import PackageRule

AT = times.parse("2023-04-06T17:00")
RULE = PackageRule(at=AT, basis="时限", sign_off=True, signer="甲", signer_address="a@x.example")
PACKAGE = Package("c", 1, "package@x", AT, "d" * 64, "var/p", {}, AT, None, {})


def act(kind, decision="", digest=PACKAGE.digest):
    return Act("c", kind, "甲", "理由", AT, detail={"digest": digest, "decision": decision})


def stands(*acts, rule=RULE, hours=0, current=True):
    return sign_off(rule, PACKAGE, acts, AT + timedelta(hours=hours), current=current)


def test_without_the_rule_a_package_goes_whatever_is_on_record():
    assert stands(act(SIGN, "refused"), rule=replace(RULE, sign_off=False)).may_go


@pytest.mark.parametrize(
    ("acts", "state", "may_go"),
    [
        ((), Sign.WAITING, False),
        ((act(SIGN, "signed"),), Sign.SIGNED, True),
        ((act(SIGN, "refused"),), Sign.REFUSED, False),
        ((act(SIGN, "refused"), act(SIGN, "signed")), Sign.SIGNED, True),
        ((act(SIGN, "signed"), act(RENEW)), Sign.WAITING, False),
        ((act(SIGN, "signed"), act(VOID)), Sign.VOID, False),
        ((act(SIGN, "signed", "e" * 64),), Sign.WAITING, False),
    ],
)
def test_the_last_decision_about_this_very_package_counts(acts, state, may_go):
    found = stands(*acts)
    assert (found.state, found.may_go) == (state, may_go)


def test_whatever_changed_makes_every_signature_void():
    assert stands(act(SIGN, "signed"), current=False).state is Sign.VOID


@pytest.mark.parametrize(("unsigned", "may_go"), [("hold", False), ("send", True)])
def test_when_the_stated_time_passes_the_campaigns_rule_decides(unsigned, may_go):
    rule = replace(RULE, sign_within_hours=24, unsigned=unsigned)
    assert stands(rule=rule, hours=23).state is Sign.WAITING
    found = stands(act(LAPSE), rule=rule, hours=24)
    assert (found.state, found.may_go) == (Sign.LAPSED, may_go)


def test_a_refusal_outlives_the_stated_time_and_a_signature_does_too():
    rule = replace(RULE, sign_within_hours=24, unsigned="send")
    assert stands(act(SIGN, "refused"), rule=rule, hours=99).state is Sign.REFUSED
    assert stands(act(SIGN, "signed"), rule=rule, hours=99).may_go


def test_without_a_stated_time_it_waits_for_ever():
    assert stands(hours=10_000).state is Sign.WAITING


def test_every_decision_and_every_renewal_opens_a_new_turn():
    assert [stands(*acts).turn for acts in ((), (act(SIGN, "refused"),), (act(SIGN), act(RENEW)))] == [
        0,
        1,
        2,
    ]
