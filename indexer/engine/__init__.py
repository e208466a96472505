"""The search engine behind one protocol; a room for each engine."""

from indexer.engine.protocol import Backend, Found, Indexed, Progress, Unit
from indexer.engine.selection import indexing

__all__ = ["Backend", "Found", "Indexed", "Progress", "Unit", "indexing"]
