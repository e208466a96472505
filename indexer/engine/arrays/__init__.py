"""Our engine: posting lists in files of arrays, built, merged and evaluated.

The index is a genuine Whoosh index; what stock Whoosh sees of it is in `indexer.engine.whoosh`.
"""

from indexer.engine.arrays.indexing import WhooshEngine

__all__ = ["WhooshEngine"]
