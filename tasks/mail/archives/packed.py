"""Which archives are opened, by their first bytes, and which are only told of."""

from collections.abc import Iterator

from tasks.mail.archives import archive, sevenzip, squeezed, tarred
from tasks.mail.archives.member import Member

LARGEST_ARCHIVE = 100 * 1024 * 1024
MAGIC = (*archive.MAGIC, sevenzip.MAGIC, *squeezed.MAGIC)
UNREADABLE = {b"Rar!\x1a\x07": "RAR", b"MSCF\0\0\0\0": "CAB", b"\x1f\x9d": "Z", b"\x60\xea": "ARJ"}


def may_be(data: bytes) -> bool:
    """Whether the bytes begin like an archive that is opened; documents may, too."""
    return data.startswith(MAGIC) or tarred.is_tar(data)


def unreadable(data: bytes) -> str:
    """The name of the kind of archive nobody here opens, or nothing."""
    return next((name for magic, name in UNREADABLE.items() if data.startswith(magic)), "")


def members(name: str, data: bytes) -> Iterator[Member] | None:
    """The files in an archive, or None when the bytes are none."""
    if archive.is_zip(data):
        return archive.members(name, data)
    if data.startswith(sevenzip.MAGIC):
        return sevenzip.members(name, data)
    if data.startswith(squeezed.MAGIC):
        return squeezed.members(name, data)
    return tarred.members(name, data) if tarred.is_tar(data) else None
