"""Opening an archive: who may create or change one, and what is said where there is none, or another's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from raw_database import raw_database

from archive.errors import ArchiveDamaged, ArchiveGone, ArchiveTooNew, ArchiveTooOld, Busy, DiskProblem, NoArchive
from archive.store import database, migrations
from archive.store.archive import Archive
from archive.store.database import FILE_NAME
from archive.store.writing.writer import Writer
from indexer.cli import main
from indexer.maintenance import build

READING = ("search lamp", "stats", "export", "verify", "audit", "corrections", "show 0000000000", "explain 0000000000")
WRITING = ("correct 0000000000 title X --by T", "verify --repair")


def run(data: Path, line: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *line.split()])


@pytest.fixture
def ready(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    write("lamp.txt", "Lamp Lit\n\nThe lamp was lit.\n")
    build.add(data, folder)
    return data


def test_the_data_directory_is_its_owners_alone(ready: Path) -> None:
    assert ready.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("line", [*READING, *WRITING, "rebuild", "upgrade"])
def test_only_add_creates(tmp_path: Path, line: str) -> None:
    data = tmp_path / "none"
    result = run(data, line)
    assert result.exit_code == 4
    assert "There is no archive" in result.output
    assert not data.exists()


@pytest.mark.parametrize("line", [*READING, *WRITING, "rebuild", "upgrade", "add"])
def test_an_emptied_archive_is_no_new_one(ready: Path, folder: Path, line: str) -> None:
    (ready / FILE_NAME).write_bytes(b"")
    for path in ready.glob(f"{FILE_NAME}-*"):
        path.unlink()
    result = run(ready, f"{line} {folder}" if line == "add" else line)
    assert result.exit_code == 4
    assert "is empty" in result.output
    assert "restore" in result.output
    assert (ready / FILE_NAME).stat().st_size == 0


@pytest.mark.parametrize("beside", ["index", "corrections.toml"])
@pytest.mark.parametrize("line", [*READING, *WRITING, "rebuild", "upgrade", "add"])
def test_a_vanished_archive_is_no_new_one(tmp_path: Path, folder: Path, beside: str, line: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    if beside == "index":
        (data / beside).mkdir()
    else:
        (data / beside).write_text("# mine\n", "utf-8")
    result = run(data, f"{line} {folder}" if line == "add" else line)
    assert result.exit_code == 4
    assert "is missing, although" in result.output
    assert not (data / FILE_NAME).exists()


@pytest.mark.parametrize("line", [*READING, *WRITING])
def test_an_older_archive_is_left_as_it_is_and_upgrade_is_named(ready: Path, line: str) -> None:
    with raw_database(ready) as db:
        db.execute("PRAGMA user_version = 8")
    before = (ready / FILE_NAME).read_bytes()
    result = run(ready, line)
    assert result.exit_code == 4
    assert "upgrade" in result.output
    assert (ready / FILE_NAME).read_bytes() == before


def test_reading_writes_nothing(ready: Path) -> None:
    with Archive(ready) as archive, pytest.raises(DiskProblem, match="it is read-only"):
        archive.select("INSERT INTO counters VALUES ('x', 1)")


def test_what_a_killed_writer_left_in_the_log_is_read(ready: Path, tmp_path: Path) -> None:
    with Writer(ready) as archive, archive.transaction():
        archive._db.execute("UPDATE counters SET value = 77 WHERE name = 'changes'")
    with Writer(ready) as archive:
        with archive.transaction():
            archive._db.execute("UPDATE counters SET value = 78 WHERE name = 'changes'")
        copy = tmp_path / "copy"
        copy.mkdir()
        for path in ready.glob(f"{FILE_NAME}*"):
            (copy / path.name).write_bytes(path.read_bytes())
    with Archive(copy) as reader:
        assert reader.changes == 78


def test_foreign_and_newer_files_are_said_and_left(ready: Path) -> None:
    with raw_database(ready) as db:
        db.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    for open_ in (Archive, Writer):
        with pytest.raises(ArchiveTooNew):
            open_(ready)
    with raw_database(ready) as db:
        db.execute("PRAGMA application_id = 1")
    for open_ in (Archive, Writer):
        with pytest.raises(ArchiveDamaged, match="another program"):
            open_(ready)


def test_a_full_disk_is_called_so_and_nothing_is_lost(ready: Path, folder: Path, write: Callable[..., Path]) -> None:
    with Writer(ready) as archive:
        (pages,) = archive._db.execute("PRAGMA page_count").fetchone()
        archive._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskProblem, match="the disk is full"), archive.transaction():
            archive._db.execute("INSERT INTO contexts VALUES (9, ?)", ("x" * 1_000_000,))
        archive._db.execute("PRAGMA max_page_count = 1000000")
        assert archive.count_live() == 1
        with archive.transaction():  # and the connection goes on as before
            archive._db.execute("UPDATE counters SET value = value + 1 WHERE name = 'changes'")
    assert run(ready, "verify").exit_code == 0


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (sqlite3.SQLITE_FULL, DiskProblem, "the disk is full"),
        (sqlite3.SQLITE_IOERR_FSYNC, DiskProblem, "I/O error"),
        (sqlite3.SQLITE_IOERR_READ, DiskProblem, "I/O error"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, DiskProblem, "it is read-only"),
        (sqlite3.SQLITE_CANTOPEN, DiskProblem, "could not be opened"),
        (sqlite3.SQLITE_PERM, DiskProblem, "permission denied"),
        (sqlite3.SQLITE_NOMEM, DiskProblem, "not enough memory"),
        (sqlite3.SQLITE_BUSY, Busy, "Another dateline"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Busy, "Another dateline"),
        (sqlite3.SQLITE_CORRUPT, ArchiveDamaged, "restore a backup"),
        (sqlite3.SQLITE_CORRUPT_INDEX, ArchiveDamaged, "restore a backup"),
        (sqlite3.SQLITE_NOTADB, ArchiveDamaged, "restore a backup"),
    ],
)
def test_an_error_names_its_cause(tmp_path: Path, code: int, error: type[Exception], words: str) -> None:
    raised = sqlite3.OperationalError("something")
    raised.sqlite_errorcode = code
    with pytest.raises(error, match=words) as told, database.translate_errors(tmp_path / FILE_NAME):
        raise raised
    # A passing fault never advises to move the archive away.
    assert ("restore" in str(told.value)) is (error is ArchiveDamaged)


def test_each_error_of_opening_has_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(NoArchive):
        database.open_for_reading(tmp_path)
    (tmp_path / "index").mkdir()
    with pytest.raises(ArchiveGone):
        database.open_for_writing(tmp_path, create=True)
    (tmp_path / FILE_NAME).write_bytes(b"not a database\n" * 999)
    with pytest.raises(ArchiveDamaged):
        database.open_for_reading(tmp_path)
    assert issubclass(ArchiveTooOld, Exception)
