"""Datasette over the same texts: an SQLite table with a full-text index, searched and shown as it does by default.

It runs from `.datasette`, where `make bench-web` puts it; its dependencies are none of Dateline's.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.corpus.synthetic import Story
from benchmarks.process_runner import ROOT
from benchmarks.web.served import run_server

PLACE = ROOT / ".datasette"
SEARCH = "/texts/releases?_search={}&_facet=source&_facet=place"
RELEASE = "/texts/releases/{}"


def is_here() -> bool:
    """Whether it was installed."""
    return (PLACE / "datasette").is_dir()


def make_database(path: Path, stories: Iterable[Story]) -> None:
    """Write the stories as a table with a full-text index of titles and bodies."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE releases (id INTEGER PRIMARY KEY, title, body, day, source, place, people)")
        database.executemany(
            "INSERT INTO releases VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((s.number, s.title, s.body, s.published, s.source, s.place, ", ".join(s.people)) for s in stories),
        )
        database.execute(
            "CREATE VIRTUAL TABLE releases_fts USING fts5 (title, body, content=releases, content_rowid=id, "
            "tokenize='porter')"
        )
        database.execute("INSERT INTO releases_fts (releases_fts) VALUES ('rebuild')")


@contextmanager
def serve(database: Path, log: Path) -> Iterator[tuple[int, int]]:
    """Its server on a free port; gives its id and the port."""
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(database), "--port", "0"]
    with run_server(command, log, {"PYTHONPATH": str(PLACE)}, says_where=False) as server:
        yield server.pid, _wait_for_port(log)


def _wait_for_port(log: Path) -> int:
    """The port that it says on standard error.

    Raises:
        RuntimeError: it did not say one within half a minute.
    """
    for _ in range(300):
        if found := re.search(r"running on http://127\.0\.0\.1:(\d+)", log.read_text("utf-8", "replace")):
            return int(found[1])
        time.sleep(0.1)
    raise RuntimeError(f"Datasette did not start: {log.read_text('utf-8', 'replace')[-500:]}")
