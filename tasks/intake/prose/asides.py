"""Words in brackets: what they leave of the count before them. Pure.

30户（其中脱贫户12户） is 30; 15户（含在建3户） and 12场（9月5场、10月8场） are nobody knows how many.
"""

import re

from tasks.intake.prose.counts import DOUBTED
from tasks.intake.words.numbers import CHINESE, is_measure, read_number
from tasks.terms.text import fold

_COUNTED_TWICE = re.compile(r"^(?:户|人|场|家)?次$")
_RATE = re.compile(r"^[每/]?[天日周旬月年]$")
_DOUBTS_IT = re.compile(
    r"(?<!不)(?:含|包括|包含)(?:.*[^不])??(?:在建|未完|计划|拟|结转|去年|上年|往年|预计|预估|正在|待|存量|库存|遗留|历年|"
    r"前期|此前|以前|[0-9]月(?:份|底)?(?:以)?前)|待核|未核实|初步|不完全统计|估算|约数|"
    r"概数|口径不|^(?:预计|预估|估计|暂定|暂计|暂估|约|大约|左右|或.*[0-9].*)$"
)
"""Words after which the count before them is none to rely on."""
_NUMBER = rf"[0-9][0-9,]*(?:\.[0-9]+)?[万亿]?|[{CHINESE}]+(?:点[{CHINESE}]+[万亿]?)?"
_COUNT_BEFORE = re.compile(rf"({_NUMBER})([\u4e00-\u9fff]{{1,3}})$")
_AGAIN = r"(?:即|合|折合|共计?|合计|总计)?(?:为|人民币)?"
_OF_WHICH = re.compile(r"^(?:其中|含|包括|包含|不含|不包括|如|另)|等$|其他|余")
_PART_OF_A_PART = re.compile(r"其中|含|包括")
_ELSEWHERE = re.compile(
    r"累计|全年|年初|[今去上本]年|往年|同期|上[月期周季]|任务|目标|计划|应|占|[共总][有户人]|每|各|均|最"
)
"""Words of another time, a plan, all there are or an average: 5场（今年累计38场）, 320户（占1200户的27%）."""
_LONGEST = 200
"""Characters of what is an aside; a longer text in brackets is a text of its own."""


def aside(found: re.Match[str]) -> str:
    """What a bracket becomes in the text that is read on."""
    inner = fold(found[1][:_LONGEST])
    if _COUNTED_TWICE.match(inner):
        return "(" + inner  # read as no measure at all
    if (
        _DOUBTS_IT.search(inner)
        or _RATE.match(inner)
        or _is_another_amount(found.string[: found.start()], inner)
    ):
        return DOUBTED
    return "，更正，" if re.search(r"更正|应为|有误|为准|批注|看不见", inner) else ""


def _is_another_amount(before: str, inner: str) -> bool:
    """Whether it says the count before it again and otherwise, or lists parts that do not come to it.

    Parts behind 其中 need not be all; none of them is more than the whole.
    """
    whole = _COUNT_BEFORE.search(fold(before)[-20:])
    if whole is None or not is_measure(whole[2]):
        return False
    value = read_number(whole[1]).value
    inner = inner[:1] + _PART_OF_A_PART.split(inner[1:])[0]
    parts = [read_number(n).value for n in re.findall(rf"({_NUMBER}){re.escape(whole[2])}(?!次)", inner)]
    known = [part for part in parts if part is not None]
    if value is None or not known or len(known) < len(parts) or _ELSEWHERE.search(inner):
        return False
    if re.fullmatch(rf"{_AGAIN}(?:{_NUMBER}){re.escape(whole[2])}", inner):
        return known != [value]
    if _OF_WHICH.search(inner) or len(known) == 1:
        return max(known) > value and not inner.startswith(("不", "另", "如"))
    together = round(sum(known), 6)
    return together not in {value, 2 * value if value in known else value}  # 线上5场、线下10场，共15场
