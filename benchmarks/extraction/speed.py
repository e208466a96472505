"""Releases a second of one core: reading alone, and reading with extraction. Processor time, never the wall's.

The best of several rounds: what else runs on a machine takes time from a round, and gives it none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from archive import children
from archive.extract import people, read_release
from archive.readers import read
from archive.release import Record
from benchmarks.extraction.corpora import TODAY, files, shown
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half

_FOLDERS = (
    ("Senate, text", "senate_txt", ".txt", 2000, 1000),
    ("DOJ, JSON lines", "doj", ".jsonl", 1, 1000),
    ("MUC-3 wires", "muc3", ".xhtml", 300, 0),
    ("af.mil, pages", "afmil/html", ".html", 85, 300),
    ("DOJ, pages", "doj/html", ".html", 150, 300),
)
_MOST = 3000
"""Records that are timed of one corpus."""

_ROUNDS = 3

_COMPILED = "" if people.__file__.endswith(".py") else ", compiled"


def measure(half: Half) -> Iterator[Figure]:
    """The rates; the first releases warm up tables and patterns and are not counted."""
    children.collect_seldom()  # as the processes do that `add` reads in
    for name, folder, suffix, most, target in _FOLDERS:
        paths = [path for path in files(folder, suffix) if path.parent.name != "html" or folder.endswith("html")]
        contents = [(shown(path), path.read_bytes()) for path in paths[:: max(1, len(paths) // most)][:most]]
        if contents:
            yield from _rates(name, contents, target)


def _rates(name: str, contents: list[tuple[str, bytes]], target: int) -> Iterator[Figure]:
    _read(contents[:20], lambda record, path: read_release(record, path, TODAY), 50)
    count, reading = min(_read(contents, lambda record, path: None) for _ in range(_ROUNDS))
    _, whole = min(_read(contents, lambda record, path: read_release(record, path, TODAY)) for _ in range(_ROUNDS))
    yield Figure(f"{name}: read and extracted{_COMPILED}", count, whole, target, rate=True)
    yield Figure(f"{name}: read alone", count, reading, rate=True)


def _read(
    contents: list[tuple[str, bytes]], then: Callable[[Record, str], object], most: int = _MOST
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
