"""Parses one file: bytes to records to releases. This is what a worker process does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from archive.ids import digest
from archive.ingest import user_lexicon
from archive.parsed import FolderFile, LookupKeys, ParsedFile, ParsedRecord, compressed_records
from archive.release import Skipped

READING_VERSION = 12
"""Number of the reading, raised by hand when readers or extraction parse the same bytes differently.

Versions stored with another number can be reparsed: `dateline rebuild --reread`."""

FIRST_WITH_QUOTATIONS = 11
"""Number of the first reading that finds quotations with their speakers."""

MAX_FILE_BYTES = 100_000_000
"""Bytes of the largest file that is read; a larger one is reported and left out."""


def reading_version() -> str:
    """The reading's number, with a digest of the user lexicon where there is one: `9+3f2a…`."""
    own = user_lexicon.lexicon_digest()
    return f"{READING_VERSION}+{own}" if own else str(READING_VERSION)


def parse_file(file: FolderFile, today: dt.date) -> ParsedFile:
    """Parse `file`; whatever is wrong with it comes back as a Skipped value, never as an exception."""
    if file.size > MAX_FILE_BYTES:
        reason = f"larger than the limit of {MAX_FILE_BYTES // 1_000_000} MB"
        return ParsedFile(file, "", skipped=(Skipped(reason),))
    try:
        content = Path(file.path).read_bytes()
    except FileNotFoundError:
        return ParsedFile(file, "", skipped=(Skipped("disappeared while the folder was being read"),))
    except PermissionError:
        return ParsedFile(file, "", skipped=(Skipped("permission denied"),))
    except OSError as error:
        return ParsedFile(file, "", skipped=(Skipped(f"cannot be opened: {error.strerror or error}"),))
    return parse_content(file, content, today)


def parse_content(file: FolderFile, content: bytes, today: dt.date) -> ParsedFile:
    """Parse the bytes of a file into records and releases."""
    records = compressed_records()
    skipped: list[Skipped] = []
    notes: list[tuple[str, str]] = []
    lookup_keys = LookupKeys()
    for each in parse_records(file, content, today):
        if isinstance(each, Skipped):
            skipped.append(each)
        else:
            records.append(each)
            lookup_keys.add(each)
            notes += [(each.record.key, note) for note in each.record.notes]
    return ParsedFile(file, digest(content), records, tuple(skipped), tuple(notes), lookup_keys)


def parse_records(file: FolderFile, content: bytes, today: dt.date) -> Iterator[ParsedRecord | Skipped]:
    """Parse bytes record by record."""
    # Imported here: an `add` that finds nothing new need not load readers and word lists.
    from archive.extract import read_release
    from archive.readers import read

    for found in read(content, file.shown):
        if isinstance(found, Skipped):
            yield found
        else:
            yield ParsedRecord(found, digest(found.original), read_release(found, file.shown, today), reading_version())
