"""The JSON Schema of campaign files, for editors: every key's help as it is typed. Made from the model.

python -m tasks.notice.schema > config/campaign.schema.json
"""

import json
from typing import Any

from pydantic import TypeAdapter

from tasks.documents.literal_minded import WRITTEN
from tasks.terms.campaign import Campaign
from tasks.terms.strict import with_help

FORMATS = {"date": "date", "time": "time", "date-time": "datetime"}
"""JSON Schema's names for what the loader reads by a stricter pattern of its own."""


def campaign_schema() -> dict[str, Any]:
    """The schema a campaign file is checked against while it is typed."""
    with with_help():
        made = _for_clerks(TypeAdapter(Campaign).json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "专项文件", **made}


def as_text() -> str:
    """The schema as its file holds it."""
    return json.dumps(campaign_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _for_clerks(schema: Any) -> Any:
    """Without the model's English; moments as the loader wants them written."""
    if isinstance(schema, list):
        return [_for_clerks(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not _is_english(schema, key)}
    kind = FORMATS.get(str(kept.get("format")))
    if kind:
        kept = {k: v for k, v in kept.items() if k != "format"} | {"pattern": f"^{WRITTEN[kind][0].pattern}$"}
    return {key: _for_clerks(value) for key, value in kept.items()}


def _is_english(schema: dict[str, Any], key: str) -> bool:
    """The names pydantic makes of ours, and what a record's docstring tells programmers."""
    if key == "title":
        return isinstance(schema[key], str)
    return key == "description" and "properties" in schema


if __name__ == "__main__":
    print(as_text(), end="")  # noqa: T201
