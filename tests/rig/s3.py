"""An S3 server from a package (moto), in a process of its own. If it is missing, that is an error."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3

from tests.rig.postgresql import free_port

KEY, SECRET = "rig-key", "rig-s3-secret"
BUCKET = "originals"
START_WITHIN = 30


@dataclass(frozen=True)
class S3:
    """Where the server listens, and its one bucket."""

    endpoint: str
    bucket: str = BUCKET

    def objects(self) -> dict[str, bytes]:
        """What the bucket holds, read without the product's help."""
        listed = self._ask("list_objects_v2", MaxKeys=1000)
        assert not listed["IsTruncated"]
        return {each["Key"]: self.content(each["Key"]) for each in listed.get("Contents", ())}

    def content(self, name: str) -> bytes:
        return self._ask("get_object", Key=name)["Body"].read()

    def replace(self, name: str, data: bytes) -> None:
        """Somebody else writes to the bucket."""
        self._ask("put_object", Key=name, Body=data)

    def lose(self, name: str) -> None:
        self._ask("delete_object", Key=name)

    def make_bucket(self) -> None:
        self._ask("create_bucket")

    def _ask(self, what: str, **words: Any) -> dict[str, Any]:
        client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
        )
        return getattr(client, what)(Bucket=self.bucket, **words)

    @property
    def setting(self) -> str:
        """The lines of config/office.yaml."""
        return f"store: {{endpoint: '{self.endpoint}', bucket: {self.bucket}}}\n"


@contextmanager
def running_s3(host: str = "127.0.0.1") -> Iterator[S3]:
    server = S3(f"http://{host}:{free_port()}")
    command = [sys.executable, "-m", "moto.server", "-H", host, "-p", server.endpoint.rpartition(":")[2]]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(server, process)
        server.make_bucket()
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _wait(server: S3, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.endpoint}/moto-api/", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the S3 server (moto) does not answer; is it installed? make .venv/.development")
