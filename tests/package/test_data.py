import csv
import hashlib
import io
import json

import pytest

from tasks.package.build import build_package
from tasks.package.dossier import Evidence
from tests.package import factory


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    dossier, store = factory.nanchuan(towns=6, organisations=4, studios=12)
    return dossier, build_package(dossier, store.read, tmp_path_factory.mktemp("packages"))


def rows(package, name):
    text = (package[1].path / f"data/数据/{name}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def described(package):
    return json.loads((package[1].path / "data/数据/datapackage.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["units", "figures", "originals"])
def test_every_column_is_described_and_every_key_is_unique(package, name):
    table = next(r for r in described(package)["resources"] if r["name"] == name)
    found = rows(package, name)
    assert [f["name"] for f in table["schema"]["fields"]] == list(found[0])
    keys = [tuple(row[k] for k in table["schema"]["primaryKey"]) for row in found]
    assert len(set(keys)) == len(keys)
    numbers = [f["name"] for f in table["schema"]["fields"] if f["type"] in {"number", "integer"}]
    assert [float(row[n]) for row in found for n in numbers if row[n]]


def test_the_summary_has_what_its_schema_asks_for(package):
    schema = next(r for r in described(package)["resources"] if r["name"] == "summary")["jsonSchema"]
    summary = json.loads((package[1].path / "data/数据/summary.json").read_text("utf-8"))
    assert set(schema["required"]) <= set(summary)
    wanted = set(schema["properties"]["obligations"]["items"]["required"])
    assert all(wanted <= set(each) for each in summary["obligations"])


def test_every_figure_leads_to_an_original_of_the_package_and_a_cell(package):
    found = rows(package, "figures")
    assert found
    for row in found:
        original = package[1].path / row["原件路径"]
        assert hashlib.sha256(original.read_bytes()).hexdigest() == row["原件SHA256"]
        assert "!" in row["单元格"]


def test_the_figures_add_up_to_the_sums_of_the_summary(package):
    _, built = package
    told = {s["field"]: s["sum"] for o in built.summary["obligations"] for s in o["sums"]}
    assert set(told) == {"activities", "visits", "served"}
    for field, total in told.items():
        values = [float(r["数值"]) for r in rows(package, "figures") if r["指标代号"] == field and r["数值"]]
        assert sum(values) == total


def test_only_accepted_and_nil_reports_have_figures(package):
    assert {row["状态"] for row in rows(package, "figures")} <= {"accepted", "nil"}


def test_every_original_is_listed_with_its_senders_own_name(package):
    listed = rows(package, "originals")
    folder = package[1].path / "data/原件"
    on_disk = {p.relative_to(package[1].path).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {row["路径"] for row in listed} == on_disk
    assert all(row["原文件名"] for row in listed)


def test_the_place_of_a_figure_is_put_together_from_its_file_and_its_cell():
    cells = {"T1": {"people": "表!C5"}, "T2": {"people": "表!C6"}}
    evidence = Evidence("报表.xlsx", cells)
    assert dict(evidence) == {"T1/people": "报表.xlsx 表!C5", "T2/people": "报表.xlsx 表!C6"}
    assert evidence.get("people") is None
    assert evidence.get("T3/people") is None
