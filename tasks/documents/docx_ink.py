"""Words of a .docx printed in the colour of their ground: nobody sees them; runs only in the bounded child.

A figure in white on paper is one its sender took out of sight or forgot there, so it is marked as the same
figure in a workbook is. Only what a run says of itself is looked at, and a ground that is not certain (a
text box, a style with a fill) leaves the words as they are.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from tasks.documents.number_format import as_unseen

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAPER = "FFFFFF"
_THEME_WHITE = "background1"
_FIGURE = re.compile(r"[\d一二三四五六七八九十两百千万]")
_BOX = f"{W}txbxContent"
_HOLDERS = {f"{W}r": "rPr", f"{W}p": "pPr", f"{W}tc": "tcPr", f"{W}tbl": "tblPr"}
"""What may lie under a run from the inside out, and where it says how it looks."""


def mark_unseen(roots: list[Any], styles: Callable[[], Any]) -> None:
    """Put behind every figure printed in the colour of its ground that it is not seen.

    ``styles`` gives the styles of the document, None where it has none; few documents need them read.
    """
    inked = [(run, ink) for root in roots for run, ink in _inked(root)]
    filled = _filled_styles(styles()) if inked else frozenset[str]()
    for run, ink in inked:
        if _ground(run, filled) == ink:
            last = run.findall(f"{W}t")[-1]
            last.text = as_unseen(last.text or "")


def _inked(root: Any) -> Iterator[tuple[Any, str]]:
    """The runs with a figure that say in which colour they are printed, and that colour."""
    for color in root.iter(f"{W}color"):
        run = color.getparent().getparent()
        ink = _ink(color)
        if ink and run is not None and run.tag == f"{W}r":
            text = "".join(t.text or "" for t in run.findall(f"{W}t"))
            if _FIGURE.search(text):
                yield run, ink


def _filled_styles(styles: Any) -> frozenset[str]:
    """The styles that lay a fill under text, in any part of them."""
    if styles is None:
        return frozenset()
    found = (s for s in styles.iter(f"{W}style") if any(map(_fill, s.iter(f"{W}shd"))))
    return frozenset(s.get(f"{W}styleId", "") for s in found)


def _ink(color: Any) -> str:
    """A colour as six digits; nothing where it is the reader's own or one of the theme but white."""
    if theme := color.get(f"{W}themeColor"):
        tinted = color.get(f"{W}themeTint") or color.get(f"{W}themeShade")
        return _PAPER if theme == _THEME_WHITE and not tinted else ""
    value = color.get(f"{W}val", "auto").upper()
    return "" if value in {"AUTO", "000000"} else str(value)


def _ground(run: Any, filled: frozenset[str]) -> str:
    """The colour under a run; nothing where nobody can tell."""
    for holder in (run, *run.iterancestors()):
        if holder.tag == _BOX:
            return ""
        if holder.tag not in _HOLDERS:
            continue
        look = holder.find(f"{W}{_HOLDERS[holder.tag]}")
        shading = None if look is None else look.find(f"{W}shd")
        if shading is not None and (fill := _fill(shading)):
            return fill
        if look is not None and _is_uncertain(look, filled):
            return ""
    return _PAPER


def _is_uncertain(look: Any, filled: frozenset[str]) -> bool:
    """Whether a highlight or a style may lie under the words."""
    styles = (look.find(f"{W}{name}") for name in ("rStyle", "pStyle", "tblStyle"))
    used = {s.get(f"{W}val") for s in styles if s is not None}
    return look.find(f"{W}highlight") is not None or bool(used & filled)


def _fill(shading: Any) -> str:
    """The colour of a fill, 图案 for a pattern or one of the theme; nothing where it is clear."""
    if shading.get(f"{W}themeFill") or shading.get(f"{W}val", "clear") not in {"clear", "nil"}:
        return "图案"
    fill = shading.get(f"{W}fill", "auto").upper()
    return "" if fill == "AUTO" else str(fill)
