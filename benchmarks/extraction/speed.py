"""Releases a second of one core: reading alone, and reading with extraction. Processor time, never the wall's.

The best of several rounds: what else runs on a machine takes time from a round, and gives it none. A short round
is easily all in a slow moment, so there are more of those.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from archive import child_process
from archive.extract import read_release
from archive.readers import read
from archive.release import Record
from benchmarks.extraction.corpora import TODAY, display_path, files
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half

_FOLDERS = (
    ("Senate, text", "senate_txt", ".txt", 2000, 1000),
    ("DOJ, JSON lines", "doj", ".jsonl", 1, 1000),
    ("MUC-3 wires", "muc3", ".xhtml", 300, 0),
    ("af.mil, pages", "afmil/html", ".html", 85, 300),
    ("DOJ, pages", "doj/html", ".html", 150, 300),
)
_MAX_RECORDS = 3000
"""Records that are timed of one corpus."""

_ROUNDS = 3
"""At least so many rounds are measured,"""

_MIN_SECONDS = 4.0
"""and as many as take so long."""


def measure(half: Half) -> Iterator[Figure]:
    """The rates; the first releases warm up tables and patterns and are not counted."""
    child_process.reduce_garbage_collection()  # as the processes do that `add` reads in
    for name, folder, suffix, most, target in _FOLDERS:
        paths = [path for path in files(folder, suffix) if path.parent.name != "html" or folder.endswith("html")]
        contents = [(display_path(path), path.read_bytes()) for path in paths[:: max(1, len(paths) // most)][:most]]
        if contents:
            yield from _rates(name, contents, target)


def _rates(name: str, contents: list[tuple[str, bytes]], target: int) -> Iterator[Figure]:
    _read(contents[:20], lambda record, path: read_release(record, path, TODAY), 50)
    count, reading = _best(contents, lambda record, path: None)
    _, whole = _best(contents, lambda record, path: read_release(record, path, TODAY))
    yield Figure(f"{name}: read and extracted", count, whole, target, rate=True)
    yield Figure(f"{name}: read alone", count, reading, rate=True)


def _best(contents: list[tuple[str, bytes]], then: Callable[[Record, str], object]) -> tuple[int, float]:
    """How many records there are, and the seconds of the round that took the fewest."""
    rounds: list[tuple[int, float]] = []
    while len(rounds) < _ROUNDS or sum(seconds for _, seconds in rounds) < _MIN_SECONDS:
        rounds.append(_read(contents, then))
    return min(rounds)


def _read(
    contents: list[tuple[str, bytes]], then: Callable[[Record, str], object], most: int = _MAX_RECORDS
) -> tuple[int, float]:
    count, start = 0, time.process_time()
    for path, content in contents:
        for record in read(content, Path(path).as_posix()):
            if isinstance(record, Record):
                then(record, path)
                count += 1
            if count == most:
                return count, time.process_time() - start
    return count, time.process_time() - start
