"""What a run came to, as a clerk reads it: in the terminal and on the run's page."""

from typing import Any

import pytest

from flows.alarm import readable
from flows.told import SHOWN, in_words

NOTHING: dict[str, Any] = {
    "taken": 0, "below": 0, "submissions": 0, "queued": 0, "ignored": 0,
    "answers": {"sent": 0, "stopped": ""}, "reported": "2/34", "queue": 0, "unsettled_letters": 0,
    "unreached": [], "not_taken": [], "needs_person": False,
}  # fmt: skip


def letter(n: int) -> dict[str, str]:
    return {"unit": f"第{n}镇", "kind": "reminder", "subject": "【催报】明天截止"}


def test_a_check_with_nothing_new_says_so():
    assert in_words(NOTHING) == ["没有新来件", "没有发信", "已报 2/34"]


def test_what_came_in_and_what_became_of_it_is_told():
    done = NOTHING | {"taken": 6, "submissions": 3, "queued": 2, "ignored": 1, "queue": 2, "below": 1}
    done["answers"] = {"sent": 3, "refused": 1, "unknown": 1, "stopped": "授权码无效"}
    assert in_words(done) == [
        "收下级汇总件 1 件",
        "收件 6，入账 3，转待确认 2，只作记录 1",
        "发信 3 封，被拒收 1 封，去向不明 1 封",
        "发信中止：授权码无效",
        "已报 2/34",
        "待确认 2 件，请用“待确认件归位”处理",
    ]


def test_answers_and_reminders_are_counted_together():
    done = NOTHING | {"answers": {"sent": 2}, "letters": {"sent": 3, "dropped": 1, "retry": 4}}
    assert in_words(done)[1] == "发信 5 封，已不需要而未发 1 封，稍后再发 4 封"


def test_a_preview_lists_the_letters_and_says_that_none_went():
    assert in_words(NOTHING | {"would_send": [letter(1)]})[1:3] == [
        "此刻将发 1 封，均未发出",
        "　第1镇　催报　【催报】明天截止",
    ]
    assert in_words(NOTHING | {"would_send": []}) == ["没有新来件", "此刻没有要发的信", "已报 2/34"]


def test_one_letter_to_two_addresses_of_a_unit_does_not_look_like_one_sent_twice():
    told = in_words(NOTHING | {"would_send": [letter(1), letter(1)]})
    assert told[1:3] == ["此刻将发 2 封，均未发出", "　第1镇　催报　【催报】明天截止（2 个邮箱）"]


def test_a_long_preview_is_cut_and_says_where_the_rest_is():
    told = in_words(NOTHING | {"would_send": [letter(n) for n in range(SHOWN + 2)]})
    assert told[SHOWN + 2] == "　另有 2 封，见界面里这次运行的 Artifacts 页"


def test_a_package_says_where_it_lies_and_what_became_of_it():
    built = {"number": 2, "path": "var/packages/x-第02号", "new": True, "gaps": 3}
    went = {"sent": [1], "laid_out": [2], "why": {"3": "超过邮箱上限"}, "acknowledged": [1], "held_back": [3]}
    assert in_words(NOTHING | {"package": built, "dispatch": went})[2:] == [
        "第 2 号汇总件已编成（缺报 3 项）：var/packages/x-第02号",
        "第 1 号汇总件已呈报",
        "第 2 号汇总件已排好，请照 var/packages/公文系统上传 里的 填报要素.txt 上传",
        "第 3 号汇总件暂缓呈报：超过邮箱上限",
        "上级已签收第 1 号汇总件",
        "已报 2/34",
    ]
    again = in_words(NOTHING | {"package": built | {"new": False}})
    assert "第 2 号汇总件此前已编成（缺报 3 项）：var/packages/x-第02号" in again


def test_a_preview_of_a_package_says_that_it_goes_nowhere():
    early = {
        "number": 0,
        "path": "var/packages/预览/1",
        "new": True,
        "gaps": 3,
        "note": "未到呈报日，仅供预览，不呈报",
    }
    assert "未到呈报日，仅供预览，不呈报：var/packages/预览/1" in in_words(NOTHING | {"package": early})
    same = {"number": 0, "path": "", "new": False, "gaps": 3, "note": "没有新材料，不编补报件"}
    assert "没有新材料，不编补报件" in in_words(NOTHING | {"package": same})


def test_what_a_person_must_look_at_stands_last():
    done = NOTHING | {
        "unsettled_letters": 1,
        "unreached": ["imap:office/INBOX"],
        "not_taken": ["某文件：过大"],
    }
    done["held"] = "请先预览"
    assert in_words(done)[2:] == [
        "请先预览",
        "已报 2/34",
        "去向不明的信 1 封，请核实对方是否收到",
        "来源 imap:office/INBOX 连接不上，恢复后自动补收",
        "未能收取：某文件：过大",
    ]


BUG = "请看这次运行的日志；已入账的不受影响，下一次运行会接着办"


@pytest.mark.parametrize(
    ("prefect_says", "told"),
    [
        ("没有待审签的汇总件", "没有待审签的汇总件"),
        ("Flow run encountered an exception: Transient: 磁盘已满，请清理", "磁盘已满，请清理"),
        (
            "Flow run encountered an exception: KeyError: 'x'",
            f"程序出错（'x'），{BUG}",
        ),
        (
            "Process exited with status code: -9",
            f"程序出错（Process exited with status code: -9），{BUG}",
        ),
    ],
)
def test_people_on_duty_are_told_in_chinese_also_what_nobody_foresaw(prefect_says, told):
    assert readable(prefect_says) == told
