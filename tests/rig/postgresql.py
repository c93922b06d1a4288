"""A private PostgreSQL on loopback, from Debian's package. A missing program is an error, never a skip."""

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.rig.processes import family, kill


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
    host: str = "127.0.0.1"
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def new_database(self) -> str:
        name = f"ledger_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@{self.host}:{self.port}/{database}"

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses={self.host} -c unix_socket_directories={self.folder}"
            " -c max_connections=60"
        )
        control = [*_as_ordinary_user(self.folder), _programs() / "pg_ctl", "-D", self.folder / "data", "-w"]
        started = subprocess.run([*control, "-o", options, "-l", self.folder / "log", "start"], check=False)
        if started.returncode:
            raise RuntimeError((self.folder / "log").read_text())

    def kill(self) -> None:
        """kill -9 to every process of the server, as a power cut would."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        every = family(first)
        kill(every)
        while any(map(_alive, every)):
            time.sleep(0.01)
        for left in (self.folder / "data" / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)


@contextmanager
def running_postgresql(folder: Path, host: str = "127.0.0.1") -> Iterator[PostgreSQL]:
    """A server of this folder's; with another host it takes everybody from that host's network, too."""
    folder.mkdir(exist_ok=True)
    programs, data = _programs(), folder / "data"
    user = _as_ordinary_user(folder)
    subprocess.run(
        [*user, programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8"],
        check=True,
        capture_output=True,
    )
    with (data / "pg_hba.conf").open("a") as access:
        access.write("host all all samenet trust\n")
    server = PostgreSQL(free_port(), folder, host)
    server.start()
    try:
        yield server
    finally:
        control = [*user, programs / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)


def _alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


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
