"""What stock Whoosh sees of the index: codec, schema, analysis and weighting."""

from indexer.engine.whoosh.analysis import NAME_GAP, folded
from indexer.engine.whoosh.toc import write_toc

__all__ = ["NAME_GAP", "folded", "write_toc"]
