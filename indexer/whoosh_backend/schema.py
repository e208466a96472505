"""The Whoosh schema: which fields there are, and how a release fills them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from whoosh import fields

from archive.release import Version
from archive.store import SHOWN_KINDS
from indexer import tokens
from indexer.query import Name
from indexer.whoosh_backend.analysis import KeyAnalyzer

VERSION = "1"
"""Changes when the schema does; an index of another version is rebuilt."""

NAMES_FIELD = {Name.PERSON: "person_names", Name.SOURCE: "source_names", Name.PLACE: "place_names"}
"""The field in which the words of a name are looked for; the exact keys are in the field named like it."""


def schema() -> fields.Schema:
    """Title and body verbatim with positions and loose with frequencies; names by word and exact; dates to sort by."""
    verbatim, loose = KeyAnalyzer("verbatim"), KeyAnalyzer("loose")
    names, lines = KeyAnalyzer("names"), KeyAnalyzer("lines")
    return fields.Schema(
        id=fields.ID(unique=True),
        title=fields.TEXT(analyzer=verbatim, phrase=True),
        body=fields.TEXT(analyzer=verbatim, phrase=True),
        title_loose=fields.TEXT(analyzer=loose, phrase=False),
        body_loose=fields.TEXT(analyzer=loose, phrase=False),
        **{field: fields.TEXT(analyzer=names, phrase=True) for field in NAMES_FIELD.values()},
        **{name.value: fields.KEYWORD(analyzer=lines) for name in Name},
        published_first=fields.NUMERIC(int, bits=32, sortable=True),
        published_last=fields.NUMERIC(int, bits=32, sortable=True),
        added=fields.NUMERIC(int, bits=64, sortable=True),
        facts=fields.STORED,
    )


def document(version: Version) -> dict[str, Any]:
    """The fields of one release, for a Whoosh writer's `add_document`."""
    release = version.release
    people = shown_people(version)
    filled: dict[str, Any] = {
        "id": version.work,
        "title": release.title,
        "body": release.body,
        "title_loose": release.title,
        "body_loose": release.body,
        "person_names": "\n".join(name for _, spelt in people for name in spelt),
        "source_names": release.source,
        "place_names": release.place,
        "person": "\n".join(slug for slug, _ in people),
        "source": release.source,
        "place": release.place,
        "added": added_number(version.first_added),
        "facts": facts(version),
    }
    if release.published:
        filled |= {"published_first": release.published.first, "published_last": release.published.last}
    return {field: value for field, value in filled.items() if value != ""}


def shown_people(version: Version) -> list[tuple[str, tuple[str, ...]]]:
    """The people a release is about, by slug, each with the archive's name and the release's spelling."""
    found: dict[str, tuple[str, ...]] = {}
    for known, person in zip(version.people, version.release.people, strict=True):
        if person.kind in SHOWN_KINDS:
            spelt = (*found.get(known.slug, ()), known.name, person.name)
            found[known.slug] = tuple(dict.fromkeys(spelt))
    return list(found.items())


def added_number(stamp: str) -> int:
    """A time of adding (ISO 8601, UTC) as the number yyyymmddhhmmss."""
    return int("".join(c for c in stamp if c.isdigit()))


def facts(version: Version) -> dict[str, Any]:
    """What is stored beside the postings: the columns that sorting and facets are made from."""
    release = version.release
    date = release.published
    return {
        "id": version.work,
        "date": date.year * 10000 + date.month * 100 + date.day if date else 0,
        "first": date.first if date else 0,
        "last": date.last if date else 0,
        "added": added_number(version.first_added),
        "source": release.source,
        "place": release.place,
        "people": [slug for slug, _ in shown_people(version)],
        "title_length": len(tokens.keys(release.title)),
        "body_length": len(tokens.keys(release.body)),
        "digest": logical_digest(version),
    }


def logical_digest(version: Version) -> str:
    """A digest of what the index says of a release, the same on any machine: no clock and no path is in it."""
    release = version.release
    content = [
        tokens.VERSION,
        version.work,
        tokens.keys(release.title),
        tokens.keys(release.body),
        release.published.iso if release.published else "",
        release.place,
        release.source,
        sorted(shown_people(version)),
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
