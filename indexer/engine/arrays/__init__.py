"""The array engine: an inverted index in files of arrays, built, merged and searched.

The index is also a Whoosh index; what stock Whoosh sees of it is in `indexer.engine.whoosh`.
"""

from indexer.engine.arrays.engine import ArrayEngine

__all__ = ["ArrayEngine"]
