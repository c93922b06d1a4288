"""The small office's campaign, moved so that its package is due whenever the test runs."""

from datetime import datetime, timedelta

from tasks.settings import Home
from tasks.terms import times
from tests.line import office

SHIFTS = {"2023-05-04": -29, "2023-05-08": -25, "2023-05-31": -2, "2023-06-02": 0, "2023-06-06": 4}


def ahead() -> str:
    """Everything lies in the future: acts in the UI happen now."""
    campaign = office.CAMPAIGN.replace("2023-", "2099-").replace("〔2023〕", "〔2099〕")
    campaign = campaign.replace("working_days: -1", "on: 2099-06-01")
    return campaign.replace("working_days: 1", "on: 2099-06-03")


def due(now: datetime, hours: int) -> str:
    """Reports were due yesterday, and the package so many hours ago."""
    moment = times.local(now - timedelta(hours=hours))
    day = moment.date() - timedelta(days=1)
    text = office.CAMPAIGN.replace("2023-06-02T18:00", f"{moment:%Y-%m-%dT%H:%M:%S}")
    text = text.replace(", quote: 于6月2日17:00前报送", "").replace("〔2023〕", f"〔{day:%Y}〕")
    text = text.replace("working_days: -1", f"on: {day - timedelta(days=1)}")
    text = text.replace("working_days: 1", f"on: {day + timedelta(days=1)}")
    for written, shift in SHIFTS.items():
        text = text.replace(written, str(day + timedelta(days=shift)))
    return text


def give(home: Home, campaign: str) -> None:
    """Put this campaign file in the place of the one there."""
    campaign = campaign.replace("SUPERIOR", office.SUPERIOR)
    campaign = campaign.replace("{kind: imap, account: office}", "{kind: maildir, path: var/mail/inbox}")
    campaign = campaign.replace("account: office", "account: capture")
    (home.config / "campaigns" / "drill.yaml").write_text(campaign.strip() + "\n", "utf-8")
