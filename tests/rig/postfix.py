"""A private Postfix on loopback that delivers by LMTP to the rig's Dovecot and refuses every other domain.

Dovecot's users may log in. Needs root: Postfix's master changes user for its parts. A missing program is
an error, never a skip.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rig.dovecot import Dovecot, wait_for
from tests.rig.postgresql import free_port

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.{domain}
mydestination =
virtual_mailbox_domains = {domain}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
relay_domains =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unauth_destination
default_transport = error:5.1.2 no delivery outside the rig
local_transport = error:5.1.1 no local users
smtp_dns_support_level = disabled
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
alias_maps =
message_size_limit = 73400320
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
"""
SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    folder: Path
    port: int
    domain: str

    @property
    def log(self) -> str:
        return (self.folder / "mail.log").read_text()


@contextmanager
def running_postfix(dovecot: Dovecot, domain: str) -> Iterator[Postfix]:
    """A mail server for ``domain`` (``….example``) whose mailboxes are Dovecot's."""
    program = shutil.which("postfix", path="/usr/sbin:/usr/bin")
    if program is None:
        raise RuntimeError("Postfix is not installed: run deployments/setup/rigs.sh")
    if os.geteuid() != 0:
        raise RuntimeError("the Postfix rig needs root")
    with tempfile.TemporaryDirectory(prefix="rig-postfix-", ignore_cleanup_errors=True) as name:
        rig = Postfix(Path(name), free_port(), domain)
        _set_up(rig, dovecot)
        _run(program, rig, "start")
        try:
            wait_for(rig.port, None, rig.folder / "mail.log")
            yield rig
        finally:
            _run(program, rig, "stop")


def _set_up(rig: Postfix, dovecot: Dovecot) -> None:
    rig.folder.chmod(0o755)
    for each in ("etc", "spool", "data"):
        (rig.folder / each).mkdir()
    shutil.chown(rig.folder / "data", "postfix")
    (rig.folder / "etc" / "main.cf").write_text(
        MAIN.format(folder=rig.folder, domain=rig.domain, lmtp=dovecot.lmtp, auth=dovecot.auth)
    )
    (rig.folder / "etc" / "master.cf").write_text(SERVICES.format(port=rig.port))


def _run(program: str, rig: Postfix, command: str) -> None:
    done = subprocess.run(
        [program, "-c", str(rig.folder / "etc"), command], check=False, capture_output=True, text=True
    )
    if done.returncode:
        log = rig.folder / "mail.log"
        raise RuntimeError(f"postfix {command}: {done.stderr} {log.read_text() if log.exists() else ''}")
