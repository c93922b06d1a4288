"""Figures that go with units one by one: “赣东县、赣西县、新区分别不少于60户、45户、30户”; “300个/县区”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.notice.draft.figures.counts import not_counted, value

_UNIT = r"[\u4e00-\u9fff（）]{2,14}"
_FIGURE = r"(?:\d{1,4}(?:\.\d{1,2})?万|\d{1,7})"
_MEASURE = r"(?:场次|人次|户次|[场个户篇家名人次份件条项期堂节支处幅部组批对起张册本株亩台辆座所课])"
_AT_MOST = r"不超过|不得超过|不多于|最多|至多"
_BOUND = rf"(?:不少于|不得少于|不低于|不得低于|至少|达到|{_AT_MOST})"
_PARTED = re.compile(
    rf"(?:^|(?<=[，；：。]))(?P<units>{_UNIT}(?:、{_UNIT}){{1,30}}(?:和{_UNIT})?)分别(?:完成|推荐|报送|组织|开展)?"
    rf"(?P<bound>{_BOUND}|为)?(?P<figures>{_FIGURE}{_MEASURE}?(?:[、和]{_FIGURE}{_MEASURE}?){{1,30}})"
)
_ONE = re.compile(rf"(?P<n>{_FIGURE})(?P<unit>{_MEASURE})?")
_PER_BEHIND = re.compile(
    rf"(?P<item>[^，。；：、\d]{{2,24}}?)(?P<bound>{_BOUND})(?P<n>{_FIGURE})(?P<unit>{_MEASURE})[/／每](?P<per>[\u4e00-\u9fff]{{1,6}}?)(?=[，。；、]|$)"
)
_MARKS = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.])")
_EACH = re.compile(
    r"^(?:请)?各[^，。；：]{0,14}?(?=走访|开展|组织|举办|推荐|报送|完成|发放|慰问|培训|排查|建设)"
)


@dataclass(frozen=True, slots=True)
class OneOfThem:
    """A figure with its unit by name: where it stands in the sentence, and what is counted, if said."""

    per: str
    item: str
    low: int | None
    high: int | None
    unit: str
    start: int
    end: int


def one_by_one_in(text: str) -> Iterator[OneOfThem]:
    """Every such figure of a sentence; none where units and figures are not as many."""
    for found in _PARTED.finditer(text):
        units = re.split("[、和]", found["units"])
        figures = list(_ONE.finditer(found["figures"]))
        measures = {m["unit"] for m in figures if m["unit"]}
        if len(units) != len(figures) or len(measures) != 1:
            continue
        most = re.fullmatch(_AT_MOST, found["bound"] or "")
        for unit, figure in zip(units, figures, strict=True):
            n = value(figure["n"])
            exact = n if most or not found["bound"] or found["bound"] == "为" else None
            low = None if most else n
            yield OneOfThem(
                unit, _thing(text, found.start()), low, exact, measures.copy().pop(), *found.span()
            )
    for found in _PER_BEHIND.finditer(text):
        item, n = _MARKS.sub("", found["item"]).strip("“”"), value(found["n"])
        if not not_counted(item):
            most = re.fullmatch(_AT_MOST, found["bound"])
            low, high = (None, n) if most else (n, None)
            yield OneOfThem(found["per"], item, low, high, found["unit"], *found.span())


def spans_in(text: str) -> list[tuple[int, int]]:
    """Where such wordings stand, read or not: no other rule reads a figure out of them."""
    return [found.span() for pattern in (_PARTED, _PER_BEHIND) for found in pattern.finditer(text)]


def _thing(text: str, at: int) -> str:
    """What the clause before says is done: “各县走访困难家庭，”."""
    clause = re.split("[。；，]", _MARKS.sub("", text[:at]).rstrip("，："))[-1]
    said = _EACH.sub("", clause)
    return said if re.fullmatch(r"[\u4e00-\u9fff“”]{2,16}", said) and not said.startswith("各") else ""
