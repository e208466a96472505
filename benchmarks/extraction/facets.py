"""Facet values: the people found in two or more releases of all corpora, three hundred of them judged by eye.

The three hundred are those whose slugs hash lowest: the same while the rules change, as far as the values stay.
`facet_people.json` holds the verdicts. A value that nobody judged counts as wrong and is printed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from archive.ids import name_key
from archive.release import Kind
from benchmarks.extraction.corpora import releases
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half

FOLDERS = ("doj", "senate_txt", "congress", "afmil", "rss", "muc3")
SUFFIXES = (".jsonl", ".txt", ".rss", ".html", ".xhtml")
JUDGED_PEOPLE = 300


def values() -> dict[str, Counter[str]]:
    """The people in two or more releases, by slug: how many releases use each spelling."""
    seen: dict[str, Counter[str]] = {}
    for folder in FOLDERS:
        for where, reading in releases(folder, *SUFFIXES):
            if where.startswith("doj/html"):
                continue  # the same releases as in the JSON lines
            people = {name_key(p.name): p.name for p in reading.release.people if p.kind in _SHOWN_KINDS}
            for slug, name in people.items():
                seen.setdefault(slug, Counter())[name] += 1
    return {slug: spellings for slug, spellings in seen.items() if spellings.total() >= 2}


_SHOWN_KINDS = (Kind.SPEAKER, Kind.NAMED)


def draw_slugs(slugs: dict[str, Counter[str]]) -> list[str]:
    """The slugs that are judged."""
    return sorted(slugs, key=lambda slug: hashlib.sha256(slug.encode()).digest())[:JUDGED_PEOPLE]


def measure(half: Half) -> Iterator[Figure]:
    """The share of the three hundred that are people."""
    verdicts = {each["slug"]: bool(each["person"]) for each in half.annotated("facet_people")}
    found = values() if verdicts else {}
    wrong = []
    for slug in draw_slugs(found):
        if not verdicts.get(slug):
            shown = ", ".join(found[slug])
            wrong.append(f"{slug} ({shown}): {'no person' if slug in verdicts else 'not judged'}")
    if found:
        total = min(JUDGED_PEOPLE, len(found))
        yield Figure("facet values that are people", total - len(wrong), total, 0.98, tuple(wrong))
