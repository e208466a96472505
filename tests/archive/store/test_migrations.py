"""An archive of an earlier version is brought up to date when it is opened, and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard
from raw_database import raw_database

from archive.ids import digest, work_id
from archive.store import migrations
from archive.store.integrity.verify import digests, inspect
from archive.store.writing.insert_buffer import InsertBuffer
from archive.store.writing.writer import Writer

ORIGINALS = [b"bytes 1", b"bytes 2"]
DIGESTS = [digest(original) for original in ORIGINALS]
WORKS = [work_id(each) for each in DIGESTS]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A data directory whose archive has the first schema: bodies as they are, no spellings counted."""
    with raw_database(tmp_path) as db:
        db.executescript(
            migrations._FIRST + f"PRAGMA user_version = 1; PRAGMA application_id = {migrations.APPLICATION_ID};"
        )
        for number, body in ((1, "Körper des Textes"), (2, "")):
            db.execute("INSERT INTO works VALUES (?, '2011-01-20T00:00:00Z', 1, 1, 1)", (WORKS[number - 1],))
            content = zstandard.ZstdCompressor().compress(ORIGINALS[number - 1])
            db.execute("INSERT INTO originals VALUES (?, 7, ?)", (DIGESTS[number - 1], content))
            db.execute(
                "INSERT INTO versions VALUES (1, ?, ?, ?, '', '', '', 'Title', ?, '', '', '', '', '', '')",
                (WORKS[number - 1], number, DIGESTS[number - 1], body),
            )
        db.execute("INSERT INTO people VALUES (1, 'barack-obama', 'Barack Obama')")
        for number, name in ((1, "Barack Obama"), (2, "Barack Obama")):
            db.execute("INSERT INTO appearances VALUES (?, 0, 1, ?, 'named', '', 1)", (number, name))
    return tmp_path


def test_bodies_are_packed_and_spellings_counted(first: Path) -> None:
    with Writer(first, upgrade=True) as archive:
        versions = archive.current(WORKS)
    assert {work: version.release.body for work, version in versions.items()} == {
        WORKS[0]: "Körper des Textes",
        WORKS[1]: "",
    }
    with raw_database(first) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (12,)
        assert db.execute("SELECT person, name, uses FROM spellings").fetchall() == [(1, "Barack Obama", 2)]


def test_originals_are_found_by_digest_and_every_row_refers_to_one_there_is(first: Path) -> None:
    with Writer(first, upgrade=True) as archive:
        assert [archive.original(each) for each in (*DIGESTS, digest(b"bytes 3"))] == [*ORIGINALS, None]
        assert digests(archive) == DIGESTS
        assert inspect(archive).lines == []


def test_spellings_follow_what_happens_to_appearances(first: Path) -> None:
    with Writer(first, upgrade=True):
        pass
    with raw_database(first) as db:
        db.execute("UPDATE appearances SET name = 'Barack H. Obama' WHERE version = 2")
        counted = "SELECT name, uses FROM spellings ORDER BY name"
        assert db.execute(counted).fetchall() == [("Barack H. Obama", 1), ("Barack Obama", 1)]
        db.execute("DELETE FROM appearances WHERE version = 1")
        assert db.execute(counted).fetchall() == [("Barack H. Obama", 1)]
        rows = InsertBuffer(db)
        rows["appearances"].append((1, 0, 1, "Barack H. Obama", "named", "", 1))
        rows.write()
        assert db.execute(counted).fetchall() == [("Barack H. Obama", 2)]


def test_what_reading_again_needs_is_kept_from_now_on_and_the_path_is_found(first: Path) -> None:
    with raw_database(first) as db:
        db.execute("INSERT INTO files VALUES ('/f/b.txt', 'b.txt', 1, 1, '', 'read')")
        db.execute("INSERT INTO files VALUES ('/f/a.txt', 'a.txt', 1, 1, '', 'read')")
        for path in ("/f/a.txt", "/f/b.txt"):
            db.execute("INSERT INTO locations VALUES (?, '', 1, 1)", (path,))
    with Writer(first, upgrade=True) as archive:
        assert archive.count_stale("1") == 2
        rows = archive.stale_rows_after(0, "1", 9)
        assert [(row["path"], row["context"], row["lacks_context"]) for row in rows] == [
            ("a.txt", None, 0),
            ("", None, 0),
        ]
        assert (archive.people_corrections(), archive.count_corrections()) == ([], 0)
        assert archive.person("barack-obama") is not None
