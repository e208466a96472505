"""Selects the search engine."""

from __future__ import annotations

from indexer.engine.arrays import ArrayEngine
from indexer.engine.protocol import Engine, EngineSettings


def open_engine(settings: EngineSettings) -> Engine:
    """Open the engine with these settings."""
    return ArrayEngine(settings)
