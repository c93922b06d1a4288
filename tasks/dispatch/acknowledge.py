"""The superior's acknowledgement 签收: taken in from a reply to our dispatch, or entered by a clerk."""

import re
from collections.abc import Iterator
from typing import Any

from tasks.chase.gone import ACKNOWLEDGED
from tasks.desk import Desk
from tasks.dispatch.facts import name_zh
from tasks.intake.assign import dismiss
from tasks.intake.placing.impostor import colleague
from tasks.ledger import acts, outbox, packages, submissions
from tasks.ledger.acts import Act
from tasks.ledger.packages import Package
from tasks.mail.reader import read_mail
from tasks.terms.errors import Misconfigured
from tasks.terms.mails import Mail

BY_MAIL = "上级回信"
_SAID = re.compile(r"收到|收悉|签收|已收|收讫|接收|received", re.IGNORECASE)
_BUT = re.compile(
    r"(?:没有|未能|没|未|尚未)收[到悉讫]|退回|补正|补充|补报|不全|有误|缺[少失漏]|打不开|损坏|重新|重发|更正|[?？]"
)
_QUOTE = re.compile(
    r"(?m)^\s*(?:>|-{3,}|_{5,}|在 ?\d{4}|发件人[:：]|From:|On .* wrote:|-+ ?原始邮件).*", re.DOTALL
)
_SHOWN = 80


def take_in(desk: Desk) -> list[int]:
    """Enter the acknowledgements that came by mail; returns the packages' numbers."""
    done = []
    for package, mail, arrival in _replies(desk):
        own = _QUOTE.split(mail.text, maxsplit=1)[0].strip()
        if not _SAID.search(own) or _BUT.search(own) or not _from_above(desk, mail.sender):
            continue  # something is asked or missing, or it is another's word: a clerk sees to it
        detail = {"way": "email", "message_id": mail.message_id, "from": mail.sender}
        if _record(desk, package, BY_MAIL, " ".join(own.split())[:_SHOWN], detail):
            done.append(package.number)
        _settle_queue(desk, arrival, package)
    return done


def acknowledge(desk: Desk, number: int, *, who: str, why: str) -> str:
    """A clerk enters that the superior has the package; one that went outside every channel counts as sent.

    Raises:
        Misconfigured: there is no such package, or name and ground are missing.
    """
    if not who.strip() or not why.strip():
        raise Misconfigured("须写明经办人和依据")
    with desk.ledger.read() as connection:
        made = packages.of_campaign(connection, desk.campaign.id)
    package = next((p for p in made if p.number == number), None)
    if package is None:
        raise Misconfigured(f"没有第 {number} 号汇总件")
    with desk.ledger.write() as connection:
        by_hand = {"channel": "by_hand", "who": who.strip()}
        packages.record_dispatch(connection, desk.campaign.id, number, desk.now, by_hand)
    new = _record(desk, package, who.strip(), why.strip(), {"way": "act"})
    return f"{name_zh(package)}上级已签收，{'已记入台账' if new else '此前已登记，未重复记录'}"


def acknowledged(desk: Desk) -> dict[int, Act]:
    """The first acknowledgement of each package, by its number."""
    with desk.ledger.read() as connection:
        given = acts.of_campaign(connection, desk.campaign.id, desk.now)
    found: dict[int, Act] = {}
    for each in given:
        if each.kind == ACKNOWLEDGED:
            found.setdefault(each.detail["number"], each)
    return found


def _replies(desk: Desk) -> Iterator[tuple[Package, Mail, int]]:
    """Replies people wrote to a dispatch that is not acknowledged yet."""
    known = acknowledged(desk)
    with desk.ledger.read() as connection:
        made = packages.of_campaign(connection, desk.campaign.id)
        open_ones = {p.number: p for p in made if p.dispatched_at and p.number not in known}
        if not open_ones:
            return
        letters = outbox.of_campaign(connection, desk.campaign.id, desk.now)
        ours = {q.message_id.strip("<> "): _number(q.occasion) for q in letters if q.kind == "dispatch"}
        since = min(p.dispatched_at for p in open_ones.values() if p.dispatched_at)
        mails = packages.human_mail_since(connection, desk.campaign.id, since)
    for arrival, _ in mails:
        mail = read_mail(
            desk.store.read(arrival.digest), own_addresses=desk.own_addresses, receivers=desk.receivers
        )
        package = open_ones.get(ours.get(mail.in_reply_to.strip("<> "), 0))
        if package is not None and mail.kind != "suspicious":
            yield package, mail, arrival.id


def _from_above(desk: Desk, sender: str) -> bool:
    superior = (desk.campaign.superior.address or "").lower()
    return bool(superior) and (sender == superior or colleague(sender, [superior]))


def _number(occasion: str) -> int:
    return int(occasion.split(":")[1])


def _settle_queue(desk: Desk, arrival: int, package: Package) -> None:
    """An acknowledgement needs no clerk."""
    with desk.ledger.read() as connection:
        waiting = submissions.undecided(connection, desk.campaign.id, desk.now)
    for item in waiting:
        if item.arrival == arrival:
            dismiss(desk, item.id, who="系统", why=f"上级对{name_zh(package)}的签收回信")


def _record(desk: Desk, package: Package, who: str, why: str, detail: dict[str, Any]) -> bool:
    named = {"number": package.number, "digest": package.digest, **detail}
    with desk.ledger.write() as connection:
        return acts.record(connection, Act(desk.campaign.id, ACKNOWLEDGED, who, why, desk.now, detail=named))
