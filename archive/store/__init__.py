"""The store: `archive.db` and all SQL. Schema, migrations, reading (`Archive`), counts and review lists.

Write transactions are in `writing/`, checksums in `checksums/`, verify, repair, backup and purge in `integrity/`,
the application of corrections in `reconciling/`.
"""

from archive.store import counts, migrations, review
from archive.store.archive import Archive
from archive.store.counts import FileRemark, Totals
from archive.store.database import FILE_NAME, require, schema_of
from archive.store.index_documents import load_index_documents
from archive.store.review import ReviewItem, ReviewKind

__all__ = [
    "FILE_NAME",
    "Archive",
    "FileRemark",
    "ReviewItem",
    "ReviewKind",
    "Totals",
    "counts",
    "load_index_documents",
    "migrations",
    "require",
    "review",
    "schema_of",
]
