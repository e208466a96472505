"""`schema.sql` shows the tables that the migrations give: columns, keys, references, indexes and triggers."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from paths import ROOT

from archive.store.writing import Writer

Shape = dict[str, object]


def shape(db: sqlite3.Connection) -> Shape:
    """All that SQLite says of a schema, apart from the order of columns and how the statements are spaced."""
    found: Shape = {}
    for kind, name, table, sql in db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall():
        if kind == "table":
            # The position of a column (the first value) says only when it was added.
            found[f"columns of {name}"] = sorted(row[1:] for row in db.execute(f"PRAGMA table_xinfo({name})"))
            found[f"references of {name}"] = sorted(row[2:] for row in db.execute(f"PRAGMA foreign_key_list({name})"))
            found[f"kind of {name}"] = next(
                (row[2:] for row in db.execute("PRAGMA table_list") if row[0] == "main" and row[1] == name), None
            )
            found[f"keys of {name}"] = sorted(
                (row[2:], [column[2] for column in db.execute(f"PRAGMA index_info({row[1]})")])
                for row in db.execute(f"PRAGMA index_list({name})")
            )
            checks = re.findall(r"CHECK\s*\(.*?\)", sql)
            found[f"checks of {name}"] = checks
        elif sql:
            found[f"{kind} {name} on {table}"] = " ".join(sql.split())
    return found


@pytest.fixture
def of_migrations(tmp_path: Path) -> Shape:
    with Writer(tmp_path, create=True):
        pass
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        return shape(db)


def test_the_tables_are_those_of_the_migrations(of_migrations: Shape) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript((ROOT / "archive" / "store" / "schema.sql").read_text("utf-8"))
        assert shape(db) == of_migrations


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("given TEXT,", ""),
        ("given TEXT,", "given TEXT NOT NULL,"),
        ("REFERENCES contexts", ""),
        ("WHERE number > 1", ""),
        ("CHECK (one = 1)", ""),
        ("WITHOUT ROWID", ""),
        ("PRIMARY KEY (path, key, version)", "PRIMARY KEY (path, version, key)"),
        ("uses = uses - 1", "uses = uses"),
    ],
)
def test_any_other_schema_is_seen(of_migrations: Shape, old: str, new: str) -> None:
    statements = (ROOT / "archive" / "store" / "schema.sql").read_text("utf-8")
    assert old in statements
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(statements.replace(old, new))
        assert shape(db) != of_migrations
