"""What stock Whoosh sees of the index: codec, schema, analyzers and weighting. Only here is whoosh imported."""

from indexer.engine.whoosh.analysis import NAME_GAP, fold_name
from indexer.engine.whoosh.toc import write_toc

__all__ = ["NAME_GAP", "fold_name", "write_toc"]
