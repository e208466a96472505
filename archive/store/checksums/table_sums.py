"""Keeps the checksums of whole tables up to date while rows are written, by triggers.

The triggers are temporary, of this connection: what another program writes to the archive, `verify` finds.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from archive.store.checksums.checksums import MASK, row_checksum
from archive.store.checksums.stored_checksums import SUMMED_TABLES, table_checksum

_EVENTS = {"INSERT": "+new", "DELETE": "-old", "UPDATE": "-old +new"}


class TableSums:
    """Sums the checksums of rows that a connection writes to the tables of SUMMED_TABLES."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._suspended = False
        self._counts: dict[str, int] = defaultdict(int)
        self._values: dict[str, int] = defaultdict(int)
        db.create_function("count_row", -1, self._count_row)
        for table in SUMMED_TABLES:
            names = [row[1] for row in db.execute(f"PRAGMA main.table_info({table})")]
            for event, rows in _EVENTS.items():
                calls = "".join(_call(table, row[0], row[1:], names) for row in rows.split())
                db.execute(f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table} BEGIN {calls} END")

    def _count_row(self, table: str, sign: int, *values: object) -> None:
        if self._suspended:
            return
        self._counts[table] += sign
        self._values[table] += sign * row_checksum(values)

    def write(self) -> None:
        """Update the stored checksums by the rows written since the last time, inside their transaction."""
        changed = [
            (self._counts[table], value & MASK, MASK, table) for table, value in self._values.items() if value & MASK
        ]
        self.discard()
        self._db.executemany(
            "UPDATE table_checks SET count = count + ?, value = (value + ?) & ? WHERE name = ?", changed
        )

    def recompute(self, table: str) -> None:
        """Compute a table's checksum anew: all its rows were just rebuilt."""
        self._counts.pop(table, None)
        self._values.pop(table, None)
        self._db.execute(
            "UPDATE table_checks SET count = ?, value = ? WHERE name = ?", (*table_checksum(self._db, table), table)
        )

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Context manager: writes are not summed while a damaged row is restored to what its checksum was made of."""
        self._suspended = True
        try:
            yield
        finally:
            self._suspended = False

    def discard(self) -> None:
        """Forget what was summed: its transaction was rolled back."""
        self._counts.clear()
        self._values.clear()


def _call(table: str, sign: str, row: str, names: list[str]) -> str:
    values = ", ".join(f"{row}.{name}" for name in names)
    return f"SELECT count_row('{table}', {sign}1, {values}); "
