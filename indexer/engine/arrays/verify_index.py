"""Verifies an index: its files against their digests, and each release in it against the archive."""

from __future__ import annotations

from archive.store import (
    Archive,
    count_other_versions,
    list_works_with_other_versions,
    load_index_documents,
    load_other_versions,
)
from indexer.engine.arrays.backend import ArrayBackend
from indexer.engine.arrays.generations import generations
from indexer.engine.arrays.segments import fingerprint, logical_digest
from indexer.errors import IndexDamaged, IndexMissing


def find_damage(archive: Archive) -> list[str]:
    """A line for each fault of the live generation, or of the earlier one that can answer for it."""
    return [*_live_damage(archive), *_earlier_damage(archive)]


def _live_damage(archive: Archive) -> list[str]:
    try:
        if lines := list(generations.altered_files(*generations.read_live(archive.data))):
            return lines
        backend = ArrayBackend(archive.data)
        if backend.fallback_notice:
            return [backend.fallback_notice]
        return find_disagreements(backend, archive)
    except (IndexMissing, IndexDamaged) as error:
        return [str(error)]


def _earlier_damage(archive: Archive) -> list[str]:
    lines = []
    for folder in generations.earlier_folders(archive.data):
        try:
            generations.verify_generation(archive.data, folder)
        except IndexDamaged as error:
            lines.append(f"{error.reason} (not live: kept to answer where the live index is damaged)")
    return lines


def find_disagreements(backend: ArrayBackend, archive: Archive) -> list[str]:
    """A line for each way in which the index differs from the archive; empty when it agrees."""
    if backend.revision != archive.revision:
        return ["the index is older than the archive"]
    live = archive.live_ids()
    expected = {logical_digest(entry) for entry in load_index_documents(archive, live)}
    unknown = len(live) - len(expected)  # damaged in the archive, whose own verification reports them
    lines = [f"index: {line}" for line in backend.verify()]
    lines += _history_disagreements(backend, archive)
    indexed = backend.digests()
    if missing := len(expected - set(indexed)):
        lines.append(f"{missing} releases are missing from the index or differ in it")
    if (foreign := len(set(indexed) - expected)) > unknown:
        lines.append(f"{foreign - unknown} entries of the index are not in the archive")
    if len(indexed) != len(set(indexed)):
        lines.append("some releases stand in the index twice")
    if not lines and fingerprint(indexed) != backend.fingerprint:
        lines.append("the index does not have the fingerprint it was written with")
    return lines


def _history_disagreements(backend: ArrayBackend, archive: Archive) -> list[str]:
    """A line for each way in which the other versions in the index differ from those of the archive."""
    works = list_works_with_other_versions(archive)
    expected = {logical_digest(entry) for entry in load_other_versions(archive, works)}
    unknown = count_other_versions(archive) - len(expected)  # damaged in the archive, as above
    indexed = backend.history_digests()
    lines = []
    if missing := len(expected - set(indexed)):
        lines.append(f"{missing} earlier versions are missing from the index or differ in it")
    if (foreign := len(set(indexed) - expected)) > unknown:
        lines.append(f"{foreign - unknown} earlier versions in the index are not in the archive")
    if len(indexed) != len(set(indexed)):
        lines.append("some earlier versions stand in the index twice")
    return lines
