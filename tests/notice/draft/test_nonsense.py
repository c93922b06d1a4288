"""A megabyte of nonsense costs what a megabyte of notice costs: work is counted, not timed."""

import importlib
import pkgutil
import random
import re
import sys
from re import _constants, _parser

import pytest

from tasks.notice import draft
from tests.notice.draft.score import CORPUS
from tests.notice.draft.texts import read

WORDS = (
    "将报送各单位于月日前年《》（）“”，。；：、局委办科不少于每个3月15日前0123456789\n"
    "由调整为至关于通知〔2024〕号联系人：电话"
)
NONSENSE = {
    "notice words at random": lambda n: "".join(random.Random(n).choices(WORDS, k=n)),
    "dates only": lambda n: "3月1日前" * (n // 5),
    "dates in a row": lambda n: "3月1日、" * (n // 5),
    "open brackets": lambda n: "（《“" * (n // 3),
    "titles": lambda n: "《关于做好工作的通知》" * (n // 11),
    "labels": lambda n: "联系人：" * (n // 4),
    "objects": lambda n: "将总结" * (n // 3),
    "units": lambda n: "各单位不少于3场，" * (n // 9),
    "reports without a day": lambda n: "季后5日前报送表，" * (n // 9),
    "lines": lambda n: "一\n" * (n // 2),
    "digits": lambda n: "1 " * (n // 2),
    "rows": lambda n: "报送|单位|3\n" * (n // 8),
    "heads of tables of reports": lambda n: "报送单位\t总结\t统计表\n" * (n // 12),
    "heads of tables of tasks": lambda n: "任务分解表|单位|活动（场）\n" * (n // 16),
    "a long table of tasks": lambda n: "任务分解如下：\n单位|活动（场）\n" + "甲镇|3\n" * (n // 5),
    "things with days in brackets": lambda n: "将" + "方案（11月24日前）、" * (n // 12) + "报市残联",
}


def calls(text: str) -> int:
    """How many Python and C calls a reading makes."""
    made = 0

    def note(frame, event, argument):
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("kind", NONSENSE)
def test_twice_the_text_is_at_most_twice_the_work(kind):
    read("")  # the calendar is read once
    once, twice = calls(NONSENSE[kind](4000)), calls(NONSENSE[kind](8000))
    assert twice <= 2.2 * once + 500


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_is_read_to_the_end_and_yields_no_dated_report_of_nothing(kind):
    found = read(NONSENSE[kind](20_000))
    assert found["issuer"] is None
    assert found["issue_date"] is None


def patterns():
    for module in pkgutil.walk_packages(draft.__path__, f"{draft.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, re.Pattern):
                    yield f"{module.name.removeprefix(draft.__name__)}.{name}", each.pattern


def inner(operation, argument):
    if operation is _constants.SUBPATTERN:
        return [argument[3]]
    return argument[1] if operation is _constants.BRANCH else []


def nested(parsed, *, within=False) -> bool:
    """Whether a repeat without bound stands inside another one."""
    for operation, argument in parsed:
        if operation in {_constants.MAX_REPEAT, _constants.MIN_REPEAT}:
            endless = argument[1] == _constants.MAXREPEAT
            if (endless and within) or nested(argument[2], within=within or endless):
                return True
        elif any(nested(each, within=within) for each in inner(operation, argument)):
            return True
    return False


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=[name for name, _ in patterns()])
def test_no_pattern_repeats_without_bound_inside_such_a_repeat(name, pattern):
    assert not nested(_parser.parse(pattern)), name


def test_the_check_for_nested_repeats_sees_one():
    assert nested(_parser.parse("(?:a+b*)+"))
    assert not nested(_parser.parse("(?:a{0,9}b)+"))


def test_a_notice_in_the_midst_of_nonsense_is_still_read_for_what_it_says():
    text = (CORPUS / "nanchuan.txt").read_text("utf-8")
    found = read(text + "\n" + "乱码啊" * 20_000)
    assert [each["due_date"] for each in found["obligations"]] == ["2023-04-04"]
