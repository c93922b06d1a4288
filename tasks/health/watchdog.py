"""What nobody would otherwise notice: the checks have stopped. It needs no Prefect, which may be dead."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from tasks.chase.ladder import quiet
from tasks.health import machine
from tasks.health.finding import Found, Level, fault
from tasks.health.passing import told_until
from tasks.notice.load import campaign_ids, load_campaign
from tasks.notice.tables import load_calendar
from tasks.settings import Home, load_office
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.errors import BaosongError, Misconfigured

AT_WORK, OTHERWISE = timedelta(minutes=45), timedelta(hours=3)
"""A check runs every quarter of an hour in working hours and hourly otherwise; so long it may be late."""


def troubles(home: Home, now: datetime) -> Iterator[Found]:
    """Everything a person must be told of at once."""
    for found in (*machine.disk(home), *machine.ledger(home), *machine.backward(home, now)):
        if found.level is Level.FAULT:
            yield found
    for name in campaign_ids(home):
        try:
            campaign = load_campaign(home, name)
        except BaosongError as wrong:
            yield fault(f"专项 {name}", str(wrong))
            continue
        if _begun(campaign, now) and now <= campaign.package.last:
            yield from _pulse(home, campaign, now)


def _begun(campaign: Campaign, now: datetime) -> bool:
    issued = campaign.notice.issued_on
    return issued == "unknown" or times.local(now).date() >= issued


def _pulse(home: Home, campaign: Campaign, now: datetime) -> Iterator[Found]:
    what = f"专项 {campaign.id}"
    last = _last_check(home, campaign.id)
    if last is None:
        yield fault(what, "还没有收件核对过；请确认 baosong serve 在运行")
        return
    if last > now + machine.SKEW:  # it would be waited for until the clock has come so far
        yield fault(
            what,
            f"最近一次收件核对记作 {times.moment_zh(last, year=True)}，晚于此刻：本机时钟走错过，或正走错；"
            "请校准时钟，并确认 baosong serve 在运行",
        )
        return
    if now - last > _patience(home, now):
        text = f"自 {times.moment_zh(last)} 起没有再收件核对；请确认 baosong serve 在运行"
        yield fault(what, text)


def _last_check(home: Home, campaign: str) -> datetime | None:
    """When a check last ended: on this machine by its pulse, on another by what the ledger says was told."""
    path = home.pulses / campaign
    moments = [datetime.fromtimestamp(path.stat().st_mtime, UTC)] if path.exists() else []
    with suppress(BaosongError):  # the ledger's own trouble is told already
        moments += filter(None, [told_until(home, campaign)])
    return max(moments, default=None)


def _patience(home: Home, now: datetime) -> timedelta:
    calendar, hours = load_calendar(home), load_office(home).hours
    try:
        resting = any(quiet(moment, calendar, hours) for moment in (now - AT_WORK, now))
    except Misconfigured:  # a year without a table
        resting = True
    return OTHERWISE if resting else AT_WORK
