"""Buffers new rows by table and inserts them with one `executemany` a table, which saves calls."""

from __future__ import annotations

import sqlite3
from collections import Counter

from archive import ids

_STATEMENTS = {
    "works": "INSERT INTO works VALUES (?, ?, ?, ?, ?, ?, ?)",
    "contexts": "INSERT INTO contexts VALUES (?, ?)",
    "versions": f"INSERT INTO versions VALUES ({', '.join('?' * 22)})",
    "originals": "INSERT INTO originals VALUES (?, ?, ?)",
    "evidence": "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "people": "INSERT INTO people (person, key, slug, name, origin, row_check) VALUES (?, ?, ?, ?, ?, ?)",
    "names": "INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)",
    "appearances": "INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?)",
    "mentions": "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "quotations": "INSERT INTO quotations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "files": "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET shown = excluded.shown, "
    "size = excluded.size, mtime = excluded.mtime, digest = excluded.digest, status = excluded.status",
    "remarks": "INSERT INTO remarks VALUES (?, ?, ?, ?)",
    "locations": "INSERT INTO locations VALUES (?, ?, ?, 1, ?) "
    "ON CONFLICT DO UPDATE SET live = 1, since = excluded.since",
}
"""By table, in the order in which rows may refer to each other."""

# Triggers count later changes of appearances; new ones are counted here, since a trigger costs as much as the row.
_COUNT_SPELLINGS = "INSERT INTO spellings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET uses = uses + excluded.uses"

MAX_EVIDENCE_ROWS = 20_000
"""Rows of evidence buffered at most: a transaction may hold one file of 70,000 releases."""

Row = tuple[object, ...]


class InsertBuffer:
    """Rows that are not yet in the database. Call `write` before reading from these tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[str, list[Row]] = {table: [] for table in _STATEMENTS}

    def __getitem__(self, table: str) -> list[Row]:
        """The buffered rows of a table, to append to."""
        return self._rows[table]

    def __setitem__(self, table: str, rows: list[Row]) -> None:
        self._rows[table] = rows  # what `rows[table] += ...` does last

    def spill(self) -> None:
        """Write the buffer once it is large."""
        if len(self._rows["evidence"]) >= MAX_EVIDENCE_ROWS:
            self.write()

    def write(self) -> None:
        """Insert the buffered rows, and count the spellings of people."""
        spelt = Counter((person, name) for _, _, person, name, *_ in self._rows["appearances"])
        lines = {(row[-1],) for row in self._rows["mentions"] if row[-1]}
        touched = {(ids.name_key(name),) for _, name in spelt}
        for table, rows in self._rows.items():
            if rows:
                self._db.executemany(_STATEMENTS[table], rows)
                rows.clear()
        if lines:
            self._db.executemany("INSERT OR IGNORE INTO unsettled_lines VALUES (?)", sorted(lines))
        if spelt:
            self._db.executemany(_COUNT_SPELLINGS, [(*spelling, uses) for spelling, uses in spelt.items()])
            self._db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", sorted(touched))
