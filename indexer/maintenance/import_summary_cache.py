"""Caches the import summary beside the index, until the archive changes or another index goes live.

An `add` with nothing new need not search for it again.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.ids import digest
from archive.store import Archive, Totals
from indexer.engine import EngineSettings, open_engine
from indexer.maintenance.import_summary import ImportSummary, Suggestion
from indexer.results import FacetValue, PeriodCount

CACHE_NAME = "arrival.json"
"""The name of the cached text; it may be deleted at any time."""

_VERSION = 1
"""Raised by hand when the same archive would give another summary; older ones are then not used."""


def load_import_summary(data: Path, settings: EngineSettings | None = None) -> ImportSummary:
    """The import summary of a data directory, from the cache where it is current.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew; IndexMissing, IndexDamaged.
    """
    settings = settings or EngineSettings(data)
    engine = open_engine(settings)
    state = engine.state()
    with Archive(data) as archive:
        key = f"{_VERSION} {state} {archive.changes}"
    return _parse_cached(engine.read_text(CACHE_NAME), key) or _summarise_and_cache(data, settings, state, key)


def _summarise_and_cache(data: Path, settings: EngineSettings, state: str, key: str) -> ImportSummary:
    # Imported here: an `add` with nothing new does not search.
    from indexer.maintenance.summarise import build_import_summary
    from indexer.search import Searcher

    with Searcher(data, settings) as searcher:
        summary = build_import_summary(searcher)
        if searcher.backend.state == state:  # not where an older index answers for a damaged one
            json_text = json.dumps(asdict(summary))
            open_engine(settings).keep_text(CACHE_NAME, f"{key}\n{_digest(key, json_text)}\n{json_text}")
    return summary


def _parse_cached(text: str, key: str) -> ImportSummary | None:
    """The cached summary, or None where it is of another state or damaged."""
    try:
        cached_key, checksum, json_text = text.split("\n")
    except ValueError:
        return None
    is_current = cached_key == key and checksum == _digest(key, json_text)
    return _from_json(json.loads(json_text)) if is_current else None


def _digest(key: str, json_text: str) -> str:
    return digest(f"{key}\n{json_text}".encode())


def _from_json(values: dict[str, Any]) -> ImportSummary:
    return ImportSummary(
        Totals(**values["totals"]),
        values["fingerprint"],
        tuple((rule, times) for rule, times in values["date_rules"]),
        tuple(FacetValue(**each) for each in values["sources"]),
        tuple(FacetValue(**each) for each in values["people"]),
        tuple(PeriodCount(**each) for each in values["years"]),
        tuple(Suggestion(**each) for each in values["suggestions"]),
    )
