"""Single squeezed files (.gz, .bz2, .xz) and squeezed tars, as Linux desktops make them, within bounds."""

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from tasks.mail.archives import tarred
from tasks.mail.archives.member import MAX_TOTAL, Member, is_bomb, spoilt, too_large

MEMORY = 128 << 20
"""What unpacking an .xz may take; the largest honest setting takes 65 MB."""
STREAMS = 100
FAULTS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)
SUFFIX = re.compile(r"\.(gz|bz2|xz|lzma)$", re.IGNORECASE)
SHORT_FORM = re.compile(r"\.(tgz|tbz2?|txz)$", re.IGNORECASE)


class _Stream(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_MAGIC: dict[bytes, Callable[[], _Stream]] = {
    b"\x1f\x8b\x08": lambda: zlib.decompressobj(wbits=31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY),
}
MAGIC = tuple(_MAGIC)


def members(name: str, data: bytes) -> Iterator[Member]:
    """The file, or those of the tar it is. Never raises; what is wrong comes as a member with a flag."""
    make = next(make for magic, make in _MAGIC.items() if data.startswith(magic))
    inner = SUFFIX.sub("", SHORT_FORM.sub(".tar", name)) or name
    try:
        plain = _unpacked(make, data)
    except FAULTS:
        yield spoilt(name)
        return
    if plain is None or is_bomb(len(plain), len(data)):
        yield too_large(name, inner)
    elif tarred.is_tar(plain):
        yield from tarred.members(name, plain)
    else:
        yield Member(inner, plain)


def _unpacked(make: Callable[[], _Stream], data: bytes) -> bytes | None:
    """All of it, or None when it is more than is taken. Several streams in a row are one file.

    Raises:
        one of FAULTS: it is broken or cut short.
    """
    found: list[bytes] = []
    left = MAX_TOTAL
    for _ in range(STREAMS):
        stream = make()
        found.append(stream.decompress(data, left + 1))
        left -= len(found[-1])
        if left < 0:
            return None
        if not stream.eof:
            raise EOFError("cut short")
        data = stream.unused_data
        if not data.startswith(MAGIC):  # padding, or what a gateway put behind it
            return b"".join(found)
    return None
