"""Loads index documents straight from the tables, without making a whole Version of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from archive.release import SHOWN_KINDS, IndexDocument, IndexedQuotation, Kind, index_quotation, names_by_slug
from archive.store import body_codec
from archive.store.archive import Archive
from archive.store.row_mapping import APPEARANCE_COLUMNS, VERSION_COLUMNS, named_value, speaker_places
from archive.store.sql import in_chunks, placeholders
from archive.store.version_details import load_paths

_KINDS = frozenset(kind.value for kind in SHOWN_KINDS)


_CURRENT = "v.number = w.current"
_OTHER = "NOT (w.live AND v.number = w.current)"
"""The condition on a version `v` of a work `w` for each kind of index document."""


def load_index_documents(archive: Archive, works: Sequence[str]) -> Iterator[IndexDocument]:
    """The index documents of these works, in the order given, a chunk in memory at a time.

    A work whose rows do not match their checksums is left out: an index would pass the damage on.
    """
    return _load(archive, works, _CURRENT)


def load_other_versions(archive: Archive, works: Sequence[str]) -> Iterator[IndexDocument]:
    """The index documents of all versions of these works but the current ones of live works, as above.

    Of each work the current version comes first, then the others, newest first.
    """
    return _load(archive, works, _OTHER)


def list_works_with_other_versions(archive: Archive, among: Sequence[str] | None = None) -> list[str]:
    """The ids of the works, of all or of some, of which `load_other_versions` has a document; in order."""
    query = f"SELECT DISTINCT w.id FROM works w JOIN versions v USING (work) WHERE {_OTHER}"
    if among is None:
        return [row["id"] for row in archive.select(f"{query} ORDER BY w.id")]
    chunks = in_chunks(sorted(set(among)))
    rows = [archive.select(f"{query} AND w.id IN ({placeholders(chunk)}) ORDER BY w.id", chunk) for chunk in chunks]
    return [row["id"] for some in rows for row in some]


def count_other_versions(archive: Archive) -> int:
    """How many documents `load_other_versions` has for all works together."""
    (row,) = archive.select(f"SELECT count(*) AS count FROM works w JOIN versions v USING (work) WHERE {_OTHER}")
    return int(row["count"])


def _load(archive: Archive, works: Sequence[str], condition: str) -> Iterator[IndexDocument]:
    for chunk in in_chunks(works):
        found: dict[str, list[IndexDocument]] = {}
        for document in _load_chunk(archive, chunk, condition):
            found.setdefault(document.work, []).append(document)
        for work in chunk:
            yield from found.get(work, ())


def _load_chunk(archive: Archive, works: Sequence[str], condition: str) -> Iterator[IndexDocument]:
    rows = archive.select(
        f"SELECT {VERSION_COLUMNS}, (SELECT count(*) FROM versions o WHERE o.work = w.work) AS versions "
        f"FROM works w JOIN versions v ON v.work = w.work AND {condition} "
        f"WHERE w.id IN ({placeholders(works)}) ORDER BY v.number = w.current DESC, v.number DESC",
        works,
    )
    versions = [row["version"] for row in rows]
    people, parents = _load_people(archive, versions), archive.parents(versions)
    paths, quotations = load_paths(archive, versions), archive.quotation_rows(versions)
    for row in rows:
        appearing = people[row["version"]]
        said = quotations.get(row["version"], [])
        if not archive.is_intact(row, appearing, said):
            continue
        named = [p for p in appearing if p["kind"] in _KINDS and not p["hidden"]]
        yield IndexDocument(
            *(row["work"], row["first_added"], row["title"], body_codec.decompress_body(row["body"])),
            *(row["published"], named_value(row, "place"), named_value(row, "source")),
            names_by_slug((p["slug"], p["known"], p["name"]) for p in named),
            parents[row["version"]].value if row["version"] in parents else "",
            tuple(dict.fromkeys(p["name"] for p in appearing if p["kind"] == Kind.UNRESOLVED)),
            *(row["number"], row["versions"], row["number"] == row["current"], bool(row["live"])),
            *(row["media_type"], row["language"], paths.get(row["version"], ())),
            _index_quotations(said, named),
        )


def _index_quotations(rows: Sequence[sqlite3.Row], named: Sequence[sqlite3.Row]) -> tuple[IndexedQuotation, ...]:
    slugs = {person["place"]: str(person["slug"]) for person in named} if rows else {}
    return tuple([index_quotation(row["start"], row["stop"], speaker_places(row), slugs) for row in rows])


def _load_people(archive: Archive, versions: Sequence[int]) -> dict[int, list[sqlite3.Row]]:
    """The people in each version, in order."""
    found: dict[int, list[sqlite3.Row]] = {version: [] for version in versions}
    for row in archive.select(
        f"SELECT {APPEARANCE_COLUMNS} FROM appearances a JOIN people p USING (person) "
        f"WHERE a.version IN ({placeholders(versions)}) ORDER BY a.version, a.place",
        versions,
    ):
        found[row["version"]].append(row)
    return found
