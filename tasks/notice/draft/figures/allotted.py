"""Figures given to every unit by its own name: “按下列数量完成：城关镇12户、双河镇9户”.

Only where the sentence says that it allots: a list of what happened where looks the same.
"""

import re
from collections.abc import Iterator

from tasks.notice.draft.model import Quota
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, sentences

_UNIT = r"(?:街道办事处|街道|镇|乡|村|社区|管委会|学校|中学|小学|局|中心|医院|卫生院|站|所|县|区|市)"
_ONE = rf"[\u4e00-\u9fff]{{1,10}}?{_UNIT}(?:各)?\d{{1,5}}(?:场次|[户名人场个件篇家条项亩份处支对次])"
_LIST = re.compile(rf"(?:^|[：，；、（])(?P<list>{_ONE}(?:[、，；]{_ONE}){{1,60}})(?=[。；，）、]|$)")
_EACH = re.compile(
    rf"(?P<per>[\u4e00-\u9fff]{{1,10}}?{_UNIT})(?P<n>\d{{1,5}})(?P<unit>[\u4e00-\u9fff]{{1,2}})"
)
_ALLOTS = re.compile(
    r"(?:下列|以下|如下|分配|分解|下达|任务|名额|计划|目标|指标)[^。]{0,20}(?:完成|推荐|选派|报送|组织|落实|如下|为|：)"
)
_HAPPENED = re.compile(r"受灾|发生|造成|现有|目前|已[完有经]|情况|排名|完成了|其中已")
_PLACES = re.compile(r"名额|限额|不超过")


def allotted(layout: Layout) -> Iterator[Quota]:
    """Every figure of such a list; places to fill are a most as well as a least."""
    for line in layout.body:
        for sentence in sentences(line):
            for found in _LIST.finditer(sentence.text):
                before = sentence.text[max(0, found.start() - 60) : found.start("list")]
                around = before + sentence.text[found.end() : found.end() + 12]
                if not _ALLOTS.search(before) or _HAPPENED.search(around):
                    continue
                exact = bool(_PLACES.search(before))
                for each in _EACH.finditer(sentence.text, found.start("list"), found.end("list")):
                    quote = evidence(layout.page, sentence.start + each.start(), sentence.start + each.end())
                    least = int(each["n"])
                    yield Quota(None, least, least if exact else None, each["per"], each["unit"], quote)
