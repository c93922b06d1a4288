"""Asking for a signature, taking it in, and what happens when none comes: acts in the ledger and letters."""

from collections.abc import Iterator
from typing import Any

from tasks.chase.outbox import enqueue
from tasks.chase.write import Writer
from tasks.desk import Desk
from tasks.dispatch.code import code, same
from tasks.dispatch.facts import facts, has_undated, name_zh
from tasks.dispatch.sign_rule import (
    LAPSE,
    MOST_WRONG,
    RENEW,
    SIGN,
    SIGN_ZH,
    VOID,
    WRONG,
    Sign,
    SignOff,
    sign_off,
    wrong_tries,
)
from tasks.ledger import acts
from tasks.ledger.acts import Act
from tasks.ledger.packages import Package
from tasks.package.at_hand import at_hand
from tasks.status.counted import still_so
from tasks.status.view import View, look
from tasks.terms import times
from tasks.terms.errors import Misconfigured

SYSTEM = "系统"
"""Who did what a rule did by itself."""

SHOWN = ("总结报告.docx", "汇总表.xlsx", "缺报说明.docx")
UNSIGNED_ZH = {"hold": "暂不呈报，等待处理", "send": "照常呈报，并记录未经审签"}


def state_of(desk: Desk, package: Package, view: View | None = None) -> SignOff:
    """Where the package's sign-off stands at this moment."""
    rule = desk.campaign.package
    if not rule.sign_off:
        return sign_off(rule, package, (), desk.now, current=True)
    seen = view or look(desk)
    with desk.ledger.read() as connection:
        given = acts.of_campaign(connection, desk.campaign.id, desk.now)
    current = still_so(package.summary, seen.standings, seen.tallies)
    return sign_off(rule, package, given, desk.now, current=current)


def ask(desk: Desk, package: Package, stands: SignOff) -> bool:
    """Send the request for this turn, once; False when it was sent before.

    Raises:
        Misconfigured: the campaign asks for a signature and does not say whose.
    """
    rule = desk.campaign.package
    if not rule.signer.strip() or not rule.signer_address:
        raise Misconfigured(
            f"专项 {desk.campaign.id} 要求审签，请在专项文件 package 中写明 signer 和 signer_address"
        )
    view = look(desk)
    given = _facts(desk, package) | {
        "code": code(desk.home, package, stands.turn),
        "until": times.moment_zh(stands.until, year=True) if stands.until else "",
        "unsigned": UNSIGNED_ZH[rule.unsigned],
        "gaps": package.summary.get("gaps", 0),
        "undated": has_undated(package),
        "queue": len(view.queue),
        "files": list(SHOWN),
        "command": f"baosong sign-off {desk.campaign.id}",
    }
    letter = Writer(desk, view).letter(
        "sign_off",
        "",
        rule.signer_address,
        given,
        occasion=f"sign:{package.number}:{package.digest[:12]}:{stands.turn}",
        files=[(name, (at_hand(desk, package) / "data" / name).read_bytes()) for name in SHOWN],
        addressee=rule.signer,
    )
    return bool(enqueue(desk.ledger, desk.store, [letter], desk.now))


def decide(desk: Desk, package: Package, *, name: str, typed: str, refuse: str | None) -> str:
    """Record a signature, or a refusal with its reason; returns the sentence of what was done.

    Raises:
        Misconfigured: wrong name, wrong or used code, a refusal without reason, or nothing left to sign.
    """
    stands = state_of(desk, package)
    signer = desk.campaign.package.signer.strip()
    _open_to_decision(package, stands)
    if not same(typed, code(desk.home, package, stands.turn)):
        raise Misconfigured(_wrong(desk, package, stands.turn, name))
    if name.strip() != signer:
        raise Misconfigured(f"本专项应由 {signer} 审签，所填姓名是“{name.strip()}”")
    if refuse is not None and not refuse.strip():
        raise Misconfigured("不同意须写明理由")
    decision = "signed" if refuse is None else "refused"
    why = "同意呈报" if refuse is None else refuse.strip()
    _record(desk, package, SIGN, who=signer, why=why, turn=stands.turn, decision=decision)
    if refuse is None:
        return f"{name_zh(package)}已由{signer}审签，已记入台账"
    return f"{name_zh(package)}{signer}未同意：{refuse.strip()}；已记入台账，暂不呈报"


def _wrong(desk: Desk, package: Package, turn: int, name: str) -> str:
    """Put a wrong code on record; after too many the code sent before is void and a new one goes out."""
    with desk.ledger.read() as connection:
        given = acts.of_campaign(connection, desk.campaign.id, desk.now)
    tries = wrong_tries(package, given, turn) + 1
    _record(desk, package, WRONG, who=name.strip() or "未填姓名", why="审签码不对", turn=turn, tries=tries)
    said = f"审签码不对、已用过，或不是{name_zh(package)}的"
    if tries < MOST_WRONG:
        return f"{said}；请以最近一封审签请求为准"
    _record(desk, package, RENEW, who=SYSTEM, why=f"审签码连续输错{tries}次", turn=turn)
    ask(desk, package, state_of(desk, package))
    return f"{said}；已输错{tries}次，原审签码作废，新的审签码已发给审签人"


def renew(desk: Desk, package: Package, *, who: str, why: str) -> str:
    """Ask anew: the code sent before no longer works.

    Raises:
        Misconfigured: the package needs no signature, or is no longer current.
    """
    stands = state_of(desk, package)
    if stands.state in {Sign.FREE, Sign.VOID}:
        raise Misconfigured(f"{name_zh(package)}：{SIGN_ZH[stands.state]}，不能重发审签请求")
    _record(desk, package, RENEW, who=who, why=why, turn=stands.turn)
    ask(desk, package, state_of(desk, package))
    return f"{name_zh(package)}的审签请求已重新发出，原审签码作废"


def enforce(desk: Desk, package: Package, stands: SignOff) -> None:
    """What the rule does by itself: ask, or put on record that time has passed or a signature is void."""
    if stands.state is Sign.WAITING:
        ask(desk, package, stands)
    elif stands.state is Sign.LAPSED:
        unsigned = desk.campaign.package.unsigned
        late = "仍可审签：请将意见连同原审签码告知经办人。" if unsigned == "hold" else ""
        _note(desk, package, LAPSE, f"到时未审签，按规定{UNSIGNED_ZH[unsigned]}", stands.turn, advice=late)
    elif stands.state is Sign.VOID and stands.turn:
        _note(desk, package, VOID, "编成后又有变动，审签作废，须重新编制并重新审签", stands.turn)


def _open_to_decision(package: Package, stands: SignOff) -> None:
    if stands.state is Sign.FREE:
        raise Misconfigured("本专项不要求审签")
    if package.dispatched_at is not None:
        raise Misconfigured(f"{name_zh(package)}已呈报，不能再审签")
    if stands.state is Sign.VOID:
        raise Misconfigured(f"{name_zh(package)}编成后又有变动，请先重新编制（compile），再按新的请求审签")
    if stands.state is Sign.SIGNED:
        raise Misconfigured(f"{name_zh(package)}已由{stands.who}审签")


def _note(desk: Desk, package: Package, kind: str, line: str, turn: int, *, advice: str = "") -> None:
    """Put on record what the rule did and write to whom it concerns: once, whatever runs how often.

    ``advice`` is what the reader can still do; it stands in the letter alone.
    """
    _record(desk, package, kind, who=SYSTEM, why=line, turn=turn)
    for address, name in _concerned(desk):
        letter = Writer(desk, look(desk)).letter(
            "sign_note",
            "",
            address,
            _facts(desk, package) | {"line": f"{name_zh(package)}{line}。{advice}", "unit": name},
            occasion=f"{kind}:{package.number}:{package.digest[:12]}:{turn}",
            addressee=name,
        )
        enqueue(desk.ledger, desk.store, [letter], desk.now)


def _concerned(desk: Desk) -> Iterator[tuple[str, str]]:
    """The signer, and the office's own mailbox: someone must see it who never opens the Prefect pages."""
    rule = desk.campaign.package
    if rule.signer_address:
        yield rule.signer_address, rule.signer
    yield desk.account.address, desk.campaign.notice.issuer


def _facts(desk: Desk, package: Package) -> dict[str, Any]:
    return {**facts(desk, package), "unit": desk.campaign.package.signer}


def _record(desk: Desk, package: Package, kind: str, *, who: str, why: str, **detail: Any) -> bool:
    named = {"number": package.number, "digest": package.digest, **detail}
    given = Act(desk.campaign.id, kind, who, why, desk.now, detail=named)
    with desk.ledger.write() as connection:
        return acts.record(connection, given)
