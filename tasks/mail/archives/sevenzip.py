"""7z archives within bounds, by the standard library's own decoders.

The format is a row of packed streams and, behind them, a directory that may be packed itself. Every size is
checked against what is there before anything is unpacked; a method Python cannot undo is told of.
"""

import bz2
import lzma
import zlib
from collections.abc import Iterator, Sequence

from tasks.mail.addresses import without_unsafe
from tasks.mail.archives.member import (
    CLUTTER,
    MAX_TOTAL,
    OUTSIDE,
    Member,
    is_bomb,
    leads_outside,
    locked,
    spoilt,
    too_large,
    too_many,
)
from tasks.mail.archives.sevenzip_directory import (
    Coder,
    Directory,
    Entry,
    Folder,
    Streams,
    read_directory,
    read_start,
)
from tasks.mail.archives.sevenzip_numbers import TooMany

MAGIC = b"7z\xbc\xaf\x27\x1c"
LARGEST_DIRECTORY = 8 << 20
DIRECTORIES = 4
"""A directory may be packed, and that one's directory again; 7-Zip itself packs it once."""
LEAST_WINDOW = 4096
LZMA_PROPERTIES = 5

COPY, DELTA, BCJ, LZMA, LZMA2 = b"\x00", b"\x03", b"\x03\x03\x01\x03", b"\x03\x01\x01", b"\x21"
DEFLATE, BZIP2, AES = b"\x04\x01\x08", b"\x04\x02\x02", b"\x06\xf1\x07\x01"
FAULTS = (lzma.LZMAError, zlib.error, OSError, EOFError, ValueError, IndexError, OverflowError)


class _Locked(Exception):
    """It is under a password."""


class _Strange(Exception):
    """It is packed by a method that cannot be undone here."""


class _Bomb(Exception):
    """It would be too large."""


def members(name: str, data: bytes) -> Iterator[Member]:
    """The files in a 7z, in its order. Never raises; what is wrong comes as a member with a flag."""
    try:
        directory = _directory(data)
    except _Locked:
        yield locked(name, name)
    except _Strange:
        yield _strange(name, name)
    except TooMany:
        yield too_many(name)
    except (*FAULTS, _Bomb):
        yield spoilt(name)
    else:
        yield from _members(name, data, directory)


def _strange(name: str, inner: str) -> Member:
    reason = f"压缩包“{name}”内的“{inner}”用了少见的压缩方法，无法解压，请改用 ZIP 压缩后报送"
    return Member(inner, flag="DAMAGED", reason=reason)


def _directory(data: bytes) -> Directory:
    packed = read_start(data)
    for _ in range(DIRECTORIES):
        found = read_directory(packed)
        if isinstance(found, Directory):
            return found
        folder = found.folders[0]
        packed = _unpacked(data, found, 0, LARGEST_DIRECTORY)
        if folder.crc is not None and zlib.crc32(packed) != folder.crc:
            raise ValueError("directory's checksum")
    raise ValueError("directories without end")


def _members(name: str, data: bytes, directory: Directory) -> Iterator[Member]:
    left = MAX_TOTAL
    holders = _Holders(data, directory.streams)
    for entry in directory.entries:
        if entry.folder_only or CLUTTER.search(entry.name):
            continue
        member = _member(name, entry, holders, left)
        left -= len(member.data)
        yield member


def _member(name: str, entry: Entry, holders: "_Holders", left: int) -> Member:
    if OUTSIDE.search(entry.name):
        return leads_outside(name, entry.name)
    inner = without_unsafe(entry.name)
    try:
        return Member(inner, holders.content(entry, left))
    except _Locked:
        return locked(name, inner)
    except _Strange:
        return _strange(name, inner)
    except _Bomb:
        return too_large(name, inner)
    except FAULTS:
        return spoilt(name, inner)


class _Holders:
    """The packed rows: each holds files one behind the other and is unpacked once, when first wanted."""

    def __init__(self, data: bytes, streams: Streams) -> None:
        self._data = data
        self._streams = streams
        self._at = -1
        self._plain = b""
        self._fault: Exception | None = None

    def content(self, entry: Entry, left: int) -> bytes:
        """One file.

        Raises:
            _Locked, _Strange, _Bomb, one of FAULTS: why there is none.
        """
        if entry.row is None:
            return b""
        if entry.size > left:
            raise _Bomb
        self._unpack(entry.row)
        found = self._plain[entry.start : entry.start + entry.size]
        if len(found) != entry.size or (entry.crc is not None and zlib.crc32(found) != entry.crc):
            raise ValueError("checksum")
        return found

    def _unpack(self, row: int) -> None:
        if row != self._at:
            self._at, self._plain, self._fault = row, b"", None
            try:
                self._plain = _unpacked(self._data, self._streams, row, MAX_TOTAL)
            except (*FAULTS, _Locked, _Strange, _Bomb) as fault:
                self._fault = fault
        if self._fault is not None:
            raise self._fault


def _unpacked(data: bytes, streams: Streams, row: int, most: int) -> bytes:
    """One row, never more than it claims to be."""
    folder = streams.folders[row]
    begin, packed = streams.places[row]
    if begin + packed > len(data):
        raise EOFError("cut short")
    size = folder.size
    if any(coder.method == AES for coder in folder.coders):
        raise _Locked
    if size > most or is_bomb(size, packed):
        raise _Bomb
    found = _decoded(data[begin : begin + packed], folder, size)
    if len(found) != size:
        raise EOFError("cut short")
    return found


def _decoded(packed: bytes, folder: Folder, size: int) -> bytes:
    if not folder.plain:
        raise _Strange
    methods = [coder.method for coder in folder.coders]
    if methods == [COPY]:
        return packed[:size]
    if methods == [DEFLATE]:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size) if size else b""
    if methods == [BZIP2]:
        return bz2.BZ2Decompressor().decompress(packed, size)
    decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=_filters(folder.coders, size))
    return decoder.decompress(packed, size)


def _filters(coders: Sequence[Coder], size: int) -> list[dict[str, int]]:
    """The chain as Python's lzma wants it. A window larger than what comes out only costs memory."""
    chain = [_filter(coder, max(size, LEAST_WINDOW)) for coder in coders]
    if not chain or any(c["id"] in {lzma.FILTER_LZMA1, lzma.FILTER_LZMA2} for c in chain[:-1]):
        raise _Strange
    if chain[-1]["id"] not in {lzma.FILTER_LZMA1, lzma.FILTER_LZMA2}:
        raise _Strange
    return chain


def _filter(coder: Coder, window: int) -> dict[str, int]:
    told = coder.properties
    if coder.method == LZMA2 and len(told) == 1:
        return {"id": lzma.FILTER_LZMA2, "dict_size": window}
    if coder.method == LZMA and len(told) == LZMA_PROPERTIES:
        mode, lc = divmod(told[0], 9)
        pb, lp = divmod(mode, 5)
        return {"id": lzma.FILTER_LZMA1, "dict_size": window, "lc": lc, "lp": lp, "pb": pb}
    if coder.method == DELTA and len(told) == 1:
        return {"id": lzma.FILTER_DELTA, "dist": told[0] + 1}
    if coder.method == BCJ:
        return {"id": lzma.FILTER_X86}
    raise _Strange
