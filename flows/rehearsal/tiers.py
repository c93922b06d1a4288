"""``baosong rehearse --tiers``: a report on its way from station to province, reconciled to the unit.

What the stations wrote is held against what stands in the packages of every tier, read from their files.
"""

import csv
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from flows.rehearsal import papers
from flows.rehearsal.offices import DAY, LATER, STATIONS, Office, offices
from tasks.documents.fillin import write_form
from tasks.package.bagged.verify import verify
from tasks.terms import times
from tasks.terms.sums import added

Told = dict[str, dict[str, float]]
"""Figures by station and field."""

LATE = "D203"
"""The station that reports after the first package: its figures go up in supplements."""


def rehearse_tiers(folder: Path, seed: int) -> list[str]:
    """Play it in that empty folder; returns what does not agree, and prints what came of it."""
    districts, city, province = offices(folder)
    by_code = {district.code: district for district in districts}
    dice = random.Random(seed)  # noqa: S311  a play, not a secret
    written: Told = {}
    faults: list[str] = []
    for at, stations in ((DAY, [c for c in STATIONS if c != LATE]), (LATER, [LATE])):
        for code in stations:
            written[code] = _report(by_code[code[:2]], code, times.parse(at) - timedelta(hours=8), dice)
        for district in districts:
            _pass_on(district, city, at, hours=3)
        _pass_on(city, province, at, hours=2)
        province.compile(at)
        print(f"{times.moment_zh(times.parse(at), year=True)}，{len(written)} 个站已报：", flush=True)
        faults += _reconciled(written, [(districts, "区"), ([city], "市"), ([province], "省")])
    return faults


def _report(of: Office, code: str, at: datetime, dice: random.Random) -> dict[str, float]:
    """A station fills in its form and writes its summary; what it wrote."""
    desk = of.desk(DAY)
    obligation, unit = desk.campaign.obligation("figures"), desk.roster[code]
    told = {
        "drills": dice.randint(1, 9),
        "people": dice.randint(20, 400),
        "funds": dice.randint(1, 999) / 100,
    }
    blank = write_form(desk.campaign, obligation, unit, [unit])
    files = [
        (f"{unit.name}统计表.xlsx", papers.fill(blank, obligation, desk.roster, {code: told})),
        (f"{unit.name}总结.docx", papers.summary(desk.campaign, unit, None, dice)),
    ]
    of.receive(code, unit.name, files, at)
    return {field: float(value) for field, value in told.items()}


def _pass_on(below: Office, above: Office, at: str, *, hours: int) -> None:
    """An office compiles; what it mails up is carried into the mailbox of the tier above."""
    below.compile(at)
    for name, data in below.mailed():
        above.receive(below.code, below.name, [(name, data)], times.parse(at) - timedelta(hours=hours))


def _reconciled(written: Told, tiers: Iterable[tuple[list[Office], str]]) -> Iterator[str]:
    """Every difference between what was written and what a tier has, unit by unit and in the sums."""
    whole = _sums(written)
    for count, (tier, title) in enumerate(tiers):
        found: Told = {}
        for office in tier:
            yield from (f"{office.name}：{fault}" for fault in verify(office.package()))
            found |= _figures(office.package())
        for code in sorted(set(written) | set(found)):
            if written.get(code) != found.get(code):
                yield _differs(title, code, found.get(code), written.get(code))
        stated = [_stated(office.package()) for office in tier]
        sums = {field: added(s[field] for s in stated) for field in whole}
        if sums != whole:
            yield f"{title}级合计 {sums} 与各站之和 {whole} 不符"
        if not count:
            print(f"  各站填报之和：{_line(whole)}")
        print(f"  {title}级汇总件合计：{_line(sums)}（{len(found)} 个站）", flush=True)


def _differs(
    title: str, code: str, found: Mapping[str, float] | None, told: Mapping[str, float] | None
) -> str:
    return f"{title}级的 {STATIONS.get(code, code)} 与原报不符：{found or '没有'}，原报 {told or '没有'}"


def _figures(package: Path) -> Told:
    """Every unit's figures as the package's own file gives them."""
    found: Told = {}
    with (package / "data/数据/figures.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["数值"]:
                found.setdefault(row["单位代码"], {})[row["指标代号"]] = float(row["数值"])
    return found


def _stated(package: Path) -> Mapping[str, float]:
    summary = json.loads((package / "data/数据/summary.json").read_text("utf-8"))
    told = next(o for o in summary["obligations"] if o["id"] == "figures")
    return {s["field"]: s["sum"] or 0.0 for s in told["sums"]}


def _sums(written: Told) -> dict[str, float]:
    fields = list(dict.fromkeys(field for told in written.values() for field in told))
    return {field: added(told[field] for told in written.values()) for field in fields}


def _line(sums: Mapping[str, float]) -> str:
    units = {"drills": "演练场次 {:g} 场", "people": "参演人数 {:g} 人", "funds": "投入资金 {:.15g} 万元"}
    return "，".join(units[field].format(value) for field, value in sums.items())
