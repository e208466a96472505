"""Time spent: wall clock and processor time of this process and the workers it waited for, by part of the work."""

from __future__ import annotations

import contextlib
import itertools
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(slots=True)
class Elapsed:
    """Elapsed seconds: wall clock and processor time."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Elapsed) -> Elapsed:
        return Elapsed(self.wall + other.wall, self.cpu + other.cpu)


class Meter:
    """Counts time by part; what is spent on reading the corpus is left out."""

    def __init__(self) -> None:
        self.parts: dict[str, Elapsed] = {}
        self._reading = Elapsed()

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time what is done inside, as part `name`."""
        self._reading = Elapsed()
        wall, cpu = time.perf_counter(), _processor_time()
        yield
        elapsed = Elapsed(time.perf_counter() - wall - self._reading.wall, _processor_time() - cpu - self._reading.cpu)
        self.parts[name] = self.parts.get(name, Elapsed()) + elapsed

    def read(self, rows: Iterable[Row], chunk: int = 2_000) -> Iterator[list[Row]]:
        """The rows in chunks; the time to read them is not counted."""
        iterator = iter(rows)
        while True:
            # Of this thread alone: others may be at work for the contestant meanwhile.
            wall, cpu = time.perf_counter(), time.thread_time()
            batch = list(itertools.islice(iterator, chunk))
            self._reading += Elapsed(time.perf_counter() - wall, time.thread_time() - cpu)
            if not batch:
                return
            yield batch

    @property
    def total(self) -> Elapsed:
        """All parts together."""
        return sum(self.parts.values(), Elapsed())


def _processor_time() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
