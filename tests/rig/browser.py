"""A real Chromium, without a screen, over its DevTools protocol. If it is missing, that is an error."""

import base64
import itertools
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

START_WITHIN = 30
PATIENCE = 30
REFUSED = 400
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


class Page:
    """One tab."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self.requested: list[str] = []
        self.failed: list[str] = []
        """What the server refused or did not answer, so that a page gone wrong says why."""
        self._asked: dict[str, str] = {}

    def call(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._line.recv(timeout=PATIENCE))
            self._note(told.get("method", ""), told.get("params", {}))
            if told.get("id") == number:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']}")
                return told["result"]

    def _note(self, method: str, told: dict[str, Any]) -> None:
        """Keep what an event of the network says."""
        if method == "Network.requestWillBeSent":
            self.requested.append(told["request"]["url"])
            self._asked[told["requestId"]] = told["request"]["url"]
        elif method == "Network.responseReceived" and told["response"]["status"] >= REFUSED:
            self.failed.append(f"{told['response']['status']} {told['response']['url']}")
        elif method == "Network.loadingFailed" and not told.get("canceled"):
            self.failed.append(f"{told['errorText']} {self._asked.get(told['requestId'], '')}")

    def run(self, script: str) -> Any:
        """Run JavaScript in the page; gives its value."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"]["exception"].get("description", script))
        return told["result"].get("value")

    def open(self, address: str) -> None:
        self.call("Page.navigate", url=address)

    def wait(self, script: str, patience: float = PATIENCE) -> Any:
        """Wait until the script gives something true; gives it."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                if found := self.run(script):
                    return found
            except RuntimeError:  # the page is being replaced
                pass
            time.sleep(0.1)
        raise TimeoutError(f"{script}\n{self.shown()}")

    def shown(self) -> str:
        """The words on the page, and what the server failed to answer: for the one who reads a failure."""
        return f"{self.run('document.body.innerText')[:1500]}\nfailed: {self.failed[-10:]}"

    def wait_for_text(self, text: str, patience: float = PATIENCE) -> None:
        self.wait(f"document.body && document.body.innerText.includes({json.dumps(text)})", patience)

    def click(self, script: str, first: str = "") -> None:
        """Click, as a mouse does, the element the script gives, once nothing lies over it.

        What ``first`` does in the page, it does before every look: closing what would be in the way.
        """
        place = self.wait(
            f"(() => {{ {first}; const e = {script}; if (!e) return null;"
            " e.scrollIntoView({block: 'center'});"
            " const r = e.getBoundingClientRect(); if (!r.width) return null;"
            " const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];"
            " const top = document.elementFromPoint(x, y);"
            " return e.contains(top) ? [x, y] : null; })()"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = "none" if kind == "mouseMoved" else "left"
            self.call(
                "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button=button, clickCount=1
            )

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def picture(self, path: Path, width: int = 1300, height: int = 1000) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextmanager
def browser() -> Iterator[Page]:
    """A fresh Chromium with one empty tab."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise RuntimeError("Chromium is not installed: run deployments/setup/rigs.sh")
    with tempfile.TemporaryDirectory(prefix="rig-chromium-", ignore_cleanup_errors=True) as folder:
        command = [program, *FLAGS, f"--user-data-dir={folder}", "--window-size=1300,1000", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            tab = _tab(Path(folder) / "DevToolsActivePort")
            with connect(tab, max_size=None, ping_interval=None) as line:  # a busy machine is not a dead one
                page = Page(line)
                for domain in ("Page", "Runtime", "Network"):
                    page.call(f"{domain}.enable")
                yield page
        finally:
            process.terminate()
            process.wait(10)


def _tab(announced: Path) -> str:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        if announced.exists() and (lines := announced.read_text().splitlines()):
            with urllib.request.urlopen(f"http://127.0.0.1:{lines[0]}/json/list", timeout=5) as answer:
                pages = [tab for tab in json.load(answer) if tab["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
        time.sleep(0.1)
    raise RuntimeError("Chromium did not start")
