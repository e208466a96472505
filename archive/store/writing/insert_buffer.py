"""New rows gathered by table and written with one statement a table: ten times fewer calls than a statement a row."""

from __future__ import annotations

import sqlite3
from collections import Counter

_STATEMENTS = {
    "works": "INSERT INTO works VALUES (?, ?, ?, ?, ?, ?, ?)",
    "contexts": "INSERT INTO contexts VALUES (?, ?)",
    "versions": f"INSERT INTO versions VALUES ({', '.join('?' * 21)})",
    "originals": "INSERT INTO originals VALUES (?, ?, ?)",
    "evidence": "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "people": "INSERT INTO people (person, slug, name, row_check) VALUES (?, ?, ?, ?)",
    "appearances": "INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?)",
    "mentions": "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "files": "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET shown = excluded.shown, "
    "size = excluded.size, mtime = excluded.mtime, digest = excluded.digest, status = excluded.status",
    "remarks": "INSERT INTO remarks VALUES (?, ?, ?, ?)",
    "locations": "INSERT INTO locations VALUES (?, ?, ?, 1, ?) "
    "ON CONFLICT DO UPDATE SET live = 1, since = excluded.since",
}
"""By table, in the order in which rows may refer to each other."""

# Beside the triggers that count what becomes of appearances later: one for every new row took as long as the row.
_COUNT_SPELLINGS = "INSERT INTO spellings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET uses = uses + excluded.uses"

MAX_EVIDENCE_ROWS = 20_000
"""Rows of evidence that wait at most: a batch may be one file of 70,000 releases."""

Row = tuple[object, ...]


class InsertBuffer:
    """Rows that are not yet in the database. Whoever reads from these tables writes them first."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[str, list[Row]] = {table: [] for table in _STATEMENTS}

    def __getitem__(self, table: str) -> list[Row]:
        """The rows that wait for a table; more are put behind them."""
        return self._rows[table]

    def __setitem__(self, table: str, rows: list[Row]) -> None:
        self._rows[table] = rows  # what `rows[table] += ...` does last

    def spill(self) -> None:
        """Put what was taken into the database once it is much."""
        if len(self._rows["evidence"]) >= MAX_EVIDENCE_ROWS:
            self.write()

    def write(self) -> None:
        """Put what was taken into the database, and count the spellings of people."""
        spelt = Counter((person, name) for _, _, person, name, *_ in self._rows["appearances"])
        for table, rows in self._rows.items():
            if rows:
                self._db.executemany(_STATEMENTS[table], rows)
                rows.clear()
        if spelt:
            self._db.executemany(_COUNT_SPELLINGS, [(*spelling, uses) for spelling, uses in spelt.items()])
