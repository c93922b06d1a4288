"""Whether a folder takes files, asked before anything is begun that would wait for it in vain."""

import os
from contextlib import suppress
from pathlib import Path

from tasks.terms.errors import Misconfigured
from tasks.terms.machine import faults_told

PROBE = b"\0" * (64 << 10)
"""More than a folder keeps beside its names: a full disk shows."""


def ensure_writable(folder: Path) -> None:
    """Make the folder where it is missing, and a file in it that is taken away again.

    Raises:
        Misconfigured: files may not be made here.
        Transient: there is no room, or the disk does not answer.
    """
    with faults_told():
        if not folder.is_dir():
            _make(folder)
        _try(folder)


def _try(folder: Path) -> None:
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(PROBE)
    except OSError as fault:
        fault.filename = str(folder)  # of the probe nobody knows
        raise
    finally:
        with suppress(OSError):
            probe.unlink()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Misconfigured(f"{folder} 是一个文件，不是文件夹；请把它移走后再运行") from None
