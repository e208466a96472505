"""A file's bytes to records, whatever its format: one module a format, and a table that says which."""

from archive.readers.choice import SUFFIXES, read
from archive.readers.reparse import reparse_record

__all__ = ["SUFFIXES", "read", "reparse_record"]
