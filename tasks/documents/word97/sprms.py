"""Lists of property changes (grpprl): which property, and its operand."""

import struct
from collections.abc import Iterator

DEF_TABLE = 0xD608
_LONG = frozenset({DEF_TABLE, 0xD606})
"""Operands that state their length in two bytes, one of them counted in."""
_TABS, _MANY = 0xC615, 255
_WIDTHS = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE = 6


def sprms(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """The changes in order; a single byte or zeros at the end fill the list up.

    Raises:
        ValueError, struct.error: an operand ends beyond the list.
    """
    at = 0
    while at + 2 <= len(grpprl):
        code = struct.unpack_from("<H", grpprl, at)[0]
        if not code and not any(grpprl[at:]):
            return
        at += 2
        begin, end = _operand(code, grpprl, at)
        if end > len(grpprl):
            raise ValueError("an operand beyond its list")
        yield code, grpprl[begin:end]
        at = end


def _operand(code: int, grpprl: bytes, at: int) -> tuple[int, int]:
    kind = code >> 13
    if kind != _VARIABLE:
        return at, at + _WIDTHS[kind]
    if code in _LONG:
        return at + 2, at + 1 + max(1, struct.unpack_from("<H", grpprl, at)[0])
    length = struct.unpack_from("<B", grpprl, at)[0]
    if code == _TABS and length == _MANY:
        deleted = struct.unpack_from("<B", grpprl, at + 1)[0]
        added = struct.unpack_from("<B", grpprl, at + 2 + 4 * deleted)[0]
        length = 2 + 4 * deleted + 3 * added
    return at + 1, at + 1 + length
