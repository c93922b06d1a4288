"""What every record of a campaign file shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

STRICT: dict[str, Any] = {"extra": "forbid"}
"""Read by the loader: an unknown key is an error. The editor's help adds the docstrings (``with_help``)."""

Unknown = Literal["unknown"]
"""What the notice does not say. It is shown and asked for, never guessed."""


@contextmanager
def with_help() -> Iterator[None]:
    """Let a schema made meanwhile carry each field's docstring.

    Only the editor's help needs them. Finding them parses source, which Python 3.11 cannot do in two threads
    at once (python/cpython#106905): a clerk's act would fail beside Prefect's own parsing.
    """
    STRICT["use_attribute_docstrings"] = True
    try:
        yield
    finally:
        del STRICT["use_attribute_docstrings"]
