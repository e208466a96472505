"""The engines that the contract tests run with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.engine import EngineSettings

SettingsOf = Callable[[Path], EngineSettings]
ENGINES: dict[str, SettingsOf] = {"arrays": EngineSettings}
"""Every engine by name, and how its settings for a data directory are made."""
