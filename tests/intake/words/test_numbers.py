import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.intake.words.dates import find_dates, find_editions, find_years, read_date
from tasks.intake.words.numbers import (
    CHINESE,
    SCALE_WORDS,
    chinese_number,
    has_digits,
    is_scaled,
    read_number,
)

HOUSEHOLDS = frozenset({"户"})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3.0, 3), (0, 0), ("3", 3), ("３０", 30), (" 30 户 ", 30), ("30家", 30), ("1,200", 1200),
        ("1，200", 1200),
        ("1 200", 1200), ("1.2万", 12000), ("1.2万户", 12000), ("三十", 30), ("三十户", 30), ("〇", 0),
        ("零", 0),
        ("十二", 12), ("一百二十", 120), ("一百零五", 105), ("两千三百", 2300), ("一万零三", 10003),
        ("叁拾", 30),
        ("二〇二三", 2023), ("一千二百三十四", 1234), ("共30户", 30), ("30。", 30), ("30.0", 30),
        ("-5", -5),
        ("负五", -5), ("3.5", 3.5), ("2千", 2000), ("\u00a030\u3000", 30), ("+3", 3), ("3.", 3),
    ],
)  # fmt: skip
def test_a_number_is_read_as_a_clerk_means_it(cell, value):
    assert read_number(cell, HOUSEHOLDS) == read_number(float(value))


@pytest.mark.parametrize(
    "cell",
    [
        "约30", "30余", "30多户", "若干", "近百", "三十左右", "30以上", "3-5", "3~5", "三五", "几十",
        "30+", "30%",
        "3场30户", "30人", "30户次", "3²", "①", "½", "3O", "1,20", "12,00", "3 5", "无", "-", "/", "—",
        "见附件",
        "(5)", "第3", "三十来", "一百二", "3/30", True, dt.date(2023, 3, 5), "30户（含重复）", "٣",
        "十十", "三万五",
        "1.2.3", "1e3", "0x1F", "30户30", "～30", "百", "一十百",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_no_number(cell):
    assert read_number(cell, HOUSEHOLDS) == read_number("若干")


@pytest.mark.parametrize(
    ("cell", "code"), [("=SUM(A1)", "FORMULA_NO_CACHE"), ("#REF!", "ERROR_CELL"), ("#DIV/0!", "ERROR_CELL")]
)
def test_formulas_and_errors_are_named(cell, code):
    assert read_number(cell).problem == code


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "\u00a0"])
def test_blank_is_blank(cell):
    assert (read_number(cell).value, read_number(cell).problem) == (None, None)


def spell(number: int) -> str:
    """Chinese numerals by the book, for numbers below a hundred million."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        head, tail = divmod(number, 10_000)
        gap = "零" if tail and tail < 1000 else ""
        return spell(head) + "万" + (gap + spell(tail) if tail else "")
    out, zero = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        place = number // size % 10
        if place:
            out += ("零" if zero and out else "") + digits[place] + word
            zero = False
        else:
            zero = True
    return out or "零"


@given(st.integers(0, 99_999_999))
def test_numerals_by_the_book_are_read_back(number):
    text = spell(number)
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一万亿", 10**12), ("两万亿零三百", 2 * 10**12 + 300), ("三千万亿", 3 * 10**15),
        ("一亿零三万", 100_030_000),
        ("二百零", 200), ("二百零三", 203), ("", None), ("3百", None), ("十三五", None), ("两百五", None),
        ("三万五亿", None),
        ("万万亿", None), ("万亿", None), ("一万二万", None), ("一千一", None), ("二〇", 20),
    ],
)  # fmt: skip
def test_great_numbers_are_read_and_what_could_be_two_is_none(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("plain", "formal"), list(zip("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", strict=True))
)
def test_every_formal_numeral_is_its_plain_one_wherever_it_stands(plain, formal):
    value = "〇一二三四五六七八九".index(plain)
    assert chinese_number(plain) == chinese_number(formal) == value
    if value:
        assert chinese_number(f"{formal}仟") == chinese_number(f"{plain}千") == value * 1000
        assert chinese_number(f"壹佰{formal}拾") == 100 + value * 10
        assert chinese_number(f"贰万{formal}仟") == 20_000 + value * 1000


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("○", 0), ("两千", 2000), ("三五七", None), ("二三四五", 2345), ("三〇七", 307), ("三万五百", None),
        ("三万零五百", 30_500), ("三万〇五百", 30_500), ("一亿二万", 100_020_000), ("一亿五百", None),
    ],
)  # fmt: skip
def test_numerals_side_by_side_are_places_only_where_that_is_certain(text, number):
    assert chinese_number(text) == number


def test_a_known_measure_may_follow_where_none_is_asked_for_and_a_bare_scale_is_no_measure():
    assert read_number("30户").value == 30
    assert read_number("30怪").value is None
    assert [is_scaled(unit) for unit in ("万元", "万人次", "万", "千", "户", "千米")] == [
        True,
        True,
        *[False] * 4,
    ]


def test_a_measure_in_hundreds_thousands_and_more_is_worth_what_it_says():
    assert SCALE_WORDS == {"百": 100, "千": 1000, "万": 10_000, "亿": 10**8}


@given(st.text(alphabet=CHINESE, max_size=12))
def test_any_row_of_numerals_is_a_number_or_none(text):
    assert chinese_number(text) is None or chinese_number(text) >= 0


@given(st.text(alphabet="0123456789.,，一二三十百千万零约余多户场 次-~", max_size=8))
def test_a_text_is_never_read_as_a_number_its_digits_do_not_spell(text):
    value = read_number(text, HOUSEHOLDS).value
    if value is not None:
        assert not set(text) & set("约余多~次")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年4月3日", dt.date(2023, 4, 3)), ("２０２３．４．３", dt.date(2023, 4, 3)),
        ("二〇二三年四月三日", dt.date(2023, 4, 3)), ("二○二三年十二月三十一日", dt.date(2023, 12, 31)),
        (dt.datetime(2023, 4, 3, 9), dt.date(2023, 4, 3)), ("2023-04-31", None), ("4月3日", None),
        (45019, None),
    ],
)  # fmt: skip
def test_dates_are_read_in_figures_and_in_words(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "has"),
    [("3场", True), ("３", True), ("三场", True), ("", False), ("若干场", False), ("若干", False)],
)
def test_whether_a_text_holds_a_numeral_at_all(text, has):
    assert has_digits(text) is has


def test_years_and_editions_are_found():
    assert find_years("2022年度，渝民办〔2023〕33号，二〇二一年") == {2021, 2022, 2023}
    assert find_years("电话20231234，2023户") == set()
    assert find_editions("第七届、第12届") == {7, 12}
    assert find_dates("2023年3月21日至2023年3月31日") == [dt.date(2023, 3, 21), dt.date(2023, 3, 31)]
