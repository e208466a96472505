"""Loads index documents straight from the tables, without making a whole Version of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from archive.release import SHOWN_KINDS, IndexDocument, Kind, names_by_slug
from archive.store import body_codec
from archive.store.archive import Archive
from archive.store.row_mapping import APPEARANCE_COLUMNS, VERSION_COLUMNS, named_value
from archive.store.sql import in_chunks, placeholders

_KINDS = frozenset(kind.value for kind in SHOWN_KINDS)


def load_index_documents(archive: Archive, works: Sequence[str]) -> Iterator[IndexDocument]:
    """The index documents of these works, in the order given, a chunk in memory at a time.

    A work whose rows do not match their checksums is left out: an index would pass the damage on.
    """
    for chunk in in_chunks(works):
        found = {document.work: document for document in _load_chunk(archive, chunk)}
        yield from (found[work] for work in chunk if work in found)


def _load_chunk(archive: Archive, works: Sequence[str]) -> Iterator[IndexDocument]:
    rows = archive.select(
        f"SELECT {VERSION_COLUMNS} FROM works w JOIN versions v ON v.work = w.work AND v.number = w.current "
        f"WHERE w.id IN ({placeholders(works)})",
        works,
    )
    versions = [row["version"] for row in rows]
    people, parents = _load_people(archive, versions), archive.parents(versions)
    for row in rows:
        appearing = people[row["version"]]
        if not archive.is_intact(row, appearing):
            continue
        named = [p for p in appearing if p["kind"] in _KINDS and not p["hidden"]]
        yield IndexDocument(
            *(row["work"], row["first_added"], row["title"], body_codec.decompress_body(row["body"])),
            *(row["published"], named_value(row, "place"), named_value(row, "source")),
            names_by_slug((p["slug"], p["known"], p["name"]) for p in named),
            parents[row["version"]].value if row["version"] in parents else "",
            tuple(dict.fromkeys(p["name"] for p in appearing if p["kind"] == Kind.UNRESOLVED)),
        )


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
