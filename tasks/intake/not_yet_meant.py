"""A draft, or a form shown first to ask whether it is right: not yet handed in. Pure.

What a clerk only shows would be counted, receipted and never sent again; a person asks for the final one.
"""

import re
from dataclasses import replace
from pathlib import PurePath

from tasks.intake.form_remarks import sentences
from tasks.intake.placement import Placement, Undecided
from tasks.terms.obligation import Obligation
from tasks.terms.text import fold

_A_DRAFT = re.compile(
    r"草稿|草案|草表|初稿|未定稿|讨论稿|送审稿|待审稿|征求意见|(?<![a-z])draft(?![a-z])", re.IGNORECASE
)
_SHOWN_FIRST = re.compile(
    r"(?:这|此|附件|发来|发上|只|仅|先)[^。；\n]{0,12}(?:是|为)[^。；\n]{0,6}(?:草稿|初稿|草表)"
    r"|(?:草稿|初稿|草表)[^。；\n]{0,10}(?:请|先|麻烦|帮)[^。；\n]{0,8}(?:看|审|把关|过目|指正)"
    r"|(?:这样|这么|如此)(?:填|写|报|统计|算)[^。；\n]{0,10}(?:吗|么|对不对|行不行|[?？])"
    r"|(?:填|写|格式|口径|数据|数字|表)[^。；，,\n]{0,8}(?:对不对|对吗|对么|行吗|行不行|可以吗|有没有问题|有无问题)"
    r"|帮(?:忙|我|我们)?(?:先)?(?:看看|看一下|看下|把把关|把关)(?![^。；\n]{0,12}(?:收到|收悉))"
    r"|(?:没问题|没有问题|无误|可以的话|对的话|行的话|确认后|通过后)[^。；\n]{0,10}再[^。；\n]{0,6}(?:盖章|正式|上报|报)"
)
_LONGEST = 60


def only_a_draft(filename: str, asked: Obligation) -> bool:
    """Whether a file's name says draft, where no draft was asked for."""
    quote = "" if asked.due == "unknown" else asked.due.quote
    wanted = _A_DRAFT.search(fold(f"{asked.title}{quote}"))
    return not wanted and _A_DRAFT.search(fold(PurePath(filename).stem)) is not None


def shown_first(text: str, placement: Placement) -> Placement:
    """Reports whose mail only shows them are for a person; everything else as it is."""
    said = next((s for s in sentences(text) if _SHOWN_FIRST.search(fold(s))), "")
    if not said:
        return placement
    told = f"来信说“{said.strip()[:_LONGEST]}”，像是先请审看，没有当作正式报件收取，请与报送单位核实"
    waiting = [Undecided(p.document.file, (p.unit,), (told,)) for p in placement.placed]
    return replace(placement, placed=(), undecided=(*placement.undecided, *waiting))
