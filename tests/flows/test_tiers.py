import csv
import json
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.rehearsal import tiers
from flows.rehearsal.offices import STATIONS
from tasks.package.documents import preview


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    monkeypatch.setattr("tasks.package.make.pdf_preview", lambda _: preview.ABSENT)


def test_from_station_to_province_every_unit_and_every_total_is_told_to_agree(tmp_path, capsys):
    assert main(["rehearse", "--tiers", "--out", str(tmp_path / "play"), "--seed", "7"]) == 0
    said = capsys.readouterr().out
    assert said.endswith("逐单位、逐级核对一致\n")
    assert "省级汇总件合计：演练场次" in said
    assert f"（{len(STATIONS)} 个站）" in said
    package = tmp_path / "play" / "province" / "var" / "packages" / "province-第02号"
    with (package / "data/数据/figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["单位代码"] for row in rows} == set(STATIONS)
    stated = json.loads((package / "data/数据/summary.json").read_text("utf-8"))
    (told,) = (o for o in stated["obligations"] if o["id"] == "figures")
    for each in told["sums"]:
        cents = [round(float(r["数值"]) * 100) for r in rows if r["指标代号"] == each["field"]]
        assert round(each["sum"] * 100) == sum(cents)


class Province:
    """An office whose package is what a test says."""

    name = "某省应急管理厅"

    def package(self):
        return Path("package")


@pytest.mark.parametrize(
    ("found", "total", "said"),
    [
        ({"D101": {"drills": 99.0}}, 3.0, ["与原报不符"]),
        ({}, 3.0, ["与原报不符"]),
        ({"D101": {"drills": 3.0}, "X9": {"drills": 1.0}}, 3.0, ["与原报不符"]),
        ({"D101": {"drills": 3.0}}, 4.0, ["与各站之和"]),
        ({"D101": {"drills": 3.0}}, 3.0, []),
    ],
)
def test_a_figure_or_a_total_that_changed_on_its_way_is_named_with_its_tier(monkeypatch, found, total, said):
    monkeypatch.setattr(tiers, "verify", lambda _: [])
    monkeypatch.setattr(tiers, "_figures", lambda _: found)
    monkeypatch.setattr(tiers, "_stated", lambda _: {"drills": total})
    faults = list(tiers._reconciled({"D101": {"drills": 3.0}}, [([Province()], "省")]))
    assert len(faults) == len(said)
    assert all(words in fault and "省级" in fault for words, fault in zip(said, faults, strict=True))


def test_a_rehearsal_needs_a_campaign_or_the_tiers(capsys):
    assert main(["rehearse"]) == 2
    assert "--tiers" in capsys.readouterr().err
