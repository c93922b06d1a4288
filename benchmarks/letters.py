"""Letters to 41,000 units: written and queued, then handed over, in one run: python -m benchmarks.letters

``BENCH_UNITS`` sets how many units there are. The circular is the letter measured: one goes to every unit.
yagmail sends the same words ``BENCH_SENT`` times before and after, recording nothing.
"""

import json
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import yagmail

from benchmarks.sink import sinking
from tasks.chase.announce import Announcement
from tasks.chase.brakes import Limits
from tasks.chase.bulletin import by_address
from tasks.chase.need import objection
from tasks.chase.outbox import deliver, enqueue
from tasks.chase.write import Writer
from tasks.desk import Desk, open_desk
from tasks.mail.sending.transport import SmtpAccount, Transport
from tasks.settings import SHIPPED, Home
from tasks.status.view import View, look
from tasks.terms import times
from tasks.terms.letters import Letter

UNITS = int(os.environ.get("BENCH_UNITS", "41000"))
SENT = int(os.environ.get("BENCH_SENT", "300"))
NOW = times.parse("2023-06-06T10:00")

CAMPAIGN = """
id: many
title: 防汛演练
notice:
  issuer: 某区应急管理局
  document_number: 某应急〔2023〕1号
  title: 关于开展防汛演练的通知
  issued_on: 2023-05-04
  section: 综合科
  contact: {name: 演示, phone: 000-00000000}
  theme: 防汛演练
superior: {name: 某市应急管理局, channel: email, address: up@bench.example}
roster: rosters/many.csv
windows: [{id: w, title: 演练月, start: 2023-05-08, end: 2023-05-31}]
obligations:
  - {id: summary, title: 演练总结, deliverable: narrative, window: w,
     due: {date: 2023-06-02, time: "17:00"}, owed_by: [{kind: town}], narrative: {keywords: [防汛]}}
sources: [{kind: maildir, path: var/mail/inbox}]
account: capture
ladder:
  - {id: tell, title: 通报, working_days: 2, at: "09:00", audience: [preparer], template: circular}
package: {at: 2023-06-07T18:00, basis: 汇总}
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=os.environ.get("BENCH_DIR")) as name:
        desk = open_desk("many", NOW, _home(Path(name)))
        view = look(desk)
        queued = _queue(desk, view)
        sending = _send(desk)
    print(json.dumps(queued | sending, ensure_ascii=False, indent=2))


def _queue(desk: Desk, view: View) -> dict[str, float]:
    rung = desk.campaign.ladder[0]
    told = [Announcement(rung, s.reporter, s.due.at, (s.obligation,)) for s in view.standings]
    writer = Writer(desk, view)
    begin = time.perf_counter()
    said = (each for announced in told for each in writer.announcements(announced))
    letters = [writer.announcement(group) for group in by_address(said)]
    written = time.perf_counter()
    assert enqueue(desk.ledger, desk.store, letters, desk.now) == UNITS
    done = time.perf_counter()
    return {"letters": UNITS, "written_s": written - begin, "written_and_queued_s": done - begin}


def _send(desk: Desk) -> dict[str, float]:
    """All of ours in one round, yagmail's before and after it, so that neither has the quieter moment."""
    words = _same(desk)
    with sinking() as account:
        before = _yagmail(account, words)
        ours = _ours(desk, account)
        theirs = (before + _yagmail(account, words)) / 2
    return {
        "sent": UNITS,
        "ours_ms": ours * 1000,
        "yagmail_ms": theirs * 1000,
        "times_as_fast_as_yagmail": theirs / ours,
    }


def _ours(desk: Desk, account: SmtpAccount) -> float:
    """Seconds for a letter, every state committed, each letter's need asked again as it goes."""
    begin = time.perf_counter()
    with Transport(account, "") as transport:
        done = deliver(
            desk.ledger,
            desk.store,
            "many",
            transport,
            sender=account.address,
            clock=desk.clock,
            objection=objection(desk),
            limits=Limits(desk.home.kill_switch, daily_cap=10**9),
        )
    took = time.perf_counter() - begin
    assert done.sent == UNITS, done
    return took / UNITS


def _same(desk: Desk) -> tuple[str, str]:
    rung = desk.campaign.ladder[0]
    view = look(desk)
    told = Announcement(rung, "U00001", view.standings[0].due.at, ("summary",))
    writer = Writer(desk, view)
    letter = writer.announcement(list(writer.announcements(told)))
    return letter.subject, _html(letter)


def _html(letter: Letter) -> str:
    assert letter.form is not None
    return letter.form.html


def _yagmail(account: SmtpAccount, words: Sequence[str]) -> float:
    client = yagmail.SMTP(
        account.address,
        host=account.smtp.host,
        port=account.smtp.port,
        smtp_ssl=False,
        smtp_starttls=False,
        smtp_skip_login=True,
    )
    subject, html = words
    begin = time.perf_counter()
    for n in range(SENT):
        client.send(f"unit{n}@bench.example", subject, [html])
    return (time.perf_counter() - begin) / SENT


def _home(folder: Path) -> Home:
    config = folder / "config"
    for name in ("campaigns", "rosters"):
        (config / name).mkdir(parents=True)
    (config / "calendar").symlink_to(SHIPPED / "config" / "calendar")
    (config / "office.yaml").write_text("bureau: 某区应急管理局\n", "utf-8")
    (config / "campaigns" / "many.yaml").write_text(CAMPAIGN, "utf-8")
    rows = [f"U{n:05},第{n}镇,town,镇街,u{n}@bench.example" for n in range(UNITS)]
    text = "\n".join(["code,name,kind,tier,preparer", *rows, ""])
    (config / "rosters" / "many.csv").write_text(text, "utf-8")
    return Home.at(folder)


if __name__ == "__main__":
    main()
