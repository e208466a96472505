"""A folder into the store: walked, compared, parsed in worker processes, written; and stored originals parsed again."""

from archive.ingest import reparse, user_lexicon
from archive.ingest.parse import read_file, reading_version
from archive.ingest.reparse import Kept, RereadReport, read_kept
from archive.ingest.sync import SyncReport, sync_folder
from archive.ingest.walk import checked

__all__ = [
    "Kept",
    "RereadReport",
    "SyncReport",
    "checked",
    "read_file",
    "read_kept",
    "reading_version",
    "reparse",
    "sync_folder",
    "user_lexicon",
]
