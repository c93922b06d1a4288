"""What each kind of letter is given, shown by example: one full of everything, one as bare as it gets.

An office that writes its own templates may use these names. ``Letters.check`` writes every template for
both examples, so that a wrong name is found before a letter is due, also in a branch seldom taken.
"""

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]

_COMMON_FULL = {
    "campaign": "社会工作宣传周",
    "issuer": "某区民政局",
    "notice": "《关于开展社会工作宣传周活动的通知》（某民发〔2023〕1号）",
    "unit": "东坪镇",
    "section": "社会组织管理科",
    "contact": "张三",
    "phone": "000-00000000",
    "today": "2023年4月3日",
    "how_to_report": "请直接回复本邮件并附上材料，附件名中写明单位名称。",
}
_COMMON_BARE = {**_COMMON_FULL, "section": "", "phone": ""}

_ITEM_FULL = {
    "title": "活动统计表",
    "deliverable": "统计表（请填写所附表格）",
    "due": "2023年4月4日（周二）24:00前",
    "optional": True,
    "quotas": ["社区活动不少于 3 场"],
    "units": 15,
}
_ITEM_BARE = {**_ITEM_FULL, "due": "通知未写明，确定后另行通知", "optional": False, "quotas": [], "units": 1}

_START_FULL = {**_COMMON_FULL, "items": [_ITEM_FULL, _ITEM_BARE], "forms": ["东坪镇-活动统计表.xlsx"]}
_START_BARE = {**_COMMON_BARE, "items": [_ITEM_BARE], "forms": []}

_REMINDER_FULL = {
    **_COMMON_FULL,
    "rung": "逾期催报并告分管领导",
    "due": "2023年4月4日（周二）24:00前（“前”按含当日理解）",
    "due_short": "4月4日（周二）24:00",
    "left": "已逾期 2 天",
    "late": True,
    "to_leader": True,
    "copied": True,
    "gap": "尚未报送",
    "items": [{"title": "活动统计表", "state": "未报", "units": ["甲村", "乙村"], "more": 3}],
    "received": ["活动总结"],
    "forms": ["东坪镇-活动统计表.xlsx"],
}
_REMINDER_BARE = {
    **_REMINDER_FULL,
    **_COMMON_BARE,
    "left": "明天截止",
    "late": False,
    "to_leader": False,
    "copied": False,
    "items": [{"title": "活动总结", "state": "未报", "units": [], "more": 0}],
    "received": [],
    "forms": [],
}

_DAILY_FULL = {
    **_COMMON_FULL,
    "sections": [_REMINDER_FULL, _REMINDER_BARE],
    "titles": ["社会工作宣传周", "防汛演练"],
    "late": True,
    "to_leader": True,
    "copied": True,
}
_DAILY_BARE = {
    **_DAILY_FULL,
    **_COMMON_BARE,
    "sections": [_REMINDER_BARE, _REMINDER_BARE],
    "late": False,
    "to_leader": False,
    "copied": False,
}

_FINDING = {"text": "统计表!C7 的“走访家庭”未填，请填写数字", "where": "统计表!C7"}
_ANSWER = {
    "title": "活动统计表",
    "version": 2,
    "received_at": "4月3日（周一）16:20",
    "files": [{"name": "东坪镇统计表.xlsx", "size": "47 KB", "mark": "a3f90b1c77de"}],
}
_RECEIPT_FULL = {
    **_COMMON_FULL,
    **_ANSWER,
    "pending": True,
    "too_late": True,
    "nil": True,
    "rows": [{"unit": "甲村", "figures": ["社区活动 3 场", "走访家庭 —"]}],
    "questions": [_FINDING],
    "missing": ["活动总结"],
}
_RECEIPT_BARE = {
    **_RECEIPT_FULL,
    **_COMMON_BARE,
    "pending": False,
    "too_late": False,
    "nil": False,
    "rows": [],
    "questions": [],
    "missing": [],
}

_RETURN_FULL = {**_COMMON_FULL, **_ANSWER, "until": "4月5日（周三）24:00", "faults": [_FINDING]}
_RETURN_BARE = {**_RETURN_FULL, **_COMMON_BARE}

_DISPATCH_FULL = {
    **{k: v for k, v in _COMMON_FULL.items() if k not in {"notice", "how_to_report"}},
    "unit": "某市民政局",
    "superior_document": "《某市民政局关于举办宣传周活动的通知》（某民办〔2023〕3号）",
    "package": "第 1 号汇总件",
    "attachment": "社会工作宣传周-20230404.zip",
    "digest": "0123456789abcdef" * 4,
    "counts": ["活动总结：应报 56，已报 52，按时 49"],
}
_DISPATCH_BARE = {**_DISPATCH_FULL, "section": "", "phone": "", "superior_document": "", "counts": []}

_SIGN_OFF_FULL = {
    **_DISPATCH_FULL,
    "unit": "李四",
    "code": "ABCD2345",
    "until": "2023年4月6日（周四）12:00",
    "unsigned": "照常呈报，并记录未经审签",
    "gaps": 4,
    "undated": True,
    "queue": 2,
    "files": ["总结报告.docx", "汇总表.xlsx"],
    "command": "baosong sign-off weekly",
}
_SIGN_OFF_BARE = {
    **_SIGN_OFF_FULL,
    **_DISPATCH_BARE,
    "until": "",
    "unsigned": "",
    "gaps": 0,
    "undated": False,
    "queue": 0,
    "files": [],
}
_SIGN_NOTE = {
    **_SIGN_OFF_FULL,
    "line": "第 1 号汇总件到时未审签，按规定暂不呈报，等待处理。仍可审签：请将意见连同原审签码告知经办人。",
}

_EXTENDED_FULL = {
    **_COMMON_FULL,
    "title": "活动统计表",
    "whom": "你单位",
    "before": "2023年4月4日（周二）24:00前（“前”按含当日理解）",
    "until": "2023年4月7日（周五）17:00",
    "why": "经办人休假",
}
_THANKS_FULL = {**_COMMON_FULL, "items": ["活动总结", "活动统计表"], "on_time": True, "complete": True}
_TALLIED = {
    "title": "活动统计表",
    "due": "2023年4月4日（周二）24:00前",
    "expected": 56,
    "received": 52,
    "on_time": 49,
    "late": ["甲村", "乙村", "丙村"],
    "missing": ["丁村", "戊村"],
    "returned": ["己村"],
    "checking": ["庚村"],
    "extended": ["辛村"],
}
_CIRCULAR_FULL = {**_COMMON_FULL, "moment": "4月6日（周四）09:00", "items": [_TALLIED]}
_DIGEST_FULL = {
    **_CIRCULAR_FULL,
    "summary": "已报 52，未报 4",
    "chart": "chart@baosong.example",
    "chart_alt": "活动统计表：应报 56，按时 49，逾期报送 3，未报 4",
    "queue": 2,
    "unreachable": ["丁村"],
}
_BLANK = {"chart": "", "queue": 0, "unreachable": []}
_BULLETIN_FULL: dict[str, Any] = {
    **_COMMON_FULL,
    "names": ["致谢", "通报", "情况摘要"],
    "sections": [
        {**_BLANK, **_THANKS_FULL, "kind": "thanks", "name": "致谢", "whose": "东坪镇"},
        {**_BLANK, **_CIRCULAR_FULL, "kind": "circular", "name": "通报", "whose": "西坪镇"},
        {**_DIGEST_FULL, "kind": "digest", "name": "情况摘要", "whose": "局领导"},
    ],
}
_NOBODY: Mapping[str, list[str]] = {g: [] for g in ("late", "missing", "returned", "checking", "extended")}
_BARE_TALLY = {"items": [{**_TALLIED, **_NOBODY}]}

_SAMPLES: Mapping[str, tuple[Facts, Facts]] = {
    "start": (_START_FULL, _START_BARE),
    "reminder": (_REMINDER_FULL, _REMINDER_BARE),
    "overdue": (_REMINDER_FULL, _REMINDER_BARE),
    "return": (_RETURN_FULL, _RETURN_BARE),
    "receipt": (_RECEIPT_FULL, _RECEIPT_BARE),
    "extended": (_EXTENDED_FULL, {**_EXTENDED_FULL, **_COMMON_BARE, "why": ""}),
    "thanks": (_THANKS_FULL, {**_THANKS_FULL, **_COMMON_BARE, "on_time": False, "complete": False}),
    "circular": (_CIRCULAR_FULL, {**_CIRCULAR_FULL, **_COMMON_BARE, **_BARE_TALLY}),
    "digest": (
        _DIGEST_FULL,
        {**_DIGEST_FULL, **_COMMON_BARE, **_BARE_TALLY, "chart": "", "queue": 0, "unreachable": []},
    ),
    "bulletin": (
        _BULLETIN_FULL,
        {
            **_BULLETIN_FULL,
            **_COMMON_BARE,
            "names": ["致谢", "通报"],
            "sections": [
                {**_BULLETIN_FULL["sections"][0], "whose": "", "on_time": False, "complete": False},
                {**_BULLETIN_FULL["sections"][1], **_BARE_TALLY, "whose": ""},
            ],
        },
    ),
    "daily": (_DAILY_FULL, _DAILY_BARE),
    "dispatch": (_DISPATCH_FULL, _DISPATCH_BARE),
    "sign_off": (_SIGN_OFF_FULL, _SIGN_OFF_BARE),
    "sign_note": (_SIGN_NOTE, {**_SIGN_NOTE, **_SIGN_OFF_BARE}),
}


def samples(kind: str) -> tuple[Facts, Facts]:
    """Both examples of a kind; an office's own kind stands on the ladder and is given a reminder's facts."""
    return _SAMPLES.get(kind, _SAMPLES["reminder"])
