"""What a disk holds after a power cut: the traced writes of a run replayed, but only what was synced.

The strictest disk POSIX allows: a file's bytes are kept when it is synced, a name when its folder is.
SQLite's shared memory file is not replayed: it is made anew from the log.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat", "lseek", "write", "pwrite64", "ftruncate",
    "fsync", "fdatasync", "rename", "mkdir", "unlink", "rmdir", "sendto",
)  # fmt: skip
OPTIONS = ("-y", "-xx", "-s", "99999999", "-e", f"trace={','.join(CALLS)}")
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)(?:<((?:\\x[0-9a-f]{2}|[^>])*)>)?")
ON_FILE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>")
QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass
class Disk:
    """Names to files, and each file's bytes: as the programs see them, and as the platters hold them."""

    names: dict[str, int] = field(default_factory=dict)
    kept_names: dict[str, int] = field(default_factory=dict)
    data: dict[int, bytearray] = field(default_factory=dict)
    kept_bytes: dict[int, bytes] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    kept_folders: set[str] = field(default_factory=set)
    positions: dict[str, int] = field(default_factory=dict)
    """Where each open file is written next, by its descriptor."""

    def load(self, root: Path) -> None:
        """What lies there before the run is on the platters."""
        for path in sorted(root.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                self.folders.add(str(path))
            elif path.is_file() and not path.is_symlink() and not path.name.endswith("-shm"):
                self._make(str(path), path.read_bytes())
        self.kept_names, self.kept_folders = dict(self.names), set(self.folders)
        self.kept_bytes = {number: bytes(data) for number, data in self.data.items()}

    def _make(self, name: str, data: bytes = b"") -> int:
        number = len(self.data)
        self.names[name], self.data[number] = number, bytearray(data)
        return number

    def apply(self, call: str, arguments: str, result: str) -> str:
        """Let one call happen; gives the name it was about."""
        about = ON_FILE.match(arguments)
        name = _text(about[1]) if about else _text(QUOTED.search(arguments)[1])
        if call == "openat":
            self._open(name, arguments, result)
        elif call == "lseek":
            self.positions[arguments.partition("<")[0]] = int(result)
        elif call in {"write", "pwrite64"} and name in self.names:
            self._write(call, name, arguments)
        elif call == "ftruncate" and name in self.names:
            _resize(self.data[self.names[name]], int(arguments.rpartition(",")[2]))
        elif call in {"fsync", "fdatasync"}:
            self._sync(name)
        elif call == "rename":
            _, new = (_text(each) for each in QUOTED.findall(arguments))
            self._rename(name, new)
        elif call == "mkdir":
            self.folders.add(name)
        elif call in {"unlink", "rmdir"}:
            self.names.pop(name, None)
            self.folders.discard(name)
        return name

    def _open(self, name: str, arguments: str, descriptor: str) -> None:
        if "O_CREAT" in arguments and name not in self.names:
            self._make(name)
        if name in self.names:
            held = self.data[self.names[name]]
            if "O_TRUNC" in arguments:
                held.clear()
            self.positions[descriptor] = len(held) if "O_APPEND" in arguments else 0

    def _write(self, call: str, name: str, arguments: str) -> None:
        data = bytes.fromhex(QUOTED.search(arguments)[1].replace("\\x", ""))
        held = self.data[self.names[name]]
        descriptor = arguments.partition("<")[0]
        at = int(arguments.rpartition(",")[2]) if call == "pwrite64" else self.positions[descriptor]
        if call == "write":
            self.positions[descriptor] = at + len(data)
        if len(held) < at:
            _resize(held, at)
        held[at : at + len(data)] = data

    def _rename(self, old: str, new: str) -> None:
        if old in self.names:
            self.names[new] = self.names.pop(old)
            return
        inside = f"{old}/"
        for name in [n for n in self.names if n.startswith(inside)]:
            self.names[new + name[len(old) :]] = self.names.pop(name)
            if name in self.kept_names:
                self.kept_names[new + name[len(old) :]] = self.kept_names[name]
        moved = {f for f in self.folders if f == old or f.startswith(inside)}
        self.folders = (self.folders - moved) | {new + f[len(old) :] for f in moved}
        self.kept_folders |= {new + f[len(old) :] for f in moved & self.kept_folders if f != old}

    def _sync(self, name: str) -> None:
        if name in self.names:
            number = self.names[name]
            self.kept_bytes[number] = bytes(self.data[number])
        elif name in self.folders:
            mine = {n: i for n, i in self.names.items() if n.rpartition("/")[0] == name}
            others = {n: i for n, i in self.kept_names.items() if n.rpartition("/")[0] != name}
            self.kept_names = others | mine
            below = {f for f in self.folders if f.rpartition("/")[0] == name}
            self.kept_folders = {f for f in self.kept_folders if f.rpartition("/")[0] != name} | below

    def image(self, root: Path, to: Path) -> Path:
        """What is there when the power comes back, laid out below ``to``."""
        for folder in sorted(self.kept_folders):
            if self._reached(folder, root):
                (to / Path(folder).relative_to(root)).mkdir(parents=True, exist_ok=True)
        for name, number in self.kept_names.items():
            if self._reached(name.rpartition("/")[0], root):
                path = to / Path(name).relative_to(root)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.kept_bytes.get(number, b""))
        return to

    def _reached(self, folder: str, root: Path) -> bool:
        """Whether every folder on the way down was kept."""
        while folder != str(root):
            if folder not in self.kept_folders:
                return False
            folder = folder.rpartition("/")[0]
        return True


def _text(hexed: str) -> str:
    raw = bytes.fromhex(hexed.replace("\\x", "")) if hexed.startswith("\\x") else hexed.encode()
    return raw.decode("utf-8", "surrogateescape")


def _resize(data: bytearray, size: int) -> None:
    del data[size:]
    data.extend(bytes(size - len(data)))


def sent(arguments: str) -> bytes:
    """The octets of a ``sendto``."""
    return bytes.fromhex(QUOTED.search(arguments)[1].replace("\\x", ""))


def calls(log: str, root: Path) -> Iterator[tuple[str, str, str]]:
    """The calls of a trace that succeeded and are about something below ``root``, and what went out."""
    for line in log.splitlines():
        found = LINE.match(line)
        if found and not found[3].startswith("-"):
            call, arguments, result = found[1], found[2], found[3]
            about = ON_FILE.match(arguments) or QUOTED.search(arguments)
            if call == "openat":
                about = QUOTED.search(arguments)
                arguments = arguments[arguments.index('"') :]
            if call == "sendto" or (about and _text(about[1]).startswith(f"{root}/")):
                yield call, arguments, result
