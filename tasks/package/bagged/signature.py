"""The office's own signature 签名 on a package, where it has a key: detached, by gpg, over the manifest.

The manifest fixes every payload byte, so that one signature holds for the folder, the zip and the parts it is
mailed in. It lies beside the package and never in it: no two signatures are the same bytes.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tasks.package.bagged import bag
from tasks.package.bagged.durable import sync
from tasks.package.bagged.holdings import Unreadable, opened
from tasks.package.words import clean
from tasks.terms.errors import NeedsPerson

SUFFIX = ".签名.asc"
_SECONDS = 60
_SAID = re.compile(r"^\[GNUPG:\] (\w+)(?: (.*))?$", re.MULTILINE)
_SPENT = {"EXPKEYSIG": "已过期", "REVKEYSIG": "已吊销", "EXPSIG": "已过期"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a check: ``unknown`` when the key is not on this machine; one Chinese line."""

    outcome: Literal["good", "bad", "unknown"]
    line: str


def beside(package: Path) -> Path:
    """Where the signature of the package, folder or zip, lies."""
    return package.with_name(f"{package.name.removesuffix('.zip')}{SUFFIX}")


def sign(package: Path, key: str) -> Path:
    """Sign the package's manifest unless that is done; returns the signature's path.

    Raises:
        NeedsPerson: gpg is not there, or cannot sign with this key without being asked something.
    """
    final = beside(package)
    if final.exists():
        return final
    with tempfile.TemporaryDirectory(prefix=".signing-", dir=final.parent) as folder:
        made = Path(folder, "signature")
        options = ["--armor", "--local-user", key, "--output", str(made), "--detach-sign", "-"]
        done = _gpg(options, (package / bag.MANIFEST).read_bytes())
        if done is None or not made.exists():
            said = "没有安装 gpg" if done is None else _last_line(done.stderr)
            raise NeedsPerson(f"签名未成（{said}），请检查 config/office.yaml 的 sign_key 和本机的 gpg 密钥")
        sync(made)
        made.rename(final)
    sync(final.parent)
    return final


def check(package: Path) -> Checked | None:
    """Hold the signature beside the package against its manifest; None when none lies there."""
    signature = beside(package)
    if not signature.is_file():
        return None
    try:
        with opened(package) as holdings:
            manifest = holdings.read(bag.MANIFEST)
    except (Unreadable, KeyError):
        return Checked("bad", f"{signature.name}：汇总件读不到清单，签名无从核对")
    done = _gpg(["--status-fd", "1", "--verify", str(signature), "-"], manifest)
    if done is None:
        return Checked("unknown", f"{signature.name}：本机没有安装 gpg，签名未核对")
    said = dict(_SAID.findall(done.stdout.decode("utf-8", "replace")))
    return _told(signature.name, said)


def _told(name: str, said: dict[str, str]) -> Checked:
    spent = next((words for mark, words in _SPENT.items() if mark in said), "")
    if spent:
        return Checked("bad", f"{name}：签名或其密钥{spent}")
    if "GOODSIG" in said and "VALIDSIG" in said:
        who, fingerprint = said["GOODSIG"].partition(" ")[2], said["VALIDSIG"].split()[0]
        return Checked("good", f"{name}：签名有效，签名人 {clean(who)}，密钥指纹 {fingerprint}")
    if "NO_PUBKEY" in said:
        key = said["NO_PUBKEY"]
        return Checked("unknown", f"{name}：本机没有公钥 {clean(key)}，签名未核对；请向编制单位索取公钥")
    return Checked("bad", f"{name}：签名与清单不符，或签名文件已损坏")


def _gpg(options: list[str], data: bytes) -> subprocess.CompletedProcess[bytes] | None:
    program = shutil.which("gpg")
    if program is None:
        return None
    command = [program, "--batch", "--no-tty", "--no-auto-key-retrieve", "--pinentry-mode", "error", *options]
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 2, b"", b"gpg: timeout")


def _last_line(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return clean(lines[-1]) if lines else "gpg 没有说明原因"
