"""Telling the people on duty by mail, once for each trouble and quarter of a day."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from tasks.chase.carrier import way_out
from tasks.health.finding import Found
from tasks.mail.sending.build import build_mail, message_id
from tasks.settings import CAPTURE, Account, Home, Office
from tasks.terms import times
from tasks.terms.errors import BaosongError
from tasks.terms.letters import LetterState

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=6)


def tell(home: Home, office: Office, troubles: Sequence[Found], now: datetime) -> list[Found]:
    """Send what has not been told lately; gives back what was sent.

    What the mail server did not take is told again at the next look. Without an address on duty nothing is
    sent and the log says so.
    """
    given = _given(home)
    fresh = [t for t in troubles if _key(t) not in given or now - given[_key(t)] > AGAIN_AFTER]
    if not fresh:
        return []
    if not office.on_duty:
        log.warning("office.yaml 没有写值班邮箱 on_duty，故障没有写信告诉任何人")
        return []
    if not _sent(home, office, fresh, now):
        return []
    _remember(home, {**given, **{_key(t): now for t in fresh}}, now)
    return fresh


def _sent(home: Home, office: Office, troubles: Sequence[Found], now: datetime) -> bool:
    account = CAPTURE if home.rehearsal else _account(office)
    text = "报送系统发现下列问题，请尽快处理：\n\n" + "\n".join(f"- {t.what}：{t.text}" for t in troubles)
    text += f"\n\n{office.bureau}报送系统 {times.moment_zh(now, year=True)}\n"
    taken = False
    try:
        with way_out(account, home.captured) as carrier:
            for address in office.on_duty:
                wire = build_mail(
                    sender=account.address,
                    sender_name=account.display_name,
                    recipient=address,
                    recipient_name="值班人员",
                    subject=f"【告警】报送系统：{troubles[0].what}"[:80],
                    text=text,
                    html="",
                    message_id=message_id(
                        "alarm", address, times.iso(now), domain=account.address.rpartition("@")[2]
                    ),
                    date=times.local(now),
                )
                taken |= carrier.deliver(wire, account.address, address).state is LetterState.SENT
    except BaosongError as wrong:
        log.warning("告警信没有发出：%s", wrong)
    return taken


def _account(office: Office) -> Account:
    return next((a for a in office.accounts.values() if a.smtp is not None), CAPTURE)


def _key(trouble: Found) -> str:
    return f"{trouble.what}：{trouble.text[:12]}"


def _given(home: Home) -> dict[str, datetime]:
    try:
        return {key: times.parse(at) for key, at in json.loads(home.alarms.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _remember(home: Home, given: dict[str, datetime], now: datetime) -> None:
    kept = {key: times.iso(at) for key, at in given.items() if now - at <= AGAIN_AFTER}
    fresh = home.alarms.with_suffix(".tmp")
    fresh.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    fresh.replace(home.alarms)
