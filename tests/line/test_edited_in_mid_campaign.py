"""A clerk edits the roster or the campaign file while reports are coming in."""

import pytest

from flows.__main__ import main
from tasks.chase.steps import letters_due
from tasks.status.view import look
from tests.dispatch.bureau import AT, Bureau, bureau

REMINDED = "2023-06-01T09:30"


@pytest.fixture
def office(tmp_path) -> Bureau:
    """A bureau where 东山镇 has reported and everybody has been written to once."""
    made = bureau(tmp_path)
    made.report("A01", "2023-05-20T09:00")
    made.take_in("2023-05-21T09:00")
    assert reminded(made, "2023-06-01T09:30") == {"A01", "A02", "A03"}  # the form is owed by all
    return made


def reminded(of, at=REMINDED) -> set[str]:
    return {each.unit for each in letters_due(of.desk(at))}


def edit(of, name, old, new) -> None:
    path = of.home.config / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def rename_unit(of) -> None:
    edit(of, "rosters/drill.csv", "A01,东山镇", "B01,东山镇")


def rename_obligation(of) -> None:
    edit(of, "campaigns/drill.yaml", "id: summary", "id: report")


@pytest.mark.parametrize("change", [rename_unit, rename_obligation])
def test_who_reported_under_the_old_name_is_told_and_not_chased(office, change, capsys):
    change(office)
    assert not {"A01", "B01"} & reminded(office)
    assert "A02" in reminded(office)
    main(["--home", str(office.home.root), "status", "drill", "--as-of", REMINDED])
    assert "请核实" in capsys.readouterr().out
    assert look(office.desk(REMINDED)).needs_person


@pytest.mark.parametrize("change", [rename_unit, rename_obligation])
def test_nothing_goes_up_until_it_is_put_right(office, change):
    change(office)
    told = office.compile(AT)
    assert (told["sent"], told["held_back"]) == ([], [1])
    assert "暂不呈报" in told["why"]["1"]


def test_named_back_all_is_as_before_and_the_package_goes_with_it(office):
    rename_unit(office)
    office.compile(AT)
    edit(office, "rosters/drill.csv", "B01,东山镇", "A01,东山镇")
    assert not look(office.desk(AT)).adrift
    told = office.compile("2023-06-02T19:00")
    assert told["sent"] == [told["number"]]
    folder = office.home.root / office.packages("2023-06-02T19:00")[-1].path / "data/原件"
    assert [p.name for p in folder.iterdir()] == ["A01_东山镇"]
