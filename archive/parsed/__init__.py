"""Parsed files, in the form that goes from a worker process to the store."""

from archive.parsed.compressed_list import CHUNK
from archive.parsed.files import FolderFile, LookupKeys, ParsedFile, ParsedRecord, StoredRecord, compressed_records

__all__ = ["CHUNK", "FolderFile", "LookupKeys", "ParsedFile", "ParsedRecord", "StoredRecord", "compressed_records"]
