"""What every record of a campaign file shares."""

from typing import Any, Literal

STRICT: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
"""Read by the loader: an unknown key is an error, and the docstrings below become the editor's help."""

Unknown = Literal["unknown"]
"""What the notice does not say. It is shown and asked for, never guessed."""
