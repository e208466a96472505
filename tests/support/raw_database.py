"""archive.db opened past Dateline, as damage and other programs would: what is written there has no checksums."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.store.checksums import stored_checksums
from archive.store.database import FILE_NAME


@contextmanager
def raw_database(data: Path, *, sealed: bool = False) -> Iterator[sqlite3.Connection]:
    """The database of a data directory; what was written is kept, and the file is closed.

    With `sealed` it is as if Dateline had written it: an archive of another time, and not a damaged one.
    """
    db = sqlite3.connect(data / FILE_NAME)
    try:
        with db:
            yield db
            if sealed:
                stored_checksums.store_all_checksums(db)
    finally:
        db.close()
