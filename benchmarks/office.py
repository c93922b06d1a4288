"""An invented bureau with many townships: its campaign, its roster, a ledger in which all have reported."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tasks.desk import Desk, open_desk
from tasks.home_ledger import forget_ledgers
from tasks.ledger import schema
from tasks.ledger.session import Ledger
from tasks.settings import SHIPPED, Home
from tasks.terms import times

DOMAIN = "bench.example"
OFFICE = f"office@{DOMAIN}"
SECRET = "BAOSONG_BENCH_SECRET"
AS_OF = times.parse("2023-06-01T12:00")
BEGAN = times.parse("2023-05-08T09:00")

CAMPAIGN = """
id: bench
title: 防汛演练
notice:
  issuer: 某部
  document_number: 某应急〔2023〕1号
  title: 关于开展防汛演练的通知
  issued_on: 2023-05-04
  section: 综合科
  contact: {name: 演示, phone: 000-00000000}
  theme: 防汛演练
superior: {name: 上级部, channel: email, address: superior@bench.example}
roster: rosters/bench.csv
windows: [{id: w, title: 演练月, start: 2023-05-08, end: 2023-05-31}]
obligations:
  - id: figures
    title: 演练统计表
    deliverable: form
    window: w
    due: {date: 2023-06-02, time: "17:00"}
    owed_by: [{kind: town}]
    quotas: [{field: drills, min: 2}]
    fields:
      - {id: drills, title: 演练场次, unit: 场, aliases: [演练次数], high: 100}
      - {id: people, title: 参演人数, unit: 人, aliases: [参加人数], high: 10000}
sources:
SOURCES
account: ACCOUNT
ladder:
  - {id: start, title: 报送通知, on: 2023-05-08, at: "09:00", audience: [preparer], template: start}
  - {id: t-1, title: 前一日提醒, working_days: -1, at: "09:00", audience: [preparer], template: reminder}
  - {id: told, title: 通报, working_days: 1, at: "09:00", audience: [preparer], template: circular}
package: {at: 2023-06-06T18:00, basis: 当日汇总}
"""
LOCAL = "  - {kind: maildir, path: var/mail/inbox}\n  - {kind: drop, path: var/drop/bench}"
SERVER = "  - {kind: imap, account: office}\n  - {kind: drop, path: var/drop/bench}"
ACCOUNTS = """
bureau: 某部
accounts:
  office:
    address: {office}
    display_name: 某部
    imap: {{host: 127.0.0.1, port: {imap}, tls: none}}
    smtp: {{host: 127.0.0.1, port: {smtp}, tls: none}}
    secret_env: {secret}
    letters_per_day: 1000000
    letters_per_minute: 0
"""
FIRST = "东西南北中上下前后左右金银铜铁"
SECOND = "山河湖海江溪泉石林田桥井沟坡岭"
THIRD = "安宁和平兴盛永康吉祥福寿德仁义"
TOWNS_IN_A_COUNTY = 15


def county(number: int) -> tuple[str, str]:
    """Code and name of the county a township with this number lies in."""
    n = number // TOWNS_IN_A_COUNTY
    name = FIRST[n % 15] + SECOND[n // 15 % 15] + THIRD[n // 225 % 15] + "县"
    return f"{110000 + n:06d}", name


def town(number: int) -> tuple[str, str, str]:
    """Code, name and county of a township; the name is unique in its county only, as in the country."""
    code, _ = county(number)
    n = number % TOWNS_IN_A_COUNTY
    here = number // TOWNS_IN_A_COUNTY
    return f"{code}{100 + n}", THIRD[n] + SECOND[(n + here) % 15] + ("镇" if n % 3 else "乡"), code


def address(number: int) -> str:
    return f"town{number}@{DOMAIN}"


def make_home(
    folder: Path, size: int, sources: str = LOCAL, account: str = "capture", accounts: str = "bureau: 某部\n"
) -> Home:
    """The folder's home: campaign, roster, calendars, accounts."""
    config = folder / "home" / "config"
    for name in ("campaigns", "rosters"):
        (config / name).mkdir(parents=True)
    (config / "calendar").symlink_to(SHIPPED / "config" / "calendar")
    text = CAMPAIGN.replace("SOURCES", sources).replace("ACCOUNT", account)
    (config / "campaigns" / "bench.yaml").write_text(text.lstrip(), "utf-8")
    (config / "office.yaml").write_text(accounts, "utf-8")
    rows = ["code,name,kind,tier,parent,preparer", *_counties(size), *_towns(size)]
    (config / "rosters" / "bench.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return Home.at(folder / "home")


def _counties(size: int) -> Iterator[str]:
    for number in range(0, size, TOWNS_IN_A_COUNTY):
        code, name = county(number)
        yield f"{code},{name},county,区县,,"


def _towns(size: int) -> Iterator[str]:
    for number in range(size):
        code, name, parent = town(number)
        yield f"{code},{name},town,镇街,{parent},{address(number)}"


def desk(folder: Path) -> Desk:
    return open_desk("bench", AS_OF, Home.at(folder / "home"))


def fresh_ledger() -> None:
    """Forget the ledger this process has open: its file is gone."""
    forget_ledgers()


def fill(ledger: Ledger, source: str, size: int) -> None:
    """Every township has reported by mail and was written to twice: the start's letter and a receipt."""
    with ledger.write() as connection:
        connection.execute(schema.arrival.insert(), [_arrival(n, source) for n in range(size)])
        connection.execute(schema.judgement.insert(), [_judgement(n) for n in range(size)])
        connection.execute(schema.submission.insert(), [_submission(n) for n in range(size)])
        connection.execute(schema.letter.insert(), [_letter(n, "start") for n in range(size)])
        connection.execute(schema.letter.insert(), [_letter(n, "receipt") for n in range(size)])


def _digest(*words: object) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()


def _arrival(n: int, source: str) -> dict[str, Any]:
    names = {"source": source, "key": f"1:{n + 1}", "digest": _digest("mail", n), "place": ""}
    at = BEGAN + timedelta(seconds=n)
    return names | {"form": "mail", "filename": "", "hints": {}, "received_at": at, "taken_at": at}


def _judgement(n: int) -> dict[str, Any]:
    facts = {"campaign": "bench", "arrival": n + 1, "outcome": "submission", "kind": "submission"}
    words = {"sender": address(n), "subject": f"{town(n)[1]}报送", "message_id": f"<{n}@{DOMAIN}>"}
    return facts | words | {"reasons": [], "judged_at": BEGAN + timedelta(seconds=n)}


def _submission(n: int) -> dict[str, Any]:
    code, name, _ = town(n)
    digest, filename = _digest("form", n), f"{name}统计表.xlsx"
    values = {"drills": 2.0 + n % 7, "people": 50.0 + n % 900}
    evidence = {"drills": "统计表!C5", "people": "统计表!D5"}
    row = {"unit": code, "values": values, "evidence": evidence, "findings": []}
    reading = {"values": values, "evidence": evidence, "rows": [row], "findings": [], "date": "2023-05-31"}
    at = BEGAN + timedelta(seconds=n)
    return {
        "campaign": "bench", "obligation": "figures", "unit": code, "version": 1, "digest": digest,
        "filename": filename, "files": [{"filename": filename, "digest": digest, "size": 8500}],
        "arrival": n + 1, "sender": address(n), "verdict": "accepted",
        "reading": reading | {"nil": False, "reasons": []}, "received_at": at, "recorded_at": at,
    }  # fmt: skip


def _letter(n: int, kind: str) -> dict[str, Any]:
    code, name, _ = town(n)
    receipt = f"version:figures:1:{_digest('form', n)[:12]}"
    at = BEGAN + timedelta(seconds=n)
    return {
        "campaign": "bench", "unit": code, "kind": kind,
        "occasion": receipt if kind == "receipt" else "rung:start", "obligations": ["figures"],
        "address": address(n), "subject": f"【{kind}】{name}", "message_id": f"<{kind}-{n}@{DOMAIN}>",
        "wire": _digest(kind, n), "state": "sent", "attempts": 1, "queued_at": at, "claimed_at": at,
        "settled_at": at, "reply": "250 2.0.0 Ok",
    }  # fmt: skip
