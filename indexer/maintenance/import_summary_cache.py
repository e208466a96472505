"""The arrival report kept beside the index, until something is written or another index goes live.

An `add` with nothing new need not ask for all of it again.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.ids import digest
from archive.store import Archive, Totals
from indexer.engine import indexing
from indexer.maintenance.import_summary import Arrival, Suggestion
from indexer.results import FacetValue, PeriodCount

KEPT = "arrival.json"
"""The file in the index's folder; it may be deleted at any time."""

_RULES = 1
"""Raised by hand when the report on the same archive would be another: what was kept is then made anew."""


def arrival(data: Path) -> Arrival:
    """The report on the archive in a data directory.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew; IndexMissing, IndexDamaged.
    """
    state, file = indexing().state(data), indexing().folder(data) / KEPT
    with Archive(data) as archive:
        about = f"{_RULES} {state} {archive.changes}"
    return _kept(file, about) or _made(data, state, file, about)


def _made(data: Path, state: str, file: Path, about: str) -> Arrival:
    # Imported where the index is asked: they take longer than all else of an `add` with nothing new.
    from indexer.maintenance.summarise import asked
    from indexer.search import Searcher

    with Searcher(data) as searcher:
        report = asked(searcher)
        if searcher.backend.name == state:  # not where an older index answers for a damaged one
            _keep(file, about, report)
    return report


def _kept(file: Path, about: str) -> Arrival | None:
    """The report that was kept, if it is about this state and as it was written."""
    try:
        said_of, checked, said = file.read_text("utf-8").split("\n")
    except (OSError, ValueError):
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


def _keep(file: Path, about: str, report: Arrival) -> None:
    said = json.dumps(asdict(report))
    new = file.with_suffix(".new")
    with contextlib.suppress(OSError):  # it is made anew next time, and that is all
        new.write_text(f"{about}\n{_digest(about, said)}\n{said}", "utf-8")
        os.replace(new, file)
