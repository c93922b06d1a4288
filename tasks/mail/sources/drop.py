"""The drop folder 投放目录: files that staff or another system put down, by sub-folder where they wish."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from tasks.mail.sources.folders import (
    DEPTH,
    DONE,
    check_folder,
    digest_of,
    files_below,
    log,
    oldest_first,
    put_aside,
    read_complete,
)
from tasks.mail.sources.incoming import Incoming
from tasks.terms.machine import why
from tasks.terms.times import local

DIGEST = 16
LONGEST_WAIT = timedelta(days=7)
"""A file that lies longer than this before it is taken tells nothing of when it came."""


class DropFolder:
    """Every file below the folder; settling moves it to 已收/YYYYMMDD/, its sub-folder kept.

    Receipt is when the file was put down here, by this machine's own record (its change time): what is put
    down at 23:50 and taken at 00:15 came at 23:50. The time a file carries is its sender's claim.
    """

    def __init__(self, name: str, path: Path, now: datetime) -> None:
        self.name = name
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._path = path
        self._now = now

    def new(self, cursor: str) -> Iterator[Incoming]:  # noqa: ARG002
        """Offer every complete file, oldest first."""
        check_folder(self._path)
        for path in oldest_first(files_below(self._path, DEPTH, self.problems)):
            data = read_complete(path, self.problems)
            if data is not None:
                yield self._incoming(path.relative_to(self._path), data, self._put_down(path))

    def _put_down(self, path: Path) -> datetime:
        """The latest change of the file or of a folder it was moved with; ``now`` when that tells nothing."""
        folders = [p for p in path.parents if p.is_relative_to(self._path) and p != self._path]
        try:
            changed = max(p.stat().st_ctime for p in (path, *folders))
        except OSError:
            return self._now
        moment = datetime.fromtimestamp(changed, UTC)
        return moment if self._now - LONGEST_WAIT < moment < self._now else self._now

    def _incoming(self, path: Path, data: bytes, received_at: datetime) -> Incoming:
        return Incoming(
            source=self.name,
            key=f"{sha256(data).hexdigest()[:DIGEST]}:{path.as_posix()}",
            received_at=received_at,
            data=data,
            filename=path.name,
            form="mail" if path.suffix.lower() == ".eml" else "file",
            folder_hint=path.parts[0] if len(path.parts) > 1 else "",
        )

    def cursor(self) -> str:
        """Empty: what was taken has been moved, what still lies there is offered again."""
        return ""

    def settle(self, incoming: Incoming) -> None:
        """Move the file to 已收, unless another one has taken its name meanwhile."""
        digest, _, relative = incoming.key.partition(":")
        path = self._path / relative
        day = local(incoming.received_at).strftime("%Y%m%d")
        try:
            if (digest_of(path) or "").startswith(digest):
                put_aside(path, (self._path / DONE / day / relative).parent)
        except OSError as fault:
            log.warning("%s：文件 %s 未能移入“%s”（%s）", self.name, relative, DONE, why(fault))

    def close(self) -> None:
        """Nothing is held open."""
