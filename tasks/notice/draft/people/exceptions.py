"""Who need not report, or reports elsewhere, in the notice's words: for the clerk who fills in ``owed_by``.

Whom it frees is read by a person: “各有关企业的材料报所在乡镇汇总，不直接报县安委办”.
"""

import re
from collections.abc import Iterator

from tasks.notice.draft.model import Evidence
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, sentences

_FREED = re.compile(
    r"不(?:再)?(?:单独|直接|另行|另外|重复)?(?:报送|上报|填报|报(?=[省市县区我，。；]|$))|(?:不用|无需|无须|不需要?|可不|可以不)(?:再)?(?:报送|上报|填报|报(?!告|名|销|警|备))"
    r"|免(?:于)?报送?|自愿(?:报送|参加|申报|参与)|[只仅](?:需)?(?:要)?报送?(?!告|名|电子|纸质|数字|数|一)"
)
_UNITS = re.compile(
    r"单位|部门|企业|校|[镇乡村县市区]|街|社区|机构|公司|医院|局|组织|协会|学会|中心|大队|林场|园区|银行"
)
_NOT_OF_UNITS = re.compile(
    r"纸质|书面|原件|电子版|逾期|拒不|迟报|漏报|瞒报|不报的|零报告|已(?:经)?报送?的|通过|重复报送|名单"
)
_MOST = 5


def exceptions(layout: Layout) -> list[Evidence]:
    """The first few clauses that free some units or send their reports elsewhere."""
    return list(_found(layout))[:_MOST]


def _found(layout: Layout) -> Iterator[Evidence]:
    for line in layout.body:
        for sentence in sentences(line):
            freed = _FREED.search(sentence.text)
            if not freed or _NOT_OF_UNITS.search(sentence.text[max(0, freed.start() - 30) : freed.end() + 8]):
                continue
            if _UNITS.search(sentence.text[: freed.start()]):
                start = max(sentence.text.rfind(mark, 0, max(0, freed.start() - 40)) + 1 for mark in "，。")
                end = len(sentence.text.rstrip("。；"))
                yield evidence(layout.page, sentence.start + start, sentence.start + end)
