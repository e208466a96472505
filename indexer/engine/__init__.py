"""The search engine behind one protocol; a room for each engine."""

from indexer.engine.protocol import Backend, Engine, EngineSettings, Found, Indexed, Progress, Unit
from indexer.engine.selection import open_engine

__all__ = ["Backend", "Engine", "EngineSettings", "Found", "Indexed", "Progress", "Unit", "open_engine"]
