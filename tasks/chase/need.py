"""Whether a waiting letter is still needed, asked again as it goes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from tasks.chase import bulletin
from tasks.chase.evidence import BY_A_PERSON
from tasks.chase.gone import is_carried_by, went_up
from tasks.chase.grace import has_time
from tasks.chase.ladder import OWED
from tasks.chase.outbox import Later, rung_of
from tasks.chase.together import KIND
from tasks.desk import Desk, open_desk
from tasks.intake.sources import source_names
from tasks.ledger import arrivals, outbox, packages, reach
from tasks.ledger.outbox import Queued
from tasks.ledger.submissions import Of
from tasks.status.assess import assess
from tasks.status.counted import still_so
from tasks.status.facts import gather
from tasks.status.view import look_through
from tasks.terms import times
from tasks.terms.letters import Part, chases
from tasks.terms.standings import Standing, State

MARGIN = timedelta(minutes=5)
"""What arrived after this run read its clock counts too, also when another machine's clock is ahead."""


def objection(desk: Desk) -> Callable[[Connection, Queued], str | None]:
    """The question to ask of each letter of this campaign."""
    with desk.ledger.read() as before:
        dead = reach.dead_addresses(before)

    def ask(connection: Connection, letter: Queued) -> str | None:
        if letter.kind not in BY_A_PERSON and letter.address.lower() in dead:
            return f"地址不可用（{dead[letter.address.lower()]}），请电话联系"
        if letter.kind == KIND:
            parts = outbox.parts_of(connection, letter.id)
            return _together(connection, desk, letter, parts)
        if letter.kind in {"thanks", bulletin.KIND}:
            parts = outbox.parts_of(connection, letter.id)
            return _not_to_thank(connection, desk, letter, parts)
        if letter.kind == "dispatch":
            return _not_to_hand_up(connection, desk, letter)
        return _not_to_chase(connection, desk, letter) if chases(letter.kind) else None

    return ask


def _not_to_hand_up(connection: Connection, desk: Desk, letter: Queued) -> str | None:
    """A package whose letter had to wait: what came meanwhile would go up as missing."""
    made = packages.of_campaign(connection, desk.campaign.id)
    mine = next((p for p in made if is_carried_by(p, letter)), None)
    view = look_through(connection, desk)
    if mine is None or went_up(mine, view.letters, ()):
        return None  # of several parts the first are there: the others follow
    if mine is not made[-1]:
        return f"已另编第{made[-1].number}号汇总件代替"
    if view.adrift:
        return Later("；".join(view.adrift))
    so = still_so(mine.summary, view.standings, view.tallies)
    return None if so else Later("汇总件编成后又有新的情况，待重新编制")


def _together(connection: Connection, desk: Desk, letter: Queued, parts: Sequence[Part]) -> str | None:
    """A letter of several parts goes as it was written, or not at all: what is left is written anew."""
    whys = []
    for part in parts:
        own = desk if part.campaign == desk.campaign.id else open_desk(part.campaign, desk.now, desk.home)
        said = replace(letter, unit=part.unit, occasion=part.occasion, obligations=list(part.obligations))
        whys.append(_not_to_chase(connection, own, said))
    if later := next((why for why in whys if isinstance(why, Later)), None):
        return later
    if not any(whys):
        return None
    return whys[0] if all(whys) else "其中有的已报送或时限已变，其余另行拟信"


def _not_to_chase(connection: Connection, desk: Desk, letter: Queued) -> str | None:
    if arrivals.failing(connection, source_names(desk)):
        return Later("有收件来源暂时不可达，可能已报送，暂缓催报")
    standings = _standings_of(connection, desk, letter.unit)
    concerned = [s for s in standings if s.obligation in letter.obligations]
    if any(s.held for s in concerned):
        return Later("有来件待确认，暂缓催报")
    if not any(s.state in OWED for s in concerned):
        waived = all(s.state is State.WAIVED for s in concerned)
        return "已免报，不再催报" if concerned and waived else "已报送，不再催报"
    if all(has_time(s, desk.clock()) for s in concerned if s.state in OWED):
        return "已另定补正期限，到期前不再催报"
    return None if _same_due(letter, concerned) else "时限已变，按新时限另行催报"


def _not_to_thank(connection: Connection, desk: Desk, letter: Queued, parts: Sequence[Part]) -> str | None:
    """Of several announcements in one letter only the thanks can fall away; the others are written anew."""
    thanking = {rung.id for rung in desk.campaign.ladder if rung.template == "thanks"}
    said = [replace(letter, unit=p.unit, occasion=p.occasion, obligations=list(p.obligations)) for p in parts]
    thanks = [each for each in said if rung_of(each) in thanking] if parts else [letter]
    owed = [
        each
        for each in thanks
        if any(
            s.state in OWED
            for s in _standings_of(connection, desk, each.unit)
            if s.obligation in each.obligations
        )
    ]
    if not owed:
        return None
    return "又有材料待补正，不再致谢" + ("，其余另行拟信" if len(parts) > len(owed) else "")


def _same_due(letter: Queued, standings: list[Standing]) -> bool:
    dues = {times.iso(s.due.at) for s in standings if s.due.at is not None and s.state in OWED}
    return any(letter.occasion.endswith(f"@{due}") for due in dues)


def _standings_of(connection: Connection, desk: Desk, reporter: str) -> tuple[Standing, ...]:
    """The standings of one reporter at this very moment, not when the run began."""
    close, now = desk.office.closes_at, desk.clock() + MARGIN
    mine = Of(reporter, tuple(o.id for o in desk.campaign.obligations))
    facts = gather(connection, desk.campaign.id, now, versions_of=mine)
    return assess(desk.campaign, desk.roster.near(reporter), facts, now, office_close=close)
