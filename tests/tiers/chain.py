"""Three tiers of one drill: stations report to districts, districts to a city, the city to the province."""

from pathlib import Path

from tasks.documents.fillin import write_form
from tasks.ledger import submissions
from tasks.settings import CAPTURE, SHIPPED, Home
from tasks.status.view import look
from tests.dispatch.bureau import Bureau
from tests.line import papers

AT, LATER = "2023-06-02T18:00", "2023-06-06T17:00"
DISTRICTS = {"D1": "东区应急管理局", "D2": "西区应急管理局"}
STATIONS = {f"{d}{n:02d}": f"{DISTRICTS[d][0]}{'甲乙丙'[n - 1]}镇" for d in DISTRICTS for n in (1, 2, 3)}
CITY, PROVINCE = "某市应急管理局", "某省应急管理厅"

CAMPAIGN = """
id: {id}
title: 防汛演练
notice:
  issuer: {issuer}
  document_number: 某应急〔2023〕1号
  title: 关于开展防汛演练的通知
  issued_on: 2023-05-04
  section: 综合科
  contact: {{name: 演示, phone: 000-00000000}}
superior: {{name: {superior}, channel: email, address: up@{id}.example{limit}}}
roster: rosters/{id}.csv
windows: [{{id: w, title: 演练月, start: 2023-05-08, end: 2023-05-31}}]
obligations:
  - id: summary
    title: 演练总结
    deliverable: narrative
    window: w
    due: {{date: 2023-06-02, time: "17:30"}}
    owed_by: [{{kind: {reporter}}}]
    narrative: {{keywords: [防汛], min_characters: 30}}
  - id: figures
    title: 演练统计表
    deliverable: form
    window: w
    due: {{date: 2023-06-02, time: "17:30"}}
    owed_by: [{{kind: station}}]
    through_parent: [{through}]
    fields:
      - {{id: drills, title: 演练场次, unit: 场, high: 100}}
      - {{id: people, title: 参演人数, unit: 人, high: 10000}}
sources:
  - {{kind: maildir, path: var/mail/inbox}}
  - {{kind: drop, path: var/drop/{id}}}
package: {{at: 2023-06-02T18:00, basis: 当日汇总, supplements: [2023-06-06T17:00]}}
"""


def _home(folder: Path, name: str, rows: list[str], **words: str) -> Bureau:
    config = folder / name / "config"
    for room in ("campaigns", "rosters"):
        (config / room).mkdir(parents=True)
    (config / "calendar").symlink_to(SHIPPED / "config" / "calendar")
    text = CAMPAIGN.format(id=name, **{"limit": "", "through": "", **words})
    (config / "campaigns" / f"{name}.yaml").write_text(text.lstrip(), "utf-8")
    (config / "office.yaml").write_text(f"bureau: {words['issuer']}\n", "utf-8")
    head = "code,name,kind,tier,parent,preparer"
    (config / "rosters" / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return Bureau(Home.at(folder / name), name)


def address(code: str) -> str:
    return f"{code.lower()}@units.example"


def district(folder: Path, code: str, limit: str = "") -> Bureau:
    mine = {c: n for c, n in STATIONS.items() if c.startswith(code)}
    rows = [f"{c},{n},station,镇街,,{address(c)}" for c, n in mine.items()]
    words = {"issuer": DISTRICTS[code], "superior": CITY, "reporter": "station", "limit": limit}
    return _home(folder, code.lower(), rows, **words)


def city(folder: Path, stations: dict[str, str] = STATIONS) -> Bureau:
    rows = [f"{c},{n},district,区县,,{address(c)}" for c, n in DISTRICTS.items()]
    rows += [f"{c},{n},station,镇街,{c[:2]}," for c, n in stations.items()]
    words = {"issuer": CITY, "superior": PROVINCE, "reporter": "district", "through": "station"}
    return _home(folder, "city", rows, **words)


def province(folder: Path) -> Bureau:
    rows = [f"C1,{CITY},city,市,,{address('C1')}"]
    rows += [f"{c},{n},station,镇街,C1," for c, n in STATIONS.items()]
    words = {"issuer": PROVINCE, "superior": "国家某部", "reporter": "city", "through": "station"}
    return _home(folder, "province", rows, **words)


def station_reports(
    of: Bureau, code: str, drills: object, people: object, when: str = "2023-06-01T09:00"
) -> None:
    """A station's form and summary, by mail to its district."""
    desk, name = of.desk(), STATIONS[code]
    obligation = desk.campaign.obligation("figures")
    blank = write_form(desk.campaign, obligation, desk.roster[code], [desk.roster[code]])
    files = [
        (f"{name}统计表.xlsx", papers.filled(blank, name, drills, people)),
        (f"{name}总结.docx", papers.narrative(name)),
    ]
    data = papers.mail(address(code), CAPTURE.address, f"{name}防汛演练材料", files, when)
    of.receive(data, f"{code}-{when[8:13]}")


def hand_on(below: Bureau, above: Bureau, code: str, when: str = "2023-06-02T17:00", spoil=None) -> None:
    """Carry what one bureau mailed up into the mailbox of the next: its newest package, every part."""
    number = below.packages(LATER)[-1].number
    for count, letter in enumerate(below.letters("dispatch")):
        for part in letter.iter_attachments():
            name, data = part.get_filename(), part.get_payload(decode=True)
            if f"第{number:02d}号" in name:
                files = [(name, spoil(data) if spoil else data)]
                mail = papers.mail(
                    address(code), CAPTURE.address, "呈报汇总材料", files, f"{when}:{count:02d}"
                )
                above.receive(mail, f"{code}-{number}-{count}-{len(data)}")


def figures(of: Bureau, at: str = AT) -> dict[str, dict[str, float | None]]:
    """Every station's figures as this tier knows them; missing stations are not in it."""
    found = {}
    for each in look(of.desk(at)).standings:
        if each.obligation == "figures" and each.state.value in {"accepted", "nil"}:
            found[each.unit] = dict(each.values)
    return found


def sums(of: Bureau) -> dict[str, float]:
    """The totals of its newest package."""
    summary = of.packages(LATER)[-1].summary
    told = next(o for o in summary["obligations"] if o["id"] == "figures")
    return {s["field"]: s["sum"] for s in told["sums"]}


def queue(of: Bureau, at: str = LATER) -> list[str]:
    """Why what waits for a clerk waits."""
    desk = of.desk(at)
    with desk.ledger.read() as connection:
        items = submissions.undecided(connection, of.campaign, desk.now)
    return ["；".join(item.reasons) for item in items]
