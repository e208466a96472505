"""Parsed files, in the form that goes from a worker process to the store."""

from archive.parsed.compressed_list import RECORDS_PER_CHUNK
from archive.parsed.files import FolderFile, LookupKeys, ParsedFile, ParsedRecord, StoredRecord, compressed_records

__all__ = [
    "RECORDS_PER_CHUNK",
    "FolderFile",
    "LookupKeys",
    "ParsedFile",
    "ParsedRecord",
    "StoredRecord",
    "compressed_records",
]
