"""What of YAML a configuration file may use: records, lists and plain values; no references, no tags.

Checked over the stream of events, before any tree is built: a file nested a thousand deep is a fault of
the file, not of the program.
"""

from collections.abc import Iterator
from typing import Any

import yaml

DEEPEST = 20
"""No configuration of ours is nested deeper."""

TROUBLES = (
    ("found character '\\t'", "缩进用了制表符（Tab），请全部改用空格"),
    ("found a tab character", "缩进用了制表符（Tab），请全部改用空格"),
    ("mapping values are not allowed", "冒号的位置不对：缩进不齐，或文字里有冒号而没有加引号"),
    ("could not find expected ':'", "缺少冒号；冒号须用半角，后面空一格"),
    ("found unexpected end of stream", "引号没有成对"),
    ("expected <block end>", "缩进没有对齐，或文字里有引号、括号而没有整体加引号"),
    ("expected ',' or", "方括号或花括号没有成对，或其中缺少逗号"),
    ("expected the node content", "方括号或花括号没有成对，或其中缺少内容"),
    ("cannot start any token", "含有不能单独出现的符号，请给这段文字加上引号"),
    ("found unknown escape character", "双引号内的反斜杠不对，请改用单引号"),
)
"""What PyYAML says, by how it begins, and what that means to whoever typed it."""

Trouble = tuple[int, str]
"""A line and what is wrong there, in Chinese."""


def trouble(text: str) -> Trouble | None:
    """The first thing in a text that is no plain YAML, or None."""
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += _step(event)
            documents += isinstance(event, yaml.DocumentStartEvent)
            said = next(_faults(event, depth, documents), "")
            if said:
                return _line(event.start_mark), said
    except yaml.MarkedYAMLError as fault:
        return _line(fault.problem_mark or fault.context_mark), f"不是正确的 YAML：{_in_chinese(fault)}"
    except yaml.reader.ReaderError as fault:
        line = text[: fault.position].count("\n") + 1
        return line, "含有看不见的控制字符，请用纯文本编辑器重新保存"
    return None


def _step(event: yaml.Event) -> int:
    if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
        return 1
    return -1 if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)) else 0


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _faults(event: Any, depth: int, documents: int) -> Iterator[str]:
    if isinstance(event, yaml.AliasEvent):
        yield f"不能使用引用（*{event.anchor}），请把内容直接写出来"
    if getattr(event, "anchor", None):
        yield "不能使用锚点（&），请把内容直接写出来"
    if getattr(event, "tag", None):
        yield "不能使用标签（!），请直接写内容"
    if documents > 1:
        yield "一个文件只能写一份内容，请删去中间的 ---"
    if depth > DEEPEST:
        yield f"嵌套超过 {DEEPEST} 层，不像是配置文件"


def _in_chinese(fault: yaml.MarkedYAMLError) -> str:
    said = f"{fault.problem or ''} {fault.context or ''}"
    return next((zh for begin, zh in TROUBLES if begin in said), "格式不对，请对照 config/README.md 中的样例")
