from types import SimpleNamespace

from tasks.dispatch.facts import counts, has_undated, name_zh


def package(**summary):
    return SimpleNamespace(number=2, summary=summary)


def test_where_the_notice_gives_no_time_a_letter_says_so_instead_of_counting():
    lines = counts(
        package(
            obligations=[
                {"title": "活动总结", "expected": 93, "received": 91, "on_time": 85},
                {"title": "统计表", "expected": 338, "received": 318, "on_time": None},
            ]
        )
    )
    assert lines == [
        "活动总结：应报 93 个，已报 91 个，其中按时 85 个",
        "统计表：应报 338 个，已报 318 个（时限通知未写明）",
    ]


def test_a_supplement_is_called_one():
    assert name_zh(package(supplement_to=1)) == "第 2 号补报件"
    assert name_zh(package()) == "第 2 号汇总件"


def test_a_package_says_that_what_has_no_time_is_no_gap_in_its_count():
    """The gap statement names those units, too: a leader who signs would read 9 and count 59."""
    dated, undated = {"on_time": 3}, {"on_time": None}
    assert has_undated(package(obligations=[dated, undated]))
    assert not has_undated(package(obligations=[dated]))
