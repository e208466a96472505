"""Which search engine stands behind the seam."""

from __future__ import annotations

from indexer.engine.arrays import WhooshIndexing
from indexer.engine.protocol import Indexing


def indexing() -> Indexing:
    """The engine in use."""
    return WhooshIndexing()
