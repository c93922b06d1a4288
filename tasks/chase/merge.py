"""Mail merge: letters that differ in the unit's name alone are composed once.

A template may be merged when it does nothing with the unit's name but print it; what a template does is read
from its own syntax, so a campaign's own template that tests or shortens the name is written out each time.
"""

import marshal
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.meta import find_referenced_templates
from markupsafe import escape

BLANK = "\ue000"
"""Stands for the unit's name in a form; no office uses it in a text."""
NAME = "unit"

_PASSED_ON = (nodes.AssignBlock, nodes.FilterBlock, nodes.CallBlock, nodes.Macro)
"""Blocks whose text is not printed but handed to something else."""
_OUT_OF_SIGHT = {"self", "super"}


def only_printed(engine: Environment, names: list[str]) -> bool:
    """Whether these templates, with all they draw in, print the unit's name and do nothing else with it."""
    seen: set[str] = set()
    while names:
        name = names.pop()
        if name in seen:
            continue
        seen.add(name)
        loader = engine.loader
        tree = engine.parse(loader.get_source(engine, name)[0] if loader else "")
        drawn_in = list(find_referenced_templates(tree))
        if None in drawn_in or not _prints(tree):
            return False
        names += [each for each in drawn_in if each]
    return True


def _prints(tree: nodes.Template) -> bool:
    printed = {id(shown) for output in tree.find_all(nodes.Output) for shown in output.nodes}
    for name in tree.find_all(nodes.Name):
        if name.name in _OUT_OF_SIGHT or (name.name == NAME and id(name) not in printed):
            return False
    return not any(_inside(block) for block in tree.find_all(_PASSED_ON))


def _inside(block: nodes.Node) -> bool:
    drawn_in = (nodes.Include, nodes.Import, nodes.FromImport)
    return (
        any(n.name == NAME for n in block.find_all(nodes.Name))
        or next(block.find_all(drawn_in), None) is not None
    )


def key_of(facts: Mapping[str, Any]) -> bytes | None:
    """What all letters of one form have in common; None when it cannot be said exactly."""
    try:
        key = marshal.dumps({**facts, NAME: ""}, 2)
    except ValueError:  # something else than plain data
        return None
    return None if BLANK.encode() in key else key


def fill_text(text: str, name: str) -> str:
    """The plain words with the name filled in."""
    return text.replace(BLANK, name)


def fill_html(html: str, name: str) -> str:
    """The HTML with the name filled in, as the engine would have written it."""
    return html.replace(BLANK, str(escape(name)))
