"""Whether an index says what the archive says: each release's digest made anew and compared."""

from __future__ import annotations

from archive.entries import entries
from archive.store import Archive
from indexer.whoosh_backend.backend import WhooshBackend
from indexer.whoosh_backend.rows import fingerprint, logical_digest


def disagreements(backend: WhooshBackend, archive: Archive) -> list[str]:
    """A line for each way in which the index differs from the archive; empty when it agrees."""
    if backend.revision != archive.revision:
        return ["the index is older than the archive"]
    expected = {logical_digest(entry) for entry in entries(archive, archive.live_ids())}
    found = [f"index: {line}" for segment in backend.segments for line in segment.damaged()]
    there = backend.columns.digests()
    if missing := len(expected - set(there)):
        found.append(f"{missing} releases are missing from the index or differ in it")
    if strange := len(set(there) - expected):
        found.append(f"{strange} entries of the index are not in the archive")
    if len(there) != len(set(there)):
        found.append("some releases stand in the index twice")
    if not found and fingerprint(there) != backend.fingerprint:
        found.append("the index does not have the fingerprint it was written with")
    return found
