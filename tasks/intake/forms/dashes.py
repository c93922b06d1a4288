"""Cells in which a dash stands for nothing: /, —, 无. Pure.

Offices strike out what does not apply to them. Under an optional figure that says no more than an empty cell.
Among rows whose stated sum is that of the others it says none; anywhere else a required figure is asked for.
"""

from collections.abc import Iterable
from dataclasses import replace

from tasks.intake.forms.layout import Figure, Layout, Line
from tasks.intake.words.numbers import BLANK, Number
from tasks.terms.obligation import Field
from tasks.terms.sums import added
from tasks.terms.text import fold

_DASH = frozenset({"/", "∕", "-", "--", "—", "——", "–", "无", "不涉及", "无此项"})


def without_dashes(layout: Layout, fields: Iterable[Field]) -> Layout:
    """The layout with dashes as what they say: none, an empty cell, or still a doubt."""
    asked = {f.id: f for f in fields}
    none = {f for f in asked if asked[f].adds and _is_sum_of_the_others(layout, f)}
    lines = tuple(_without(line, asked, none) for line in layout.lines)
    return replace(layout, lines=lines) if lines != layout.lines else layout


def _is_sum_of_the_others(layout: Layout, field: str) -> bool:
    """Whether every sum stated of a field is that of the rows in which no dash stands."""
    figures = [line.figures[field] for line in layout.lines if field in line.figures]
    values = [f.number.value for f in figures if not _is_dash(f) and f.number != BLANK]
    known = [v for v in values if v is not None]
    stated = [t[field].number for t in layout.totals if field in t and t[field].number != BLANK]
    if not known or len(known) < len(values) or not stated:
        return False
    return all(number.value == added(known) for number in stated)


def _without(line: Line, asked: dict[str, Field], none: set[str]) -> Line:
    figures = {f: _said(figure, asked.get(f), f in none) for f, figure in line.figures.items()}
    return replace(line, figures=figures)


def _said(figure: Figure, asked: Field | None, none: bool) -> Figure:
    if asked is None or not _is_dash(figure):
        return figure
    if none:
        return replace(figure, number=Number(0.0))
    return figure if asked.required else replace(figure, number=BLANK)


def _is_dash(figure: Figure) -> bool:
    return figure.number.problem == "VAGUE" and fold(figure.shown).rstrip("。") in _DASH
