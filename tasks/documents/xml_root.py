"""XML of strangers, parsed without entities, network or document types; runs only in the bounded child."""

from contextlib import suppress
from typing import Any


def xml_root(data: bytes) -> Any:
    """The root element.

    Raises:
        SyntaxError: it is no well-formed XML.
    """
    from lxml import etree  # noqa: PLC0415  most sheets never need it, and it is half of the child's start

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(data, parser)


_UNUSUALLY = b"='", b" =", b"= "


def as_usually_written(data: bytes) -> bytes:
    """The same XML as Excel and Word would write it, for a search over its bytes.

    r='A1' and r = "A1" are as good as r="A1" (XML 1.0, 3.1). What cannot be parsed is left to its reader.
    """
    body = data.find(b"?>") + 1  # a declaration may be quoted in either way, and is not searched
    if not any(data.find(sign, body) >= 0 for sign in _UNUSUALLY):
        return data
    from lxml import etree  # noqa: PLC0415  as above

    with suppress(SyntaxError):
        return bytes(etree.tostring(xml_root(data), encoding="utf-8"))
    return data


def named(element: Any, name: str) -> list[Any]:
    """The elements below and at one that have this local name, whatever prefix the writing program gave."""
    return [e for e in element.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name]
