"""Check a document template an office has edited in Word or WPS: which tag is wrong, and where it stands."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from jinja2 import Environment, TemplateError, TemplateSyntaxError, meta

from tasks.terms.errors import Misconfigured

_TAG = re.compile(r"\{[{%].*?[%}]\}")
_KIND = re.compile(r"\{%(?:p|tr|tc|r)\s")
_QUOTED = re.compile(r"'([^']+)'")
_CURLY = str.maketrans("“”‘’｛｝％", "\"\"''{}%")
_SHOWN = 40
_PAIRS = "{% if %}、{% for %} 与 {% endif %}、{% endfor %} 须成对"


def check_template(path: Path, facts: Mapping[str, Any]) -> None:
    """Hold every tag against the facts there are, before anything is rendered.

    Raises:
        Misconfigured: a tag is not closed, mistyped, or asks for a fact that is not given.
    """
    lines = _lines(path)
    _typed_wrong(path, lines)
    engine = Environment(autoescape=True)
    try:
        tree = engine.parse("\n".join(_KIND.sub("{% ", line) for line in lines))
    except TemplateSyntaxError as fault:
        said = (
            "{% if %}、{% for %} 与 {% endif %}、{% endfor %} 须成对" if "end" in str(fault) else str(fault)
        )
        raise _wrong(path, lines, fault.lineno, _tags(lines, fault.lineno), f"写法有误（{said}）") from fault
    for name in sorted(meta.find_undeclared_variables(tree) - set(facts) - set(engine.globals)):
        number = _line_with(lines, name)
        known = "、".join(sorted(facts))
        raise _wrong(path, lines, number, name, f"没有名为“{name}”的内容；可用的有：{known}")


def wrong_tag(path: Path, fault: TemplateError) -> Misconfigured:
    """What a fault of rendering means: mostly a part of a fact that is not there, such as ``o.名字``."""
    lines = _lines(path)
    names = _QUOTED.findall(str(fault))
    name = names[-1] if names else ""
    number = _line_with(lines, name)
    return _wrong(path, lines, number, _tags(lines, number) or name, f"用到了没有的内容（{fault}）")


def _typed_wrong(path: Path, lines: list[str]) -> None:
    """A bracket typed full width, a quotation mark bent by Word, a tag cut in two by a paragraph's end."""
    for number, line in enumerate(lines, 1):
        for tag in _TAG.findall(line):
            if tag != tag.translate(_CURLY):
                raise _wrong(path, lines, number, tag, "标记里的括号、引号须是半角英文符号")
        rest = _TAG.sub("", line)
        if re.search(r"\{[{%]|[%}]\}|｛[｛%％]|[%％｝]｝", rest):
            raise _wrong(path, lines, number, rest.strip(), "标记不完整，须在同一段内写全")


def _lines(path: Path) -> list[str]:
    try:
        document = Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        raise Misconfigured(f"文书模板 {_shown(path)} 打不开，须是 Word 或 WPS 另存的 .docx 文件") from fault
    return [" ".join(_text(p).split("\n")) for p in document.element.body.iter(qn("w:p"))]


def _text(paragraph: Any) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        yield element.text or "" if element.tag == qn("w:t") else " "


def _tags(lines: list[str], number: int) -> str:
    return " ".join(_TAG.findall(lines[number - 1])) if 0 < number <= len(lines) else ""


def _line_with(lines: list[str], name: str) -> int:
    """The first paragraph with a tag that names it; 0 when none does."""
    for number, line in enumerate(lines, 1):
        if name and any(re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", tag) for tag in _TAG.findall(line)):
            return number
    return 0


def _wrong(path: Path, lines: list[str], number: int, tag: str, said: str) -> Misconfigured:
    around = f"（“{lines[number - 1][:_SHOWN]}”）" if 0 < number <= len(lines) else ""
    place = f"第 {number} 段{around}" if number else "某处"
    return Misconfigured(f"文书模板 {_shown(path)} {place}的标记 {tag} 不对：{said}；请改正模板后重新编制")


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:])
