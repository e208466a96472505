"""Index construction: texts inverted into segments, segments merged, generations written and made live."""

from indexer.engine.arrays.construction import build_index

__all__ = ["build_index"]
