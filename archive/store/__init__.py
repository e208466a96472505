"""`archive.db` and all the SQL there is: schema, migrations, reading (`Archive`), counts and lists.

Writing is in `writing/`, checksums in `checksums/`, verifying, repairing and backing up in `integrity/`, what
corrections change in `reconciling/`.
"""

from archive.store import counts, migrations, review
from archive.store.archive import Archive
from archive.store.counts import FileRemark, Totals
from archive.store.database import FILE_NAME, require, schema_of
from archive.store.index_documents import entries
from archive.store.review import Doubt, Doubtful

__all__ = [
    "FILE_NAME",
    "Archive",
    "Doubt",
    "Doubtful",
    "FileRemark",
    "Totals",
    "counts",
    "entries",
    "migrations",
    "require",
    "review",
    "schema_of",
]
