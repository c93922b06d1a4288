"""A Prefect server that answers wrongly costs one clear sentence, never a fact."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import prefect
import pytest

from tasks.settings import Home
from tests.line import office
from tests.rig.postgresql import free_port


@contextmanager
def answering(status: int | None) -> Iterator[str]:
    """A server that is up, and answers every request but who it is with this status; None: it hangs up."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            known = self.path.endswith(("/health", "/admin/version"))
            if status is None and not known:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(200 if known or status is None else status)
            self.end_headers()
            self.wfile.write(json.dumps(prefect.__version__).encode())

        do_POST = do_GET  # noqa: N815  the standard library's name

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "Prefect 服务没有办成（HTTP 500）；已入账的不受影响。请重新启动 baosong serve 后再运行"),
        (401, "Prefect 服务不认登录口令；请核对"),
        (None, "Prefect 服务中途断开了，这次运行没有办完；已入账的不受影响，已发出的信不会再发"),
    ],
)
def test_what_prefect_turns_away_is_told_in_one_sentence(tmp_path: Path, status: int | None, said: str):
    home = office.make_home(tmp_path)
    with answering(status) as api:
        done = check(home, api)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home.root / "var" / "faults.log").exists()


def test_a_named_server_that_does_not_answer_is_named(tmp_path: Path):
    api = f"http://127.0.0.1:{free_port()}/api"
    done = check(office.make_home(tmp_path), api)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"Prefect 服务 {api} 没有回应" in done.stderr


def check(home: Home, api: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows", "--home", str(home.root), "check", "drill"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PREFECT_API_URL": api, "PREFECT_CLIENT_MAX_RETRIES": "0"},
        timeout=120,
    )
