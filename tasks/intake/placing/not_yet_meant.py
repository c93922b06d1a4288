"""What is not handed in yet though a file came: a draft, a question, figures not final by their mail. Pure.

It would be counted, receipted and never sent again; a person asks for the final one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from tasks.intake.forms.remarks import sentences
from tasks.intake.placing.placement import Placed, Placement, Undecided
from tasks.intake.words.not_final import NOT_FINAL
from tasks.mail.classify import FORWARD
from tasks.mail.parse import without_quote
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.text import fold

_A_DRAFT = re.compile(
    r"草稿|草案|草表|初稿|未定稿|讨论稿|送审稿|待审稿|征求意见|测试|试填|(?<![a-z])draft(?![a-z])",
    re.IGNORECASE,
)
_SHOWN_FIRST = re.compile(
    r"(?:这|此|附件|发来|发上|只|仅|先)[^。；\n]{0,12}(?:是|为)[^。；\n]{0,6}(?:草稿|初稿|草表)"
    r"|(?:草稿|初稿|草表)[^。；\n]{0,10}(?:请|先|麻烦|帮)[^。；\n]{0,8}(?:看|审|把关|过目|指正)"
    r"|(?:这样|这么|如此)(?:填|写|报|统计|算)[^。；\n]{0,10}(?:吗|么|对不对|行不行|[?？])"
    r"|(?:填|写|格式|口径|数据|数字|表)[^。；，,\n]{0,8}(?:对不对|对吗|对么|行吗|行不行|可以吗|有没有问题|有无问题)"
    r"|帮(?:忙|我|我们)?(?:先)?(?:看看|看一下|看下|把把关|把关)(?![^。；\n]{0,12}(?:收到|收悉))"
    r"|(?<!已)先(?!进|后)[^。；，,\n]{0,6}(?:发|传|报|给|请|让)[^。；，,\n]{0,10}(?:看看|看一下|看下|过目|审核|审阅|把关)"
    r"(?!过|后|通过|[^。；，,\n]{0,4}(?:后|签))|(?:暂不|先不|暂缓)(?:正式)?(?:上报|报送|报(?!废))"
    r"|(?:这|此|附件)[^。；，,\n]{0,10}(?:是|为)[^。；，,\n]{0,10}(?:样表|示例|样例|范例|范本)|试填|试报(?!告)"
    r"|(?:没问题|没有问题|无误|可以的话|对的话|行的话|确认后|通过后)[^。；\n]{0,10}再[^。；\n]{0,6}(?:盖章|正式|上报|报)"
)
_PAPER = r"(?:表|报件|材料|附件|邮件|总结|数据|报告|所报|报送)"
_VOID = re.compile(
    rf"(?:^|[,;，；])(?:(?!模板|表样|样表|旧版)[^,;，；])*作废(?!的?[\u4e00-\u9fff]{{1,6}}[0-9])|不作数|不算数|(?:不要|不予|勿|别|暂不|请不)(?:采用|采纳|计入|统计)"
    rf"|{_PAPER}[^。；，,\n]{{0,10}}(?:撤回|撤销)|(?:撤回|撤销)[^。；，,\n]{{0,10}}{_PAPER}"
)
_INSTEAD = re.compile(
    r"为准|更正|替换|取代|代替|修正|修订|改正|订正|(?:现|已)[^。；，,\n]{0,8}(?:报|送|发|改)|重新(?:报|上报|发|填)[^。；\n]{0,6}见附件"
)
_LATER = re.compile(
    r"(?:核实|核对|修改|改好|改正|更正|确认|整理)[^。；\n]{0,8}(?:后|再)[^。；\n]{0,8}(?:重报|重新|再报|补报|另报|报送)"
)
_LOOKED_INTO = re.compile(
    r"先(?:别|不要|勿|不用)(?:汇总|统计|使用|用|采用|计入|录入|上报)|(?:正在|还在|尚在)(?:核实|核对|复核)"
    r"|(?:稍后|随后|回头|过后|明天|下午|晚些|晚点|尽快|马上)[^。；，,\n]{0,8}(?:重报|重新报|重发|重新发|更正)"
)
"""The sender doubts what came with these very words."""
_IN_CASE = re.compile(r"如(?:果|若|有|需|发现)|若|倘|(?:有|存在)(?:问题|误|错)[^。；\n]{0,6}(?:请|就|则|我)")
"""如有问题请告知，我们马上更正: nothing is doubted yet."""
_LONGEST = 60


def only_a_draft(filename: str, asked: Obligation) -> bool:
    """Whether a file's name says draft, where no draft was asked for."""
    quote = "" if asked.due == "unknown" else asked.due.quote
    wanted = _A_DRAFT.search(fold(f"{asked.title}{quote}"))
    return not wanted and _A_DRAFT.search(fold(PurePath(filename).stem)) is not None


def not_yet_meant(campaign: Campaign, subject: str, text: str, placement: Placement) -> Placement:
    """Reports whose mail says they are not handed in yet are for a person; everything else as it is.

    What is quoted below speaks of another report; in a mail passed on it is what the report's sender said.
    """
    text = text if FORWARD.search(subject) else without_quote(text)
    kept: list[Placed] = []
    waiting: list[Undecided] = []
    for placed in placement.placed:
        if told := _why(campaign.obligation(placed.obligation), text):
            waiting.append(Undecided(placed.document.file, (placed.unit,), (told,)))
        else:
            kept.append(placed)
    if not waiting:
        return placement
    return replace(placement, placed=tuple(kept), undecided=(*placement.undecided, *waiting))


def _why(asked: Obligation, text: str) -> str:
    """What the mail says that keeps a report from being taken as it is, or nothing."""
    told = [(sentence, fold(sentence)) for sentence in sentences(text)]
    if said := _said(_SHOWN_FIRST, told):
        return f"来信说“{said}”，像是先请审看，没有当作正式报件收取，请与报送单位核实"
    if asked.deliverable == "form" and (said := _said(NOT_FINAL, told)):
        return f"来信说“{said}”，数字还不是最后的，没有直接计入，请与报送单位核实"
    if (said := _said(_VOID, told)) and (_LATER.search(fold(text)) or not _INSTEAD.search(fold(text))):
        return f"来信说“{said}”，没有说以哪一份为准，没有直接计入，请与报送单位核实"
    if asked.deliverable == "form" and (
        said := _said(_LOOKED_INTO, [each for each in told if not _IN_CASE.search(each[1])])
    ):
        return f"来信说“{said}”，报送单位自己还在核实，没有直接计入，请等更正或与报送单位核实"
    return ""


def _said(pattern: re.Pattern[str], told: Sequence[tuple[str, str]]) -> str:
    """The first sentence of these, each as it was written and folded, in which the pattern is found."""
    return next((written for written, plain in told if pattern.search(plain)), "")[:_LONGEST]
