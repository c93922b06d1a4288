"""XML of strangers, parsed without entities, network or document types; runs only in the bounded child."""

from typing import Any


def xml_root(data: bytes) -> Any:
    """The root element.

    Raises:
        SyntaxError: it is no well-formed XML.
    """
    from lxml import etree  # noqa: PLC0415  most sheets never need it, and it is half of the child's start

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(data, parser)


def named(element: Any, name: str) -> list[Any]:
    """The elements below and at one that have this local name, whatever prefix the writing program gave."""
    return [e for e in element.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name]
