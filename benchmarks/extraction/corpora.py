"""The releases of the corpora, read as `add` reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from archive.ingest.parse import parse_file
from archive.parsed import FolderFile, ParsedRecord
from archive.release import Kind, Person, Release

CORPORA = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "corpora"
TODAY = dt.date(2026, 1, 1)


def files(folder: str, *suffixes: str) -> list[Path]:
    """The files of a corpus with one of these suffixes, in order; none where the corpus is not here."""
    return sorted(
        each
        for each in (CORPORA / folder).rglob("*")
        if each.is_file() and each.suffix in suffixes and each.stem not in ("README", "LICENSE", "ATTRIBUTION")
    )


def display_path(path: Path) -> str:
    """The path of a corpus file as gold names it: below the corpora, with `/` between its parts."""
    return path.relative_to(CORPORA).as_posix()


@cache
def records(path: Path) -> Sequence[ParsedRecord]:
    """The records of one file with the releases read from them; remembered, since measures share files."""
    return parse_file(FolderFile(str(path), display_path(path), path.stat().st_size, 0), TODAY).records


def releases(folder: str, *suffixes: str) -> Iterator[tuple[str, ParsedRecord]]:
    """Every record of a corpus, named by its file and, in a file of many, its key."""
    for path in files(folder, *suffixes):
        for reading in records(path):
            key = reading.record.key
            yield f"{display_path(path)}#{key}" if key else display_path(path), reading


def find_release(file: str, key: str = "") -> Release | None:
    """The release of one record: `file` below the corpora and, in a file of many, its key; None where it is not."""
    path = CORPORA / file
    if not path.is_file():
        return None
    return next((each.release for each in records(path) if each.record.key == key or not key), None)


def named_people(release: Release) -> list[Person]:
    """The people a release names in full: not those of whom it has a surname alone."""
    return [person for person in release.people if person.kind is not Kind.UNRESOLVED]
