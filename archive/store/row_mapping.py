"""Maps database rows to versions, and the columns to select for that."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from archive.release import (
    Evidence,
    Kind,
    KnownPerson,
    Mention,
    Part,
    Person,
    PublishedDate,
    Quotation,
    Release,
    Version,
)
from archive.rules import decode_rule
from archive.store import body_codec

VERSION_COLUMNS = (
    "v.version, w.id AS work, v.number, v.digest, v.added, w.added AS first_added, v.media_type, v.encoding, v.title, "
    "v.body, v.published, v.place, v.source, v.byline, v.url, v.language, w.current, w.live, "
    "v.path, v.read_by, v.context, w.work AS work_row, v.record_check, v.row_check, v.evidence_check, "
    "v.quotation_check, w.row_check AS work_check, "
    "(SELECT n.name FROM value_names n WHERE n.field = 'place' AND n.spelling = v.place) AS place_name, "
    "(SELECT n.name FROM value_names n WHERE n.field = 'source' AND n.spelling = v.source) AS source_name"
)
"""The columns of a version, of `versions v` and `works w`; names are NULL where spellings are their own."""

PERSON_COLUMNS = (
    "p.person, p.key AS person_key, p.slug, p.name AS known, p.given, p.hidden, p.origin, p.row_check AS person_check"
)
"""The columns of a person, of `people p`."""

APPEARANCE_COLUMNS = f"a.version, a.place, a.name, a.kind, a.role, a.confidence, {PERSON_COLUMNS}"
"""The columns of a person in a version, of `appearances a` and `people p`."""

_KINDS = {kind.value: kind for kind in Kind}


def version_from_rows(
    row: sqlite3.Row,
    people: list[sqlite3.Row],
    mentions: dict[int, list[Mention]],
    evidence: tuple[Evidence, ...],
    quotations: list[sqlite3.Row],
) -> Version:
    """A version from its row, its people's rows in order, their mentions by ordinal, and the rows of its quotations.

    A speaker who is not among the people (since a correction hides them) is none.
    """
    names = {p["place"]: p["name"] for p in people}
    release = Release(
        title=row["title"],
        body=body_codec.decompress_body(row["body"]),
        published=PublishedDate.from_iso(row["published"]) if row["published"] else None,
        place=named_value(row, "place"),
        source=named_value(row, "source"),
        byline=row["byline"],
        url=row["url"],
        language=row["language"],
        people=tuple(
            Person(p["name"], _KINDS[p["kind"]], p["role"], p["confidence"], tuple(mentions.get(p["place"], ())))
            for p in people
        ),
        evidence=evidence,
        quotations=tuple(_quotation_from_row(each, names) for each in quotations),
    )
    return Version(
        work=row["work"],
        number=row["number"],
        digest=row["digest"],
        added=row["added"],
        first_added=row["first_added"],
        media_type=row["media_type"],
        encoding=row["encoding"],
        release=release,
        people=tuple(KnownPerson(p["known"], p["slug"]) for p in people),
        current=row["number"] == row["current"],
        live=bool(row["live"]),
    )


def named_value(row: sqlite3.Row, field: str) -> str:
    """What a version's place or source is called in this archive."""
    name = row[f"{field}_name"]
    return str(row[field] if name is None else name)


def speaker_places(row: sqlite3.Row) -> list[int]:
    """The places (`appearances.place`) of the speakers of a quotation."""
    return [int(place) for place in row["speakers"].split()]


def _quotation_from_row(row: sqlite3.Row, names: Mapping[int, str]) -> Quotation:
    places = speaker_places(row)
    speakers = tuple([names[place] for place in places if place in names])
    if places and not speakers:
        return Quotation(row["start"], row["stop"])
    return Quotation(
        *(row["start"], row["stop"], speakers, row["office"], decode_rule(row["code"], row["params"])),
        *(row["proof_start"], row["proof_stop"]),
    )


def evidence_from_row(row: sqlite3.Row) -> Evidence:
    """Evidence from its row."""
    return Evidence(
        row["field"],
        row["value"],
        decode_rule(row["code"], row["params"]),
        row["words"],
        Part(row["part"]),
        row["start"],
        row["stop"],
        row["confidence"],
        bool(row["chosen"]),
    )
