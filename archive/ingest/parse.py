"""One file read whole: its bytes, its records, each made a release. This is what a worker process does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from archive.ids import digest
from archive.ingest import user_lexicon
from archive.parsed import FolderFile, LookupKeys, ParsedFile, ParsedRecord, compressed_records
from archive.release import Skipped

READING_VERSION = 8
"""Which reading this is: raised by hand when readers or extraction read the same bytes otherwise than before.

Stored readings of another number can be read again: `dateline rebuild --reread`."""

BLANK_BYTES = b"\0 \t\r\n\f\v"
"""Bytes that say nothing."""

MAX_FILE_BYTES = 100_000_000
"""Bytes of the largest file that is read; a larger one is reported and left out."""


def reading_version() -> str:
    """What stands for the reading of today: the number of the extraction, and a person's own word lists."""
    own = user_lexicon.lexicon_digest()
    return f"{READING_VERSION}+{own}" if own else str(READING_VERSION)


def parse_file(file: FolderFile, today: dt.date) -> ParsedFile:
    """Read `file`; whatever is wrong with it comes back as a Skipped value, never as an exception."""
    if file.size > MAX_FILE_BYTES:
        reason = f"larger than the limit of {MAX_FILE_BYTES // 1_000_000} MB"
        return ParsedFile(file, "", skipped=(Skipped(reason),))
    try:
        content = Path(file.path).read_bytes()
    except FileNotFoundError:
        return ParsedFile(file, "", skipped=(Skipped("vanished while the folder was being read"),))
    except PermissionError:
        return ParsedFile(file, "", skipped=(Skipped("permission denied"),))
    except OSError as error:
        return ParsedFile(file, "", skipped=(Skipped(f"cannot be opened: {error.strerror or error}"),))
    return parse_content(file, content, today)


def parse_content(file: FolderFile, content: bytes, today: dt.date) -> ParsedFile:
    """The records in these bytes and the releases they are."""
    records = compressed_records()
    skipped: list[Skipped] = []
    notes: list[tuple[str, str]] = []
    sought = LookupKeys()
    for each in parse_records(file, content, today):
        if isinstance(each, Skipped):
            skipped.append(each)
        else:
            records.append(each)
            sought.add(each)
            notes += [(each.record.key, note) for note in each.record.notes]
    return ParsedFile(file, digest(content), records, tuple(skipped), tuple(notes), sought)


def parse_records(file: FolderFile, content: bytes, today: dt.date) -> Iterator[ParsedRecord | Skipped]:
    """Read these bytes record by record."""
    # Imported where a file is read: an `add` that finds nothing new need not wait for readers and word lists.
    from archive.extract import read_release
    from archive.readers import read

    for found in read(content, file.shown):
        if isinstance(found, Skipped):
            yield found
        else:
            yield ParsedRecord(found, digest(found.original), read_release(found, file.shown, today), reading_version())
