"""The archive open for writing: transactions, recorded files and folders. The rules of identity: transaction.py."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.clock import utc_now
from archive.parsed import FolderFile, ParsedFile
from archive.store import database
from archive.store.archive import Archive
from archive.store.checksums import TableSums
from archive.store.writing.existing_rows import stored_path
from archive.store.writing.transaction import WriteStats, WriteTransaction, trusted_mtime


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A recorded file: enough to see whether it has changed."""

    size: int
    mtime: int
    digest: str
    status: str


@contextlib.contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Context manager that turns the cyclic garbage collector off: rows have no cycles, and it would visit all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Writer(Archive):
    """The archive open for writing. The caller holds the data directory's lock."""

    def __init__(self, data: Path, *, create: bool = False, upgrade: bool = False) -> None:
        super().__init__(data, database.open_for_writing(data, create=create, upgrade=upgrade or create))
        with database.translate_errors(self._path):
            self.sums = TableSums(self._db)
        self.restoring = ""  # the id of a purged work that is taken in again
        self.mixed_works: set[int] = set()  # works of which several versions are live, from all transactions
        # Digests and ids come in no order: with the default of 2 MB the same pages are read and written over and over.
        self._db.execute("PRAGMA cache_size = -64000")
        # Pages of the log are written into the file once 64 MB have gathered, not after every batch: many were written
        # to several times by then. The log itself is made short again.
        self._db.execute("PRAGMA wal_autocheckpoint = 16000")
        self._db.execute("PRAGMA journal_size_limit = 4000000")

    def known_files(self, folder: Path) -> dict[str, KnownFile]:
        """The files recorded below `folder`, by stored path; those that are gone have status "gone"."""
        below = stored_path(str(folder)).rstrip(os.sep) + os.sep
        rows = self._all(
            "SELECT path, size, mtime, digest, status FROM files WHERE substr(path, 1, ?) = ?",
            (len(below), below),
        )
        return {r["path"]: KnownFile(r["size"], r["mtime"], r["digest"], r["status"]) for r in rows}

    def write(self, parsed_files: Iterable[ParsedFile], gone: Iterable[str], now: str, trust_before: int) -> WriteStats:
        """Store a batch of parsed files and the disappearance of the files `gone` (stored paths), all or nothing.

        `now` is the time of adding. A file modified at or after `trust_before` (nanoseconds) is looked at
        again next time even if size and time agree: it may be written to within the clock's tick.
        """
        parsed_files = list(parsed_files)
        with _garbage_collection_paused(), self.write_transaction(now, trust_before, parsed_files) as transaction:
            for parsed_file in parsed_files:
                transaction.store_file(parsed_file)
            for path in gone:
                transaction.forget_file(path)
            transaction.update_works()
        self.mixed_works |= transaction.mixed_works
        return transaction.stats

    def note_folder(self, folder: Path, now: str) -> None:
        """Record that a folder was added, or synced again."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO folders VALUES (:path, :now, :now) ON CONFLICT DO UPDATE SET seen = :now",
                {"path": stored_path(str(folder)), "now": now},
            )

    def note_split(self) -> None:
        """Record that no mixed work is left."""
        with self.transaction():
            self._db.execute("UPDATE counters SET value = 0 WHERE name = 'mixed'")

    @contextlib.contextmanager
    def fsync_at_end(self) -> Iterator[None]:
        """Context manager that defers fsync to its end; each transaction stays atomic.

        A power cut may cost the last transactions, in order; a kill costs none that was committed.
        """
        self._db.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self._db.execute("PRAGMA synchronous = FULL")
        # With synchronous = FULL this commit also flushes all earlier ones.
        with self.transaction():
            self._db.execute("UPDATE counters SET value = value")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """A database transaction: what is written meanwhile is stored whole or not at all, with the tables' checksums.

        Raises:
            what `database.translate_errors` raises.
        """
        with self._lock, database.translate_errors(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.sums.write()
                self._db.execute("COMMIT")
            except BaseException:
                self.sums.discard()
                # A full or failing disk may have ended it already: then there is nothing to take back.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def write_transaction(
        self, now: str = "", trust_before: int = 0, parsed_files: Sequence[ParsedFile] = ()
    ) -> Iterator[WriteTransaction]:
        """A WriteTransaction, committed at the end with checksums and the counter of changes, or rolled back.

        `now` is the time that its rows bear; "" is the present moment.
        """
        with self.transaction():
            before = self._db.total_changes
            transaction = WriteTransaction(self._db, now or utc_now(), trust_before, parsed_files)
            transaction.tombstones = self._tombstones()
            yield transaction
            transaction.update_checksums()
            if transaction.stores_values:
                self._db.execute("UPDATE counters SET value = 1 WHERE name = 'values'")
            if self._db.total_changes > before:
                self._db.execute("UPDATE counters SET value = value + 1 WHERE name = 'changes'")

    def _tombstones(self) -> dict[str, tuple[str, int]]:
        """The id and number of the purged versions to restore, by the digest of their bytes."""
        if not self.restoring:
            return {}
        rows = self._all("SELECT digest, id, number FROM purged WHERE id = ?", (self.restoring,))
        return {row["digest"]: (row["id"], row["number"]) for row in rows}

    def vacuum(self) -> None:
        """Vacuum the database: rewrite the file without free pages.

        Raises:
            what `database.translate_errors` raises.
        """
        with self._lock, database.translate_errors(self._path):
            self._db.execute("VACUUM")

    def settle(self) -> int:
        """Settle what no single release can tell; returns how many releases changed.

        That is: dates such as 03/04/2005 by the order of their source, who is who, what sources and places are called.
        """
        if not self._counter("values") and not self._first(
            "SELECT 1 FROM unsettled UNION ALL SELECT 1 FROM unsettled_lines LIMIT 1"
        ):
            return 0
        # Imported here: an `add` with nothing new need not load the word lists.
        from archive.store.identities import settle_furniture, settle_people, settle_values
        from archive.store.writing import day_orders

        with self.write_transaction() as transaction:
            dated = day_orders.resolve_day_orders(transaction)
            settle_furniture(transaction)
            settle_people(transaction, self.people_corrections())
            settle_values(transaction, self.value_corrections())
            return dated + len(transaction.changed_works)

    def refresh(self, files: Iterable[FolderFile], trust_before: int) -> None:
        """Record the new size and time of files whose bytes turned out to be the same."""
        rows = [(f.size, trusted_mtime(f, trust_before), stored_path(f.path)) for f in files]
        with self.transaction():
            self._db.executemany("UPDATE files SET size = ?, mtime = ? WHERE path = ?", rows)
