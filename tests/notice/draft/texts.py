"""A small notice to vary, and what is read from it."""

from datetime import date

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_json import as_json
from tests.notice.draft.score import calendar

HEAD = "清河县教育局\n关于报送安全工作材料的通知\n清教发〔{year}〕5号\n各乡镇中心学校：\n"
FOOT = "\n联系人：方圆，电话：000-00000001\n清河县教育局\n{issued}"


def notice(body: str, issued: date = date(2024, 3, 5)) -> str:
    """A notice of that day with one paragraph."""
    day = f"{issued.year}年{issued.month}月{issued.day}日"
    return HEAD.format(year=issued.year) + body + FOOT.format(issued=day)


def read(text: str) -> dict:
    return as_json(draft_of(text, calendar()))


def asked(body: str, issued: date = date(2024, 3, 5)) -> list[dict]:
    """The obligations of a notice with that paragraph."""
    return read(notice(body, issued))["obligations"]


def due(when: str, issued: date = date(2024, 3, 5)) -> str | None:
    """The day a limit means in “请各校于……将总结报县教育局”."""
    (only,) = asked(f"请各校{when}将工作总结报县教育局安全股。", issued)
    return only["due_date"]
