"""A small office in the middle of a campaign, copied anew for every run that is to be hurt."""

import hashlib
import shutil
from pathlib import Path

from tasks.documents.fillin import write_form
from tasks.notice.load import load_campaign
from tasks.roster.read import read_roster
from tasks.settings import Home
from tests.line import office, papers

ACCOUNTS = """
bureau: 某区应急管理局
accounts:
  office:
    address: {office}
    display_name: 某局
    smtp: {{host: 127.0.0.1, port: {port}, tls: none}}
    letters_per_minute: 0
"""
FIGURES = {"A01": {"drills": 3.0, "people": 120.0}, "A02": {"drills": 2.0, "people": 80.0}}
REPORTS = 4  # two summaries and two forms


def make(folder: Path, port: int) -> dict[str, str]:
    """The office with three mails and one dropped file waiting; gives their digests by name."""
    text = office.CAMPAIGN.replace(
        "- {kind: imap, account: office}", "- {kind: maildir, path: var/mail/inbox}"
    )
    home = office.make_home(folder, campaign=text)
    path = home.config / "campaigns" / "drill.yaml"
    path.write_text(path.read_text("utf-8").replace("account: capture", "account: office"), "utf-8")
    (home.config / "office.yaml").write_text(ACCOUNTS.format(office=office.OFFICE, port=port), "utf-8")
    for part in ("new", "cur", "tmp"):
        (home.var / "mail" / "inbox" / part).mkdir(parents=True)
    (home.var / "drop" / "drill").mkdir(parents=True)
    _receive(home, "1", "A01", [("东山镇演练总结.docx", papers.narrative("东山镇"))])
    _receive(home, "2", "A01", [("东山镇统计表.xlsx", form(home, "A01", 3, 120))])
    _receive(home, "3", "A02", [("西山镇演练总结.docx", papers.narrative("西山镇"))])
    (home.var / "drop" / "drill" / "西山镇统计表.xlsx").write_bytes(form(home, "A02", 2, 80))
    waiting = [*(home.var / "mail" / "inbox" / "new").iterdir(), *(home.var / "drop" / "drill").iterdir()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in waiting}


def form(home: Home, code: str, drills: int, people: int) -> bytes:
    campaign, roster = load_campaign(home, "drill"), read_roster(home.config / "rosters" / "drill.csv")
    blank = write_form(campaign, campaign.obligation("figures"), roster[code], [roster[code]])
    return papers.filled(blank, office.UNITS[code], drills, people)


def _receive(home: Home, name: str, code: str, files: list[tuple[str, bytes]]) -> None:
    when = f"2023-05-31T1{name}:00"
    data = papers.mail(office.address(code), office.OFFICE, f"{office.UNITS[code]}报送{name}", files, when)
    (home.var / "mail" / "inbox" / "new" / f"{name}.units").write_bytes(data)


def copied(home: Path, to: Path) -> Path:
    """The office once more, as it lies."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to, symlinks=True)
    return to
