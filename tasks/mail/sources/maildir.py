"""Mail that lies on this machine: a Maildir another program delivers to, or a folder of .eml files."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tasks.mail.received import received_date
from tasks.mail.sources.folders import (
    DONE,
    check_folder,
    digest_of,
    files_in,
    log,
    oldest_first,
    put_aside,
    read_complete,
)
from tasks.mail.sources.incoming import Incoming
from tasks.terms.machine import why

SEEN = ":2,S"
DIGEST = 16
"""Hexadecimal digits of the content's digest in a key."""


class _LocalMail:
    """What the two kinds of folder have in common: what lies there is new, the folder is the cursor."""

    def __init__(self, name: str, path: Path, now: datetime) -> None:
        self.name = name
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._path = path
        self._now = now

    def cursor(self) -> str:
        """Empty: what was taken has been moved, what still lies there is offered again."""
        return ""

    def close(self) -> None:
        """Nothing is held open."""

    def _incoming(self, key: str, data: bytes, path: Path) -> Incoming:
        return Incoming(self.name, key, _arrival(data, path, self._now), data)


class Maildir(_LocalMail):
    """Mail in ``new/``; settling moves it to ``cur/`` as seen."""

    def new(self, cursor: str) -> Iterator[Incoming]:  # noqa: ARG002
        """Offer what lies in ``new/``, oldest first."""
        check_folder(self._path / "new")
        with os.scandir(self._path / "new") as entries:
            paths = oldest_first(e for e in entries if not e.name.startswith("."))
        for path in paths:
            data = read_complete(path, self.problems)
            if data is not None:
                yield self._incoming(path.name, data, path)

    def settle(self, incoming: Incoming) -> None:
        """Move the mail to ``cur/``."""
        name = incoming.key.partition(":")[0]
        try:
            (self._path / "new" / incoming.key).rename(self._path / "cur" / f"{name}{SEEN}")
        except FileNotFoundError:
            return  # moved before
        except OSError as fault:
            log.warning("%s：邮件 %s 未能移入 cur（%s）", self.name, name, why(fault))


class EmlFolder(_LocalMail):
    """Mail saved as ``*.eml`` in a folder; settling moves it to the sub-folder 已收."""

    def new(self, cursor: str) -> Iterator[Incoming]:  # noqa: ARG002
        """Offer the .eml files of the folder itself, oldest first."""
        check_folder(self._path)
        entries = (e for e in files_in(self._path) if e.name.lower().endswith(".eml"))
        for path in oldest_first(entries):
            data = read_complete(path, self.problems)
            if data is not None:
                yield self._incoming(f"{sha256(data).hexdigest()[:DIGEST]}:{path.name}", data, path)

    def settle(self, incoming: Incoming) -> None:
        """Move the mail to 已收, unless another one has taken its name meanwhile."""
        digest, _, name = incoming.key.partition(":")
        path = self._path / name
        try:
            if (digest_of(path) or "").startswith(digest):
                put_aside(path, self._path / DONE)
        except OSError as fault:
            log.warning("%s：邮件 %s 未能移入“%s”（%s）", self.name, name, DONE, why(fault))


def _arrival(data: bytes, path: Path, now: datetime) -> datetime:
    """The topmost Received header's date, else the time the file was written; never later than now."""
    moment = received_date(data)
    if moment is None:
        try:
            moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except OSError:
            moment = now
    return min(moment, now)
