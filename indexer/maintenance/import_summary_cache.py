"""The arrival report kept beside the index, until something is written or another index goes live.

An `add` with nothing new need not ask for all of it again.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.ids import digest
from archive.store import Archive, Totals
from indexer.engine import EngineSettings, open_engine
from indexer.maintenance.import_summary import Arrival, Suggestion
from indexer.results import FacetValue, PeriodCount

KEPT = "arrival.json"
"""The name it is kept by beside the index; it may be deleted at any time."""

_RULES = 1
"""Raised by hand when the report on the same archive would be another: what was kept is then made anew."""


def arrival(data: Path, settings: EngineSettings | None = None) -> Arrival:
    """The report on the archive in a data directory.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew; IndexMissing, IndexDamaged.
    """
    settings = settings or EngineSettings(data)
    engine = open_engine(settings)
    state = engine.state()
    with Archive(data) as archive:
        about = f"{_RULES} {state} {archive.changes}"
    return _kept(engine.read_text(KEPT), about) or _made(data, settings, state, about)


def _made(data: Path, settings: EngineSettings, state: str, about: str) -> Arrival:
    # Imported where the index is asked: they take longer than all else of an `add` with nothing new.
    from indexer.maintenance.summarise import asked
    from indexer.search import Searcher

    with Searcher(data, settings) as searcher:
        report = asked(searcher)
        if searcher.backend.state == state:  # not where an older index answers for a damaged one
            said = json.dumps(asdict(report))
            open_engine(settings).keep_text(KEPT, f"{about}\n{_digest(about, said)}\n{said}")
    return report


def _kept(text: str, about: str) -> Arrival | None:
    """The report that was kept, if it is about this state and as it was written."""
    try:
        said_of, checked, said = text.split("\n")
    except ValueError:
        return None
    return _from_json(json.loads(said)) if said_of == about and checked == _digest(about, said) else None


def _digest(about: str, said: str) -> str:
    return digest(f"{about}\n{said}".encode())


def _from_json(values: dict[str, Any]) -> Arrival:
    return Arrival(
        Totals(**values["totals"]),
        values["fingerprint"],
        tuple((rule, times) for rule, times in values["date_rules"]),
        tuple(FacetValue(**each) for each in values["sources"]),
        tuple(FacetValue(**each) for each in values["people"]),
        tuple(PeriodCount(**each) for each in values["years"]),
        tuple(Suggestion(**each) for each in values["suggestions"]),
    )
