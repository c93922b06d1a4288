"""From a template and facts to the words of a letter."""

import re
import traceback
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    select_autoescape,
)
from markupsafe import Markup

from tasks.chase import merge
from tasks.chase.samples import samples
from tasks.terms.errors import Misconfigured
from tasks.terms.wording import quoted

SUBJECT_LIMIT = 120
FORMS_KEPT = 200
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
"""What a template leaves where it had nothing to say."""
ENCODING = "utf-8-sig"
"""Editors on Windows put a mark before UTF-8; it is no part of the letter."""

_WRONG_TEMPLATE = (TemplateError, TypeError, ValueError, ArithmeticError)
"""What a template written by the office may raise. The facts are plain data and raise nothing."""

_UNPRINTABLE = frozenset({"Cc", "Cf", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Composed:
    """The words of a letter: subject, real plain text, HTML."""

    subject: str
    text: str
    html: str


class Letters:
    """The letter templates of the given folders, the first that has one counts (``Home.template_folders``).

    A letter of kind ``reminder`` is made of ``letters/reminder/{subject.j2,body.txt.j2,body.html.j2}``.
    What a sender typed is data: never template text, escaped in HTML, and never more than one line.
    ``tasks.chase.samples`` shows what each kind is given.
    """

    def __init__(self, *folders: Path) -> None:
        self._engine = Environment(
            loader=FileSystemLoader([folder / "letters" for folder in folders], encoding=ENCODING),
            undefined=StrictUndefined,
            autoescape=select_autoescape(enabled_extensions=("html.j2",)),
            finalize=_one_line,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._engine.filters["quoted"] = quoted
        self._forms: dict[tuple[str, bytes], Composed | None] = {}
        self._merging: dict[str, bool] = {}

    def compose(self, kind: str, facts: Mapping[str, Any]) -> Composed:
        """The words of one letter.

        Raises:
            Misconfigured: a template is missing or asks for something there is not; nothing was sent.
        """
        subject = " ".join(self._render(f"{kind}/subject.j2", facts).split())
        if len(subject) > SUBJECT_LIMIT:
            subject = subject[: SUBJECT_LIMIT - 1] + "…"
        text = BLANK_LINES.sub("\n\n", self._render(f"{kind}/body.txt.j2", facts).strip()) + "\n"
        return Composed(subject, text, self._render(f"{kind}/body.html.j2", facts))

    def form(self, kind: str, facts: Mapping[str, Any]) -> Composed | None:
        """The words with the unit's name left blank, the same for all whose facts differ in nothing else.

        None where the name is more than printed, or cannot be filled in as it stands.

        Raises:
            Misconfigured: as ``compose`` does.
        """
        name = facts.get(merge.NAME)
        if (
            not isinstance(name, str)
            or not name.isprintable()
            or name != name.strip()
            or not self._merges(kind)
        ):
            return None
        if (key := merge.key_of(facts)) is None:
            return None
        if (kind, key) not in self._forms:
            if len(self._forms) >= FORMS_KEPT:
                self._forms.clear()
            made = self.compose(kind, {**facts, merge.NAME: merge.BLANK})
            self._forms[kind, key] = None if merge.BLANK in made.subject else made
        return self._forms[kind, key]

    def _merges(self, kind: str) -> bool:
        if kind not in self._merging:
            names = [f"{kind}/{part}" for part in ("subject.j2", "body.txt.j2", "body.html.j2")]
            try:
                self._merging[kind] = merge.only_printed(self._engine, names)
            except (TemplateError, UnicodeDecodeError):  # composing it says what is wrong
                self._merging[kind] = False
        return self._merging[kind]

    def check(self, kinds: Iterable[str]) -> None:
        """Write each kind once for every sample: a template's fault shows before anything is sent.

        Raises:
            Misconfigured: as ``compose`` does, for the first template that is wrong.
        """
        for kind in kinds:
            for facts in samples(kind):
                self.compose(kind, facts)

    def _render(self, name: str, facts: Mapping[str, Any]) -> str:
        try:
            return self._engine.get_template(name).render(facts)
        except _WRONG_TEMPLATE as fault:
            raise Misconfigured(f"信件模板 {_place(fault, name)}：{_reason(fault)}") from fault


def _one_line(value: object) -> object:
    """A value as it goes into a letter: nothing in it can start a new line or turn the text around."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "".join(" " if unicodedata.category(c) in _UNPRINTABLE else c for c in value)


def _place(fault: Exception, name: str) -> str:
    """The template and line at fault, which may be one that ``name`` includes."""
    if isinstance(fault, TemplateSyntaxError):
        return f"templates/letters/{fault.name or name} 第 {fault.lineno} 行"
    marker = "/letters/"
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if frame.filename.endswith(".j2") and marker in frame.filename:
            return f"templates/letters/{frame.filename.rpartition(marker)[2]} 第 {frame.lineno} 行"
    return f"templates/letters/{name}"


def _reason(fault: Exception) -> str:
    if isinstance(fault, TemplateNotFound):
        return f"没有模板文件 {fault.name}，请补上或删去对它的引用"
    if isinstance(fault, UndefinedError):
        return f"用到了信件没有的内容（{fault.message}），请对照随附模板改正"
    if isinstance(fault, UnicodeDecodeError):
        return "文件不是 UTF-8 编码，请另存为 UTF-8"
    return f"写法有误（{fault}），请对照随附模板改正"
