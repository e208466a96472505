"""Exports over a real connection: 70,000 rows, two at once, clients that go away, and streams that break."""

from __future__ import annotations

import csv
import http.client
import io
import json
import os
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import pytest
from paths import ROOT
from raw_database import raw_database

from indexer.export import ExportFormat, export_search, write_export
from indexer.maintenance import build
from indexer.search import Searcher

ROWS = 70_000
PATIENCE_S = 60


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of 70,000 tiny releases, rows of one table."""
    home = tmp_path_factory.mktemp("many")
    (home / "releases").mkdir()
    with (home / "releases" / "table.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "title", "date", "body"])
        table.writerows([number, f"Notice {number}", "2004-05-06", f"lamp {number}"] for number in range(ROWS))
    build.add(home / "data", home / "releases")
    return home / "data"


@contextmanager
def serve(data: Path) -> Iterator[int]:
    """A server of its own in a process of its own; gives its port."""
    command = [sys.executable, "-m", "web.cli", "--data", str(data), "serve", "--port", "0", "--no-browser"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline().decode().split("/   (")[0].rpartition(":")[2])
        finally:
            server.terminate()
            server.stdout.read()


@pytest.fixture(scope="module")
def port(many: Path) -> Iterator[int]:
    with serve(many) as number:
        yield number


def ask(port: int, path: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    connection.request("GET", path)
    return connection, connection.getresponse()


def test_every_row_of_70_000_comes_and_is_counted_beforehand(port: int) -> None:
    connection, answer = ask(port, "/search.csv?q=lamp&sort=oldest")
    with closing(connection), answer:
        assert answer.headers["Dateline-Total"] == str(ROWS)
        header, *rows = csv.reader(io.TextIOWrapper(answer, "utf-8", newline=""))
        assert len(rows) == len({row[0] for row in rows}) == ROWS
        assert {row[1] for row in rows} == {f"Notice {number}" for number in range(ROWS)}
        assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize(("shape", "rows_a_chunk", "growth"), [("csv", 100, 0), ("bib", 100, 0), ("zip", 1, 1000)])
def test_memory_does_not_grow_with_the_rows(many: Path, shape: str, rows_a_chunk: int, growth: int) -> None:
    """Of a ZIP the directory grows, which stands at its end: `growth` bytes a row."""
    measured = 8_000
    with Searcher(many) as searcher:
        exported = export_search(searcher, "lamp")

        def read() -> None:
            chunks = write_export(exported, ExportFormat(shape))
            for _ in islice(chunks, measured // rows_a_chunk):
                pass

        read()  # rows that were verified are remembered, however they are read
        tracemalloc.start()
        read()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 700_000 + growth * measured


def test_two_at_once_and_a_client_that_goes_away_makes_room(port: int) -> None:
    open_ones = [ask(port, "/search.jsonl?q=lamp") for _ in range(2)]
    try:
        assert [answer.status for _, answer in open_ones] == [200, 200]
        connection, refused = ask(port, "/search.csv?q=lamp")
        with closing(connection), refused:
            assert refused.status == 503
            assert int(refused.headers["Retry-After"]) > 0
            assert refused.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert status_of_page(port) == 200
        connection, answer = open_ones.pop()
        answer.close()
        connection.close()
        assert 200 in statuses_until_answered(port, "/search.csv?q=zzqx")
    finally:
        for connection, answer in open_ones:
            answer.close()
            connection.close()


def status_of_page(port: int) -> int:
    connection, answer = ask(port, "/search?q=lamp")
    with closing(connection), answer:
        return answer.status


def statuses_until_answered(port: int, path: str) -> Iterator[int]:
    """The statuses of an address, asked again while it is refused."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        connection, answer = ask(port, path)
        with closing(connection), answer:
            yield answer.status
        time.sleep(0.2)


def read_raw(port: int, path: str) -> bytes:
    """All that comes over the connection until the server closes it."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("shape", ["csv", "zip"])
def test_a_stream_that_breaks_never_ends_cleanly(
    shape: str, write: Callable[..., Path], folder: Path, data: Path
) -> None:
    lines = [json.dumps({"id": n, "title": f"Notice {n}", "body": f"lamp {n}"}) for n in range(250)]
    write("table.jsonl", "\n".join(lines))
    build.add(data, folder)
    with serve(data) as port:
        whole = read_raw(port, f"/search.{shape}")
        assert b"Transfer-Encoding: chunked" in whole
        assert whole.endswith(b"\r\n0\r\n\r\n")
        with Searcher(data) as searcher:
            lost = searcher.archive.live_ids()[230]
        with raw_database(data) as db:
            work = "(SELECT work FROM works WHERE id = ?)"
            db.execute(f"UPDATE versions SET title = 'forged' WHERE work = {work}", (lost,))
    with serve(data) as port:
        broken = read_raw(port, f"/search.{shape}")
        assert b"Dateline-Total: 250" in broken
        assert not broken.endswith(b"0\r\n\r\n")
        assert b"forged" not in broken
        connection, answer = ask(port, f"/search.{shape}")
        with closing(connection), answer, pytest.raises(http.client.IncompleteRead):
            answer.read()
        assert read_raw(port, f"/search.{shape}").startswith(b"HTTP/1.1 200")  # a slot is free again
        assert read_raw(port, f"/search.{shape}").startswith(b"HTTP/1.1 200")
