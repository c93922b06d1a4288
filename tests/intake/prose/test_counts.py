"""Which numbers of a sentence are exact counts, and which only look like it."""

import pytest

from tasks.intake.prose.figures import text_figures
from tasks.terms.obligation import Field

FIELDS = (
    Field(id="signed", title="家庭医生签约", unit="人", aliases=("签约居民",)),
    Field(id="booked", title="上门预约", unit="人次"),
    Field(id="visits", title="走访家庭", unit="户", aliases=("走访户数", "家访户数")),
    Field(id="shows", title="文艺演出", unit="场"),
)


def figures(text: str) -> dict[str, float]:
    return text_figures(text, FIELDS).values


def codes(text: str) -> list[str]:
    return [f.code for f in text_figures(text, FIELDS).findings]


def test_the_end_of_a_word_is_no_approximately():
    text = "家庭医生签约420人，上门预约35人次。"
    assert (figures(text), codes(text)) == ({"signed": 420, "booked": 35}, [])
    assert figures("家庭医生签约约420人，上门预约大约35人次。") == {}


@pytest.mark.parametrize("said", ["走访家庭-50户", "走访家庭－50户", "走访家庭−50户", "走访家庭负50户"])
def test_less_than_nothing_is_no_count_and_is_asked_about(said: str):
    assert (figures(f"我镇{said}，文艺演出3场。"), codes(f"我镇{said}，文艺演出3场。")) == (
        {"shows": 3},
        ["VAGUE"],
    )


def test_a_dash_before_a_count_takes_nothing_away():
    assert figures("全镇总动员——50户家庭走访，走访家庭50户。") == {"visits": 50}


@pytest.mark.parametrize("said", ["文艺演出12场（次）", "文艺演出12场(次)", "文艺演出12场（场次）"])
def test_the_same_measure_in_brackets_leaves_a_count_as_it_is(said: str):
    assert figures(f"我镇{said}。") == {"shows": 12}


@pytest.mark.parametrize(
    "said",
    [
        "家访户数：    户；文艺演出3场",
        "家访户数：户，文艺演出3场",
        "走访家庭    户，文艺演出3场",
        "走访家庭：　　户\n文艺演出3场",
    ],
)
def test_a_figure_that_was_never_filled_in_is_asked_about(said: str):
    assert (figures(said), codes(said)) == ({"shows": 3}, ["VAGUE"])


@pytest.mark.parametrize("said", ["走访家庭 30 户", "走访家庭：30户", "指标  走访家庭  户  30"])
def test_a_blank_beside_a_figure_is_not_an_empty_place(said: str):
    assert codes(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "走访家庭5户或6户",
        "走访家庭5或6户",
        "走访家庭50户至60户",
        "走访家庭50户-60户",
        "走访家庭50户到60户",
        "走访家庭50户（或60户）",
    ],
)
def test_one_number_or_another_is_none(said: str):
    assert (figures(f"{said}，文艺演出3场。"), codes(f"{said}，文艺演出3场。")) == ({"shows": 3}, ["VAGUE"])


@pytest.mark.parametrize(
    "aside",
    [
        "含在建3户",
        "其中含上年结转3户",
        "数据待核",
        "包括拟走访5户",
        "暂定",
        "预计",
        "初步统计",
        "含计划走访的3户",
    ],
)
def test_an_aside_that_doubts_the_figure_leaves_it_open(aside: str):
    text = f"走访家庭50户（{aside}），文艺演出3场。"
    assert (figures(text), codes(text)) == ({"shows": 3}, ["VAGUE"])
    (finding,) = text_figures(text, FIELDS).findings
    assert "走访家庭50户”" in finding.text, "quoted as it stands"


@pytest.mark.parametrize(
    "aside",
    [
        "含独居老人12户",
        "去年同期48户",
        "较去年增加3户",
        "不含去年结转的3户",
        "不包括计划走访的5户",
        "详见附件",
        "其中低保户12户",
    ],
)
def test_other_asides_leave_the_figure_as_it_is(aside: str):
    assert figures(f"走访家庭50户（{aside}），文艺演出3场。") == {"visits": 50, "shows": 3}


def test_at_least_and_at_most_are_no_count():
    text = "走访家庭少则4户、多则5户，文艺演出3场。"
    assert (figures(text), codes(text)) == ({"shows": 3}, ["VAGUE"])
