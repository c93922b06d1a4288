"""Each unit's punctuality over every campaign of a home folder."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tasks.desk import open_desk
from tasks.notice.load import campaign_ids
from tasks.settings import Home
from tasks.status.rates import History, punctuality
from tasks.status.report import percent
from tasks.status.view import look


def record(home: Home, now: datetime) -> list[dict[str, Any]]:
    """One row a unit, the least punctual first; units nothing was due from yet are left out."""
    desks = [open_desk(each, now, home) for each in campaign_ids(home)]
    names = {unit.code: unit.name for desk in desks for unit in desk.roster}
    found = punctuality([look(desk).standings for desk in desks], now)
    rows = [{"code": code, "name": names[code], **asdict(h), "rate": h.rate} for code, h in found.items()]
    return sorted(rows, key=lambda row: (row["rate"], -row["expected"], row["code"]))


def in_words(rows: list[dict[str, Any]]) -> str:
    """The record in Chinese lines."""
    if not rows:
        return "还没有到期的报送事项"
    shared = Counter(row["name"] for row in rows)
    return "\n".join(_line(row, with_code=shared[row["name"]] > 1) for row in rows)


def _line(row: dict[str, Any], *, with_code: bool) -> str:
    """Names that several units share carry the code, or nobody could tell them apart."""
    name = f"{row['name']}（{row['code']}）" if with_code else row["name"]
    history = History(row["expected"], row["on_time"], row["late"], row["missing"])
    return (
        f"{name}：应报 {history.expected} 次，按时 {history.on_time}，迟报 {history.late}，"
        f"未报 {history.missing}，按时率 {percent(history.rate)}"
    )
