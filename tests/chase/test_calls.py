import stat

import openpyxl

from flows.__main__ import main
from tasks.chase.calls import calls_due, write_sheet
from tasks.desk import open_desk
from tasks.terms import times
from tests.line.office import make_home

ROSTER = """code,name,kind,tier,preparer,phone
A01,东山镇,town,镇街,,023-71234567
A02,西山镇,town,镇街,a02@district.example,023-71234568
A03,=SUM(A1)街道,town,镇街,,
"""


def home_with_silent_units(tmp_path):
    home = make_home(tmp_path / "home")
    (home.config / "rosters" / "drill.csv").write_text(ROSTER, "utf-8")
    return home


def test_the_sheet_holds_whole_numbers_as_text_and_is_for_this_user_alone(tmp_path):
    home = home_with_silent_units(tmp_path)
    desk = open_desk("drill", times.parse("2023-05-10T09:00"), home)
    path = write_sheet(desk, calls_due(desk))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=3, values_only=True))
    assert [row[:3] for row in rows] == [
        ("东山镇", "023-71234567", "名册上没有填报人邮箱"),
        ("=SUM(A1)街道", "（名册上没有）", "名册上没有填报人邮箱"),
    ]
    assert openpyxl.load_workbook(path).active["A4"].data_type == "s"
    assert write_sheet(desk, []) == path


def test_the_sheet_prints_at_its_size_with_room_to_write_in(tmp_path):
    """It is taken to the telephone on paper: small letters in low rows are no use there."""
    desk = open_desk("drill", times.parse("2023-05-10T09:00"), home_with_silent_units(tmp_path))
    page = openpyxl.load_workbook(write_sheet(desk, calls_due(desk))).active
    assert sum(each.width for each in page.column_dimensions.values()) < 130
    assert page.row_dimensions[3].height >= 30
    assert page["A1"].value.startswith("防汛演练电话催办单（2023年5月10日")


def test_the_verb_shows_masked_numbers_only(tmp_path, capsys):
    home = home_with_silent_units(tmp_path)
    assert main(["--home", str(home.root), "calls", "drill", "--as-of", "2023-05-10T09:00", "--json"]) == 0
    out = capsys.readouterr().out
    assert "东山镇" in out
    assert "023-7123" not in out
