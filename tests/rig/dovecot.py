"""A private Dovecot (IMAP, LMTP) on loopback, from Debian's package. If it is missing, that is an error."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rig.postgresql import free_port

PASSWORD = "rig-secret"
START_WITHIN = 20

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service auth {{
  inet_listener {{
    port = {auth}
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    folder: Path
    imap: int
    lmtp: int
    auth: int
    password: str = PASSWORD

    def maildir(self, address: str) -> Path:
        return self.folder / "mail" / address / "Maildir"


def wait_for(port: int, process: subprocess.Popen[bytes] | None, log: Path) -> None:
    """Return when something answers there; raise with the log when it never does."""
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 0.5) as line:
                line.settimeout(START_WITHIN)
                if line.recv(1):
                    return
        except OSError:
            if process is not None and process.poll() is not None:
                break
            time.sleep(0.02)
    raise RuntimeError(f"no answer on port {port}: {log.read_text() if log.exists() else 'no log'}")


@contextmanager
def running_dovecot(addresses: Sequence[str]) -> Iterator[Dovecot]:
    """A mail store with these mailboxes (``…@….example``), all with the same password."""
    program = shutil.which("dovecot", path="/usr/sbin:/usr/bin")
    if program is None:
        raise RuntimeError("Dovecot is not installed: run deployments/setup/rigs.sh")
    with tempfile.TemporaryDirectory(prefix="rig-dovecot-", ignore_cleanup_errors=True) as name:
        rig = Dovecot(Path(name), free_port(), free_port(), free_port())
        prefix = _set_up(rig, addresses)
        command = [*prefix, program, "-F", "-c", str(rig.folder / "dovecot.conf")]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        try:
            wait_for(rig.imap, process, rig.folder / "dovecot.log")
            yield rig
        finally:
            _stop(process)


def _set_up(rig: Dovecot, addresses: Sequence[str]) -> list[str]:
    """Write its files; as root they go to nobody, because Dovecot's login refuses to run as root."""
    as_root = os.geteuid() == 0
    user, group = ("nobody", "nogroup") if as_root else (_name("-un"), _name("-gn"))
    for each in ("run", "state", "mail"):
        (rig.folder / each).mkdir()
    ports = {"imap": rig.imap, "lmtp": rig.lmtp, "auth": rig.auth}
    text = CONFIGURATION.format(folder=rig.folder, user=user, group=group, **ports)
    (rig.folder / "dovecot.conf").write_text(text)
    (rig.folder / "users").write_text("".join(f"{a}:{{PLAIN}}{rig.password}\n" for a in addresses))
    if not as_root:
        return []
    for path in (rig.folder, *rig.folder.rglob("*")):
        shutil.chown(path, user, group)
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]


def _name(option: str) -> str:
    return subprocess.run(["id", option], check=True, capture_output=True, text=True).stdout.strip()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stderr:
        process.stderr.close()
