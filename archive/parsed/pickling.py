"""Records and releases to plain tuples and back, which pickle faster.

Pickle calls a method in Python for each object of a class of ours, and none for plain tuples.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from archive.release import Evidence, Mention, Person, PublishedDate, Quotation, Record, Release, Stated

# Bypasses the constructors of named tuples, which are Python functions: all values are given, so no default is missed.
_stated: Any = partial(tuple.__new__, Stated)
_mention: Any = partial(tuple.__new__, Mention)
_person: Any = partial(tuple.__new__, Person)
_evidence: Any = partial(tuple.__new__, Evidence)
_quotation: Any = partial(tuple.__new__, Quotation)


def record_to_tuple(record: Record) -> tuple[Any, ...]:
    """The values of a record in their order."""
    return (
        *(record.text, record.original, record.media_type, record.key, [*map(tuple, record.stated)]),
        *(record.encoding, record.notes, record.context),
    )


def record_from_tuple(values: tuple[Any, ...]) -> Record:
    """The record of these values."""
    text, original, media_type, key, stated, *rest = values
    return Record(text, original, media_type, key, tuple(map(_stated, stated)), *rest)


def release_to_tuple(release: Release) -> tuple[Any, ...]:
    """The values of a release in their order."""
    return (
        *(release.title, release.body, release.published.iso if release.published else ""),
        *(release.place, release.source, release.byline, release.url, release.language),
        [(name, kind, role, sure, [*map(tuple, said)]) for name, kind, role, sure, said in release.people],
        [*map(tuple, release.evidence)],
        [*map(tuple, release.quotations)],
    )


def release_from_tuple(values: tuple[Any, ...]) -> Release:
    """The release of these values."""
    title, body, day, place, source, byline, url, language, people, evidence, quotations = values
    persons = [_person((name, kind, role, sure, tuple(map(_mention, said)))) for name, kind, role, sure, said in people]
    published = PublishedDate.from_iso(day) if day else None
    fields = (place, source, byline, url, language)
    proofs, said = tuple(map(_evidence, evidence)), tuple(map(_quotation, quotations))
    return Release(title, body, published, *fields, tuple(persons), proofs, said)
