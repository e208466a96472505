"""A folder into the store: walked, compared, parsed in worker processes, written; and stored originals parsed again."""

from archive.ingest import reparse, user_lexicon
from archive.ingest.parse import read_file
from archive.ingest.reparse import Kept, RereadReport, read_kept
from archive.ingest.sync import SyncReport, sync_folder
from archive.ingest.user_lexicon import lexicon_digest
from archive.ingest.walk import checked

__all__ = [
    "Kept",
    "RereadReport",
    "SyncReport",
    "checked",
    "lexicon_digest",
    "read_file",
    "read_kept",
    "reparse",
    "sync_folder",
    "user_lexicon",
]
