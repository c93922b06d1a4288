"""A small office for whole-line tests: three units, one superior, real mailboxes."""

from dataclasses import dataclass
from pathlib import Path

from tasks.settings import SHIPPED, Home

DOMAIN = "district.example"
OFFICE = f"bureau@{DOMAIN}"
SUPERIOR = f"superior@{DOMAIN}"
UNITS = {"A01": "东山镇", "A02": "西山镇", "A03": "南山街道"}

CAMPAIGN = """
id: drill
title: 防汛演练
notice:
  issuer: 某区应急管理局
  document_number: 某应急〔2023〕1号
  title: 关于开展防汛演练的通知
  issued_on: 2023-05-04
  section: 综合科
  contact: {name: 演示, phone: 000-00000000}
  theme: 防汛演练
superior: {name: 某市应急管理局, channel: email, address: SUPERIOR}
roster: rosters/drill.csv
windows: [{id: w, title: 演练月, start: 2023-05-08, end: 2023-05-31}]
obligations:
  - id: summary
    title: 演练总结
    deliverable: narrative
    window: w
    due: {date: 2023-06-02, time: "17:00", quote: 于6月2日17:00前报送}
    owed_by: [{kind: town}]
    narrative: {keywords: [防汛], min_characters: 30}
  - id: figures
    title: 演练统计表
    deliverable: form
    window: w
    due: {date: 2023-06-02, time: "17:00"}
    owed_by: [{kind: town}]
    quotas: [{field: drills, min: 2}]
    targets: [{field: drills, min: 5, title: 五场演练}]
    fields:
      - {id: drills, title: 演练场次, unit: 场, aliases: [演练次数], high: 100}
      - {id: people, title: 参演人数, unit: 人, aliases: [参加人数], high: 10000}
sources:
  - {kind: imap, account: office}
  - {kind: drop, path: var/drop/drill}
account: office
ladder:
  - {id: start, title: 报送通知, on: 2023-05-08, at: "09:00", audience: [preparer], template: start}
  - {id: t-1, title: 前一日提醒, working_days: -1, at: "09:00", audience: [preparer], template: reminder}
  - {id: late, title: 逾期催报, working_days: 1, at: "09:00", audience: [preparer, leader], template: overdue}
package:
  at: 2023-06-02T18:00
  basis: 当日汇总
  supplements: [2023-06-06T17:00]
"""

ACCOUNTS = """
bureau: 某区应急管理局
accounts:
  office:
    address: {office}
    display_name: 某区应急管理局
    imap: {{host: 127.0.0.1, port: {imap}, tls: none}}
    smtp: {{host: 127.0.0.1, port: {smtp}, tls: none}}
    secret_env: {secret}
"""


@dataclass(frozen=True)
class Mailboxes:
    """Where the office's account lives."""

    imap: int
    smtp: int
    secret: str


def address(code: str) -> str:
    return f"{code.lower()}@{DOMAIN}"


def leader(code: str) -> str:
    return f"{code.lower()}-leader@{DOMAIN}"


def everyone() -> list[str]:
    units = [a for code in UNITS for a in (address(code), leader(code))]
    return [OFFICE, SUPERIOR, f"stranger@{DOMAIN}", *units]


def make_home(folder: Path, mailboxes: Mailboxes | None = None, campaign: str = CAMPAIGN) -> Home:
    """A home folder with the drill campaign; without mailboxes on the embedded parts."""
    config = folder / "config"
    for name in ("campaigns", "rosters"):
        (config / name).mkdir(parents=True)
    (config / "calendar").symlink_to(SHIPPED / "config" / "calendar")
    text = campaign.replace("SUPERIOR", SUPERIOR)
    if mailboxes is None:
        text = text.replace("{kind: imap, account: office}", "{kind: maildir, path: var/mail/inbox}")
        text = text.replace("account: office", "account: capture")
        (config / "office.yaml").write_text("bureau: 某区应急管理局\n", "utf-8")
    else:
        rewire(Home.at(folder), mailboxes)
    (config / "campaigns" / "drill.yaml").write_text(text.strip() + "\n", "utf-8")
    rows = ["code,name,kind,tier,preparer,leader"]
    rows += [f"{code},{name},town,镇街,{address(code)},{leader(code)}" for code, name in UNITS.items()]
    (config / "rosters" / "drill.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return Home.at(folder)


def rewire(home: Home, mailboxes: Mailboxes) -> None:
    """Let the office's account point at these servers."""
    text = ACCOUNTS.format(office=OFFICE, imap=mailboxes.imap, smtp=mailboxes.smtp, secret=mailboxes.secret)
    (home.config / "office.yaml").write_text(text, "utf-8")
