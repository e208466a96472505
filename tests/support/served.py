"""`dateline serve` in a process of its own, as people run it, and clients that speak to it over plain sockets."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from paths import ROOT

PATIENCE_S = 60.0


class Answer(NamedTuple):
    """An answer as it came over the wire; its body as it came, too."""

    status: int
    header: str
    body: bytes


@dataclass(slots=True)
class Served:
    """A server that runs, and what it has said."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def output(self) -> str:
        """All it has said."""
        return self.log.read_text("utf-8", "replace")

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        return [pid for pid in child_processes(self.process.pid) if "spawn_main" in command_line(pid)]

    def get(self, path: str, *header: str) -> Answer:
        """The answer to a request over a connection of its own."""
        return ask(self.port, path, *header)


@contextlib.contextmanager
def serving(data: Path, log: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Serve a data directory at a free port."""
    command = [sys.executable, "-m", "web.cli", "--data", str(data), "serve", "--port", "0"]
    if "BROWSER" not in environment:
        command.append("--no-browser")
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, *options],
            cwd=ROOT, stdout=output, stderr=output, env=os.environ | {"PYTHONUNBUFFERED": "1"} | environment,
        ) as process,
    ):  # fmt: skip
        try:
            yield Served(process, _port(process, log), log)
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    until(lambda: "Dateline is at http" in log.read_text("utf-8") or process.poll() is not None)
    line = next((each for each in log.read_text("utf-8").splitlines() if "Dateline is at" in each), "")
    if not line:
        pytest.fail(f"the server did not come up:\n{log.read_text('utf-8', 'replace')}")
    return int(line.split("/ ")[0].rpartition(":")[2])


def until(happened: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so; fails when it never is."""
    end = time.monotonic() + patience_s
    while not happened():
        if time.monotonic() > end:
            pytest.fail("it did not happen")
        time.sleep(0.02)


def ask(port: int, path: str, *header: str, host: str = "127.0.0.1", name: str = "localhost") -> Answer:
    """The answer to a request over a connection of its own, read until the server closes it."""
    with socket.create_connection((host, port), PATIENCE_S) as connection:
        lines = [f"GET {path} HTTP/1.1", f"Host: {name}", "Connection: close", *header, "", ""]
        connection.sendall("\r\n".join(lines).encode("latin-1"))
        return read_answer(connection)


def read_answer(connection: socket.socket) -> Answer:
    """What comes over a connection until the other side closes it; status 0 where nothing came."""
    came = b""
    with contextlib.suppress(ConnectionResetError):
        while chunk := connection.recv(65536):
            came += chunk
    header, _, body = came.partition(b"\r\n\r\n")
    return Answer(int(header.split()[1]) if header else 0, header.decode("latin-1"), body)


def child_processes(pid: int) -> list[int]:
    """The processes that a process started and that run."""
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in tasks.read_text().split()]
    return found


def command_line(pid: int) -> str:
    """The command line of a process; "" where there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
