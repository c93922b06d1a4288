"""Dates beside an act of handing in that bind nobody: corrected, cancelled, over, forbidden, an example."""

import re

_NEAR = 80
_FAR = 240
_CORRECTED = re.compile(
    r"[^“”]{0,200}”[^“”，。；]{0,12}，?[^“”，。；]{0,8}?(?:更正|更改|修改|修正|调整|变更|改|应)为"
)
_NO_MORE = re.compile(
    r"(?:不再(?:要求)?(?:[^，。；]{0,10}?)(?:报送|上报|填报|提交|报|执行)|(?:停止|暂停|取消)(?:报送|上报|填报|执行)|(?<!不)停报"
    r"|(?:无需|不用|无须|不必|不需要?)(?:再|另行|单独)?(?:报|上报|提交|填报))(?:送)?(?!重复)(?![^，。；]{0,6}(?:纸|书面|原件|重复))"
)
_FOR_SOME_DAYS = re.compile(r"(?:假期|假日|节日|期间|放假|周末)(?:（[^（）]{0,24}）)?$")
_SOME_ONLY = re.compile(r"的(?:单位|学校|乡镇|村|企业|部门|地方|站|社区)?(?:，)?(?:可以?|就|则|也)?$")
_PAPER = re.compile(r"纸|书面|原件|复印|电子版")
_STOPPED = re.compile(r"(?:取消|停止|暂停|废止)(?:执行)?[^，。；]{0,10}$")
_SOME_FREED = re.compile(
    r"（[^（），；。]{2,14}(?:单位|学校|企业|部门|机构|局|镇|乡|街道|区|县|村|社区|站|所|公司)(?:可)?(?:不|无|免)[^（）]{1,16}）"
)
"""“（市直单位不需报送）”: some are freed, the others still owe it."""
_ANOTHER_REPORT = re.compile(r"[^，。；]{0,10}(?:周报|日报|旬报|月报|季报|快报|专报|简报)")
"""“月报改为次月2日前报送，不再报送周报”: another report is given up."""
_EARLIER_ORDER = re.compile(
    r"(?:上次|前次|此前|前期|先前|前段|上期|原)(?:通知|文件|已|应)?(?:要求|规定|定|安排|明确)(?:各[^，。；\d]{1,10})?[的于在]?$"
)
_ORDERED_THEN = re.compile(r"(?:印发|下发|发出|发布)了?《[^》]{4,80}》[^。；]{0,60}要求[^，。；]{0,30}$")
_QUOTED_ORDER = re.compile(
    r"《[^》]{4,80}》(?:（[^）\n]{4,30}）)?(?:中|第[^，。；]{1,8}条)?(?:要求|规定|明确|提出)[^。；]{0,60}$"
)
_CHANGED_NOW = re.compile(
    r"(?:时间|时限|日期)[^，。；\d]{0,8}(?:提前|调整|延长|延期|推迟|延后|变更|更改|改)(?:至|为|到)"
    r"|(?:提前|调整|延长|延期|推迟|延后)(?:至|为|到)(?=\d)"
)
_STATE_OF_FIGURES = re.compile(
    r"(?:数据|口径|时点|人数|底数)[^，。；]{0,8}截[至止](?:时间|日期)?(?:为|到|至|是|：)?$"
)
"""“年报数据截至12月31日”: the day whose figures are meant, unless the same words also hand them in."""
_ANOTHER_THING = re.compile(r"(?:报名|投票|缴费|注册)(?:截止|截至)(?:时间|日期)?(?:为|是|：|至|到)?$")
"""“报名截止3月20日，3月22日前将汇总表报……”: by when people enter, not when units report."""
_WAS_NOT = re.compile(r"未(?:能|按要求)?(?:于|在)?$")
"""“5家企业连续2个月未于每月8日前报送”: told of what went wrong."""
_HANDED_IN = re.compile("[报交送填发]")
_EXAMPLE = re.compile(r"示例|例如|比如|举例|范例|样例|(?:^|[（，])如：")
_FORBIDDEN = re.compile(
    r"(?:严禁|禁止|切勿|请勿|不要|不再|无需|无须|不必|不用|不得(?![迟晚少超低多]))[^，。；]{0,60}$"
)
_NOT_DONE = re.compile(
    r"(?:未|没有?|不再|无需|无须|不必|不用|不需要?|不|勿)(?:能|再|另行|重复|按时|及时|按期|按要求|单独|统一|向[^，。；]{1,12})?$"
)
_ENTERED = re.compile(r"(?:完成|做好|抓好)[^，。；]{0,40}$")


def binds_nobody(line: str, start: int, end: int) -> bool:
    """Whether the limit at this place of a line is quoted, cancelled, over or an example."""
    before, after = line[max(0, start - _FAR) : start], line[end : end + _FAR]
    sentence = re.split(r"[。；]", after, maxsplit=1)[0]
    return (
        _is_corrected(before, after)
        or _is_cancelled(sentence)
        or bool(_WAS_NOT.search(before[-_NEAR:]) or _ANOTHER_THING.search(before[-_NEAR:]))
        or bool(_STATE_OF_FIGURES.search(before[-_NEAR:]) and not _HANDED_IN.search(sentence))
        or bool(_STOPPED.search(before[-_NEAR:]) or _EARLIER_ORDER.search(before[-_NEAR:]))
        or bool(_ORDERED_THEN.search(before))
        or bool(_QUOTED_ORDER.search(before) and _CHANGED_NOW.search(after))
        or bool(_EXAMPLE.search(re.split(r"[。；]", before)[-1]))
    )


def _is_corrected(before: str, after: str) -> bool:
    """Inside a quotation that the next words replace by another."""
    return before.rfind("“") > before.rfind("”") and bool(_CORRECTED.match(after))


def _is_cancelled(after: str) -> bool:
    found = _NO_MORE.search(_SOME_FREED.sub("", after))
    if not found or _ANOTHER_REPORT.match(_SOME_FREED.sub("", after), found.end()):
        return False
    after = _SOME_FREED.sub("", after)
    clauses = re.split("，", after[: found.start()])
    said_before = clauses[-1] or (clauses[-2] + "，" if len(clauses) > 1 else "")
    return not (
        _SOME_ONLY.search(said_before) or _FOR_SOME_DAYS.search(said_before) or _PAPER.search(said_before)
    )


def is_refused(clause: str) -> bool:
    """Whether the words before a verb forbid it, or say that it was not done."""
    return bool(_FORBIDDEN.search(clause) or _NOT_DONE.search(clause))


def is_entering(clause: str, verb: str) -> bool:
    """“完成数据录入” is work in a system, and nothing reaches the office."""
    return verb.startswith("录入") and bool(_ENTERED.search(clause))


CHASED = re.compile(
    r"催报|未报送|未上报|尚未报|仍有|未按(?:时|期|要求)(?:报|上报|提交)|仍未|逾期未|还没有?[报交]"
)
"""A letter that chases names the day that is past; only the new one binds."""
