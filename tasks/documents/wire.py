"""A ``Content`` as the bounded child sends it: JSON, never pickle."""

import datetime as dt
import json
from dataclasses import fields
from typing import Any

from tasks.terms.readings import Content, Finding, Sheet


def encode(content: Content) -> bytes:
    """A content as UTF-8 JSON."""
    raw = {
        "format": content.format,
        "sheets": [_fields(sheet) for sheet in content.sheets],
        "text": content.text,
        "findings": [_fields(finding) for finding in content.findings],
        "pictures": content.pictures,
        "unchanged": content.unchanged,
        "unread": content.unread,
    }
    return json.dumps(raw, default=_tagged, ensure_ascii=False).encode("utf-8", "replace")


def _fields(record: Sheet | Finding) -> dict[str, Any]:
    """Field by name, without the deep copy of every cell that ``asdict`` makes."""
    return {f.name: getattr(record, f.name) for f in fields(record)}


def _tagged(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    raise TypeError(f"no cell holds a {type(value).__name__}")


def decode(data: bytes | bytearray) -> Content:
    """The content a child sent.

    Raises:
        ValueError, KeyError, TypeError: the child sent something else.
    """
    return content(json.loads(data))


def content(raw: dict[str, Any]) -> Content:
    """The same from what was JSON.

    Raises:
        ValueError, KeyError, TypeError: the child sent something else.
    """
    return Content(
        format=raw["format"],
        sheets=tuple(_sheet(s) for s in raw["sheets"]),
        text=raw["text"],
        findings=tuple(Finding(**f) for f in raw["findings"]),
        pictures=raw["pictures"],
        unchanged=raw["unchanged"],
        unread=tuple(map(str, raw["unread"])),
    )


def _sheet(raw: dict[str, Any]) -> Sheet:
    return Sheet(
        name=raw["name"],
        rows=tuple(tuple(map(_cell, row)) if _has_dates(row) else tuple(row) for row in raw["rows"]),
        visible=raw["visible"],
        merged=tuple(tuple(m) for m in raw["merged"]),
        hidden_rows=tuple(raw["hidden_rows"]),
        hidden_columns=tuple(raw["hidden_columns"]),
        formulas_without_value=tuple(raw["formulas_without_value"]),
        error_cells=tuple(raw["error_cells"]),
    )


def _has_dates(row: list[Any]) -> bool:
    return dict in map(type, row)


def _cell(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "date" in value:
        return dt.date.fromisoformat(value["date"])
    return dt.datetime.fromisoformat(value["datetime"])
