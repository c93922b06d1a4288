"""Words that a figure is only estimated, or a report one of which the rest is to follow. Pure."""

import re

from tasks.terms.text import fold, remembered

NOT_FINAL = re.compile(
    r"(?:预估|估算|估计|暂估|暂定|暂报|预报|预计)(?:的)?(?:数|值|情况|数据|数字)"
    r"|(?:数|数据|数字)(?:均|都)?(?:为|是)(?:预估|估算|估计|暂估|暂定)|(?:是|为|系)[^。；，,\n]{0,3}估(?:算|计)?的"
    r"|(?:出|有|待|等)[^。；，,\n]{0,6}(?:准数|准确数|正式数|最终数|定数)"
    r"|先(?:行)?(?:上)?报(?:送)?(?:一|了)?部分|(?:报|发|传|附)[^。；，,\n]{0,6}(?:部分|不完整的?)(?:数据|数字)"
    r"|(?:数据|数字|情况)(?:还|尚)?(?:不全|不完整|未定)"
    r"|(?:还|尚|仍)(?:未|没有?)(?:全部|完全)?(?:统计|汇总|核实|收齐|核对|报齐|上报)(?:完|齐|上来|$|[,，。；])"
    r"|占(?:个|一个)?位|(?:数|数据|数字)还在(?:核|统计|汇总|审)|(?:准|准确|正式|最终)的[^。；，,\n]{0,6}(?:再|后|明|下|晚)"
    r"|(?:没|没有|未|尚未)(?:报上来|交上来|报来|报齐|收齐|交齐)"
    r"|(?:其余|剩余|剩下|未报|缺)[^。；\n]{0,12}(?:补报|后报|再报|续报)|以(?:补报|核实后|最终|后续)[^。；\n]{0,4}为准"
)
_GUESS = re.compile(
    r"^(?:备注|说明|注)?:?(?:此|该|以上|本表|上述|全部)?(?:数据?|数字)?(?:均|都)?(?:为|是|系)?"
    r"(?:初步|大概|粗略|概|暂|预|估)[统估计算]{0,2}(?:完成)?(?:数据?|数字|值)?$"
    r"|^(?:备注|说明|注)?:?(?:未|待|尚未)(?:经)?(?:核实|核对|审核|核)$"
)
_FIRST_COUNT = re.compile(
    r"(?:为|是|系)(?:初步|粗略|大概)(?:统计|估计|估算|汇总)(?:数|的|,|$)|预计完成(?:数|情况)"
)
_A_PLACE_MISSING = re.compile(
    r"(?:村|社区|居委会?|片区|[小中]学|卫生院|校区)\)?(?:的)?(?:数据|数字|情况)?(?:还|尚|暂|均|都)?未"
    r"(?:上报|报送|报来|报(?!告|名|销|备|送|来)|统计(?!到)|汇总|反馈)(?![的者])"
    r"|(?:未|不|没有?)(?:含|包括|包含|计入|统计)[^,，。;；]{0,10}(?:村|社区|片区)(?:的)?(?:数据?|数字|情况)?$"
)
_HOLDS_MORE = re.compile(
    r"(?<![不未])(?:含|包括|加上)[^,，。;；]{0,8}(?:去年|上年|往年|上[月期]|计划(?![外内生])|拟(?:开展|举办|走访|实施))"
)
_SENTENCES = re.compile(r"[。；;，,]")


@remembered
def is_left_open(text: str) -> bool:
    """Whether a note says that figures are guesses, lack a place, or hold more than was asked for."""
    plain = fold(text)
    patterns = (NOT_FINAL, _GUESS, _FIRST_COUNT, _A_PLACE_MISSING, _HOLDS_MORE)
    pieces = [plain, *_SENTENCES.split(plain)]
    return any(pattern.search(piece) for pattern in patterns for piece in pieces)
