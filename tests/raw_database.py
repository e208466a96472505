"""archive.db opened past Dateline, as damage and other programs would: what is written there has no checksums."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.database import FILE_NAME


@contextmanager
def raw_database(data: Path) -> Iterator[sqlite3.Connection]:
    """The database of a data directory; what was written is kept, and the file is closed."""
    db = sqlite3.connect(data / FILE_NAME)
    try:
        with db:
            yield db
    finally:
        db.close()
