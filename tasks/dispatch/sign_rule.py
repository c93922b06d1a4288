"""Whether a package may go up: a pure rule over the campaign's rule and the acts on record.

A signature is given to one package by its digest. It is void as soon as anything that counts has changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tasks.ledger.acts import Act
from tasks.ledger.packages import Package
from tasks.terms.campaign import PackageRule

SIGN, VOID, LAPSE, RENEW, WRONG = "sign_off", "sign_void", "sign_lapse", "sign_renew", "sign_wrong"
"""Kinds of act: a decision by name and code; what the rule did about one; a new request; a code mistyped."""

MOST_WRONG = 5
"""Wrong codes after which the one sent before is void: nobody tries them out one by one."""


class Sign(StrEnum):
    """Where the sign-off of one package stands."""

    FREE = "free"
    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    LAPSED = "lapsed"
    VOID = "void"


SIGN_ZH = {
    Sign.FREE: "无须审签",
    Sign.WAITING: "待审签",
    Sign.SIGNED: "已审签",
    Sign.REFUSED: "审签未同意",
    Sign.LAPSED: "到时未审签",
    Sign.VOID: "审签作废（编成后又有变动）",
}


@dataclass(frozen=True, slots=True)
class SignOff:
    """The sign-off of one package.

    Attributes:
        may_go: whether the package may be handed up now.
        turn: counts decisions and renewals; each turn has its own code, so a code works once.
        who, why, at: the last decision.
        until: when the rule steps in; None when it never does.
    """

    state: Sign
    may_go: bool
    turn: int = 0
    who: str = ""
    why: str = ""
    at: datetime | None = None
    until: datetime | None = None


def sign_off(
    rule: PackageRule, package: Package, acts: Iterable[Act], now: datetime, *, current: bool
) -> SignOff:
    """Where the package stands. ``current``: nothing that counts has changed since it was built."""
    if not rule.sign_off:
        return SignOff(Sign.FREE, may_go=True)
    mine = [a for a in acts if a.detail.get("digest") == package.digest]
    turn = sum(a.kind in {SIGN, RENEW} for a in mine)
    until = _until(rule, package)
    given = [a for a in mine if a.kind in {SIGN, RENEW, VOID}]
    last = given[-1] if given else None
    if not current or (last is not None and last.kind == VOID):
        return SignOff(Sign.VOID, may_go=False, turn=turn, until=until)
    if last is not None and last.kind == SIGN:
        state = Sign.SIGNED if last.detail.get("decision") == "signed" else Sign.REFUSED
        return SignOff(state, state is Sign.SIGNED, turn, last.who, last.why, last.at, until)
    if until is not None and now >= until:
        return SignOff(Sign.LAPSED, rule.unsigned == "send", turn, until=until)
    return SignOff(Sign.WAITING, may_go=False, turn=turn, until=until)


def wrong_tries(package: Package, acts: Iterable[Act], turn: int) -> int:
    """How many wrong codes were typed for this turn of this package's sign-off."""
    mine = [a for a in acts if a.kind == WRONG and a.detail.get("digest") == package.digest]
    return sum(a.detail.get("turn") == turn for a in mine)


def _until(rule: PackageRule, package: Package) -> datetime | None:
    if rule.sign_within_hours is None:
        return None
    return package.built_at + timedelta(hours=rule.sign_within_hours)
