"""A bucket on an S3-compatible server: originals several machines share, each under its SHA-256.

``obstore`` (MIT, an optional extra) speaks the protocol; it is imported only where an office has a bucket.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from tasks.store.files import keep
from tasks.terms.errors import Misconfigured, Transient
from tasks.terms.strict import STRICT

if TYPE_CHECKING:
    from obstore.store import ClientConfig

KEY, SECRET = "BAOSONG_S3_KEY", "BAOSONG_S3_SECRET"
"""Where the bucket's credentials are: the environment, or systemd credentials (in lower case)."""

WAIT = "20s"
_CHUNK = 8 << 20


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """Where the shared originals lie. Credentials are never in this file."""

    __pydantic_config__: ClassVar = STRICT
    endpoint: str
    """服务地址，如 https://s3.office.example"""
    bucket: str
    """存储桶"""
    prefix: str = ""
    """桶内的目录；几个机关共用一个桶时各写各的"""
    region: str = "us-east-1"
    """区域；自建的一般不用改"""
    ca_file: str = ""
    """自建证书机构的根证书"""

    @property
    def encrypted(self) -> bool:
        """Whether what travels there is safe from others' eyes."""
        return urlsplit(self.endpoint).scheme == "https"

    def faults(self) -> Iterator[tuple[str, str]]:
        """What cannot be right: field and Chinese sentence."""
        found = urlsplit(self.endpoint)
        if found.scheme not in {"http", "https"} or not found.hostname or found.path not in {"", "/"}:
            yield "endpoint", f"“{self.endpoint}”不对，应写作 https://s3.office.example，不带桶名和路径"
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", self.bucket):
            yield "bucket", f"“{self.bucket}”不对，存储桶名为3至63个小写字母、数字、点或连字符"


class Objects:
    """A bucket's objects by digest; every fault is told as one of ours."""

    def __init__(self, where: Bucket) -> None:
        self._where = where
        self._store = _opened(where)

    def __reduce__(self) -> tuple[type["Objects"], tuple[Bucket]]:
        """Another process opens the bucket for itself: no credential is handed over."""
        return Objects, (self._where,)

    def size(self, digest: str) -> int | None:
        """How many bytes the bucket holds under this digest; None when it holds none."""
        with self._faults():
            try:
                return int(self._store.head(_key(digest))["size"])
            except FileNotFoundError:
                return None

    def upload(self, digest: str, content: bytes | Path) -> None:
        """Put an object there. On return the server has confirmed it; what it holds has this digest.

        The request is signed over the content's SHA-256, so that a server can refuse what was hurt.
        """
        with self._faults():
            self._store.put(_key(digest), content)
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        if self.size(digest) != size:
            raise Transient(f"{self._named}没有确认收到原件 {digest[:12]}…，下次再存")

    def download(self, digest: str, target: Path) -> None:
        """Write an object to a file, whole and held to its digest or not at all.

        Raises:
            FileNotFoundError: the bucket does not hold it.
            Misconfigured: what it holds under this digest is something else.
        """
        with self._faults():
            keep(target, self._checked(digest))

    def _checked(self, digest: str) -> Iterator[bytes]:
        found = hashlib.sha256()
        for chunk in self._store.get(_key(digest)).stream(min_chunk_size=_CHUNK):
            found.update(chunk)
            yield chunk
        if found.hexdigest() != digest:
            raise Misconfigured(
                f"{self._named}里的原件 {digest[:12]}… 与它的校验值不符，未予采用；请查明是谁改动，从备份恢复"
            )

    def remove(self, digest: str) -> None:
        """Take an object away; one that is not there is no fault."""
        with self._faults():
            self._store.delete(_key(digest))

    def digests(self) -> Iterator[str]:
        """Every digest the bucket holds something under."""
        with self._faults():
            for page in self._store.list():
                for each in page:
                    name = each["path"].replace("/", "")
                    if len(name) == hashlib.sha256().digest_size * 2:
                        yield name

    @property
    def _named(self) -> str:
        return f"共用原件库 {self._where.endpoint}/{self._where.bucket}"

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """A fault of the library's as one of ours: who must act, in one sentence."""
        from obstore import exceptions as wrong  # noqa: PLC0415  an optional extra

        try:
            yield
        except FileNotFoundError as fault:
            if "NoSuchBucket" in str(fault):
                raise Misconfigured(f"{self._named}不存在：请先建这个存储桶，或改 store 一项") from None
            raise
        except (wrong.PermissionDeniedError, wrong.UnauthenticatedError):
            raise Misconfigured(f"{self._named}拒绝访问：请核对 {KEY}、{SECRET} 和桶的权限") from None
        except wrong.BaseError as fault:
            reason = str(fault).partition("\n")[0]
            raise Transient(f"{self._named}暂时用不了（{reason}）") from fault


def _key(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:]}"


def _opened(where: Bucket) -> Any:
    try:
        from obstore.store import S3Store  # noqa: PLC0415  an optional extra
    except ImportError:
        raise Misconfigured(
            "config/office.yaml 写了 store（共用原件库），但没有安装它的组件：请运行 make .venv/.shared"
        ) from None
    options: ClientConfig = {"timeout": WAIT, "connect_timeout": "5s", "allow_http": not where.encrypted}
    if where.ca_file:
        options["root_certificate"] = _certificate(where.ca_file)
    return S3Store(
        where.bucket,
        prefix=where.prefix or None,
        endpoint=where.endpoint,
        region=where.region,
        access_key_id=credential(KEY),
        secret_access_key=credential(SECRET),
        client_options=options,
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=30)},
    )


def credential(name: str) -> str:
    """A credential from the environment, or from systemd.

    Raises:
        Misconfigured: it is in neither.
    """
    if found := os.environ.get(name):
        return found
    path = Path(os.environ.get("CREDENTIALS_DIRECTORY", "/nonexistent")) / name.lower()
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        raise Misconfigured(f"共用原件库没有访问密钥：请设环境变量 {name}") from None


def _certificate(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        raise Misconfigured(f"config/office.yaml store.ca_file：读不到证书 {path}") from None
