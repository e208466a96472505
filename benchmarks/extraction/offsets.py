"""Whether offsets re-slice to the words shown: every mention and every piece of evidence of every release."""

from __future__ import annotations

from collections.abc import Iterator

from archive.release import Evidence, Mention, Part, Release
from benchmarks.extraction.corpora import releases
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half

CORPORA = ("afmil", "congress", "doj", "fomc", "muc3", "rss", "senate_txt", "centcom")
SUFFIXES = (".html", ".xhtml", ".txt", ".jsonl", ".json", ".xml", ".csv")


def measure(half: Half) -> Iterator[Figure]:
    """The share of offsets that hold, over all corpora; there is nothing to hold back here."""
    right, misses = 0, []
    for corpus in CORPORA:
        for where, reading in releases(corpus, *SUFFIXES):
            for shown, sliced in _pairs(reading.release, where.split("#")[0]):
                right += shown == sliced
                if shown != sliced:
                    misses.append(f"{where}: shows {shown!r}, slices {sliced!r}")
    if right or misses:
        yield Figure("offsets re-slice to the words shown", right, right + len(misses), 1.0, tuple(misses))


def _pairs(release: Release, path: str) -> Iterator[tuple[str, str]]:
    """The words shown and the words sliced, of all that has offsets."""
    texts = {Part.TITLE: release.title, Part.BODY: release.body, Part.PATH: path}
    for proof in release.evidence:
        if proof.part is not Part.STATED:
            yield proof.words, texts[proof.part][_span(proof)]
    for mention in (each for person in release.people for each in person.mentions):
        if mention.part is not Part.STATED:
            yield mention.name, texts[mention.part][_span(mention)]


def _span(found: Evidence | Mention) -> slice:
    return slice(found.start, found.end) if found.start >= 0 else slice(0, 0)
