"""What Prometheus reads is the ledger's, parses, and names nobody."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from flows.__main__ import main
from tests.health.test_signs import home, take_in
from tests.line import office

__all__ = ["home"]


@pytest.fixture
def figures(home, capsys):
    take_in(home, "2023-05-31T10:00")
    assert main(["--home", str(home.root), "metrics", "--as-of", "2023-05-31T10:01"]) == 0
    return capsys.readouterr().out


def test_the_figures_parse_and_are_the_ledgers(figures):
    found = {
        (sample.name, sample.labels.get("obligation")): sample.value
        for family in text_string_to_metric_families(figures)
        for sample in family.samples
    }
    assert found["baosong_reports_expected", "summary"] == 3
    assert found["baosong_queue_items", None] == 1
    assert found["baosong_sending_stopped", None] == 0


def test_nobody_is_named(figures):
    assert "@" not in figures
    assert not any(name in figures for name in office.UNITS.values())


def test_the_file_is_replaced_whole(home, tmp_path):
    out = tmp_path / "baosong.prom"
    for _ in range(2):
        assert main(["--home", str(home.root), "metrics", "--out", str(out)]) == 0
    assert out.read_text("utf-8").startswith("# HELP baosong_")
    assert [p.name for p in tmp_path.glob("*.prom*")] == ["baosong.prom"]
