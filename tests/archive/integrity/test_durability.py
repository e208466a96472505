"""Killed anywhere, nothing is lost: sixty kills over every command that writes, beside a server that goes on answering.

And what only a power cut would show: that the disk is waited for where a commit is reported.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from paths import ROOT

from archive.store import database
from archive.store.archive import Archive
from archive.store.writing.writer import Writer
from indexer.maintenance import build, verification
from web import create_app

KILLS_EACH = 12
"""Kills of each of five commands: sixty in all."""

WORDS = "lamp pier harbor board senate notice light quay boat ferry".split()


def letter(number: int, turn: int = 0) -> str:
    chance = random.Random(number)
    body = " ".join(chance.choice(WORDS) for _ in range(60))
    day = f"May {1 + number % 28}, 1996"
    return f"Notice {number}\n\nPORT ELSINORE, {day} -- Turn {turn} of the lamp: {body}, said Hiram Pell.\n"


def start(data: Path, *line: str) -> subprocess.Popen[bytes]:
    """A `dateline` of its own, with all its workers in one group of processes."""
    command = [sys.executable, "-m", "indexer", "--data", str(data), *line]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=ROOT,
    )


def run(data: Path, *line: str) -> float:
    """Run a command to its end; how long it took, in seconds."""
    began = time.monotonic()
    assert start(data, *line).wait(timeout=120) == 0
    return time.monotonic() - began


def kill_within(data: Path, seconds: float, *line: str) -> None:
    """Run a command and kill it, and what it started, at some moment of its life."""
    process = start(data, *line)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def answer(client: FlaskClient) -> tuple[int, list[str]]:
    """What the server says to a search: never an error, never a release that is not whole."""
    page = client.get("/search.json?q=lamp&limit=100&sort=oldest")
    assert page.status_code == 200, page.text
    hits = page.get_json()["hits"]
    removed = [notice for notice in page.get_json()["receipt"]["notices"] if "removed from the archive" in notice]
    assert page.get_json()["receipt"]["notices"] == removed
    assert len(hits) == page.get_json()["total"] - len(removed)
    return len(hits), [hit["id"] for hit in hits]


@pytest.fixture
def ready(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    for number in range(40):
        write(f"{number}.txt", letter(number))
    build.add(data, folder)
    return data


def ids(data: Path) -> dict[str, str]:
    with Archive(data) as archive:
        return {path: work for work, path in archive.paths(archive.live_ids()).items()}


def assert_whole(data: Path) -> None:
    """The record is whole whatever was killed; the index may only be older, and says so."""
    verdict = verification.verify_all(data)
    assert verdict.archive == ()
    assert set(verdict.index) <= {"the index is older than the archive"}


@pytest.mark.parametrize("command", ["add", "rebuild", "correct", "backup", "purge"])
def test_kills_lose_nothing_and_the_server_answers_on(
    ready: Path, folder: Path, write: Callable[..., Path], tmp_path: Path, command: str
) -> None:
    chance = random.Random(command)
    client = create_app(ready).test_client()
    known = ids(ready)
    for turn in range(KILLS_EACH):
        before = answer(client)
        line = {
            "add": ["add", str(folder), "--workers", "2"],
            "rebuild": ["rebuild"],
            "correct": ["correct", known["1.txt"], "place", f"Harbor {turn}", "--by", "T"],
            "backup": ["backup", str(tmp_path / f"{turn}.tar")],
            "purge": ["purge", known[f"{20 + turn}.txt"], "--reason", "test"],
        }[command]
        if command == "add":  # some are edited, one is new, each time
            for number in range(turn, turn + 30):
                write(f"{number}.txt", letter(number, turn + 1))
        kill_within(ready, chance.uniform(0.2, 1.6), *line)
        assert_whole(ready)
        between = answer(client)
        run(ready, "rebuild") if command == "rebuild" else run(ready, "add", str(folder))
        if command == "purge":
            run(ready, *line)
        elif command == "backup":
            (tmp_path / f"{turn}.tar").unlink(missing_ok=True)
            run(ready, *line)
        after = answer(client)
        assert between[0] in (before[0], after[0])
        assert set(between[1]) in ({*before[1]}, {*after[1]})
        assert verification.verify_all(ready) == verification.VerifyReport((), ())
        expected = {"add": max(40, turn + 30), "purge": 39 - turn}.get(command, 40)
        assert after[0] == expected
        left = [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]
        assert left == []
    if command == "add":
        assert known.items() <= {**ids(ready), **known}.items()
        with Archive(ready) as archive:
            assert all(archive.version(work) for work in known.values())


def statements(archive: Writer, act: Callable[[], object]) -> list[str]:
    """What a connection is told while something is done."""
    told: list[str] = []
    archive.connection.set_trace_callback(told.append)
    try:
        act()
    finally:
        archive.connection.set_trace_callback(None)
    return told


def waits_for_the_disk(archive: Writer) -> bool:
    """Whether a commit ends when it is on the disk (https://sqlite.org/pragma.html#pragma_synchronous: 2 is FULL)."""
    return bool(archive.connection.execute("PRAGMA synchronous").fetchone()[0] == 2)


def test_a_commit_waits_for_the_disk(ready: Path) -> None:
    with Writer(ready) as archive:
        assert waits_for_the_disk(archive)
        assert archive.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        with archive.fsync_at_end():
            assert not waits_for_the_disk(archive)
        assert waits_for_the_disk(archive)
        with contextlib.suppress(ZeroDivisionError), archive.fsync_at_end():
            raise ZeroDivisionError
        assert waits_for_the_disk(archive)


def test_waiting_for_the_disk_is_asked_for_whatever_sqlite_was_built_to_do(
    ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    connect = database.connect

    def traced(target: str | Path, *, uri: bool = False) -> sqlite3.Connection:
        connection = connect(target, uri=uri)
        connection.set_trace_callback(told.append)
        return connection

    monkeypatch.setattr(database, "connect", traced)
    with Writer(ready):
        pass
    assert told.index("PRAGMA journal_mode = WAL") < told.index("PRAGMA synchronous = FULL")


def test_many_batches_are_waited_for_together_before_an_add_goes_on(ready: Path) -> None:
    with Writer(ready) as archive:

        def act() -> None:
            with archive.fsync_at_end(), archive.transaction():
                archive.connection.execute("UPDATE counters SET value = value WHERE name = 'changes'")

        told = statements(archive, act)
    full = told.index("PRAGMA synchronous = FULL")
    assert told.index("PRAGMA synchronous = NORMAL") < told.index("COMMIT") < full
    # A commit that writes comes after it: it takes the ones before to the disk.
    assert "COMMIT" in told[full:]
    assert any(line.startswith("UPDATE") for line in told[full:])
