"""Readers: the bytes of a file to records. One module a format, chosen by suffix and content."""

from archive.readers.choice import SUFFIXES, read
from archive.readers.reparse import reparse_record

__all__ = ["SUFFIXES", "read", "reparse_record"]
