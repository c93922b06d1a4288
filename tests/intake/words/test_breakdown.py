import pytest

from tasks.intake.words.numbers import Number, read_number

VISITS = frozenset({"户"})


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("42（其中独居老人家庭12户）", 42),
        ("42户（其中：低保12户，残疾30户）", 42),
        ("42(含线上走访2户)", 42),
        ("5（镇级2、村级3）", 5),
        ("5（镇级2+村级3）", 5),
        ("12.5（甲村10.2、乙村2.3）", 12.5),
        ("42（户）", 42),
        ("42", 42),
    ],
)
def test_a_bracket_that_only_says_how_a_figure_is_made_up_does_not_make_it_doubtful(cell: str, figure: float):
    assert read_number(cell, VISITS) == Number(float(figure))


@pytest.mark.parametrize(
    "cell",
    [
        "42（45）",
        "42（其中45户）",
        "5（镇级2、村级4）",
        "42（其中约12户）",
        "42（含税）",
        "42（应为45户）",
        "42（累计68）",
        "42（上月30户）",
        "42（不含村级12户）",
        "42（其中12户）（其中13户）",
        "42（人）",
        "42余（其中12户）",
        "42（其中）",
        "0.5万（其中12户）",
        "42（2、40）",
    ],
)
def test_any_other_bracket_leaves_the_figure_open(cell: str):
    assert read_number(cell, VISITS) == Number(None, "VAGUE")
