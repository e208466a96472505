"""Which search engine stands behind the seam."""

from __future__ import annotations

from indexer.backend import Indexing
from indexer.whoosh_backend import WhooshIndexing


def indexing() -> Indexing:
    """The engine in use."""
    return WhooshIndexing()
