"""From a template and facts to the words of a letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from tasks.terms.errors import Misconfigured
from tasks.terms.wording import quoted

SUBJECT_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Composed:
    """The words of a letter: subject, real plain text, HTML."""

    subject: str
    text: str
    html: str


class Letters:
    """The office's letter templates: its own first, then the shipped ones.

    A letter of kind ``reminder`` is made of ``letters/reminder/{subject.j2,body.txt.j2,body.html.j2}``.
    What a sender typed is data, never template text, and is escaped in HTML.
    """

    def __init__(self, own: Path, shipped: Path) -> None:
        self._engine = Environment(
            loader=FileSystemLoader([own / "letters", shipped / "letters"]),
            undefined=StrictUndefined,
            autoescape=select_autoescape(enabled_extensions=("html.j2",)),
            trim_blocks=True,
            lstrip_blocks=True,
        )

        self._engine.filters["quoted"] = quoted

    def compose(self, kind: str, facts: Mapping[str, Any]) -> Composed:
        """The words of one letter.

        Raises:
            Misconfigured: a template is missing or asks for something there is not; nothing was sent.
        """
        subject = " ".join(self._render(f"{kind}/subject.j2", facts).split())
        if len(subject) > SUBJECT_LIMIT:
            subject = subject[: SUBJECT_LIMIT - 1] + "…"
        text = self._render(f"{kind}/body.txt.j2", facts).strip() + "\n"
        return Composed(subject, text, self._render(f"{kind}/body.html.j2", facts))

    def _render(self, name: str, facts: Mapping[str, Any]) -> str:
        try:
            return self._engine.get_template(name).render(facts)
        except TemplateError as fault:
            number = getattr(fault, "lineno", None)
            line = f" 第 {number} 行" if number else ""
            raise Misconfigured(
                f"信件模板 templates/letters/{name}{line}：{fault.message or fault}"
            ) from fault
