"""One file read whole: its bytes, its records, each made a release. This is what a worker process does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive import own_lists
from archive.flat import flat_record, flat_release, whole_record, whole_release
from archive.names import digest
from archive.packed import Packed
from archive.release import Record, Release, Skipped

VERSION = 8
"""Which reading this is: raised by hand when readers or extraction read the same bytes otherwise than before.

Stored readings of another number can be read again: `dateline rebuild --reread`."""

BLANK = b"\0 \t\r\n\f\v"
"""Bytes that say nothing."""

LARGEST = 100_000_000
"""Bytes of the largest file that is read; a larger one is reported and left out."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as the folder shows it: where it is, what to call it, its size and time (nanoseconds)."""

    path: str
    shown: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class RecordReading:
    """A record and the release read from it; `digest` is the SHA-256 of its bytes.

    `read_by` says by what it was read: where that has changed, reading the bytes again may say more.
    """

    record: Record
    digest: str
    release: Release
    read_by: str = ""


@dataclass(slots=True)
class Sought:
    """What an archive is asked for before records are stored in it: digests of their bytes, names, contexts."""

    digests: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    contexts: set[str] = field(default_factory=set)

    def add(self, each: RecordReading) -> None:
        """What this record asks for."""
        self.digests.add(each.digest)
        self.people.update([person.name for person in each.release.people])
        self.contexts.add(each.record.context)


@dataclass(frozen=True, slots=True)
class FileReading:
    """All that one file gave. `digest` is that of the whole file, "" where it could not be opened.

    `notes` are those of its records, each with the record's key, and `sought` is what all of them ask for: to gather
    them later means to unpack all of them.
    """

    file: FoundFile
    digest: str
    records: Sequence[RecordReading] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    sought: Sought = field(default_factory=Sought)


def mark() -> str:
    """What stands for the reading of today: the number of the extraction, and a person's own word lists."""
    own = own_lists.mark()
    return f"{VERSION}+{own}" if own else str(VERSION)


def read_file(file: FoundFile, today: dt.date) -> FileReading:
    """Read `file`; whatever is wrong with it comes back as a Skipped value, never as an exception."""
    if file.size > LARGEST:
        reason = f"larger than the limit of {LARGEST // 1_000_000} MB"
        return FileReading(file, "", skipped=(Skipped(reason),))
    try:
        content = Path(file.path).read_bytes()
    except FileNotFoundError:
        return FileReading(file, "", skipped=(Skipped("vanished while the folder was being read"),))
    except PermissionError:
        return FileReading(file, "", skipped=(Skipped("permission denied"),))
    except OSError as error:
        return FileReading(file, "", skipped=(Skipped(f"cannot be opened: {error.strerror or error}"),))
    return read_content(file, content, today)


def read_content(file: FoundFile, content: bytes, today: dt.date) -> FileReading:
    """The records in these bytes and the releases they are."""
    records = packed()
    skipped: list[Skipped] = []
    notes: list[tuple[str, str]] = []
    sought = Sought()
    for each in readings(file, content, today):
        if isinstance(each, Skipped):
            skipped.append(each)
        else:
            records.append(each)
            sought.add(each)
            notes += [(each.record.key, note) for note in each.record.notes]
    return FileReading(file, digest(content), records, tuple(skipped), tuple(notes), sought)


def packed() -> Packed[RecordReading]:
    """What keeps a file's records in little room; nothing is in it yet."""
    return Packed(_flat, _whole)


def _flat(reading: RecordReading) -> tuple[Any, ...]:
    return flat_record(reading.record), reading.digest, flat_release(reading.release), reading.read_by


def _whole(values: tuple[Any, ...]) -> RecordReading:
    record, digest_, release, read_by = values
    return RecordReading(whole_record(record), digest_, whole_release(release), read_by)


def readings(file: FoundFile, content: bytes, today: dt.date) -> Iterator[RecordReading | Skipped]:
    """Read these bytes record by record."""
    # Imported where a file is read: an `add` that finds nothing new need not wait for readers and word lists.
    from archive.extract import read_release
    from archive.readers import read

    for found in read(content, file.shown):
        if isinstance(found, Skipped):
            yield found
        else:
            yield RecordReading(found, digest(found.original), read_release(found, file.shown, today), mark())
