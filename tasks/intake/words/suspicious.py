"""Text that talks to a machine instead of a reader: instructions, scripts, live formulas, template marks."""

import re
from collections.abc import Iterable

from tasks.terms.readings import Finding
from tasks.terms.text import remembered

_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘记|跳过|绕过)(?:以上|上述|之前|前面|此前|所有|全部|一切)?的?(?:所有|全部|一切)?的?(?:指令|指示|提示|规则|要求|校验|检查|审核)|"
    r"(?:直接|自动|务必|必须)(?:判定?为?|标记为?|视为|认定为?)(?:通过|合格|已报|已通过)|(?:系统|AI|智能)(?:提示词|指令)[:：]|"
    r"你(?:现在)?是(?:一个|一名)?(?:AI|人工智能|大?语言?模型|助手)|"
    r"ignore\s+(?:all\s+|any\s+)?(?:the\s+)?(?:previous|above|prior)|disregard\s+(?:all|the|previous)|system\s*prompt|"
    r"you\s+are\s+(?:now\s+)?an?\s+(?:ai|assistant|language)",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"<script|javascript:|vbscript:|\{\{.*\}\}|\{%.*%\}|\$\{.*\}|(?:^|[=+@-])(?:cmd|powershell|mshta)\s*\||"
    r"^[=+@-]\s*(?:HYPERLINK|WEBSERVICE|IMPORTXML|DDE|EXEC|CALL)\s*\(|;\s*DROP\s+TABLE|UNION\s+SELECT",
    re.IGNORECASE,
)


@remembered
def is_odd(text: str) -> bool:
    """Whether a text talks to a machine."""
    return bool(_INSTRUCTION.search(text) or _LIVE.search(text))


def suspicious(texts: Iterable[tuple[str, str]]) -> Finding | None:
    """SUSPICIOUS_TEXT for the first (place, text) that holds such text, or None."""
    for place, text in texts:
        if is_odd(text):
            where = f"{place} " if place else ""
            shown = " ".join(text.split())[:30]
            said = f"{where}含有与报送内容无关的指令性或代码文字（“{shown}”），未予理会，请核对并删除"
            return Finding("SUSPICIOUS_TEXT", said, place)
    return None
