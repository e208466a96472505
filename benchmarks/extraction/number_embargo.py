"""Release numbers and embargoes, on releases that were read by us before the extractor saw them.

Beside releases that say them there are as many that do not and may seem to ("JOB NO. 1", "the Cuban embargo"). No
release of the corpora is under an embargo, so of embargoes only false ones can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.release import Release
from benchmarks.extraction.corpora import find_release
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half


def measure(half: Half) -> Iterator[Figure]:
    """The share of releases whose number and embargo are read as said, and of those that say none and are read so."""
    read = [(gold, find_release(gold["file"], gold.get("record", ""))) for gold in half.annotated("marks")]
    for field in ("number", "embargo"):
        judged = [(gold["file"], gold[field], _chosen(release, field)) for gold, release in read if release]
        for name, some in (("where one is said", True), ("none where none is said", False)):
            rows = [row for row in judged if bool(row[1]) is some]
            misses = tuple(f"{where}: {got!r}, not {wanted!r}" for where, wanted, got in rows if got != wanted)
            if rows:
                yield Figure(f"{field}: {name}", len(rows) - len(misses), len(rows), 0.98, misses)


def _chosen(release: Release, field: str) -> str:
    return next((proof.value for proof in release.evidence if proof.field == field and proof.chosen), "")
