"""What a draft leaves as ``unknown``: nothing may start without it, or letters would show it as it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from tasks.roster.surroundings import Place, Problem, Surroundings
from tasks.terms.campaign import Campaign

_LEFT = "unknown"

_WANTED = {
    ("roster",): "名册文件，如 rosters/名册.csv",
    ("package", "at"): "汇总呈报的时刻，写作 2023-04-04T18:00",
    ("package", "basis"): "定这个时刻的依据",
    ("obligations", "owed_by", "kind"): "名册“类别”一列里的词，几类的写几条",
    (
        "sources",
        "account",
    ): "config/office.yaml 里的邮箱账户名",
    ("obligations", "due", "date"): "日期，写作 2023-04-04",
    ("obligations", "due", "time"): '钟点，写作 "17:00" 或 下班前',
    ("obligations", "recurrence", "until"): "最后一次的日期，写作 2023-04-04",
    ("windows", "start"): "开始日期，写作 2023-04-04",
    ("windows", "end"): "结束日期，写作 2023-04-04",
}
"""What belongs where a draft could not know it, by the place without its numbers."""


def left_open(value: Any, place: Place = ()) -> Iterator[Problem]:
    """Every place of a campaign file that still has to be filled in before anything may start.

    ``value`` is the file's plain content: a file with such places cannot be read as a campaign.
    """
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from left_open(each, (*place, key))
    elif isinstance(value, list):
        for n, each in enumerate(value):
            yield from left_open(each, (*place, n))
    elif isinstance(value, str) and value.strip() == _LEFT:
        kind = tuple(key for key in place if isinstance(key, str))
        if kind in _WANTED:
            yield Problem(place, f"还没有填，请把 unknown 换成：{_WANTED[kind]}")


def unfilled(around: Surroundings) -> Iterator[Problem]:
    """Every name, title and number nobody has filled in: a letter signed 联系人：unknown must not go out."""
    for place, value in _shown(around.campaign):
        if value.strip() == _LEFT:
            none = '，通知没有文号的填 ""' if place[-1] == "document_number" else ""
            yield Problem(place, f"还是 unknown，会照样写进信件和表格，请填写{none}")


def _shown(campaign: Campaign) -> Iterator[tuple[tuple[str | int, ...], str]]:
    notice = campaign.notice
    yield ("title",), campaign.title
    yield ("notice", "issuer"), notice.issuer
    yield ("notice", "document_number"), notice.document_number
    yield ("notice", "title"), notice.title
    yield ("notice", "contact", "name"), notice.contact.name
    yield ("superior", "name"), campaign.superior.name
    for n, obligation in enumerate(campaign.obligations):
        yield ("obligations", n, "title"), obligation.title
        for m, field in enumerate(obligation.fields):
            yield ("obligations", n, "fields", m, "title"), field.title
            yield ("obligations", n, "fields", m, "unit"), field.unit
