"""Verifies an index: its files against their digests, and each release in it against the archive."""

from __future__ import annotations

from archive.store import load_index_documents
from archive.store import Archive
from indexer.errors import IndexDamaged, IndexMissing
from indexer.engine.arrays.generations import generations
from indexer.engine.arrays.engine import WhooshBackend
from indexer.engine.arrays.segments import fingerprint, logical_digest


def damage(archive: Archive) -> list[str]:
    """A line for each fault of the live generation, or of the earlier one that can answer for it."""
    return [*_damage_of_live(archive), *_damage_of_earlier(archive)]


def _damage_of_live(archive: Archive) -> list[str]:
    try:
        if altered := list(generations.altered(*generations.live(archive.data))):
            return altered
        backend = WhooshBackend(archive.data)
        if backend.older_notice:
            return [backend.older_notice]
        return disagreements(backend, archive)
    except (IndexMissing, IndexDamaged) as error:
        return [str(error)]


def _damage_of_earlier(archive: Archive) -> list[str]:
    found = []
    for folder in generations.earlier(archive.data):
        try:
            generations.require_whole(archive.data, folder)
        except IndexDamaged as error:
            found.append(f"{error.reason} (not live: kept to answer where the live index is damaged)")
    return found


def disagreements(backend: WhooshBackend, archive: Archive) -> list[str]:
    """A line for each way in which the index differs from the archive; empty when it agrees."""
    if backend.revision != archive.revision:
        return ["the index is older than the archive"]
    live = archive.live_ids()
    expected = {logical_digest(entry) for entry in load_index_documents(archive, live)}
    damaged = len(live) - len(expected)  # the archive itself says of these that it cannot know what they were
    found = [f"index: {line}" for line in backend.altered()]
    there = backend.digests()
    if missing := len(expected - set(there)):
        found.append(f"{missing} releases are missing from the index or differ in it")
    if (strange := len(set(there) - expected)) > damaged:
        found.append(f"{strange - damaged} entries of the index are not in the archive")
    if len(there) != len(set(there)):
        found.append("some releases stand in the index twice")
    if not found and fingerprint(there) != backend.fingerprint:
        found.append("the index does not have the fingerprint it was written with")
    return found
