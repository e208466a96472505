"""The real server in a process of its own, for a real browser; what it said is shown when it does not come up."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
TIMEOUT_S = 60

NEEDS_CHROMIUM = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
"""The marks of a module that drives a browser."""


@contextmanager
def serve(data: Path, log: Path) -> Iterator[str]:
    """Serve a data directory; gives the address."""
    port = free_port()
    command = [sys.executable, "-m", "web.cli", "--data", str(data), "serve", "--no-browser", "--port", str(port)]
    with log.open("wb") as output, subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, server, log)
            yield url
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + TIMEOUT_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not come up:\n{log.read_text('utf-8', 'replace')}")


def follow(page: Any, link: Any) -> None:
    """Click and wait until the page behind it is whole: a click returns as soon as its answer begins, when a title or
    a count, which nothing waits for, is still that of an empty document."""
    link.click()
    page.wait_for_load_state("load")
