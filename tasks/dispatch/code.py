"""One-time codes for the sign-off: nothing is stored but one key, so a restart changes no code."""

import base64
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from tasks.ledger.packages import Package
from tasks.settings import Home

_LENGTH = 8
KEY = "BAOSONG_SIGN_KEY"
"""Several machines give the same codes when this variable holds the same secret on all of them."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_ALIKE = str.maketrans("018", "OIB")  # what a reader of a printed code may type for a letter


def code(home: Home, package: Package, turn: int) -> str:
    """The code of one turn of one package's sign-off: eight letters and figures."""
    said = f"{package.campaign}\n{package.number}\n{package.digest}\n{turn}"
    shared = os.environ.get(KEY, "").encode()
    mark = hmac.new(shared or _key(home.var / "sign-off.key"), said.encode(), hashlib.sha256).digest()
    return base64.b32encode(mark).decode()[:_LENGTH]


def same(given: str, expected: str) -> bool:
    """Whether the typed code is the expected one, however it was spaced or capitalised."""
    typed = "".join(given.split()).replace("-", "").upper().translate(_ALIKE)
    return hmac.compare_digest(typed.encode(), expected.encode())


def _key(path: Path) -> bytes:
    """The home's key, made at first use and readable by this machine's user alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        spare = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(spare, _NEW, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another worker was first: its key stands
            os.link(spare, path)
        spare.unlink()
    return path.read_bytes()
