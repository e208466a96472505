"""What a writer does between two statements of a reader is no damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from raw_database import raw_database

from archive.store import Archive
from archive.store.checksums import stored_checksums
from indexer.maintenance import build

Write = Callable[..., Path]


def test_tables_that_change_while_they_are_held_against_their_sums_are_intact(
    write: Write, folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("1.txt", "Lamp Lit\n\nELSINORE, May 1, 1996 -- The lamp is lit.\n")
    build.add(data, folder)
    compute, added = stored_checksums.table_checksum, list[str]()

    def add_and_compute(db: sqlite3.Connection, table: str) -> tuple[int, int]:
        if not added:
            added.append(table)
            write("2.txt", "Lamp Out\n\nELSINORE, May 2, 1996 -- The lamp is out.\n")
            with monkeypatch.context() as patched:
                patched.setattr(stored_checksums, "table_checksum", compute)
                build.add(data, folder)
        return compute(db, table)

    with Archive(data) as archive:
        monkeypatch.setattr(stored_checksums, "table_checksum", add_and_compute)
        assert archive.are_locations_intact()
        assert added
        monkeypatch.undo()
        assert archive.are_locations_intact()
        assert archive.count_live() == 2  # the state of then is not held on to
    with raw_database(data) as db:
        db.execute("UPDATE files SET path = path || 'x'")
    with Archive(data) as archive:
        assert not archive.are_locations_intact()
