"""Strict YAML into the product's records: a fault is one line with file, line, field, what was expected.

YAML 1.1's surprises are off: ``no`` and ``on`` stay words, dates and hours stay text until a field wants
one, a key given twice is a fault, and there are no tags and no references.
"""

import difflib
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import yaml
from pydantic import ValidationError
from pydantic_core import SchemaValidator

from tasks.documents.literal_minded import validator
from tasks.documents.yaml_plain import trouble
from tasks.terms.errors import Misconfigured
from tasks.terms.machine import why

T = TypeVar("T")
Path_ = tuple[str | int, ...]
LIMIT = 1 << 20
"""No configuration file is larger than a megabyte."""

MISSING = frozenset({"missing", "missing_argument", "missing_keyword_only_argument"})

UNKNOWN_FIELD = frozenset({"unexpected_keyword_argument", "extra_forbidden"})

CHOICE = re.compile("'([^']*)'")
"""One of the words pydantic says it expected."""

SCALARS = {
    "tag:yaml.org,2002:null": ("~", "null", ""),
    "tag:yaml.org,2002:bool": ("true", "false"),
}


class Document:
    """A YAML file, its plain values and the line each field stands on."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines: dict[Path_, int] = {}
        self.value = self._compose(text)

    def _compose(self, text: str) -> Any:
        found = trouble(text)
        if found:
            line, said = found
            raise Misconfigured(f"{self.name} 第 {line} 行：{said}")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            raise Misconfigured(f"{self.name}：文件是空的")
        return self._plain(node, ())

    def _plain(self, node: yaml.Node, path: Path_) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(child, (*path, n)) for n, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.fault(path, "字段名应为一个词", line=key.start_mark.line + 1)
            name = str(key.value)
            here = (*path, name)
            if name in found:
                raise self.fault(path, f"{name} 写了两次", line=key.start_mark.line + 1)
            self.lines[here] = key.start_mark.line + 1
            found[name] = self._plain(child, here)
        return found

    def fault(self, path: Path_, text: str, *, line: int | None = None) -> Misconfigured:
        """A fault at a field, as one line for the operator."""
        return Misconfigured(self.message(path, text, line=line))

    def message(self, path: Path_, text: str, *, line: int | None = None) -> str:
        """``file 第 N 行 field：text``; a field that is not there takes the line of what should hold it."""
        where = field_name(path)
        return f"{self.name} 第 {line or self.line(path)} 行{f' {where}' if where else ''}：{text}"

    def line(self, path: Path_) -> int:
        """The line a field stands on, or the nearest thing around it that is there."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) or node.tag not in SCALARS:
        return text
    word = text.lower()
    if node.tag.endswith("null") and word in SCALARS[node.tag]:
        return None
    if node.tag.endswith("bool") and word in SCALARS[node.tag]:
        return word == "true"
    return text  # yes, no, on, off: words


def field_name(path: Path_) -> str:
    """A field's path as people write it: ``obligations[0].due.date``."""
    parts = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)
    return parts.removeprefix(".")


def read(path: Path, name: str | None = None) -> Document:
    """A YAML file from disk.

    Raises:
        Misconfigured: missing, too large, not UTF-8, or no YAML.
    """
    shown = name or shown_name(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Misconfigured(f"{shown}：没有这个文件") from None
    except OSError as fault:
        raise Misconfigured(f"{shown}：读不了（{why(fault)}）") from None
    if len(data) > LIMIT:
        raise Misconfigured(f"{shown}：超过 1 MB，不像是配置文件")
    try:
        return Document(shown, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Misconfigured(f"{shown}：不是 UTF-8 编码；请在编辑器中另存为 UTF-8") from None


def shown_name(path: Path) -> str:
    """A file as the operator knows it: from ``config`` on, when it lies there."""
    parts = path.parts
    return "/".join(parts[parts.index("config") :]) if "config" in parts else path.name


def load(path: Path, shape: type[T]) -> T:
    """Read a YAML file as that record.

    Raises:
        Misconfigured: the first fault by line, and how many more there are.
    """
    return shaped(read(path), shape)


def shaped(document: Document, shape: type[T]) -> T:
    """The document's values as that record."""
    try:
        checked: T = _validator(shape).validate_python(document.value)  # type: ignore[arg-type]
    except ValidationError as found:
        errors = found.errors()
        literals = [e for e in errors if e["type"] == "literal_error"]
        words = {e["loc"][:-1]: e["ctx"]["expected"].strip("'") for e in literals}
        faults = sorted(_fault(document, shape, each, words) for each in _telling(errors))
        more = f"（另有 {len(faults) - 1} 处）" if len(faults) > 1 else ""
        raise Misconfigured(faults[0][-1] + more) from None
    return checked


def _telling(errors: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without the complaints of a union's other branches: a date that is wrong is also not ``unknown``."""
    fields_with_more = {e["loc"][:-1] for e in errors if e["type"] != "literal_error"}
    fields_with_more |= {e["loc"][:-2] for e in errors if e["type"] != "literal_error"}
    return [e for e in errors if e["type"] != "literal_error" or e["loc"][:-1] not in fields_with_more]


@lru_cache(maxsize=16)
def _validator(shape: Hashable) -> SchemaValidator:
    return validator(shape)


def _fault(
    document: Document, shape: Any, error: Mapping[str, Any], words: Mapping[Path_, str]
) -> tuple[bool, int, str]:
    """A fault, sortable: what stands there wrongly comes before what is missing, then by line."""
    named = error["type"] in MISSING | UNKNOWN_FIELD
    path = _real_path(document, error["loc"], named=named)
    text = _sentence(shape, path, error)
    word = "" if named or error["type"] == "literal_error" else words.get(error["loc"][:-1], "")
    return (
        error["type"] in MISSING,
        document.line(path),
        document.message(path, f"{text}，或 {word}" if word else text),
    )


def _real_path(document: Document, loc: Sequence[str | int], *, named: bool) -> Path_:
    """Pydantic names the branch of a union inside the path; keep only what the file has.

    A field that is missing or unknown is ``named`` last, whether the file has it or not.
    """
    path: Path_ = ()
    for n, part in enumerate(loc):
        if (*path, part) in document.lines or (named and n == len(loc) - 1):
            path = (*path, part)
    return path


def _sentence(shape: Any, path: Path_, error: Mapping[str, Any]) -> str:
    kind, given = error["type"], error["input"]
    if kind in MISSING:
        return "缺少这一项"
    if kind in UNKNOWN_FIELD:
        return f"没有这个字段{_nearest(shape, path)}"
    return f"“{_shown(given)}”不对，{_expected(kind, error)}"


def _shown(given: Any) -> str:
    if given is None:
        return "（空）"
    if isinstance(given, (dict, list)):
        return "（一组字段）" if isinstance(given, dict) else "（列表）"
    text = str(given).lower() if isinstance(given, bool) else " ".join(str(given).split())
    return text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004  enough to recognise it


EXPECTED = (
    ("datetime_", "应为存在的时刻，写作 2023-04-04T18:00"),
    ("date_", "应为存在的日期，写作 2023-04-04"),
    ("time_", "应为钟点，写作 09:30"),
    ("int_", "应为整数"),
    ("bool_", "应为 true 或 false"),
    ("string_type", "应为文字"),
    ("tuple_type", "应为列表（每项一行，以 - 开头）"),
    ("list_type", "应为列表（每项一行，以 - 开头）"),
    ("dataclass", "应为一组字段"),
    ("dict_type", "应为一组字段"),
    ("mapping_type", "应为一组字段"),
)
"""What was expected, by how pydantic's error types begin."""


def _expected(kind: str, error: Mapping[str, Any]) -> str:
    if kind == "literal_error":
        return f"应为 {'、'.join(CHOICE.findall(error['ctx']['expected']))} 之一"
    return next((said for begin, said in EXPECTED if kind.startswith(begin)), f"不符合要求（{error['msg']}）")


def _nearest(shape: Any, path: Path_) -> str:
    known = _known_fields(shape, path[:-1])
    near = difflib.get_close_matches(str(path[-1]), known, 1, 0.5)
    if near:
        return f"，是否为 {near[0]}？"
    return f"，可用的字段：{'、'.join(known)}" if known else ""


def _known_fields(shape: Any, path: Path_) -> list[str]:
    for part in path:
        shape = _member(shape, part)
    return [f.name for record in _records(shape) for f in fields(record)]


def _member(shape: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return next(iter(get_args(shape)), Any)
    for record in _records(shape):
        hints = get_type_hints(record)
        if part in hints:
            return hints[part]
    arguments = get_args(shape)
    return arguments[1] if len(arguments) == 2 else Any  # noqa: PLR2004  a mapping's value type


def _records(shape: Any) -> Iterable[Any]:
    candidates = (shape, *get_args(shape))
    return [c for c in candidates if isinstance(c, type) and is_dataclass(c)]
