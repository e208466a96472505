"""The search engine behind one protocol, with a package for each engine."""

from indexer.engine.protocol import Backend, Engine, EngineSettings, IndexSummary, Progress, ResultSet, Unit
from indexer.engine.selection import open_engine

__all__ = ["Backend", "Engine", "EngineSettings", "IndexSummary", "Progress", "ResultSet", "Unit", "open_engine"]
