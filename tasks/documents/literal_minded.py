"""Values taken at their word: pydantic's leniency off where it would guess.

A YAML value comes as text until a field wants more. Pydantic would make a moment of any number (seconds
since 1970), noon of nothing, true of ``yes`` and a count of ``true``; a campaign file means none of that.
"""

import re
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import CoreSchema, PydanticKnownError, SchemaValidator, core_schema

WRITTEN: dict[str, tuple[re.Pattern[str], str]] = {
    "int": (re.compile(r"[+-]?[0-9]{1,12}"), "int_parsing"),
    "float": (re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,9})?"), "float_parsing"),
    "bool": (re.compile(r"(?!)"), "bool_parsing"),
    "date": (re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}"), "date_type"),
    "time": (re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"), "time_type"),
    "datetime": (
        re.compile(
            r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"
        ),
        "datetime_type",
    ),
}
"""How a value of each type is written, and pydantic's name for one that is not.

A year outside this century is a slip of the finger.
"""
MIDNIGHT = re.compile(r"(?<=[T ])24:00(?::00)?(?![0-9:])")
LAST_INSTANT = "23:59:59.999999"
"""24:00 of a day, which no clock shows, as the moment it means."""


def validator(shape: Any) -> SchemaValidator:
    """A validator of that shape that takes every value at its word."""
    return SchemaValidator(_guarded(TypeAdapter(shape).core_schema))


def _guarded(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_guarded(each) for each in schema]
    if isinstance(schema, tuple):
        return tuple(_guarded(each) for each in schema)
    if not isinstance(schema, dict):
        return schema
    inner = {key: _guarded(value) for key, value in schema.items()}
    kind = schema.get("type")
    if isinstance(kind, str) and kind in WRITTEN:
        return _with_guard(inner, kind)
    return inner


def _with_guard(inner: Any, kind: str) -> CoreSchema:
    return core_schema.no_info_before_validator_function(_guard(kind), inner)


def _guard(kind: str) -> Callable[[Any], Any]:
    written, fault = WRITTEN[kind]

    def guard(value: Any) -> Any:
        foreign = isinstance(value, bool) and kind != "bool"
        if foreign or value is None or (isinstance(value, str) and not written.fullmatch(value)):
            raise PydanticKnownError(fault)  # type: ignore[arg-type]
        if kind == "datetime" and isinstance(value, str):
            return MIDNIGHT.sub(LAST_INSTANT, value)
        return value

    return guard
