"""Withholds purged bytes that stand in a folder again: skipped with a reason, unless they are to be restored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.parsed import ParsedFile
from archive.release import Skipped
from archive.store.archive import Archive
from archive.store.sql import in_chunks, placeholders

LEFT_OUT_MESSAGE = "removed from this archive on {} ({}); to take it in again: dateline add --restore-purged {} FOLDER"


def withhold(archive: Archive, parsed_files: Iterable[ParsedFile], restoring: str = "") -> list[ParsedFile]:
    """The readings without records that were purged, which are skipped with a reason; not those of `restoring`."""
    if not archive.select("SELECT 1 FROM purged LIMIT 1"):
        return list(parsed_files)
    return [
        _leave_out(parsed_file, _find_purged(archive, sorted(parsed_file.lookup_keys.digests), restoring))
        for parsed_file in parsed_files
    ]


def purged_numbers(archive: Archive, work: str) -> tuple[int, ...]:
    """The numbers of a work's versions that were purged, in order."""
    rows = archive.select("SELECT number FROM purged WHERE id = ? ORDER BY number", (work,))
    return tuple(row["number"] for row in rows)


def _find_purged(archive: Archive, digests: Sequence[str], restoring: str) -> dict[str, str]:
    """Of these digests, those of purged bytes, each with why its record is left out."""
    found: dict[str, str] = {}
    for chunk in in_chunks(digests):
        rows = archive.select(
            f"SELECT digest, id, at, reason FROM purged WHERE digest IN ({placeholders(chunk)}) "
            "AND digest NOT IN (SELECT digest FROM purged WHERE id = ?)",
            (*chunk, restoring),
        )
        found |= {row["digest"]: LEFT_OUT_MESSAGE.format(row["at"][:10], row["reason"], row["id"]) for row in rows}
    return found


def _leave_out(parsed_file: ParsedFile, purged: dict[str, str]) -> ParsedFile:
    if not purged:
        return parsed_file
    kept = [record for record in parsed_file.records if record.digest not in purged]
    left = [record for record in parsed_file.records if record.digest in purged]
    skipped = tuple(Skipped(purged[record.digest], record.record.key) for record in left)
    return replace(parsed_file, records=kept, skipped=(*parsed_file.skipped, *skipped))
