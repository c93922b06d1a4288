"""A private PostgreSQL on loopback, from Debian's package. A missing program is an error, never a skip."""

import itertools
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("PostgreSQL is not installed: run deployments/setup/rigs.sh")
    return found[-1].parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class PostgreSQL:
    port: int
    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def new_database(self) -> str:
        name = f"ledger_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_postgresql(folder: Path) -> Iterator[PostgreSQL]:
    programs, data = _programs(), folder / "data"
    user = _as_ordinary_user(folder)
    subprocess.run(
        [*user, programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8"],
        check=True,
        capture_output=True,
    )
    port = free_port()
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=60"
    )
    control = [*user, programs / "pg_ctl", "-D", data, "-w"]
    started = subprocess.run([*control, "-o", options, "-l", folder / "log", "start"], check=False)
    if started.returncode:
        raise RuntimeError((folder / "log").read_text())
    try:
        yield PostgreSQL(port, folder)
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)


def _as_ordinary_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to its own account there."""
    if os.getuid():
        return []
    owner = pwd.getpwnam("postgres")
    for path in (folder, *folder.parents):
        if path == Path("/tmp") or len(path.parts) <= 2:
            break
        path.chmod(path.stat().st_mode | 0o711)
    shutil.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", "--"]
