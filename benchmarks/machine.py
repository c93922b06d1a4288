"""The machine a run was made on, in a sentence without its name."""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path


def described() -> str:
    """Cores, memory, system, Python and day."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    gigabytes = round(int(memory[1]) / (1 << 20)) if memory else 0
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    cores = len(os.sched_getaffinity(0))
    day = datetime.now(UTC).date().isoformat()
    kind = "virtual machine" if "hypervisor" in Path("/proc/cpuinfo").read_text() else "machine"
    return f"Measured on {day} on a {cores}-core {kind} with {gigabytes} GB, {_system()}, {python}."


def _system() -> str:
    try:
        known = platform.freedesktop_os_release()
    except OSError:
        return platform.system()
    return f"{known.get('NAME', '').removesuffix(' GNU/Linux')} {known.get('VERSION_ID', '')}".strip()
