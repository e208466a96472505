"""Opens archive.db for reading or writing with the pragmas we rely on; turns SQLite errors into DatelineErrors."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.errors import ArchiveDamaged, ArchiveGone, ArchiveTooNew, ArchiveTooOld, Busy, DiskProblem, NoArchive
from archive.store import migrations

FILE_NAME = "archive.db"

BESIDE = ("index", "corrections.toml")
"""Names in a data directory that show that there is, or was, an archive."""

_REMEDIES = {
    sqlite3.SQLITE_FULL: "the disk is full. Make room",
    sqlite3.SQLITE_IOERR: "the disk reported an error (I/O error). Check the disk, or the connection to it",
    sqlite3.SQLITE_READONLY: "it is read-only (the disk is, or you have no permission to write). Allow writing",
    sqlite3.SQLITE_CANTOPEN: "a file could not be opened (no permission, or too many files are open). Allow it",
    sqlite3.SQLITE_PERM: "permission denied. Allow reading and writing",
    sqlite3.SQLITE_AUTH: "permission denied. Allow reading and writing",
    sqlite3.SQLITE_NOMEM: "there is not enough memory. Close other programs",
}
"""By SQLite's primary result code (https://sqlite.org/rescode.html): no damage of the archive, and what to do."""


def open_for_reading(data: Path) -> sqlite3.Connection:
    """A connection that only reads: it creates nothing, and brings no older archive up to date.

    Raises:
        NoArchive, ArchiveGone: there is none; ArchiveGone where there was one.
        ArchiveDamaged: the file is not an archive or cannot be read.
        ArchiveTooOld, ArchiveTooNew: an older or a later version wrote it.
        DiskProblem: the system refuses to open it.
    """
    path = _require_file(data)
    with translate_errors(path):
        db = connect(f"{path.absolute().as_uri()}?{_reading_mode(path)}", uri=True)
        with _closed_on_error(db):
            if _check_schema(db, path) < migrations.VERSION:
                raise ArchiveTooOld(path)
    return db


def open_for_writing(data: Path, *, create: bool = False, upgrade: bool = False) -> sqlite3.Connection:
    """A connection that writes. The caller holds the writer's lock.

    With `create` an archive is made where there is none, and nothing that belongs to one; with `upgrade` an older one
    is brought up to date.

    Raises:
        what `open_for_reading` raises.
    """
    path = data / FILE_NAME
    if not (create and (may_create(data) or _was_never_made(data))):
        path = _require_file(data)
    with translate_errors(path):
        db = connect(path)
        with _closed_on_error(db):
            if (
                path.stat().st_size
                and _holds_tables(db)
                and _check_schema(db, path) < migrations.VERSION
                and not upgrade
            ):
                raise ArchiveTooOld(path)
            db.execute("PRAGMA journal_mode = WAL")
            # FULL: a commit that was reported is on the disk, also after a power cut.
            db.execute("PRAGMA synchronous = FULL")
            migrations.upgrade(db)
            db.execute("PRAGMA foreign_keys = ON")
    return db


def require(data: Path) -> None:
    """Make sure that there is an archive.

    Raises:
        NoArchive, ArchiveGone, ArchiveDamaged, DiskProblem: there is none, or nothing in its file.
    """
    _require_file(data)


def schema_of(data: Path) -> int:
    """The number of the schema that an archive has.

    Raises:
        what `open_for_reading` raises, but for ArchiveTooOld.
    """
    path = _require_file(data)
    with (
        translate_errors(path),
        contextlib.closing(connect(f"{path.absolute().as_uri()}?{_reading_mode(path)}", uri=True)) as db,
    ):
        return _check_schema(db, path)


def may_create(data: Path) -> bool:
    """Whether a new archive may be made here: there is none, and nothing that belongs to one."""
    return not any(os.path.lexists(data / name) for name in (FILE_NAME, *BESIDE))


def _was_never_made(data: Path) -> bool:
    """Whether making an archive here was stopped before it had a single table (a full disk, say)."""
    path = data / FILE_NAME
    if any(os.path.lexists(data / name) for name in BESIDE) or not path.is_file():
        return False
    with translate_errors(path), contextlib.closing(connect(path)) as db:
        return not _holds_tables(db)


def _holds_tables(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _require_file(data: Path) -> Path:
    """The path of the archive's file, which exists and is not empty."""
    path = data / FILE_NAME
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        if any(os.path.lexists(data / name) for name in BESIDE):
            raise ArchiveGone(path) from None
        raise NoArchive(data) from None
    except OSError as error:
        raise DiskProblem(f"{path} cannot be examined: {error.strerror or error}.") from error
    if not size:
        raise ArchiveDamaged(path, "it is empty")
    return path


def connect(target: str | Path, *, uri: bool = False) -> sqlite3.Connection:
    """A connection to a file, whatever is in it; a new file where there is none."""
    # The store hands the connection out under a lock of its own, so any thread may use it.
    options: dict[str, Any] = {"isolation_level": None, "check_same_thread": False, "timeout": 30, "uri": uri}
    db: sqlite3.Connection = sqlite3.connect(target, **options)
    return db


@contextlib.contextmanager
def read_one_state(db: sqlite3.Connection) -> Iterator[None]:
    """Context manager: statements within see the database as it is at the first of them, whatever others write."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


def _reading_mode(path: Path) -> str:
    # The index of a write-ahead log is a file beside it. Where none can be made (a read-only disk) nobody writes
    # either, and the file is read as it stands; not, though, where a log with last writes stands beside it.
    log = path.with_name(f"{path.name}-wal")
    if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
        return "mode=ro"
    return "immutable=1"


def _check_schema(db: sqlite3.Connection, path: Path) -> int:
    """The schema's number.

    Raises:
        ArchiveDamaged: the database is not ours.
        ArchiveTooNew: a later version wrote it.
    """
    (found,) = db.execute("PRAGMA user_version").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != migrations.APPLICATION_ID:
        raise ArchiveDamaged(path, "it is another program’s database" if tables else "it has no tables")
    if found > migrations.VERSION:
        raise ArchiveTooNew(path, found, migrations.VERSION)
    return int(found)


@contextlib.contextmanager
def _closed_on_error(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


@contextlib.contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Turns SQLite errors on the archive's file into DatelineErrors that name cause and remedy.

    Raises:
        ArchiveDamaged: what it read is no database, or not a whole one.
        Busy: another process is writing.
        DiskProblem: the disk is full, read-only, failing, or permission is denied: the archive itself is whole.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = (getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Busy(path.parent) from error
        if remedy := _REMEDIES.get(code):
            raise DiskProblem(
                f"{path}: {remedy}, then run the same command again. Nothing already stored was damaged."
            ) from error
        raise ArchiveDamaged(path, str(error)) from error
    except UnicodeDecodeError as error:  # SQLite names what is damaged, and the name is damaged as well
        raise ArchiveDamaged(path, "what describes its tables is damaged") from error
