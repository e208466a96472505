"""A file in a folder, and the records and releases parsed from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.parsed.compressed_list import CompressedList
from archive.parsed.pickling import record_from_tuple, record_to_tuple, release_from_tuple, release_to_tuple
from archive.release import Record, Release, Skipped


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file: its path, the path to show, its size in bytes and its mtime in nanoseconds."""

    path: str
    shown: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """A record and the release read from it; `digest` is the SHA-256 of its bytes.

    `read_by` is the version of the reading: where that has changed, reparsing the bytes may say more.
    """

    record: Record
    digest: str
    release: Release
    read_by: str = ""


@dataclass(slots=True)
class LookupKeys:
    """The keys that the archive is asked for before records are stored: digests, names of people, contexts."""

    digests: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    contexts: set[str] = field(default_factory=set)

    def add(self, each: ParsedRecord) -> None:
        """Add the keys of one record."""
        self.digests.add(each.digest)
        self.people.update([person.name for person in each.release.people])
        self.contexts.add(each.record.context)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The result of parsing one file. `digest` is that of the whole file, "" where it could not be opened.

    `notes` are those of its records, each with the record's key. They and `lookup_keys` are collected while parsing:
    to collect them later would decompress all records.
    """

    file: FolderFile
    digest: str
    records: Sequence[ParsedRecord] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    lookup_keys: LookupKeys = field(default_factory=LookupKeys)


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A stored version with all that reparsing it needs; `refusal` says why it cannot be reparsed, "" where it can."""

    version: int
    work: str
    content: bytes
    path: str
    context: str
    day: dt.date
    refusal: str = ""
    number: int = 0


def compressed_records() -> CompressedList[ParsedRecord]:
    """An empty compressed list for the records of a file."""
    return CompressedList(_record_to_tuple, _record_from_tuple)


def _record_to_tuple(reading: ParsedRecord) -> tuple[Any, ...]:
    return record_to_tuple(reading.record), reading.digest, release_to_tuple(reading.release), reading.read_by


def _record_from_tuple(values: tuple[Any, ...]) -> ParsedRecord:
    record, digest_, release, read_by = values
    return ParsedRecord(record_from_tuple(record), digest_, release_from_tuple(release), read_by)
