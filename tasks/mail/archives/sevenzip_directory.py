"""The directory of a 7z archive: which packed rows there are, and which file lies where in them."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.mail.archives.member import MAX_MEMBERS
from tasks.mail.archives.sevenzip_numbers import MAX_ENTRIES, Reader, TooMany

START = struct.Struct("<6sBBIQQI")
END, HEADER, PROPERTIES, MAIN, FILES, PACKED, UNPACKED, PARTS = 0, 1, 2, 4, 5, 6, 7, 8
SIZES, CRCS, FOLDERS, UNPACKED_SIZES, PART_COUNTS, NO_STREAM, EMPTY_FILE, NAMES = (
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    17,
)
ENCODED = 23
MAX_CODERS = 4


Part = tuple[int, int, int, int | None]
"""Of a file with content: its row, where it begins in it, its size, its checksum."""


@dataclass(frozen=True, slots=True)
class Coder:
    """One method of packing and its settings."""

    method: bytes
    properties: bytes


@dataclass(slots=True)
class Folder:
    """One packed row: its methods, the last next to the packed bytes; ``plain`` when they form one chain."""

    coders: tuple[Coder, ...]
    plain: bool
    outputs: int
    main: int
    streams: int
    size: int = 0
    crc: int | None = None


@dataclass(frozen=True, slots=True)
class Streams:
    """The rows and where their bytes lie in the archive."""

    folders: tuple[Folder, ...]
    places: tuple[tuple[int, int], ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder. ``row`` None: it has no content."""

    name: str
    folder_only: bool
    row: int | None = None
    start: int = 0
    size: int = 0
    crc: int | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """Every file and folder, and the rows they lie in."""

    streams: Streams
    entries: tuple[Entry, ...]


def read_start(data: bytes) -> bytes:
    """The directory as it stands behind the packed bytes.

    Raises:
        ValueError: it is not there or not whole.
    """
    if len(data) < START.size:
        raise ValueError("no start")
    *_, crc, offset, size, directory_crc = START.unpack_from(data)
    if zlib.crc32(data[12 : START.size]) != crc:
        raise ValueError("start is spoilt")
    directory = data[START.size + offset : START.size + offset + size]
    if len(directory) != size or zlib.crc32(directory) != directory_crc:
        raise ValueError("directory is spoilt or cut short")
    return directory


def read_directory(data: bytes) -> Directory | Streams:
    """The directory; or, when it is packed itself, the row it lies in.

    Raises:
        TooMany: it lists more files than any office sends.
        ValueError: it is broken.
    """
    if not data:
        return Directory(Streams((), (), ()), ())
    reader = Reader(data)
    kind = reader.byte()
    if kind == ENCODED:
        found = _streams(reader)
        if len(found.folders) != 1:
            raise ValueError("a packed directory is one row")
        return found
    if kind != HEADER:
        raise ValueError("no directory")
    kind = reader.byte()
    if kind == PROPERTIES:
        _skip_properties(reader)
        kind = reader.byte()
    streams = Streams((), (), ())
    if kind == MAIN:
        streams = _streams(reader)
        kind = reader.byte()
    entries = _entries(reader, streams) if kind == FILES else ()
    return Directory(streams, entries)


def _skip_properties(reader: Reader) -> None:
    while reader.byte() != END:
        reader.take(reader.number())


def _streams(reader: Reader) -> Streams:
    places: list[tuple[int, int]] = []
    folders: list[Folder] = []
    parts: list[Part] | None = None
    while (kind := reader.byte()) != END:
        if kind == PACKED:
            places = _places(reader)
        elif kind == UNPACKED:
            folders = _folders(reader)
        elif kind == PARTS:
            parts = _parts(reader, folders)
        else:
            raise ValueError("directory out of order")
    if parts is None:
        parts = [(n, 0, f.size, f.crc) for n, f in enumerate(folders)]
    return Streams(tuple(folders), _places_of(folders, places), tuple(parts))


def _places(reader: Reader) -> list[tuple[int, int]]:
    at = START.size + reader.number()
    count = reader.few()
    sizes: list[int] = []
    while (kind := reader.byte()) != END:
        if kind == SIZES:
            sizes = [reader.number() for _ in range(count)]
        elif kind == CRCS:
            reader.checksums(count)
        else:
            raise ValueError("directory out of order")
    found = []
    for size in sizes:
        found.append((at, size))
        at += size
    return found


def _places_of(folders: Sequence[Folder], places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Where each row begins: one of several packed streams is not a simple chain and is never unpacked."""
    found, at = [], 0
    for folder in folders:
        if at + folder.streams > len(places):
            raise ValueError("a row without bytes")
        found.append(places[at])
        at += folder.streams
    return tuple(found)


def _folders(reader: Reader) -> list[Folder]:
    reader.expect(FOLDERS)
    count = reader.few()
    if reader.byte():
        raise ValueError("rows kept elsewhere")
    folders = [_folder(reader) for _ in range(count)]
    reader.expect(UNPACKED_SIZES)
    for folder in folders:
        sizes = [reader.number() for _ in range(folder.outputs)]
        folder.size = sizes[folder.main]
    while (kind := reader.byte()) != END:
        if kind != CRCS:
            raise ValueError("directory out of order")
        for folder, crc in zip(folders, reader.checksums(count), strict=True):
            folder.crc = crc
    return folders


def _folder(reader: Reader) -> Folder:
    coders, inputs, outputs = [], 0, 0
    for _ in range(reader.few(MAX_CODERS)):
        coder, taken, given = _coder(reader)
        coders.append(coder)
        inputs, outputs = inputs + taken, outputs + given
    bound = [(reader.number(), reader.number()) for _ in range(outputs - 1)]
    packed = inputs - len(bound)
    if outputs < 1 or packed < 1:
        raise ValueError("a row without a way out")
    if packed > 1:
        [reader.number() for _ in range(packed)]
    ends = set(range(outputs)) - {out for _, out in bound}
    if len(ends) != 1:
        raise ValueError("a row with several ways out")
    order = _chain(ends.copy().pop(), dict(bound), len(coders)) if inputs == outputs == len(coders) else None
    ordered = tuple(coders[n] for n in order) if order else tuple(coders)
    return Folder(ordered, order is not None, outputs, ends.pop(), packed)


def _chain(last: int, bound: dict[int, int], count: int) -> list[int] | None:
    """The coders from the way out back to the packed bytes, or None when they form no chain."""
    order = [last]
    while order[-1] in bound and len(order) < count:
        order.append(bound[order[-1]])
    return order if len(set(order)) == count else None


def _coder(reader: Reader) -> tuple[Coder, int, int]:
    flags = reader.byte()
    method = reader.take(flags & 0x0F)
    taken, given = (reader.few(8), reader.few(8)) if flags & 0x10 else (1, 1)
    properties = reader.take(reader.number()) if flags & 0x20 else b""
    return Coder(method, properties), taken, given


def _parts(reader: Reader, folders: Sequence[Folder]) -> list[Part]:
    counts = [1] * len(folders)
    kind = reader.byte()
    if kind == PART_COUNTS:
        counts = [reader.few() for _ in folders]
        kind = reader.byte()
    if sum(counts) > MAX_ENTRIES:
        raise TooMany
    sizes = [_part_sizes(reader, f, n, given=kind == SIZES) for f, n in zip(folders, counts, strict=True)]
    if kind == SIZES:
        kind = reader.byte()
    known = [n == 1 and f.crc is not None for f, n in zip(folders, counts, strict=True)]
    missing = sum(n for n, k in zip(counts, known, strict=True) if not k)
    crcs: list[int | None] = [None] * missing
    while kind != END:
        if kind != CRCS:
            raise ValueError("directory out of order")
        crcs = reader.checksums(missing)
        kind = reader.byte()
    return _laid_out(folders, sizes, known, iter(crcs))


def _part_sizes(reader: Reader, folder: Folder, count: int, *, given: bool) -> list[int]:
    """Sizes of all but the last are written; that one has what is left."""
    if not count:
        return []
    if not given and count > 1:
        raise ValueError("sizes are missing")
    sizes = [reader.number() for _ in range(count - 1)] if given else []
    rest = folder.size - sum(sizes)
    if rest < 0:
        raise ValueError("files larger than their row")
    return [*sizes, rest]


def _laid_out(
    folders: Sequence[Folder],
    sizes: Sequence[Sequence[int]],
    known: Sequence[bool],
    crcs: Iterator[int | None],
) -> list[Part]:
    found = []
    for row, folder in enumerate(folders):
        at = 0
        for size in sizes[row]:
            found.append((row, at, size, folder.crc if known[row] else next(crcs)))
            at += size
    return found


def _entries(reader: Reader, streams: Streams) -> tuple[Entry, ...]:
    count = reader.few()
    names: list[str] = [""] * count
    empty, files = [False] * count, [False] * count
    while (kind := reader.number()) != END:
        field = Reader(reader.take(reader.number()))
        if kind == NAMES:
            names = _names(field, count)
        elif kind == NO_STREAM:
            empty = field.bits(count)
            files = [False] * sum(empty)
        elif kind == EMPTY_FILE:
            files = field.bits(sum(empty))
    parts, flags = iter(streams.parts), iter(files)
    found = []
    for name, without in zip(names, empty, strict=True):
        if without:
            found.append(Entry(name, folder_only=not next(flags, False)))
            continue
        part = next(parts, None)
        if part is None:
            raise ValueError("a file without content")
        found.append(Entry(name, False, *part))
    if sum(not each.folder_only for each in found) > MAX_MEMBERS:
        raise TooMany
    return tuple(found)


def _names(reader: Reader, count: int) -> list[str]:
    if reader.byte():
        raise ValueError("names kept elsewhere")
    names = reader.rest().decode("utf-16-le", "replace").split("\0")
    if len(names) < count:
        raise ValueError("names are missing")
    return [name.replace("\\", "/") for name in names[:count]]
