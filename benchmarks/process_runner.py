"""Runs Python as a subprocess and measures time and peak memory, workers included."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE_INTERVAL_S = 0.1
"""Seconds between two samples. The kernel keeps the peak, so only the last moments of a process can be missed."""

ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class RunUsage:
    """Seconds of a run, its peak resident memory and those of its workers, largest first (MB)."""

    wall: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0
    workers_mb: list[float] = field(default_factory=list)


def run_python(arguments: Sequence[str], *, quiet: bool = False) -> RunUsage:
    """Run `python` with these arguments in the project's folder.

    Raises:
        RuntimeError: it ended with an error; what it said is on standard error.
    """
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL if quiet else None)
    peaks: dict[int, float] = {}
    ended = threading.Event()
    watcher = threading.Thread(target=_sample_peaks, args=(process.pid, peaks, ended))
    watcher.start()
    # Waited for, not polled: the wall clock would be late by half an interval.
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    own = peaks.pop(process.pid, 0.0)
    return RunUsage(wall, usage.ru_utime + usage.ru_stime, own, sorted(peaks.values(), reverse=True))


def _sample_peaks(pid: int, peaks: dict[int, float], ended: threading.Event) -> None:
    while not ended.wait(SAMPLE_INTERVAL_S):
        for one in process_tree(pid):
            peaks[one] = max(peaks.get(one, 0.0), read_memory_mb(one, "VmHWM"))


def read_memory_mb(pid: int | str = "self", what: str = "VmRSS") -> float:
    """A line of /proc/<pid>/status in MB: resident memory now (VmRSS), at most (VmHWM); 0 where there is no /proc."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith(f"{what}:")), 0.0)


def process_tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        for tasks in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:  # it has just ended
                continue
    return found
