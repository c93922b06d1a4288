"""The forms of the Prefect UI for one campaign: Chinese titles, units and obligations chosen by name."""

from copy import deepcopy
from typing import Any

from tasks.roster.pick import choices
from tasks.terms.campaign import Campaign
from tasks.terms.units import Roster

Schema = dict[str, Any]

ACTS_NOW = ("as_of",)
"""Left out of the forms: a run from the page is always for now."""


def form(schema: Schema, campaign: Campaign, roster: Roster, reporting: tuple[str, ...]) -> Schema:
    """A flow's parameter schema, as Prefect derives it, with this campaign's choices.

    ``reporting`` holds the codes of the units a clerk may act on, in roster order.
    """
    found = deepcopy(schema)
    given: dict[str, list[str]] = {
        "campaign": [campaign.id],
        "unit": choices(roster, reporting),
        "obligation": [o.title for o in campaign.obligations],
    }
    for name in ACTS_NOW:
        found["properties"].pop(name, None)
    for name, field in found["properties"].items():
        _plain_when_optional(field)
        if name in given:
            field["enum"] = given[name]
            if field.get("default") == "":  # not among the choices: the page would refuse to send it
                del field["default"]
        field["title"] = _title(field)
        if field.get("description") == field["title"]:
            del field["description"]
    found["properties"]["campaign"]["description"] = campaign.title  # an id says little, and two look alike
    return found


def plain_form(schema: Schema) -> Schema:
    """The schema of a flow that belongs to no campaign, with titles a clerk can read."""
    found = deepcopy(schema)
    for field in found["properties"].values():
        field["title"] = _title(field)
    return found


def _plain_when_optional(field: Schema) -> None:
    """A field that may be left empty is shown as what it holds, not as a choice between two types."""
    kinds = [each for each in field.get("anyOf", ()) if each.get("type") != "null"]
    if len(kinds) == 1:
        del field["anyOf"]
        field |= kinds[0]
        if field.get("default") is None:
            field.pop("default", None)


def _title(field: Schema) -> str:
    """The first words of what the field's description says."""
    words = str(field.get("description") or field.get("title", ""))
    for stop in "，；：。（,":
        words = words.partition(stop)[0]
    return words
