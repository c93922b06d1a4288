"""The drop folder 投放目录: files that staff or another system put down, by sub-folder where they wish."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tasks.mail.folders import (
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
from tasks.mail.incoming import Incoming
from tasks.terms.times import local

DIGEST = 16


class DropFolder:
    """Every file below the folder; settling moves it to 已收/YYYYMMDD/, its sub-folder kept.

    Receipt is ``now``, the first durable copy: the time a file carries is its sender's claim.
    """

    def __init__(self, name: str, path: Path, now: datetime) -> None:
        self.name = name
        self.problems: list[str] = []
        self._path = path
        self._now = now

    def new(self, cursor: str) -> Iterator[Incoming]:  # noqa: ARG002
        """Offer every complete file, oldest first."""
        check_folder(self._path)
        for path in oldest_first(files_below(self._path, DEPTH)):
            data = read_complete(path, self.problems)
            if data is not None:
                yield self._incoming(path.relative_to(self._path), data)

    def _incoming(self, path: Path, data: bytes) -> Incoming:
        return Incoming(
            source=self.name,
            key=f"{sha256(data).hexdigest()[:DIGEST]}:{path.as_posix()}",
            received_at=self._now,
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
            log.warning("%s：文件 %s 未能移入“%s”（%s）", self.name, relative, DONE, fault.strerror)

    def close(self) -> None:
        """Nothing is held open."""
