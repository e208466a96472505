"""Which search engine stands behind the seam."""

from __future__ import annotations

from indexer.engine.arrays import WhooshEngine
from indexer.engine.protocol import Engine, EngineSettings


def open_engine(settings: EngineSettings) -> Engine:
    """The engine in use, with these settings."""
    return WhooshEngine(settings)
