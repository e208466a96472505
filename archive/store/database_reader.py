"""The database of an archive open for reading: one connection for all threads, errors translated, counters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Self

from archive.store import database
from archive.store.checksums import ReadVerifier

Values = Sequence[object] | Mapping[str, object]
"""The parameters of an SQL statement, in order or by name."""


class DatabaseReader:
    """A data directory's database, open for reading; safe to share between threads.

    Raises on opening: see `database.open_for_reading`. On reading: ArchiveDamaged, Busy, DiskProblem.
    """

    def __init__(self, data: Path, db: sqlite3.Connection | None = None) -> None:
        self.data = data
        self._path = data / database.FILE_NAME
        self._db = db or database.open_for_reading(data)
        self._db.row_factory = sqlite3.Row
        self._lock = RLock()
        self._verifier = ReadVerifier(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The database itself, for the other modules of this package."""
        return self._db

    @property
    def revision(self) -> int:
        """A number that grows whenever a release is added, changed or withdrawn."""
        return self._counter("revision")

    @property
    def changes(self) -> int:
        """A number that grows with every transaction that wrote something; while it stays, so do all answers."""
        return self._counter("changes")

    @property
    def newest_version(self) -> int:
        """The number of the row of the last version there is."""
        return int(self._one("SELECT coalesce(max(version), 0) FROM versions")[0])

    @property
    def is_mixed(self) -> bool:
        """Whether several versions of some work may be live at once (see writing/split.py)."""
        return bool(self._counter("mixed"))

    def select(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows of a statement that reads; for the other modules of this package."""
        return self._all(sql, values)

    @contextmanager
    def lenient_decoding(self) -> Iterator[sqlite3.Connection]:
        """The connection with lenient decoding, to look for damage: invalid UTF-8 comes as lone surrogates."""
        with self._lock:
            self._db.text_factory = _decode_leniently
            try:
                yield self._db
            finally:
                self._db.text_factory = str

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time, with errors translated."""
        with self._lock, database.translate_errors(self._path):
            yield self._db

    def _all(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        with self._lock, database.translate_errors(self._path):
            try:
                return self._db.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if "decode" not in str(error):
                    raise
            # A damaged text: its row will not match its checksum, and the other rows are intact.
            with self.lenient_decoding() as db:
                return db.execute(sql, values).fetchall()

    def _first(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        rows = self._all(sql, values)
        return rows[0] if rows else None

    def _one(self, sql: str, values: Values = ()) -> sqlite3.Row:
        return self._all(sql, values)[0]

    def _counter(self, name: str) -> int:
        return int(self._one("SELECT value FROM counters WHERE name = ?", (name,))[0])


def _decode_leniently(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")
