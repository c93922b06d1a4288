"""The office's hours, summer and winter, and the codes of its accounts."""

from dataclasses import replace
from datetime import date, time

import pytest

from tasks.settings import Account, Office, Season
from tasks.terms.errors import Misconfigured

SUMMER = Season(
    name="夏季作息", start="05-01", end="09-30", hours=((time(8), time(12)), (time(15), time(18)))
)
WINTER = Season(name="冬季作息", start="11-15", end="02-29", hours=((time(9), time(17)),))
OFFICE = Office("某区民政局", ((time(9), time(12)), (time(14), time(17, 30))), seasons=(SUMMER, WINTER))


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        ((2026, 4, 30), time(17, 30)),
        ((2026, 5, 1), time(18)),
        ((2026, 9, 30), time(18)),
        ((2026, 10, 1), time(17, 30)),
        ((2026, 11, 14), time(17, 30)),
        ((2026, 11, 15), time(17)),
        ((2026, 12, 31), time(17)),
        ((2027, 1, 1), time(17)),
        ((2028, 2, 29), time(17)),
        ((2027, 3, 1), time(17, 30)),
    ],
)
def test_the_office_day_ends_with_its_season_over_the_new_year_too(day, closes):
    assert OFFICE.closes_on(date(*day)) == closes


def test_without_seasons_every_day_has_the_same_hours():
    office = Office("某区民政局", ((time(9), time(12)), (time(14), time(17, 30))))
    assert {office.closes_on(date(2026, month, 15)) for month in range(1, 13)} == {time(17, 30)}
    assert office.hours_on(date(2026, 7, 1)) == office.hours


def test_of_seasons_that_overlap_the_first_holds():
    office = Office(
        "某局",
        OFFICE.hours,
        seasons=(
            WINTER,
            SUMMER,
            Season(name="全年", start="01-01", end="12-31", hours=((time(1), time(2)),)),
        ),
    )
    assert office.closes_on(date(2026, 7, 1)) == time(18)
    assert office.closes_on(date(2026, 3, 15)) == time(2)


ACCOUNT = Account(address="a@x.example", display_name="甲", secret_env="BAOSONG_TEST_CODE")


@pytest.mark.parametrize("given", ["abcd1234", "abcd1234\n", "\ufeffabcd1234\r\n", " ab cd 12 "])
def test_a_code_is_read_without_what_it_was_copied_with(tmp_path, given):
    (tmp_path / "code").write_text(given, "utf-8")
    account = replace(ACCOUNT, secret_env="", secret_file=str(tmp_path / "code"))
    assert account.secret() == given.strip("\ufeff").strip()


@pytest.mark.parametrize("given", ["ａｂｃｄ１２３４", "授权码abcd", "ab\r\ncd", "ab\0cd"])
def test_a_code_no_server_can_take_is_the_operators_business(tmp_path, given):
    (tmp_path / "code").write_text(given, "utf-8")
    account = replace(ACCOUNT, secret_env="", secret_file=str(tmp_path / "code"))
    with pytest.raises(Misconfigured, match=r"a@x\.example 的授权码里有中文、全角字符或换行"):
        account.secret()


def test_a_code_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "code").write_bytes("授权码".encode("gbk"))
    with pytest.raises(Misconfigured, match="授权码文件读不到"):
        replace(ACCOUNT, secret_env="", secret_file=str(tmp_path / "code")).secret()
