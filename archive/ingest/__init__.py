"""Ingest: a folder walked, compared with the archive, parsed in worker processes and stored; originals reparsed."""

from archive.ingest import reparse, reparse_preview, user_lexicon
from archive.ingest.parse import FIRST_WITH_QUOTATIONS, parse_file, reading_version
from archive.ingest.reparse import ReparseReport, reparse_stored_record
from archive.ingest.sync import SyncReport, sync_folder
from archive.ingest.walk import resolve_folder

__all__ = [
    "FIRST_WITH_QUOTATIONS",
    "ReparseReport",
    "SyncReport",
    "parse_file",
    "reading_version",
    "reparse",
    "reparse_preview",
    "reparse_stored_record",
    "resolve_folder",
    "sync_folder",
    "user_lexicon",
]
