"""Machines on networks of their own: network namespaces joined by cables (veth). Needs root and iproute2."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NEW_NETWORK = 0x40000000
SUBNET = "192.0.2"  # documentation addresses: nobody's, and reached from inside these namespaces only


@dataclass(frozen=True)
class Machine:
    """One network namespace and its address."""

    name: str
    address: str

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What this thread opens and starts meanwhile is on that machine's network, and stays there."""
        libc = ctypes.CDLL(None, use_errno=True)
        here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
        try:
            _enter(libc, there)
            yield
        finally:
            _enter(libc, here)
            os.close(here)
            os.close(there)


def _enter(libc: ctypes.CDLL, namespace: int) -> None:
    if libc.setns(namespace, NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "setns: the rig needs root")


@contextmanager
def machines(names: Sequence[str]) -> Iterator[list[Machine]]:
    """So many machines on one switch; the first holds the switch."""
    if shutil.which("ip") is None:
        raise RuntimeError("iproute2 is not installed: run deployments/setup/rigs.sh")
    made = [Machine(f"bs{os.getpid()}{name}", f"{SUBNET}.{n}") for n, name in enumerate(names, 1)]
    hub = made[0].name
    try:
        for machine in made:
            _ip("netns", "add", machine.name)
            _ip("-n", machine.name, "link", "set", "lo", "up")
        _ip("-n", hub, "link", "add", "switch", "type", "bridge")
        _ip("-n", hub, "link", "set", "switch", "up")
        _ip("-n", hub, "address", "add", f"{made[0].address}/24", "dev", "switch")
        for n, machine in enumerate(made[1:], 1):
            _ip(
                "-n",
                hub,
                "link",
                "add",
                f"port{n}",
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                machine.name,
            )
            _ip("-n", hub, "link", "set", f"port{n}", "master", "switch", "up")
            _ip("-n", machine.name, "address", "add", f"{machine.address}/24", "dev", "eth0")
            _ip("-n", machine.name, "link", "set", "eth0", "up")
        yield made
    finally:
        for machine in made:
            if Path(f"/run/netns/{machine.name}").exists():
                _ip("netns", "delete", machine.name)


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(words)}: {done.stderr.strip()} (the rig needs root)")
