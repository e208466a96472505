"""Opens archive.db without Dateline, as damage and other programs would: no checksums are stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.store.checksums import stored_checksums
from archive.store.database import FILE_NAME


@contextmanager
def raw_database(data: Path, *, with_checksums: bool = False) -> Iterator[sqlite3.Connection]:
    """The database of a data directory; what was written is kept, and the file is closed.

    With `with_checksums` it is as if Dateline had written it: an archive of another time, and not a damaged one.
    """
    db = sqlite3.connect(data / FILE_NAME)
    try:
        with db:
            yield db
            if with_checksums:
                stored_checksums.store_all_checksums(db)
    finally:
        db.close()
