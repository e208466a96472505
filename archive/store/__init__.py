"""The store: `archive.db` and all SQL. Schema, migrations, reading (`Archive`), counts and review lists.

Write transactions are in `writing/`, checksums in `checksums/`, verify, repair, backup and purge in `integrity/`,
the application of corrections in `reconciling/`, lists of what happened to releases in `listings/`.
"""

from archive.store import counts, migrations, review
from archive.store.archive import Archive
from archive.store.counts import FileRemark, Totals
from archive.store.database import FILE_NAME, require, schema_of
from archive.store.index_documents import (
    count_other_versions,
    list_works_with_other_versions,
    load_index_documents,
    load_other_versions,
)
from archive.store.review import ReviewItem, ReviewKind
from archive.store.version_details import VersionDetails, load_details

__all__ = [
    "FILE_NAME",
    "Archive",
    "FileRemark",
    "ReviewItem",
    "ReviewKind",
    "Totals",
    "VersionDetails",
    "count_other_versions",
    "counts",
    "list_works_with_other_versions",
    "load_details",
    "load_index_documents",
    "load_other_versions",
    "migrations",
    "require",
    "review",
    "schema_of",
]
