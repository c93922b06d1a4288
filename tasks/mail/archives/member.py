"""What comes out of an archive, and the bounds every kind of archive is opened within."""

import re
from dataclasses import dataclass

from tasks.mail.addresses import without_unsafe
from tasks.terms.readings import Code

MAX_MEMBERS = 1000
MAX_TOTAL = 100 * 1024 * 1024
MAX_RATIO = 200
SMALL = 10 * 1024 * 1024
"""A member up to this size may be packed at any ratio."""

CLUTTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)
OUTSIDE = re.compile(r"^[/\\]|^[a-zA-Z]:|(^|[/\\])\.\.([/\\]|$)|\0")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, or why it was not taken: a good one has no ``flag`` and no ``reason``."""

    name: str
    data: bytes = b""
    flag: Code | None = None
    reason: str = ""


def is_bomb(size: int, packed: int) -> bool:
    """Whether so much is said to have been packed into so little as no office's file is."""
    return size > SMALL and size > MAX_RATIO * max(packed, 1)


def too_many(archive: str) -> Member:
    """Nothing of an archive with more files than any office sends."""
    return Member(archive, flag="HOSTILE", reason=f"压缩包“{archive}”内超过 {MAX_MEMBERS} 个文件，未予解压")


def too_large(archive: str, inner: str) -> Member:
    """A file that would be too large unpacked."""
    return Member(inner, flag="HOSTILE", reason=f"压缩包“{archive}”内的“{inner}”解压后过大，未予解压")


def leads_outside(archive: str, inner: str) -> Member:
    """A file whose name leads out of the folder it would be unpacked into."""
    shown = without_unsafe(inner)
    reason = f"压缩包“{archive}”内的文件名“{shown}”指向目录之外，未予解压"
    return Member(shown, flag="HOSTILE", reason=reason)


def locked(archive: str, inner: str) -> Member:
    """A file under a password."""
    reason = f"压缩包“{archive}”设有密码，无法打开，请去掉密码重新报送"
    return Member(inner, flag="ENCRYPTED", reason=reason)


def spoilt(archive: str, inner: str = "") -> Member:
    """A file, or the whole archive, that is broken."""
    if not inner:
        reason = f"压缩包“{archive}”已损坏，无法打开，请重新压缩后报送"
        return Member(archive, flag="DAMAGED", reason=reason)
    reason = f"压缩包“{archive}”内的“{inner}”已损坏，请重新压缩后报送"
    return Member(inner, flag="DAMAGED", reason=reason)
