"""Reads each hard file in a process of its own and measures silence, time and peak memory."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from archive.child_process import SPAWN_CONTEXT
from archive.ingest.parse import parse_content, parse_records
from archive.parsed import FolderFile, compressed_records
from archive.release import Skipped
from benchmarks.contest.report import format_table
from benchmarks.hard.office import OFFICE
from benchmarks.hard.texts import TEXTS
from benchmarks.process_runner import read_memory_mb

MAX_SILENCE_S, MAX_PEAK_MB = 5.0, 500.0
"""The limits: seconds of processor time without a sign of life, and resident memory (MB)."""

MAX_CPU_S = 15.0
"""Seconds of processor time after which a file of a great many records is left, unless the whole is asked for."""

TIMEOUT_S = 600.0
"""Wall-clock seconds after which a file is given up."""

FILES = TEXTS | OFFICE
_TODAY = dt.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class HardFileFigures:
    """What one file took: seconds of processor time, MB, and what came of it.

    `silence` is 0 where the process did not come back.
    """

    name: str
    megabytes: float
    first: float
    silence: float
    whole: float
    peak_mb: float
    records: int
    outcome: str

    @property
    def within(self) -> bool:
        """Whether it kept to the limits."""
        return 0 < self.silence <= MAX_SILENCE_S and self.peak_mb <= MAX_PEAK_MB


def measure_files(size: int, only: Sequence[str] = (), *, whole: bool = False) -> Iterator[HardFileFigures]:
    """Measure the files whose names hold one of `only`, or all, made of about `size` bytes.

    Unless `whole`, a file is left that is still giving records when its silences have shown.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FILES.items():
            if only and not any(each in name for each in only):
                continue
            path = Path(folder) / name
            path.write_bytes(make(size))
            yield _measure_file(path, math.inf if whole else MAX_CPU_S)
            path.unlink()


def format_figures(figures: Sequence[HardFileFigures]) -> str:
    """The figures as a table, then how many kept to the limits."""
    head = ["file", "MB", "first s", "silence s", "whole s", "peak MB", "records", "", "outcome"]
    rows = [
        [each.name, each.megabytes, each.first, each.silence, each.whole, each.peak_mb, each.records,
         "" if each.within else "OVER", each.outcome]
        for each in figures
    ]  # fmt: skip
    within = sum(each.within for each in figures)
    limits = f"{MAX_SILENCE_S:.0f} s of silence and {MAX_PEAK_MB:.0f} MB"
    return f"{format_table(head, rows)}\n\n{within} of {len(figures)} within {limits}"


def _measure_file(path: Path, max_cpu_s: float) -> HardFileFigures:
    mine, theirs = SPAWN_CONTEXT.Pipe(duplex=False)
    child = SPAWN_CONTEXT.Process(target=_read, args=(str(path), theirs, max_cpu_s))
    child.start()
    theirs.close()
    size = path.stat().st_size / 1e6
    try:
        if not mine.poll(TIMEOUT_S):
            peak = read_memory_mb(child.pid or 0, "VmHWM")
            return HardFileFigures(path.name, size, 0, 0, TIMEOUT_S, peak, 0, "given up")
        return HardFileFigures(path.name, size, *mine.recv())
    except EOFError:
        return HardFileFigures(path.name, size, 0, 0, 0, 0, 0, "ended the process")
    finally:
        child.kill()
        child.join()


def _read(path: str, answer: Connection, max_cpu_s: float) -> None:
    """Read one file as a worker does and send what it took."""
    warm = FolderFile("", "a.txt", 0, 0)
    parse_content(warm, b"PORT ANSON, March 5, 2010 - The quay is open, Mara Bel said.", _TODAY)
    file = FolderFile(path, Path(path).name, 0, 0)
    more = ""
    times, kept, skipped = [time.process_time()], compressed_records(), []
    for each in parse_records(file, Path(path).read_bytes(), _TODAY):
        if isinstance(each, Skipped):
            skipped.append(each)
        else:
            kept.append(each)
        times.append(time.process_time())
        if times[-1] - times[0] > max_cpu_s:
            more = ", then left"
            break
    times.append(time.process_time())
    silence = max(after - before for before, after in itertools.pairwise(times))
    reason = f"{skipped[0].where} {skipped[0].reason}".strip() if skipped else "read"
    if len(skipped) > 1:
        more = f" (and {len(skipped) - 1} more){more}"
    answer.send((
        times[1] - times[0], silence, times[-1] - times[0], read_memory_mb("self", "VmHWM"), len(kept),
        reason[:110] + more,
    ))  # fmt: skip
